"""What all students get beside the notebooks: checks, helpers, data, and what the course is."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from autograder.course.course import Course
from autograder.course.writing import copy_files
from helpers.checking.catalogue import FILE, PUBLIC

DATA_SUFFIXES = frozenset({".csv", ".jpg", ".json", ".md", ".npz", ".png", ".toml", ".txt"})


def copy_kit(course: Course, folder: Path) -> None:
    """Write public checks, helpers, data and ``course.toml`` into a folder."""
    _copy_checks(course, folder)
    for name, path in course.helper_items().items():
        copy_files(path, folder / "helpers" / name)
    for name in course.students.data:
        copy_files(course.root / "data" / name, folder / "data" / name, suffixes=DATA_SUFFIXES)
    text = for_students((course.root / FILE).read_text(encoding="utf-8"))
    (folder / FILE).write_text(text, encoding="utf-8", newline="\n")


def _copy_checks(course: Course, folder: Path) -> None:
    """The public checks of each exercise, by their exact name: what else lies there stays."""
    for exercise in course.exercises:
        for path in course.checks(exercise, PUBLIC):
            target = folder / "exercises" / path.parent.name / PUBLIC
            target.parent.mkdir(parents=True)
            shutil.copyfile(path, target)


def for_students(text: str) -> str:
    r"""The text of a ``course.toml`` without what concerns the grader alone.

    Comments and empty lines belong to what stands below them.

    Examples
    --------
    >>> for_students('name = "n"\n# ours\n[engine]\nx = 1\n[engine.box]\ny = 2\n[[exercise]]\n')
    'name = "n"\n[[exercise]]\n'
    """
    kept, above, ours = [], [], False
    for line in text.splitlines(keepends=True):
        if re.match(r"\s*\[", line):
            ours = bool(re.match(r"\s*\[engine\b", line))
        above.append(line)
        if not re.match(r"\s*(#|$)", line):
            kept += [] if ours else above
            above = []
    return "".join(kept)
