"""Who is in the class: one record per person, from the lists that platforms export.

The columns come from what the platforms' documentation and public tools that read these files say:
Canvas's gradebook (Student, ID, SIS User ID, SIS Login ID, Section), Moodle's participants, grader
report and offline grading worksheet (Identifier, Full name, Email address), Blackboard's Grade
Center (Last Name, First Name, Username, Student ID), Brightspace's grades (OrgDefinedId, Username,
with a # before each), Gradescope's roster and grades (SID, Email, Role), GitHub Classroom's roster
(identifier, github_username), and nbgrader's list of students (id, first_name, last_name, email).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.intake.archives import printable
from autograder.intake.tables import Table, read_table, squeezed
from helpers.errors import RosterError

ALSO = "handed_in_as"
"""The column in which an instructor says what else somebody's work is called."""
COLUMNS = {
    "login": ("sisloginid", "username", "login", "loginid", "netid", "uid"),
    "number": ("sisuserid", "studentid", "orgdefinedid", "sid", "idnumber", "matriculationnumber",
               "studentnumber"),
    "email": ("email", "emailaddress", "mail", "emailadresse"),
    "github": ("githubusername",),
    "section": ("section", "sections", "groups", "group"),
    "also": (squeezed(ALSO),),
}  # fmt: skip
FIRST = ("firstname", "givenname", "vorname")
LAST = ("lastname", "surname", "familyname", "nachname")
WHOLE = ("student", "fullname", "name", "studentname", "vollstandigername")
NOBODY = re.compile(r"\s*(points possible|manual posting.*|student, test|test student)\s*", re.I)
TEACHERS = ("instructor", "ta", "teacher", "reader", "non-editing teacher", "manager")
KEYS = ("login", "number", "email", "canvas", "moodle", "github")
"""What a person is joined by, the best first."""


@dataclass(frozen=True)
class Person:
    """One person in the class.

    Attributes
    ----------
    key : str
        What joins tables: a login, else a number, an address, or the name. No two have the same.
    name : str
        Given name first.
    first, last : str
        Its parts, where the list tells them.
    ids : mapping of str to str
        ``"login"``, ``"number"``, ``"email"``, ``"github"``, and platforms' own numbers under
        their names, such as ``"canvas"``.
    section : str
        A group in the class.
    also : tuple of str
        What else their work is called.
    """

    key: str
    name: str
    first: str = ""
    last: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    section: str = ""
    also: tuple[str, ...] = ()

    @property
    def email(self) -> str:
        """Their address, or an empty text."""
        return self.ids.get("email", "")

    @property
    def spellings(self) -> frozenset[str]:
        """All that their work may be called, without case, accents and signs."""
        names = {self.name, f"{self.first} {self.last}", f"{self.last} {self.first}", *self.also}
        if not self.last:  # a list with one name: the last word may come first
            *given, family = self.name.split() or [""]
            names.add(" ".join([family, *given]))
        names |= {self.key, *self.ids.values(), self.email.partition("@")[0]}
        return frozenset(filter(None, map(squeezed, names)))


def read_roster(paths: Iterable[Path]) -> tuple[Person, ...]:
    """The people in lists of a class; several lists of the same people are put together.

    Raises
    ------
    RosterError
        A file is no such list, or its rows contradict each other.
    """
    found: list[Person] = []
    for path in paths:
        table = read_table(path)
        people = [person for _, person in rows_of_people(table) if person]
        if not people:
            raise RosterError(
                f"{table.name} names nobody; a list of a class has a column with names, logins "
                f"or addresses, and this one has {', '.join(table.columns[:8])}"
            )
        here: list[Person] = []  # rows of one list are one person's only where an id says so
        for person in people:
            _add(here, person, table.name)
        _join(found, here, table.name)
    return _with_keys(found)


def _join(found: list[Person], here: Sequence[Person], source: str) -> None:
    """Add the people of a further list. Nobody is doubled for want of an id."""
    before, names = Counter(map(_name, found)), Counter(map(_name, here))
    for person in here:
        alone = before[_name(person)] == names[_name(person)] == 1
        there = len(found)
        _add(found, person, source, by_name=alone)
        if len(found) > there and before[_name(person)]:
            raise RosterError(
                f"{source}: no id says whether this {person.name} is the one of the other lists; "
                "give both lists one id, such as an address, or name one list"
            )


def rows_of_people(table: Table) -> Iterator[tuple[dict[str, str], Person | None]]:
    """Each row of a list, and the person whose it is; ``None`` for a row of the platform's own."""
    columns = {kind: table.column(*names) for kind, names in COLUMNS.items()}
    first, last, whole = table.column(*FIRST), table.column(*LAST), table.column(*WHOLE)
    own = _own_numbers(table)
    columns = {**columns, **own}
    role = table.column("role", "roles")
    for row in table.rows:
        cells = {column: printable(cell).strip() for column, cell in row.items()}
        if role and cells[role].casefold() in TEACHERS:
            continue
        found = {kind: cells.get(column, "") if column else "" for kind, column in columns.items()}
        names = (cells.get(name, "") if name else "" for name in (first, last, whole))
        yield row, _person(found, *names)


