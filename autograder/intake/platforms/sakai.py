"""Sakai: "Download all" makes a folder of the assignment's name, and in it a folder a person.

``Byron, Ada(ab123)/`` holds ``Submission attachment(s)/`` with the files, ``timestamp.txt``,
``comments.txt``, ``feedbackText.html`` and ``Byron, Ada(ab123)_submissionText.html``; beside them
lies ``grades.csv``. Without folders it is ``Byron, Ada(ab123)_Submission attachment(s)_...``.

From Sakai's source, `zipSubmissions` in ``AssignmentServiceImpl.java`` of sakaiproject/sakai. The
time there is ``2030-02-01T09:00:00Z``, in older versions ``20300201090000000``, of UTC. The newest
attempt alone is in a download.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from autograder.intake.archives import printable
from autograder.intake.dates import TIMESTAMP, beginning, told_time
from autograder.intake.handed import Owner, Part
from autograder.intake.platforms.listing import entries, is_folder, most

NAME, TITLE = "sakai", "Sakai"
ATTACHED = "Submission attachment(s)"
PERSON = re.compile(r"(?P<who>.+?)\((?P<login>[^()]+)\)", re.DOTALL)
FLAT = re.compile(
    rf"(?P<person>.+?\([^()]+\))_(?:{re.escape(ATTACHED)}_(?P<name>.+)|submissionText\..+)",
    re.DOTALL,
)


def parts(folder: Path, sure: bool = False) -> list[Part] | None:
    """What a download from Sakai holds; None where it is none."""
    there = entries(folder)
    found = [path for path in there if _is_person(path, sure) or FLAT.fullmatch(path.name)]
    if not (found if sure else most(found, there)):
        return None
    return [part for path in found for part in _parts(path)]


def _is_person(path: Path, sure: bool) -> bool:
    if not is_folder(path):
        return False
    its_own = is_folder(path / ATTACHED) or (path / TIMESTAMP).is_file()
    return its_own and bool(sure or PERSON.fullmatch(path.name)) or is_folder(path / ATTACHED)


def owner(name: str) -> Owner:
    """Whose ``Byron, Ada(ab123)`` is; without names, the number in their place.

    Examples
    --------
    >>> owner("Byron, Ada(ab123)").ids
    {'login': 'ab123'}
    """
    match = PERSON.fullmatch(name)
    if not match:
        return Owner(printable(name))
    return Owner(printable(match["who"]).strip(), {"login": printable(match["login"])})


def _parts(path: Path) -> list[Part]:
    if flat := FLAT.fullmatch(path.name):
        its = owner(flat["person"])
        return [Part(its, path, name=flat["name"] or path.name, counts=bool(flat["name"]))]
    its, time = owner(path.name), _time(beginning(path / TIMESTAMP))
    if is_folder(path / ATTACHED):
        return [Part(its, path / ATTACHED, name=ATTACHED, time=time)]
    return [Part(its, path, name=path.name, time=time)]


def _time(text: bytes) -> datetime | None:
    if re.fullmatch(rb"\d{17}\s*", text):
        try:
            return datetime.strptime(text[:14].decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            return None
    return told_time(text) if text else None
