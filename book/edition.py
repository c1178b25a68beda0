"""The two editions of the book, and where their text is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Edition:
    """One edition of the book.

    Attributes
    ----------
    solutions : bool
        With answers and rubrics, and with what instructors need; else the students' edition.
    work : Path
        A folder to work in, kept so that the next build is quick.
    """

    solutions: bool
    work: Path

    @property
    def name(self) -> str:
        """What its folders are called."""
        return "with-solutions" if self.solutions else "without-solutions"

    @property
    def subtitle(self) -> str:
        """What tells it from the other one."""
        return "With all solutions" if self.solutions else "The students' edition"

    @property
    def pages(self) -> list[str]:
        """The names of its pages in the order of the book, without the front page."""
        text = (self.source / "index.md").read_text(encoding="utf-8")
        listed = re.findall(r"^```\{toctree\}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        lines = [line for block in listed for line in block.splitlines()]
        return [line for line in lines if line and not line.startswith(":")]

    @property
    def source(self) -> Path:
        """Where the text that Sphinx reads is written."""
        return self.work / self.name / "source"
