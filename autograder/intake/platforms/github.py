"""GitHub Classroom: a repository a student, cloned side by side.

``sheet-2-submissions/sheet-2-adabyron/``: the assignment and the login. ``gh classroom clone
student-repos`` makes the folder of that name, Classroom Assistant one that the instructor names.

From GitHub's source, ``cmd/gh-classroom/clone/student-repos`` of github/gh-classroom. Both parts
may hold hyphens: where the folder is not named after the assignment, it is what all names begin
with. Folders with one beginning are found anywhere, so that without ``.git`` in them the platform
must be named. No time is told: those of commits are set by whoever makes them.
"""

from __future__ import annotations

import os
from pathlib import Path

from autograder.intake.archives import printable
from autograder.intake.handed import Owner, Part
from autograder.intake.platforms.listing import entries, is_folder, most

NAME, TITLE = "github", "GitHub Classroom"
ENDING = "-submissions"


def parts(folder: Path, sure: bool = False) -> list[Part] | None:
    """What a folder of cloned repositories holds; None where it is none."""
    there = entries(folder)
    cloned = [path for path in there if is_folder(path) and (sure or (path / ".git").exists())]
    begin = _assignment(folder, [path.name for path in cloned])
    found = [path for path in cloned if begin and len(path.name) > len(begin)]
    if not (found if sure else most(found, there)):
        return None
    return [Part(_owner(path.name[len(begin) :]), path, name=path.name) for path in found]


def _owner(login: str) -> Owner:
    return Owner(printable(login), {NAME: printable(login)})


def _assignment(folder: Path, names: list[str]) -> str:
    named = folder.resolve().name.removesuffix(ENDING) + "-"
    if names and all(name.startswith(named) for name in names):
        return named
    common = os.path.commonprefix(names) if len(names) > 1 else ""
    return common[: common.rfind("-") + 1]
