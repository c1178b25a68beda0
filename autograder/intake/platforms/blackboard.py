"""Blackboard: "Assignment file download" makes one flat folder of files.

``Sheet 2_ab123_attempt_2030-02-01-09-00-00_02_network.ipynb``: the assignment, the login, when the
attempt was handed in, the name of the file. ``Sheet 2_ab123_attempt_2030-02-01-09-00-00.txt`` is
Blackboard's own: its first line says ``Name: Ada Byron (ab123)``, the rest what was typed there.

From public programs that read such folders: the name as in dunnkers/blackboard-gradecenter-scraper
and others that look for ``_attempt_`` and a date; the text file as CodeGrade's `blackboard` module
reads it. Assignments and logins may hold underscores: the text file tells the login for sure, and
else what all names begin with is the assignment. Times are told without a zone.

A student names the file, and so what comes last: the first ``_attempt_`` is Blackboard's own.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from datetime import datetime
from pathlib import Path

from autograder.intake.archives import printable
from autograder.intake.dates import beginning
from autograder.intake.handed import Owner, Part
from autograder.intake.platforms.listing import entries, is_folder, most

NAME, TITLE = "blackboard", "Blackboard"
FILE = re.compile(
    r"(?P<who>.+?)_attempt_(?P<time>\d{4}(?:-\d{2}){5})(?:(?P<typed>\.txt)|_(?P<name>.+)|"
    r"(?P<nameless>\..+)?)",
    re.DOTALL,
)
FIRST_LINE = re.compile(r"[^:\n]{1,40}:[ \t]*(?P<name>[^\n]{1,200}?)[ \t]*\((?P<login>[^()\n]+)\)")
MAX_TEXT = 1000  # bytes


def parts(folder: Path, sure: bool = False) -> list[Part] | None:
    """What a folder of files from Blackboard holds; None where it is none."""
    there = entries(folder)
    found = [(path, match) for path in there if (match := FILE.fullmatch(path.name))]
    found = [(path, match) for path, match in found if not is_folder(path)]
    if not (found if sure else most(found, there)):
        return None
    owners = _owners(found)
    stamps: dict[str, list[str]] = defaultdict(list)
    for _, match in found:
        stamps[owners[match["who"]].ids["login"]].append(match["time"])
    return [
        Part(
            owner := owners[match["who"]],
            path,
            name=match["name"] or path.name,
            attempt=1 + sorted(set(stamps[owner.ids["login"]])).index(match["time"]),
            time=_time(match["time"]),
            counts=not match["typed"],
        )
        for path, match in found
    ]


def _owners(found: list[tuple[Path, re.Match[str]]]) -> dict[str, Owner]:
    """By what stands before ``_attempt_``: the assignment and a login."""
    told = {}
    for path, match in found:
        if match["typed"] and (line := _first_line(path)) and _ends(match["who"], line["login"]):
            told[match["who"]] = Owner(printable(line["name"]), {"login": printable(line["login"])})
    all_who = {match["who"] for _, match in found}
    begin = _assignment(all_who, told)
    return {who: told.get(who) or _unnamed(who, begin) for who in all_who}


def _ends(who: str, login: str) -> bool:
    return who.endswith(f"_{login}") and len(who) > len(login) + 1


def _assignment(all_who: set[str], told: dict[str, Owner]) -> str:
    """What all begin with: as far as a login that is known, or the last underscore in common."""
    begins = {who[: -len(owner.ids["login"])] for who, owner in told.items()}
    if len(begins) == 1 and all(who.startswith(tuple(begins)) for who in all_who):
        return begins.pop()
    common = os.path.commonprefix(sorted(all_who)) if len(all_who) > 1 else next(iter(all_who))
    return common[: common.rfind("_") + 1]


def _unnamed(who: str, begin: str) -> Owner:
    login = printable(who[len(begin) :] or who)
    return Owner(login, {"login": login})


def _first_line(path: Path) -> re.Match[str] | None:
    return FIRST_LINE.match(beginning(path, MAX_TEXT).decode("utf-8-sig", "replace"))


def _time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d-%H-%M-%S")
    except ValueError:
        return None
