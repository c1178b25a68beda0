"""Brightspace (D2L): "Download" in an assignment makes a folder an attempt, and an index.html.

``12345-67890 - Ada Byron - Feb 1, 2030 900 AM``: the person's number, the assignment's, the name,
and when. Some schools have a login or a student number before the name, some dates with the day
first; a group's name stands before the person's. Older versions make flat files:
``12345-67890 - Ada Byron - Feb 1, 2030 900 AM - 02_network.ipynb``.

From public programs that read such folders; those that split at ``" - "`` and read ``%b %d, %Y
%I%M %p`` agree. ``index.html`` lists the same for people and is passed over. Times are told without
a zone. A date in another language is none; attempts of one person that no date tells apart are one.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from autograder.intake.archives import printable
from autograder.intake.dates import told_time
from autograder.intake.handed import Owner, Part
from autograder.intake.platforms.listing import entries, most

NAME, TITLE = "brightspace", "Brightspace"
ENTRY = re.compile(
    r"(?P<user>\d+)-(?P<assignment>\d+) - (?P<who>.+?) - "
    r"(?P<time>[^-]{0,30}\b\d{4}\b[^-]{0,6}?\d{1,2}[:.]?\d{2}(?: ?[AaPp]\.?[Mm]\.?)?)"
    r"(?: - (?P<name>.+))?",
    re.DOTALL,
)
CLOCK = re.compile(r"(\d{1,2})[:.]?(\d{2})(\s*[AaPp]\.?[Mm]\.?)?$")


def parts(folder: Path, sure: bool = False) -> list[Part] | None:
    """What a download from Brightspace holds; None where it is none."""
    there = entries(folder)
    found = [(path, match) for path in there if (match := ENTRY.fullmatch(path.name))]
    if not (found if sure else most(found, there)):
        return None
    times = {match["time"]: _time(match["time"]) for _, match in found}
    known = sorted({time for time in times.values() if time})
    return [
        Part(
            owner(match),
            path,
            name=match["name"] or path.name,
            attempt=1 + known.index(time) if (time := times[match["time"]]) else 0,
            time=time,
        )
        for path, match in found
    ]


def owner(match: re.Match[str]) -> Owner:
    """Whose an entry is; of a group, the group."""
    who, _, member = printable(match["who"]).partition(" - ")
    first, _, rest = who.partition(" ")
    if rest and not member and any(c.isdigit() for c in first):
        return Owner(rest, {NAME: match["user"], "login": first})
    return Owner(who, {NAME: match["user"]})


def _time(text: str) -> datetime | None:
    """``Feb 1, 2030 900 AM``; the hour and the minute stand together."""
    time = told_time(CLOCK.sub(r"\1:\2\3", text.strip()), None)
    return time.replace(tzinfo=None) if time else None
