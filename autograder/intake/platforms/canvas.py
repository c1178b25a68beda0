"""Canvas: "Download submissions" makes one flat folder of files.

``byronada_LATE_1234_567890_02_network-1.ipynb``: the name that lists sort by, small and without
what is no letter, digit or underscore; ``LATE`` where it came late; the number of the person and
of the file; and the name of the file. A text typed into Canvas is ``..._1234_text.html``, an
address ``..._1234_link.html``. Without names it is ``anon_Ab3dE_567890_...``.

From Canvas's source, ``lib/content_zipper.rb`` of instructure/canvas-lms: `get_filename`,
`add_upload_submission`, `sanitize_user_name`. It takes ``_12_`` out of people's names, and makes
them small, so that neither numbers nor ``LATE`` in a name can be mistaken. Only a name that ends in
a number after an underscore cannot be told from what follows.

A download holds the files of each newest submission alone. A file that is handed in again under
its name is numbered: ``-1``, ``-2``. So of files that differ in that number alone, in downloads put
together, the highest is the newest. Others stay, whatever their number: who mends one notebook of
two hands in ``01_theory-1.ipynb`` with ``02_network.ipynb``. No times are told.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path, PurePath

from autograder.intake.archives import printable
from autograder.intake.handed import Owner, Part
from autograder.intake.platforms.listing import entries, is_folder, most

NAME, TITLE = "canvas", "Canvas"
FILE = re.compile(
    r"(?:(?P<hidden_late>LATE_)?anon_(?P<anon>(?=\d*[A-Za-z])[0-9A-Za-z]{5})"
    r"|(?P<who>\w+?)(?P<late>_LATE)?_(?P<user>\d+))"
    r"(?:_(?P<file>\d+)_(?P<name>.+)|_(?P<typed>text|link)\.html)",
    re.DOTALL,
)
TELLING = 3  # digits that both numbers have at least: exercise_2_1_softmax.ipynb is of no Canvas
AGAIN = re.compile(r"(.*?)(?:-(\d{1,3}))?((?:\.tar)?\.[^.]*)?", re.DOTALL)


def parts(folder: Path, sure: bool = False) -> list[Part] | None:
    """What a folder of files from Canvas holds; None where it is none."""
    there = entries(folder)
    found = [(path, match) for path in there if (match := FILE.fullmatch(path.name))]
    found = [(path, match) for path, match in found if not is_folder(path)]
    if not sure:
        found = [(path, match) for path, match in found if is_telling(match)]
    if not (found if sure else most(found, there)):
        return None
    return _with_attempts([_part(path, match) for path, match in found])


def is_telling(match: re.Match[str]) -> bool:
    """Whether the numbers are as long as Canvas's are."""
    numbers = [match[group] for group in ("user", "file") if match[group]]
    return all(len(number) >= TELLING for number in numbers)


def owner(match: re.Match[str]) -> Owner:
    """Whose a file is."""
    if match["anon"]:
        return Owner(f"anon {match['anon']}", {NAME: match["anon"]})
    return Owner(printable(match["who"]), {NAME: match["user"]})


def _part(path: Path, match: re.Match[str]) -> Part:
    late = bool(match["late"] or match["hidden_late"])
    name = match["name"] or path.name
    return Part(owner(match), path, name=name, late=late, counts=not match["typed"])


def _with_attempts(parts: list[Part]) -> list[Part]:
    """Each file's number; all that stay have the highest of their owner."""
    numbers: dict[tuple[str, str], list[int]] = defaultdict(list)
    last: dict[str, int] = defaultdict(int)
    for part in parts:
        numbers[_file(part)].append(_number(part))
        last[part.owner.ids[NAME]] = max(last[part.owner.ids[NAME]], _number(part))
    return [
        replace(part, attempt=last[part.owner.ids[NAME]])
        if _number(part) == max(numbers[_file(part)])
        else replace(part, attempt=_number(part))
        for part in parts
    ]


def _file(part: Part) -> tuple[str, str]:
    match = AGAIN.fullmatch(part.name)
    assert match  # anything matches
    plain = f"{match[1]}{match[3] or ''}" if match[2] else part.name
    return part.owner.ids[NAME], PurePath(plain.lower()).name


def _number(part: Part) -> int:
    match = AGAIN.fullmatch(part.name)
    return int(match[2]) if match and match[2] else 0
