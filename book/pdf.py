"""The book as one PDF, printed by a browser without a screen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from book.build import Edition
from helpers.errors import CourseError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
            "microsoft-edge")  # fmt: skip


def find_chromium() -> str:
    """The browser that prints.

    Raises
    ------
    CourseError
        There is none.
    """
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise CourseError(
        f"the PDF is printed by Chromium or Chrome, and none of {', '.join(BROWSERS)} is on the "
        "path; install one (on Debian and Ubuntu: apt-get install chromium), or leave out --pdf"
    )


def print_book(edition: Edition, out: Path, say: Callable[[str], None]) -> Path:
    """Print the edition that was made last."""
    raise NotImplementedError
