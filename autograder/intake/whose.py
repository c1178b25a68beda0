"""Whose work it is: submissions and the people of a roster."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from autograder.intake.handed import Attempt, Part
from autograder.intake.names import not_taken
from autograder.intake.roster import ALSO, KEYS, Person, plain_id
from autograder.intake.submissions import Submission
from autograder.intake.tables import squeezed
from helpers.errors import RosterError

STRANGER = "nobody on the roster is called"


@dataclass(frozen=True)
class Joined:
    """A class's submissions, person by person.

    Attributes
    ----------
    submissions : tuple of Submission
        One for each person who handed in; ``student`` is their name on the roster.
    people : tuple of Person
        To whom they belong, in the same order; a stranger has ``key`` and name alone.
    absent : tuple of Person
        Who handed in nothing.
    remarks : tuple of str
        What whoever grades should know.
    """

    submissions: tuple[Submission, ...]
    people: tuple[Person, ...]
    absent: tuple[Person, ...]
    remarks: tuple[str, ...]


def by_member(found: Sequence[Submission]) -> list[Submission]:
    """What a group handed in is each member's: they have a row and a page each."""
    everybody: list[Submission] = []
    for submission in found:
        members = submission.owner.members
        names = [member.name for member in members]
        together = f"handed in by {', '.join(names)} together"
        note = "; ".join(filter(None, (together, submission.note)))
        everybody += [
            replace(submission, student=member.name, owner=member, note=note) for member in members
        ] or [submission]
    taken: set[str] = set()
    unique = []
    for submission in everybody:
        name = not_taken(submission.student, taken.__contains__)
        taken.add(name)
        unique.append(replace(submission, student=name))
    return unique


def join(found: Sequence[Submission], roster: Sequence[Person]) -> Joined:
    """Put each submission to the person whose it is.

    Several submissions of one person become one: where all have a time, the newest is graded and
    the others are kept.

    Raises
    ------
    RosterError
        It cannot be told whose a submission is: the ids are two people's, or several people have
        that name.
    """
    owners: dict[str, list[Submission]] = {}
    by_key = {person.key: person for person in roster}
    strangers: list[Submission] = []
    remarks = []
    for submission in found:
        person = owner_of(submission, roster)
        if person:
            owners.setdefault(person.key, []).append(submission)
        else:
            strangers.append(submission)
            remarks.append(_stranger(submission, roster))
    if found and roster and not owners:
        raise RosterError(
            f"none of the {len(found)} submissions is anybody's on the roster, such as that of "
            f"{found[0].student}; is it the right list? If it is, the column {ALSO} says what "
            "people's work is called"
        )
    shown = _shown_names(roster)
    joined = []
    for key, theirs in owners.items():
        _refuse_two_people(theirs, by_key[key])
        one = _together(theirs)
        if len(theirs) > 1:
            remarks.append(one.note)
        joined.append((replace(one, student=shown[key], person=key), by_key[key]))
    taken = set(shown.values())
    for submission in strangers:
        name = submission.student
        while name in taken:
            name += " (not on the roster)"
        taken.add(name)
        note = f"{STRANGER} {submission.student}"
        joined.append((replace(submission, student=name, note=note), Person(name, name)))
    absent = tuple(person for person in roster if person.key not in owners)
    return Joined(
        tuple(submission for submission, _ in joined),
        tuple(person for _, person in joined),
        tuple(replace(person, name=shown[person.key]) for person in absent),
        tuple(remarks),
    )


def owner_of(submission: Submission, roster: Sequence[Person]) -> Person | None:
    """The person on the roster whose work this is; ``None`` where nobody is called so.

    Raises
    ------
    RosterError
        There are several.
    """
    ids = submission.owner.ids
    by_id = [p for p in roster if any(_same(p, kind, ids[kind]) for kind in KEYS if kind in ids)]
    if len(by_id) == 1:
        return by_id[0]
    if len(by_id) > 1:
        raise RosterError(
            f"{submission.path.name} bears ids of {_names(by_id)}; whose is it? Move it into a "
            "folder that is called as its owner is on the roster"
        )
    called = {squeezed(submission.student), squeezed(submission.owner.name)} - {""}
    also = [p for p in roster if called & set(map(squeezed, p.also))]
    by_name = also or [p for p in roster if called & p.spellings and not _differs(p, ids)]
    if len(by_name) > 1:
        raise RosterError(
            f"{submission.path.name} may be the work of {_names(by_name)}; whose is it? Write "
            f"{submission.student!r} into the column {ALSO} of the right row of the roster"
        )
    return by_name[0] if by_name else None


