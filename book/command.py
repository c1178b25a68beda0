"""What ``course book`` does: the notebooks as a site that works from a folder, and as one PDF."""

from __future__ import annotations

import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course.course import Course, find_course
from helpers.errors import CourseError

if TYPE_CHECKING:
    import click

PACKAGES = ("sphinx", "myst_parser", "furo", "sphinxcontrib.bibtex", "pypdf")


def make_book(
    commands: click.Group,
    out: Path | None = None,
    solutions: bool = True,
    pdf: bool = False,
    course: Course | None = None,
) -> Path:
    """Make the book.

    Parameters
    ----------
    commands : click.Group
        The command ``course``, whose help is a page of the book.
    out : Path, optional
        The folder of the site; ``dist/book``, or ``dist/book-without-solutions``, by default.
    solutions : bool
        Whether it has the answers.
    pdf : bool
        Whether to make the same as one PDF as well, in that folder.
    course : Course, optional
        The checkout; by default the one that this package is part of.

    Returns
    -------
    Path
        The page to open.

    Raises
    ------
    CourseError
        A package or a program that is needed is not there, a notebook does not run, an equation
        does not hold, or the folder holds something else.
    """
    course = course or find_course()
    lacking = [name for name in PACKAGES if not _is_there(name)]
    if lacking:
        raise CourseError(
            f"the book is made with {', '.join(lacking)}, which is not installed; in the "
            "checkout, run `pip install --editable '.[dev]'`"
        )
    from book.build import build_site
    from book.pdf import find_chromium, print_book

    if pdf:
        find_chromium()  # before anything that takes long
    name = "book" if solutions else "book-without-solutions"
    out = out or course.root / "dist" / name
    started = time.monotonic()
    edition = build_site(course, commands, out, solutions, say=_say)
    if pdf:
        _say(f"{print_book(out, edition.pages, edition.subtitle, _say)} is the book as one PDF")
    _say(f"Made in {time.monotonic() - started:.0f} s")
    return out / "index.html"


def _is_there(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:  # of the package around it
        return False


def _say(line: str) -> None:
    print(line, flush=True)
