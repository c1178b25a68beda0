"""The list of pages, read from ``pages.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).resolve().parent / "pages.toml"


@dataclass(frozen=True)
class Plan:
    """One page before it is written; what each entry means stands in ``pages.toml``."""

    name: str
    font: str
    text: str
    letter: float
    line: float
    darkness: float
    grain: float = 0.1
    tilt: float = 0.0
    perspective: float = 0.0
    shadow: float = 0.0
    slope: float = 0.1
    blur: float = 0.9
    ruled: float = 0.0
    ruling: float = 0.2
    squared: bool = False
    table: float = 0.0
    dots: bool = False
    width: int = 1800
    height: int = 1350

    @property
    def lines(self) -> list[str]:
        """The text, line by line."""
        return self.text.strip().split("\n")

    @property
    def leading(self) -> float:
        """From one line of text to the next, in pixels; writing keeps to ruled lines."""
        return self.letter * (self.ruled or 2.0)


def read_plans(path: Path = LIST) -> list[Plan]:
    """Every page, in order."""
    with path.open("rb") as file:
        return [Plan(**entry) for entry in tomllib.load(file)["page"]]
