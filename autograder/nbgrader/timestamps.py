"""When a submission came: nbgrader reads it from a file that a student may have written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from autograder.intake import dates
from autograder.intake.dates import MAX_TIME, TIMESTAMP


def mend_timestamps() -> None:
    """Let a ``timestamp.txt`` that is no date count as none.

    nbgrader breaks there: the student has no row, and the run of the class fails. It reads the
    file before any hook of ours is called, so its own function is replaced.
    """
    stock = CourseDirectory.get_existing_timestamp
    _existing_timestamp.stock = getattr(stock, "stock", stock)
    CourseDirectory.get_existing_timestamp = _existing_timestamp


def _existing_timestamp(directory: CourseDirectory, folder: str) -> datetime | None:
    """As nbgrader's own, but that a file that cannot be read is no reason to stop."""
    path = Path(folder) / TIMESTAMP
    try:
        with path.open("rb") as file:
            return time_of(file.read(MAX_TIME))
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        directory.log.warning("%s holds no date; it is left out", path)
        return None


def time_of(text: bytes) -> datetime:
    """The time that a file names, as nbgrader keeps it: of UTC, without a zone.

    Raises
    ------
    ValueError
        It names none.

    Examples
    --------
    >>> time_of(b"2030-02-01 09:00:00 UTC")
    datetime.datetime(2030, 2, 1, 9, 0)
    """
    return dates.time_of(text).astimezone(UTC).replace(tzinfo=None)
