"""What right answers take: measured by ``course selftest --times``, kept beside ``course.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course.writing import write_whole
from helpers.errors import CourseError

FILE = "times.toml"
HEAD = """\
# Seconds that right answers to an exercise take, in the median and the slowest of them, and how
# long the machine that measured them needs for a small task. Grading bounds a submission's time by
# these. Written by `course selftest --times`: run it again when checks or wheats change.

"""


@dataclass(frozen=True)
class Need:
    """Seconds that right answers to one exercise take: in the median, and the slowest of them."""

    median: float
    slowest: float


@dataclass(frozen=True)
class Times:
    """What was measured.

    Attributes
    ----------
    calibration : float
        Seconds that the machine took for a small task; 0 where nothing was measured.
    needs : mapping of str to Need
        By exercise.
    """

    calibration: float = 0.0
    needs: Mapping[str, Need] = field(default_factory=dict)


def read_times(root: Path) -> Times:
    """The times of the course in a folder; empty ones where nobody measured any.

    Raises
    ------
    CourseError
        The file cannot be used.
    """
    path = root / FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        needs = {
            exercise: Need(float(entry["median"]), float(entry["slowest"]))
            for exercise, entry in table["exercises"].items()
        }
        return Times(float(table["calibration"]), needs)
    except FileNotFoundError:
        return Times()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CourseError(
            f"{path} cannot be used ({type(error).__name__}: {error}); delete it, or write it anew "
            "with course selftest --times"
        ) from None


def write_times(times: Times, root: Path) -> None:
    """Write them down; exercises that were not measured now stay as they were.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    needs = {**read_times(root).needs, **times.needs}
    lines = [f"calibration = {times.calibration:.4f}", "", "[exercises]"]
    for exercise, need in needs.items():
        lines.append(
            f'"{exercise}" = {{ median = {need.median:.2f}, slowest = {need.slowest:.2f} }}'
        )
    write_whole(root / FILE, HEAD + "\n".join(lines) + "\n")
