"""nbgrader: ``submitted/ada/sheet-2/`` with notebooks and ``timestamp.txt``.

From nbgrader's documentation, "Directory structure": ``{course_directory}/submitted/{student_id}/
{assignment_id}/{notebook_id}.ipynb``, with the time as ``2030-02-01 09:00:00 UTC``. It holds each
newest submission alone. The exchange's own folder holds all of them side by side, as
``ada+sheet-2+2030-02-01 09:00:00 UTC+...``: "Exchange", ``inbound``. It takes the time from the
student's machine: it is a hint.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from pathlib import Path

from autograder.intake.archives import printable
from autograder.intake.dates import TIMESTAMP, time_in, told_time
from autograder.intake.handed import Owner, Part
from autograder.intake.platforms.listing import entries, inside, is_folder, most

NAME, TITLE = "nbgrader", "nbgrader"
SUBMITTED = "submitted"
INBOUND = re.compile(
    r"(?P<who>[^+]+)\+(?P<name>[^+]+)\+(?P<time>\d{4}-[^+]+)(?:\+[^+]*)?", re.DOTALL
)
COURSE_DIRECTORY = ("nbgrader_config.py", "gradebook.db")


def parts(folder: Path, sure: bool = False) -> list[Part] | None:
    """What nbgrader's folder of submissions holds; None where it is none."""
    there = entries(folder)
    inbound = [(path, match) for path in there if (match := INBOUND.fullmatch(path.name))]
    inbound = [(path, match) for path, match in inbound if is_folder(path)]
    if inbound if sure else most(inbound, there):
        return _inbound(inbound)
    found = {path: work for path in there if (work := _assignments(path))}
    if not (found if sure else most(found, there) and _is_nbgraders(folder, found)):
        return None
    return [
        Part(_owner(path.name), one, name=one.name, time=time_in(one))
        for path, work in found.items()
        for one in work
    ]


def _inbound(found: list[tuple[Path, re.Match[str]]]) -> list[Part]:
    """What the exchange holds; of several assignments of one person, each newest."""
    times = {path: told_time(match["time"]) for path, match in found}
    known = sorted({time for time in times.values() if time})
    newest: dict[tuple[str, str], int] = {}
    for path, match in found:
        key = match["who"], match["name"]
        newest[key] = max(newest.get(key, 0), _rank(times[path], known))
    last = {who: max(n for (one, _), n in newest.items() if one == who) for who, _ in newest}
    return [
        Part(
            _owner(match["who"]),
            path,
            name=match["name"],
            attempt=last[match["who"]] if rank == newest[match["who"], match["name"]] else rank,
            time=times[path],
        )
        for path, match in found
        for rank in [_rank(times[path], known)]
    ]


def _rank(time: datetime | None, known: list[datetime]) -> int:
    return 1 + known.index(time) if time else 0


def is_course_directory(folder: Path) -> bool:
    """Whether a folder is what holds nbgrader's ``submitted``."""
    return is_folder(folder / SUBMITTED) and any(
        (folder / name).is_file() for name in COURSE_DIRECTORY
    )


def _owner(name: str) -> Owner:
    return Owner(printable(name), {"login": printable(name)})


def _assignments(path: Path) -> list[Path]:
    """The folders in a student's folder, where it holds nothing else."""
    work = inside(path)
    return work if work and all(map(is_folder, work)) else []


def _is_nbgraders(folder: Path, found: dict[Path, list[Path]]) -> bool:
    """It lies in a course directory; or has times, and students share assignments."""
    if is_course_directory(folder.resolve().parent) and folder.resolve().name == SUBMITTED:
        return True
    names = Counter(one.name for work in found.values() for one in work)
    shared = len(found) == 1 or max(names.values()) > 1
    return shared and any((one / TIMESTAMP).is_file() for work in found.values() for one in work)
