"""Foreign text made fit to be shown: nothing invisible, nothing that turns the page around.

Names, answers and messages come from students. HTML escaping alone leaves characters in
that reverse the reading direction, take no room, or cannot be written as UTF-8 at all.
"""

from __future__ import annotations

import re
import unicodedata

MAX_STACKED_MARKS = 4
MAX_NAME = 80

_ZERO_WIDTH_JOINERS = "\u200c\u200d"  # spelling in Persian and Hindi, and joined emoji
_INVISIBLE = frozenset("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0")
_NEEDS_A_LOOK = re.compile(r"[^\n\t -~]")


def clean(text: str) -> str:
    r"""Make every character of a text visible and harmless.

    Control characters become their pictures (``␛``), characters that set the reading
    direction or take no room become ``⟨U+202E⟩``, and what is no character at all (a lone
    surrogate) becomes the replacement character. At most four accents stack on a letter.

    Parameters
    ----------
    text : str
        Any string, lone surrogates included.

    Returns
    -------
    str
        A string that UTF-8 can encode. Line ends are ``\n``.

    Examples
    --------
    >>> clean("a\x1b[31m\u202eb\ud800\r\n")
    'a␛[31m⟨U+202E⟩b�\n'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _NEEDS_A_LOOK.search(text):
        return text
    return _thin_accents(_NEEDS_A_LOOK.sub(_visible, text))


def one_line(text: str, limit: int = 300) -> str:
    r"""A text in one line of at most ``limit`` characters.

    Examples
    --------
    >>> one_line("first\n  second", limit=9)
    'first se…'
    """
    line = " ".join(clean(text[: 20 * limit]).split())
    return cut(line, limit)


def cut(text: str, limit: int) -> str:
    """Cut a text to at most ``limit`` characters, the last one an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def show_name(name: str) -> str:
    r"""A student's name in one line, never empty, never invisible.

    Examples
    --------
    >>> show_name("  ")
    '(no name)'
    >>> show_name("ada\u200b")
    'ada⟨U+200B⟩'
    """
    line = one_line(name, MAX_NAME)
    joiners = {ord(char): f"⟨U+{ord(char):04X}⟩" for char in _ZERO_WIDTH_JOINERS}
    visible = line.translate(joiners) if not _has_letters(line) else line
    return visible or "(no name)"


def _has_letters(text: str) -> bool:
    return any(unicodedata.category(char)[0] in "LNSP" for char in text)


def _visible(match: re.Match[str]) -> str:
    char = match.group()
    code = ord(char)
    category = unicodedata.category(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if category == "Cs" or category == "Cc" or code & 0xFFFE == 0xFFFE:
        return "\ufffd"
    if char in _ZERO_WIDTH_JOINERS:
        return char
    if category == "Cf" or char in _INVISIBLE:
        return f"⟨U+{code:04X}⟩"
    if char in "\u2028\u2029\x85":
        return "\n"
    return char


def _thin_accents(text: str) -> str:
    if not any(unicodedata.combining(char) for char in text):
        return text
    kept: list[str] = []
    stacked = 0
    for char in text:
        stacked = stacked + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if stacked <= MAX_STACKED_MARKS:
            kept.append(char)
    return "".join(kept)