def _person(found: dict[str, str], first: str, last: str, whole: str) -> Person | None:
    also, section = found.pop("also"), found.pop("section")
    ids = {kind: value for kind, text in found.items() if (value := _id(text))}
    name = f"{first} {last}".strip() or _given_first(whole)
    if NOBODY.fullmatch(whole) or not (name or ids):
        return None
    if not last and "," in whole:
        last, _, first = (part.strip() for part in whole.partition(","))
    more = tuple(filter(None, re.split(r"\s*[;|]\s*", also)))
    return Person("", name or next(iter(ids.values())), first, last, ids, section, more)


def same_person(person: Person, people: Sequence[Person]) -> Person | None:
    """The one of these who is the same: by an id, else by a name that only one of them has."""
    found = [other for other in people if _same_ids(person, other)]
    if not found:
        found = [other for other in people
                 if _name(other) == _name(person) and not _contradict(person, other)]  # fmt: skip
    return found[0] if len(found) == 1 else None


def _own_numbers(table: Table) -> dict[str, str]:
    """The columns of platforms' own numbers: what ``ID`` means depends on its neighbours."""
    plain = {squeezed(column): column for column in table.columns}
    if "id" in plain and {"sisuserid", "sisloginid", "section"} & plain.keys():
        return {"canvas": plain["id"]}
    if "identifier" in plain and "githubusername" in plain:
        return {"number": plain["identifier"]}
    if "identifier" in plain:
        return {"moodle": plain["identifier"]}
    if "id" in plain:  # nbgrader's list, or an instructor's own
        return {"login": plain["id"]}
    return {}


def _id(text: str) -> str:
    """An id without what platforms put around it, lest a spreadsheet takes it for a number."""
    text = re.sub(r"^(participant|teilnehmer(/in)?)\s*(?=\d)", "", text.strip(), flags=re.I)
    return text.strip("'\"=").removeprefix("#").strip()


def _given_first(name: str) -> str:
    """``"Byron, Ada"`` as ``"Ada Byron"``."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}".strip() if comma else name.strip()


def _add(found: list[Person], person: Person, source: str, by_name: bool = False) -> None:
    """Add somebody, or what a further row tells of somebody who is there."""
    same = [i for i, other in enumerate(found) if _same_ids(person, other)]
    if not same and by_name:
        same = [i for i, other in enumerate(found)
                if _name(other) == _name(person) and not _contradict(person, other)]  # fmt: skip
    if not same:
        found.append(person)
        return
    if len(same) > 1:
        names = " and ".join(found[i].name for i in same)
        raise RosterError(
            f"{source}: the ids of {person.name} are those of {names}; one id is one person's"
        )
    other = found[same[0]]
    if _contradict(person, other) or _name(person) != _name(other):
        raise RosterError(
            f"{source}: {person.name} and {other.name} share an id; are they one person? If so, "
            "write the name in the same way; if not, mend the id"
        )
    found[same[0]] = replace(
        other,
        ids={**person.ids, **other.ids},
        first=other.first or person.first,
        last=other.last or person.last,
        section=other.section or person.section,
        also=tuple(dict.fromkeys((*other.also, *person.also))),
    )


def _same_ids(one: Person, other: Person) -> bool:
    return any(plain_id(other.ids.get(kind, "")) == plain_id(value)
               for kind, value in one.ids.items() if kind in other.ids)  # fmt: skip


def _contradict(one: Person, other: Person) -> bool:
    return any(plain_id(other.ids[kind]) != plain_id(value)
               for kind, value in one.ids.items() if kind in other.ids)  # fmt: skip


def _name(person: Person) -> str:
    return " ".join(sorted(squeezed(part) for part in re.split(r"[\s,]+", person.name)))


def plain_id(text: str) -> str:
    """An id as it is compared: case makes no difference, nor zeros that a spreadsheet took away.

    Examples
    --------
    >>> plain_id("AB1"), plain_id("0012301"), plain_id("'12301 ")
    ('ab1', '12301', '12301')
    """
    text = text.strip().removeprefix("'").casefold()
    return text.lstrip("0") or "0" if text.isdigit() else text


def _with_keys(found: Sequence[Person]) -> tuple[Person, ...]:
    keyed: list[Person] = []
    taken: set[str] = set()
    for person in found:
        choices = [person.ids[kind] for kind in KEYS if kind in person.ids] + [person.name]
        key = next((choice for choice in choices if plain_id(choice) not in taken), "")
        if not key:
            raise RosterError(
                f"{person.name} is on the list twice, and nothing tells the two apart; take one "
                "out, or give each an id"
            )
        taken.add(plain_id(key))
        keyed.append(replace(person, key=key))
    return tuple(keyed)
