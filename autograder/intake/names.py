"""What the names of files say: whose they are, and what they may be called here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path

from autograder.intake.archives import ARCHIVES, is_archive, printable

MOODLE = re.compile(
    r"(?P<who>.+_\d+)_assignsubmission_(?P<kind>file|onlinetext)_?(?P<rest>.*)", re.DOTALL
)
NOTEBOOKS = (".ipynb", ".ipynb.txt", ".ipynb.json")  # some browsers add an ending of their own
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # on Windows


def not_taken(name: str, is_taken: Callable[[str], bool]) -> str:
    """The name itself, or the first of ``name (2)``, ``name (3)``, ... that is free.

    Examples
    --------
    >>> not_taken("ada", ["ada", "ada (2)"].__contains__)
    'ada (3)'
    """
    numbered = (f"{name} ({number})" for number in count(2))
    return name if not is_taken(name) else next(n for n in numbered if not is_taken(n))


def is_submission_file(path: Path) -> bool:
    """Whether a file's name says that it can be a submission: an archive or a notebook."""
    return is_archive(path.name) or path.name.lower().endswith(NOTEBOOKS)


def moodle_parts(name: str) -> tuple[str, str, str]:
    """What Moodle's name for a part of a submission says: whose, what kind, which file.

    Examples
    --------
    >>> moodle_parts("Ada Byron_123_assignsubmission_file_02_network.ipynb")
    ('Ada Byron_123', 'file', '02_network.ipynb')
    >>> moodle_parts("ada.zip")
    ('', '', '')
    """
    match = MOODLE.fullmatch(name)
    return (match["who"], match["kind"], match["rest"]) if match else ("", "", "")


def student_name(path: Path) -> str:
    """The student's name: that of the folder or file, without the ending of an archive.

    Examples
    --------
    >>> student_name(Path("ada.tar.gz")), student_name(Path("Ada B_123_assignsubmission_file_"))
    ('ada', 'Ada B')
    """
    name = path.name
    who, _, _ = moodle_parts(name)
    if who:
        return printable(who.rpartition("_")[0])
    for ending in sorted((*ARCHIVES, *NOTEBOOKS), key=len, reverse=True):
        if not path.is_dir() and name.lower().endswith(ending):
            name = name[: -len(ending)]
            break
    return printable(name) or "student"


def file_names(students: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Students' names as names of files: none is a path, no two are the same.

    Examples
    --------
    >>> file_names(["ada", "Ada", "../../etc/passwd", "a:b", "a;b", "con", "..."])
    ['ada', 'Ada (2)', '_.._etc_passwd', 'a_b', 'a_b (2)', '_con', 'student']
    """
    names: list[str] = []
    folded = {name.casefold() for name in taken}  # some file systems take Ada and ada for one
    for student in students:
        text = unicodedata.normalize("NFC", student)
        kept = "".join(c if c.isalnum() or c in "-_. @+()" else "_" for c in text).strip(". ")
        kept = kept.encode("utf-8", "replace")[:120].decode("utf-8", "ignore").strip(". ")
        kept = f"_{kept}" if RESERVED.fullmatch(kept) else kept or "student"
        name = not_taken(kept, lambda name: name.casefold() in folded)
        folded.add(name.casefold())
        names.append(name)
    return names
