"""Whose work lies where: the submissions in a folder that a class's work was collected in."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from autograder.course.writing import LITTER
from autograder.intake.archives import LEFT_OUT, printable
from autograder.intake.handed import Attempt, Owner
from autograder.intake.names import is_submission_file, moodle_parts, not_taken, student_name
from helpers.checking.catalogue import FILE
from helpers.errors import CourseDirectoryError, SubmissionError

LISTS = frozenset({".csv", ".tsv", ".xlsx", ".ods", ".md", ".html", ".json", ".yml"})


@dataclass(frozen=True)
class Submission:
    """One student's name and where their work lies.

    Attributes
    ----------
    more : tuple of Path
        Further folders or files of theirs.
    note : str
        What the report should say, where the name alone could mislead.
    owner : Owner
        Whose it is, as the platform tells.
    time : datetime, optional
        When it was handed in, with a time zone.
    late : bool, optional
        Whether the platform says that it came late.
    earlier : tuple of Attempt
        What they had handed in before, oldest first: kept, and not graded.
    person : str
        The key of the person on the roster whose it is; empty without a roster.
    """

    student: str
    path: Path
    more: tuple[Path, ...] = ()
    note: str = ""
    owner: Owner = Owner("")
    time: datetime | None = None
    late: bool | None = None
    earlier: tuple[Attempt, ...] = ()
    person: str = ""

    @property
    def paths(self) -> tuple[Path, ...]:
        """All that they handed in."""
        return (self.path, *self.more)


def find_submissions(folder: Path, out: Path | None = None) -> list[Submission]:
    """The submissions in a folder: each folder, archive or notebook in it is one.

    What Moodle's names say is one student's is one submission, without the text typed there.

    Parameters
    ----------
    folder : Path
        What was collected from the class.
    out : Path, optional
        Where results go; a folder of results inside ``folder`` is no submission.

    Raises
    ------
    SubmissionError
        The folder is not there, is no folder, or holds nothing.
    CourseDirectoryError
        Results would go among the submissions.
    """
    results = os.path.realpath(out) if out else ""
    if results == os.path.realpath(folder):
        raise CourseDirectoryError(
            f"{folder} holds the submissions; results go elsewhere: name another folder with --out"
        )
    found = _by_student(
        path
        for path in _listing(folder)
        if not _is_stray(path) and os.path.realpath(path) != results
    )
    if not found:
        raise SubmissionError(
            f"{folder} holds no submission; put one folder or archive per student there"
        )
    return _with_unique_names(found)


def passed_over(folder: Path) -> list[str]:
    """Names in a folder that begin with a dot and could be somebody's all the same."""
    return sorted(
        printable(path.name)
        for path in _listing(folder)
        if path.name.startswith(".")
        and path.name not in LEFT_OUT
        and not path.name.startswith("._")
        and (path.is_dir() or is_submission_file(path))
    )


def _listing(folder: Path) -> list[Path]:
    remedy = "give a folder that holds one folder or archive per student"
    if not folder.is_dir():
        what = "is a file" if folder.exists() else "does not exist"
        unpack = "unpack it, and " if what == "is a file" and is_submission_file(folder) else ""
        raise SubmissionError(f"{folder} {what}; {unpack}{remedy}")
    if (folder / FILE).is_file():
        raise SubmissionError(f"{folder} is one student's folder, not a class; {remedy}")
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise SubmissionError(f"{folder} cannot be read ({error.strerror}); {remedy}") from None


def _is_stray(path: Path) -> bool:
    """A file that nobody meant as a submission, such as a list of names."""
    if moodle_parts(path.name)[0]:
        return False
    if path.name.startswith(".") or path.name.lower() in LITTER:
        return True
    return path.is_file() and path.suffix.lower() in LISTS and not is_submission_file(path)


def _by_student(paths: Iterable[Path]) -> list[Submission]:
    groups: dict[str, list[Path]] = {}
    for path in paths:
        groups.setdefault(moodle_parts(path.name)[0] or str(path), []).append(path)
    found = []
    for group in groups.values():
        files = [path for path in group if moodle_parts(path.name)[1] != "onlinetext"]
        first, *more = files or group
        found.append(Submission(student_name(first), first, tuple(more)))
    return found


def _with_unique_names(found: list[Submission]) -> list[Submission]:
    taken: set[str] = set()
    unique = []
    counts = Counter(submission.student for submission in found)
    for submission in found:
        name = not_taken(submission.student, taken.__contains__)
        taken.add(name)
        alike = counts[submission.student] > 1 or name != submission.student
        note = f"{name} is what was handed in as {printable(submission.path.name)}" if alike else ""
        unique.append(replace(submission, student=name, note=note))
    return unique
