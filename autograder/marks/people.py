"""The class as a folder of results remembers it: who is in it, whoever handed in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

from autograder.course.writing import write_whole
from autograder.grading.store import stored, stored_places
from autograder.intake.roster import Person
from autograder.intake.tables import squeezed
from autograder.judging.verdicts import SubmissionResult
from autograder.marks.late import Extensions
from helpers.errors import CourseDirectoryError, RosterError

FILE = "people.json"
EXTENSIONS = "extensions.json"


def keep_people(out: Path, people: Sequence[Person]) -> None:
    """Write who is in the class beside the results."""
    write_whole(out / FILE, json.dumps([asdict(person) for person in people], indent=1) + "\n")


def people_in(folders: Iterable[Path]) -> tuple[Person, ...]:
    """Who is in the class, as folders of results remember it; nobody where none does.

    Raises
    ------
    RosterError
        A file is damaged.
    """
    found: dict[str, Person] = {}
    for folder in folders:
        path = folder / FILE
        if path.is_file():
            try:
                for entry in json.loads(path.read_text(encoding="utf-8")):
                    person = Person(**{**entry, "also": tuple(entry["also"])})
                    found.setdefault(person.key, person)
            except (ValueError, TypeError, KeyError):
                raise RosterError(
                    f"{path} is damaged; take it away, and say --roster instead"
                ) from None
    return tuple(found.values())


def keep_extensions(out: Path, extensions: Extensions) -> None:
    """Write who has more time beside the results."""
    table = [[key, sheet, due.isoformat()] for (key, sheet), due in extensions.items()]
    write_whole(out / EXTENSIONS, json.dumps(table, indent=1) + "\n")


def extensions_in(folders: Iterable[Path]) -> dict[tuple[str, str], datetime]:
    """Who has more time, as folders of results remember it.

    Raises
    ------
    RosterError
        A file is damaged.
    """
    found: dict[tuple[str, str], datetime] = {}
    for folder in folders:
        path = folder / EXTENSIONS
        if path.is_file():
            try:
                for key, sheet, due in json.loads(path.read_text(encoding="utf-8")):
                    found[key, sheet] = datetime.fromisoformat(due)
            except (ValueError, TypeError):
                raise RosterError(
                    f"{path} is damaged; take it away, and say --extensions instead"
                ) from None
    return found


def with_person(result: SubmissionResult, people: Sequence[Person]) -> SubmissionResult:
    """A result that was graded without this roster, put to the one person who is called so."""
    if not people or any(person.key == result.person for person in people):
        return result
    called = {squeezed(result.student), squeezed(result.person)} - {""}
    found = [person for person in people if called & person.spellings]
    return replace(result, person=found[0].key) if len(found) == 1 else result


def results_in(folders: Sequence[Path]) -> Iterator[SubmissionResult]:
    """All results that folders hold, texts included, one after the other.

    Raises
    ------
    CourseDirectoryError
        A folder holds none.
    """
    for folder in folders:
        places = list(stored_places(folder))
        if not places:
            raise CourseDirectoryError(
                f"{folder} holds no results of grading; name a folder that `course grade --out` "
                "wrote"
            )
        for _, place in places:
            result = stored(place)
            if result:
                yield result
