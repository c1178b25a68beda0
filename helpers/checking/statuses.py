"""How a status is shown, wherever it is shown: a sign, a few words, and a colour."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Status:
    """How a status is shown: never by colour alone.

    Attributes
    ----------
    symbol : str
        One character that is told from the others without colour.
    plain : str
        The same where there is nothing but ASCII.
    words : str
        What it means, to the student.
    fill : str
        A hue of Okabe and Ito's palette, which the colour-blind tell apart; for areas.
    colour : str
        The same hue for text, on a light page or a dark one.
    ansi : int
        The number of the colour in a terminal.
    """

    symbol: str
    plain: str
    words: str
    fill: str
    colour: str
    ansi: int


STATUSES = {
    "pass": Status("✓", "ok", "right", "#009e73", "#00795c", 32),
    "partial": Status("◐", "~", "partly right", "#e69f00", "#8f6300", 33),
    "fail": Status("✗", "x", "not right yet", "#d55e00", "#b54700", 31),
    "missing": Status("–", "-", "nothing written", "#bdb8ae", "#5f6670", 90),
    "waits": Status("·", ".", "waits", "#bdb8ae", "#5f6670", 90),
    "error": Status("!", "!", "no verdict yet", "#cc79a7", "#8a3d78", 35),
}
