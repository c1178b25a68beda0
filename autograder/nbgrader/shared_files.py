"""What everybody has, such as data and helpers: kept once, not in each student's folder.

Nothing runs in ``autograded/``: the judge works in its sandbox, with the course's own files. So
nbgrader need not copy these from ``source/``, nor what students hand in along with their
notebooks, to ``autograded/`` and from there to ``feedback/``.
"""

from __future__ import annotations

import filecmp
from contextlib import suppress
from pathlib import Path

from autograder.course.course import Course


def files_for_all(course: Course, root: Path) -> dict[str, list[str]]:
    """What nbgrader is not to copy from ``source/``, by assignment.

    Where an assignment has notebooks that are not the course's, they run as in stock nbgrader:
    there the data alone are left out.
    """
    found = {}
    for sheet in course.sheets:
        folder = root / "source" / sheet.name
        files = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
        others = [p for p in files if p.suffix == ".ipynb" and p.stem not in sheet.notebooks]
        found[sheet.name] = [
            str(path)
            for path in files
            if path.suffix != ".ipynb" and (path.parts[0] == "data" or not others)
        ]
    return found


def leave_out_shared(folder: Path, source: Path) -> None:
    """Take files out of a student's folder that are the course's own to the last byte."""
    for path in sorted(folder.rglob("*"), reverse=True):  # what is in a folder before the folder
        if path.is_dir():
            with suppress(OSError):  # it is not empty
                path.rmdir()
            continue
        ours = source / path.relative_to(folder)
        if path.suffix != ".ipynb" and ours.is_file() and filecmp.cmp(path, ours, shallow=False):
            path.unlink()
