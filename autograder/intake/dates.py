"""Times that files and names tell: of a submission, in words that anybody may have written."""

from __future__ import annotations

import re
import warnings
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from autograder.intake.archives import open_plainly

TIMESTAMP = "timestamp.txt"
MAX_TIME = 200  # characters
YEARS = range(1970, 3000)
ZONE = re.compile(r"[A-Za-z]{1,30}(/[A-Za-z_]{1,30})*")
TWO_DAYS = (datetime(2000, 1, 1), datetime(2001, 2, 2))


def placed(time: datetime, zone: tzinfo | None) -> datetime:
    """A time that was written without a zone, in a zone; None is the one of this machine.

    Examples
    --------
    >>> from zoneinfo import ZoneInfo
    >>> placed(datetime(2030, 7, 1, 9), ZoneInfo("Europe/Berlin")).isoformat()
    '2030-07-01T09:00:00+02:00'
    """
    if time.tzinfo:
        return time
    return time.replace(tzinfo=zone) if zone else time.astimezone()


def time_of(text: bytes | str, zone: tzinfo | None = UTC) -> datetime:
    """The time that a text names, with a time zone.

    Parameters
    ----------
    text : bytes or str
        Such as ``"2030-02-01 09:00:00 UTC"``; a whole date at least.
    zone : tzinfo, optional
        Holds where the text names none; UTC by default, as nbgrader writes it.

    Raises
    ------
    ValueError
        It names none, or not all of it: ``"10"`` is no date.

    Examples
    --------
    >>> time_of(b"2030-02-01 09:00:00 UTC")
    datetime.datetime(2030, 2, 1, 9, 0, tzinfo=datetime.timezone.utc)
    >>> time_of("Feb 1, 2030 9:00 AM").isoformat()
    '2030-02-01T09:00:00+00:00'
    """
    try:
        plain = (text.decode("utf-8-sig") if isinstance(text, bytes) else text).strip()
        first, second = (_parsed(plain[:MAX_TIME], day) for day in TWO_DAYS)
        if first != second or first.year not in YEARS:
            raise ValueError("not a whole date")
        offset = first.utcoffset()  # whoever wrote it may have made this up
        return first.replace(tzinfo=zone) if offset is None else first.astimezone(UTC)
    except Exception as error:  # dateutil raises whatever comes to it
        raise ValueError(f"{text[:MAX_TIME]!r} is no date") from error


def told_time(text: bytes | str, zone: tzinfo | None = UTC) -> datetime | None:
    """The time that a text names, or None."""
    try:
        return time_of(text, zone)
    except ValueError:
        return None


def time_in(folder: Path) -> datetime | None:
    """The time that a ``timestamp.txt`` in a folder names.

    It is a hint and no proof: whoever hands in a folder can put such a file there.
    """
    return told_time(text) if (text := beginning(folder / TIMESTAMP)) else None


def beginning(path: Path, size: int = MAX_TIME) -> bytes:
    """The first bytes of an ordinary file; none where it cannot be read."""
    try:
        with open_plainly(path) as stream:
            return stream.read(size)
    except (OSError, ValueError):
        return b""


def _parsed(text: str, day: datetime) -> datetime:
    import dateutil.parser

    words = text.split()
    name = words[-1] if len(words) == 3 and ZONE.fullmatch(words[-1]) else ""
    text = " ".join([*words[:-1], "TZ"]) if name and name.upper() not in ("AM", "PM") else text
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of names of zones that it does not know
        return dateutil.parser.parse(text, default=day, tzinfos=lambda n, s: _zone(n, s, name))


def _zone(short: str | None, seconds: int | None, name: str) -> tzinfo | int | None:
    """The zone of a name; no name is tried as a path to a file."""
    import dateutil.tz

    if seconds is not None:
        return seconds
    name = name if short == "TZ" else short or ""
    return dateutil.tz.gettz(name) if ZONE.fullmatch(name) else None