def alike(found: Sequence[Submission]) -> list[str]:
    """Without a roster: which submissions may be one person's, one sentence for each."""
    groups: dict[str, list[str]] = {}
    for submission in found:
        for sign in _signs(submission):
            names = groups.setdefault(sign, [])
            if submission.student not in names:
                names.append(submission.student)
    pairs = dict.fromkeys(tuple(names) for names in groups.values() if len(names) > 1)
    return [
        f"{' and '.join(names)} may be one person; a roster (--roster) tells" for names in pairs
    ]


def _signs(submission: Submission) -> set[str]:
    words = sorted(squeezed(word) for word in submission.student.replace(",", " ").split())
    words = [word for word in words if word and not word.isdigit()]
    ids = {f"{kind} {value.casefold()}" for kind, value in submission.owner.ids.items() if value}
    return {"name " + " ".join(words), *ids} if len(words) > 1 else ids


def _same(person: Person, kind: str, value: str) -> bool:
    theirs = person.ids.get(kind, "")
    return bool(value and theirs) and plain_id(theirs) == plain_id(value)


def _differs(person: Person, ids: dict[str, str]) -> bool:
    """Whether an id says that a person of that name is another one."""
    return any(kind in person.ids and plain_id(person.ids[kind]) != plain_id(value)
               for kind, value in ids.items() if value)  # fmt: skip


def _stranger(submission: Submission, roster: Sequence[Person]) -> str:
    names = {squeezed(person.name): person.name for person in roster}
    near = difflib.get_close_matches(squeezed(submission.student), names, 1, 0.75)
    meant = f"; {names[near[0]]}?" if near else ""
    return (
        f"{STRANGER} {submission.student}{meant} (the column {ALSO} of the roster says what else "
        "somebody's work is called)"
    )


def _refuse_two_people(theirs: Sequence[Submission], person: Person) -> None:
    """Two accounts on one platform are two people, whatever their names."""
    for kind in KEYS:
        ids = {plain_id(one.owner.ids[kind]): one for one in theirs if one.owner.ids.get(kind)}
        if len(ids) > 1:
            one, other, *_ = ids.values()
            raise RosterError(
                f"{one.path.name} and {other.path.name} are of two people by their {kind}, and the "
                f"roster has one {person.name} ({person.key}); add the other, with an id"
            )


def _together(theirs: Sequence[Submission]) -> Submission:
    if len(theirs) == 1:
        return theirs[0]
    names = ", ".join(submission.path.name for submission in theirs)
    if not all(submission.time for submission in theirs):
        first, *more = theirs
        paths = [path for submission in theirs for path in submission.paths]
        times = [submission.time for submission in theirs if submission.time]
        return replace(
            first, path=paths[0], more=tuple(paths[1:]), time=max(times, default=None),
            earlier=tuple(one for submission in theirs for one in submission.earlier),
            note=f"{names} are one person's on the roster, and are graded as one submission",
        )  # fmt: skip
    *older, newest = sorted(theirs, key=lambda submission: submission.time)
    kept = [one for submission in older for one in (*submission.earlier, _attempt(submission))]
    return replace(
        newest, earlier=(*kept, *newest.earlier),
        note=f"{names} are one person's on the roster; {newest.path.name} is the newest and counts",
    )  # fmt: skip


def _attempt(submission: Submission) -> Attempt:
    owner, time, late = submission.owner, submission.time, submission.late
    return Attempt(tuple(Part(owner, path, time=time, late=late) for path in submission.paths))


def _shown_names(roster: Sequence[Person]) -> dict[str, str]:
    """Names as tables show them: where two people have one name, with their keys."""
    names = [squeezed(person.name) for person in roster]
    return {
        person.key: person.name if names.count(name) == 1 else f"{person.name} ({person.key})"
        for person, name in zip(roster, names, strict=True)
    }


def _names(people: Iterable[Person]) -> str:
    return " and of ".join(f"{person.name} ({person.key})" for person in people)
