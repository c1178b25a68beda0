"""The entries of a download, and what is nobody's."""

from __future__ import annotations

import os
from collections.abc import Collection, Sized
from itertools import islice
from pathlib import Path

from autograder.course.writing import LITTER
from autograder.intake.archives import LEFT_OUT
from autograder.intake.names import is_submission_file
from helpers.errors import SubmissionError

MAX_LISTED = 50_000
LISTS = frozenset({
    ".csv", ".tsv", ".xlsx", ".xls", ".ods", ".md", ".rst", ".html", ".json", ".yml", ".yaml",
    ".db", ".sqlite", ".log", ".ini", ".lnk", ".url", ".webloc", ".toml",
})  # fmt: skip
PICTURES = frozenset({
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".svg", ".bmp", ".tif", ".tiff", ".mp4",
    ".mov",
})  # fmt: skip
TEXTS = frozenset({"readme", "readme.txt", "timestamp.txt", "comments.txt", "notes.txt"})
RESULTS = ("grades.csv", "report.html", "totals.csv")
"""What a folder of earlier results holds."""
SYSTEMS_OWN = LITTER | {"icon\r", "icon", ".ds_store", "gradebook.db"}


def listed(folder: Path) -> list[Path]:
    """What lies in a folder, in order.

    Raises
    ------
    SubmissionError
        It cannot be read, or holds more than any class hands in.
    """
    try:
        found = sorted(islice(folder.iterdir(), MAX_LISTED + 1))
    except OSError as error:
        raise SubmissionError(
            f"{folder} cannot be read ({error.strerror}); give a folder that holds one folder or "
            "archive per student"
        ) from None
    if len(found) > MAX_LISTED:
        raise SubmissionError(f"{folder} holds more than {MAX_LISTED} files; no class does")
    return found


def entries(folder: Path) -> list[Path]:
    """What lies in a folder without systems' own files and names that begin with a dot."""
    return [path for path in listed(folder) if not is_hidden(path)]


def inside(folder: Path) -> list[Path]:
    """The same of somebody's folder: nothing, where it is none or cannot be read."""
    if not is_folder(folder):
        return []
    try:
        return entries(folder)
    except SubmissionError:
        return []


def is_folder(path: Path) -> bool:
    """Whether it is a folder, and no link to one."""
    try:
        return path.is_dir() and not path.is_symlink()
    except OSError:
        return False


def is_hidden(path: Path) -> bool:
    """Whether a system or a program made it, or its name begins with a dot."""
    name = path.name
    return name.startswith(".") or name.lower() in SYSTEMS_OWN or name in LEFT_OUT


def is_stray(path: Path) -> bool:
    """Whether nobody meant it as a submission, such as a list, a picture, or earlier results."""
    if is_hidden(path):
        return True
    if is_folder(path):
        return all((path / name).is_file() for name in RESULTS)
    if is_submission_file(path) or path.is_symlink():
        return False
    name = path.name.lower()
    return name in TEXTS or os.path.splitext(name)[1] in LISTS | PICTURES


def most(some: Sized, among: Collection[Path]) -> bool:
    """Whether some are more than half of the entries of a download that could be anybody's.

    One odd name, which a student may have chosen, makes no platform.
    """
    return len(some) > 0 and 2 * len(some) > sum(not is_stray(path) for path in among)
