"""Gradescope: "Export submissions" makes a folder a submission, and submission_metadata.yml.

The list has, by the name of the folder (``submission_1234``), ``:submitters:`` with ``:name:``,
``:sid:`` and ``:email:``, and ``:created_at:``. Of a group it names all. It holds each active
submission alone; what was handed in before is not in the download.

From public programs that read it, such as those that look for ``:submitters:`` and ``:name:``, and
Gradescope's own description of ``submission_metadata.json``. The keys are Ruby's symbols. Every
value is read as text, whatever it looks like; results of tests, which may be long and hold what
students print, are skipped before anything reads YAML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from autograder.intake.archives import open_plainly, printable
from autograder.intake.dates import told_time
from autograder.intake.handed import Owner, Part
from autograder.intake.platforms.listing import entries, most

NAME, TITLE = "gradescope", "Gradescope"
LIST = "submission_metadata.yml"
FOLDER = re.compile(r"submission_\d+")
WANTED = (b"  :submitters:", b"  :created_at:")
MAX_LIST = 256 * 2**20  # bytes of the file
MAX_READ = 2**20  # bytes of what is taken from it
MAX_WORDS = 200  # characters


def parts(folder: Path, sure: bool = False) -> list[Part] | None:
    """What an export from Gradescope holds; None where it is none."""
    told = _list(folder / LIST)
    there = entries(folder)
    found = [path for path in there if path.name in told]
    if not found and sure:
        found = [path for path in there if FOLDER.fullmatch(path.name)]
    if not (found if sure else most(found, there)):
        return None
    return [_part(path, told.get(path.name)) for path in found]


def _part(path: Path, told: Any) -> Part:
    told = told if isinstance(told, dict) else {}
    time = told.get(":created_at")
    return Part(
        _owner(path, told.get(":submitters")),
        path,
        name=path.name,
        time=told_time(time) if isinstance(time, str) else None,
    )


def _owner(path: Path, told: Any) -> Owner:
    """One person; a group, with its members; or the number, where no one is named."""
    submitters = told if isinstance(told, list) else []
    people = [_person(one) for one in submitters[:50] if isinstance(one, dict)]
    people = [person for person in people if person.name]
    number = {NAME: path.name.removeprefix("submission_")}
    if not people:
        return Owner(printable(path.name), number)
    if len(people) == 1:
        return Owner(people[0].name, {**people[0].ids, **number})
    return Owner(", ".join(person.name for person in people), number, tuple(people))


def _person(told: dict[Any, Any]) -> Owner:
    ids = {"number": _words(told.get(":sid")), "email": _words(told.get(":email"))}
    ids = {key: value for key, value in ids.items() if value}
    return Owner(_words(told.get(":name")) or ids.get("email") or ids.get("number", ""), ids)


def _words(value: Any) -> str:
    return printable(value).strip()[:MAX_WORDS] if isinstance(value, str) else ""


def _list(path: Path) -> dict[str, Any]:
    """What the list says, by folder; nothing where it cannot be read."""
    import yaml

    try:
        with open_plainly(path) as stream:
            text = b"".join(_wanted(stream))
        tree = yaml.load(text.decode("utf-8", "replace"), Loader=yaml.BaseLoader)
    except (OSError, ValueError, RecursionError, MemoryError, yaml.YAMLError):
        return {}
    return tree if isinstance(tree, dict) else {}


def _wanted(stream: BinaryIO) -> Iterator[bytes]:
    """The lines that say whose a submission is, and when it came."""
    read = kept = 0
    wanted = True
    while line := stream.readline(MAX_READ):
        read += len(line)
        if not line.startswith((b"   ", b"  -")):
            wanted = not line.startswith(b" ") or line.startswith(WANTED)
        if wanted:
            kept += len(line)
            yield line
        if read > MAX_LIST or kept > MAX_READ:
            raise ValueError("the list is longer than any class makes it")
