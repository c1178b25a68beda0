"""Whose work lies where: the submissions in a folder that a class's work was collected in."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path

from autograder.intake.archives import LEFT_OUT, printable
from autograder.intake.dates import YEARS, placed, time_in
from autograder.intake.handed import Attempt, Owner, Part
from autograder.intake.names import NOTEBOOKS, is_submission_file, not_taken, student_name
from autograder.intake.places import COPY, Place, find_class, is_nobodys, people_in, who_of
from autograder.intake.platforms.flat import owner_in
from autograder.intake.platforms.listing import inside, is_folder
from autograder.intake.platforms.recognise import Download
from autograder.intake.several import owners_in_archive
from helpers.errors import CourseDirectoryError, SubmissionError

Say = Callable[[str], None]


@dataclass(frozen=True)
class Submission:
    """One student's name and where their work lies.

    Attributes
    ----------
    more : tuple of Path
        Further folders or files of theirs.
    note : str
        What the report should say, where the name alone could mislead.
    owner : Owner
        Whose it is, as the platform tells.
    time : datetime, optional
        When it was handed in, with a time zone.
    late : bool, optional
        Whether the platform says that it came late.
    earlier : tuple of Attempt
        What they had handed in before, oldest first: kept, and not graded.
    person : str
        The key of the person on the roster whose it is; empty without a roster.
    """

    student: str
    path: Path
    more: tuple[Path, ...] = ()
    note: str = ""
    owner: Owner = Owner("")
    time: datetime | None = None
    late: bool | None = None
    earlier: tuple[Attempt, ...] = ()
    person: str = ""

    @property
    def paths(self) -> tuple[Path, ...]:
        """All that they handed in."""
        return (self.path, *self.more)


def find_submissions(
    folder: Path,
    out: Path | None = None,
    platform: str | None = None,
    *,
    notebooks: Collection[str] = (),
    zone: tzinfo | None = None,
    say: Say = lambda line: None,
) -> list[Submission]:
    """The submissions of a class: what a platform's names tell, or an entry a student.

    Of several attempts the newest is graded; earlier ones are kept beside it. The class may lie in
    a folder or an archive that is alone in ``folder``. A folder per student is read with the time
    that a ``timestamp.txt`` in it names.

    Parameters
    ----------
    folder : Path
        What was collected from the class: a folder, or a platform's whole archive.
    out : Path, optional
        Where results go; a folder of results inside ``folder`` is no submission.
    platform : str, optional
        One of :data:`autograder.intake.platforms.recognise.CHOICES`; by default what the names say.
    notebooks : collection of str
        What the course's notebooks are called, without their ending.
    zone : tzinfo, optional
        Holds for times that a platform tells without one; by default that of this machine.
    say : callable
        Takes lines for whoever collects: what was recognised, and what is passed over.

    Raises
    ------
    SubmissionError
        The folder is not there, holds nothing, or it is not plain whose work lies where.
    CourseDirectoryError
        Results would go among the submissions.
    """
    results = os.path.realpath(out) if out else ""
    if results == os.path.realpath(folder):
        raise CourseDirectoryError(
            f"{folder} holds the submissions; results go elsewhere: name another folder with --out"
        )
    place = find_class(folder, results, platform, [name.casefold() for name in notebooks])
    if not (place.works or place.download):
        raise SubmissionError(
            f"{folder} holds no submission; put one folder or archive per student there"
        )
    if place.download:
        found = _in_download(place, place.download, zone)
    else:
        found = _in_folder(place, notebooks)
    for line in (*_recognised(place, found), *_passed_over(place)):
        say(line)
    return _with_unique_names(found, place.download.name if place.download else "")


# --- A folder without a platform's names -----------------------------------------------------


def _in_folder(place: Place, notebooks: Collection[str]) -> list[Submission]:
    """An entry a student; but files of one person, named after the course's notebooks, are one's.

    Names are believed where they name a person and a notebook in most of the entries.
    """
    who = {path: who_of(path, notebooks) for path in place.works if is_submission_file(path)}
    named = {path: name for path, name in who.items() if name}
    if 2 * len(named) <= len(place.works):
        named = people_in(place.works)
    groups: dict[str, list[Path]] = {}
    for path in place.works:
        groups.setdefault(named.get(path) or f"/{path}", []).append(path)
    return [
        _plain(group, named.get(group[0], ""), _nobodys_note(group[0], notebooks))
        for group in groups.values()
    ]


def _nobodys_note(path: Path, notebooks: Collection[str]) -> str:
    if not is_nobodys(path, notebooks):
        return ""
    return f"{printable(path.name)} is named after nobody: nothing tells whose it is"


def _plain(paths: list[Path], name: str = "", note: str = "") -> Submission:
    """One student's entries in a folder, without a platform."""
    first, *more = paths
    name = name or student_name(first)
    time = time_in(first) if is_folder(first) else None
    return Submission(name, first, tuple(more), note, Owner(name), time)


# --- A platform's download -------------------------------------------------------------------


def _in_download(place: Place, download: Download, zone: tzinfo | None) -> list[Submission]:
    groups: dict[object, list[Part]] = {}
    for part in download.parts:
        key = (part.owner.name, tuple(sorted(part.owner.ids.items())))
        time = placed(part.time, zone) if part.time and part.time.year in YEARS else None
        groups.setdefault(key, []).append(replace(part, time=time))
    note = f"{{}} is not named as {download.title} names files: nothing tells whose it is"
    others = [
        _plain([path], note=note.format(printable(path.name)))
        for path in _not_in(place.works, download)
        if _may_be_work(path) and not _is_the_same(path, download)
    ]
    return [*map(_of_one, groups.values()), *others]


def _may_be_work(path: Path) -> bool:
    return is_folder(path) or is_submission_file(path)


def _is_the_same(path: Path, download: Download) -> bool:
    """Whether a file beside a download is the archive that it was unpacked from."""
    mine = {owner for part in download.parts if (owner := owner_in(part.path.name))}
    theirs = set(owners_in_archive(path))
    return len(theirs) > 1 and theirs <= mine


def _not_in(paths: Iterable[Path], download: Download) -> list[Path]:
    """The entries that no part of a download is, or lies in."""
    taken = {path for part in download.parts for path in (part.path, part.path.parent)}
    return [path for path in paths if path not in taken]


def _of_one(parts: list[Part]) -> Submission:
    """One person's submission: the newest attempt with a file in it."""
    numbers = sorted({part.attempt for part in parts})
    attempts = [Attempt(tuple(p for p in parts if p.attempt == number)) for number in numbers]
    with_files = [attempt for attempt in attempts if attempt.paths] or attempts[-1:]
    newest, earlier = with_files[-1], attempts[: attempts.index(with_files[-1])]
    paths = newest.paths or tuple(part.path for part in newest.parts)
    return Submission(
        parts[0].owner.name or "student",
        paths[0],
        paths[1:],
        "; ".join(_attempts_note(newest, earlier, attempts[-1])),
        parts[0].owner,
        newest.time,
        newest.late,
        tuple(earlier),
    )


def _attempts_note(newest: Attempt, earlier: list[Attempt], last: Attempt) -> list[str]:
    """What a person should know who sees the newest attempt alone."""
    notes = []
    if last is not newest:
        notes.append("the newest attempt holds no file; graded is the one before")
    before = {name for attempt in earlier for name in _notebook_names(attempt)}
    if lacking := sorted(before - _notebook_names(newest)):
        notes.append(
            f"the newest attempt lacks {', '.join(map(printable, lacking[:3]))}, which an earlier "
            "one holds; earlier ones are kept and not graded"
        )
    return notes


def _notebook_names(attempt: Attempt) -> set[str]:
    names = (
        name
        for part in attempt.parts
        for name in (
            [path.name for path in inside(part.path)] if is_folder(part.path) else [part.name]
        )
    )
    return {_unnumbered(name) for name in names if name.lower().endswith(NOTEBOOKS)}


def _unnumbered(name: str) -> str:
    stem = student_name(Path(name))
    return COPY.sub("", stem).casefold() + ".ipynb"


# --- What whoever collects is told -----------------------------------------------------------


def _recognised(place: Place, found: list[Submission]) -> list[str]:
    lines = [f"the class lies in {place.opened}"] if place.opened else []
    if place.download:
        count, students = len(place.download.parts), len(found)
        lines.append(
            f"this is a download from {place.download.title}: "
            f"{_counted(count, 'entry', 'entries')}, {_counted(students, 'student', 'students')}; "
            "where it is not, say --platform folders"
        )
    if again := sum(bool(submission.earlier) for submission in found):
        lines.append(
            f"{again} of {len(found)} handed in more than once: graded is each newest attempt, "
            "earlier ones are kept"
        )
    return lines


def _passed_over(place: Place) -> list[str]:
    """Names that nobody's work has; and one by one those that could be somebody's all the same."""
    strays = list(place.strays)
    if place.download:
        strays = _not_in(strays, place.download)
        strays += [
            path
            for path in _not_in(place.works, place.download)
            if not _may_be_work(path) or _is_the_same(path, place.download)
        ]
    hidden = [path for path in strays if path.name.startswith(".") or path.name in LEFT_OUT]
    dotted = [
        f"{printable(path.name)} is left out, as its name begins with a dot; rename it if it is "
        "somebody's work"
        for path in hidden
        if path.name not in LEFT_OUT
        and not path.name.startswith("._")
        and (path.is_dir() or is_submission_file(path))
    ]
    others = sorted(printable(path.name.replace("\r", "")) for path in strays if path not in hidden)
    typed = [part for part in (place.download.parts if place.download else ()) if not part.counts]
    lines = [f"passed over, as nobody's work: {_listed(others)}"] if others else []
    if typed:
        names = sorted(printable(part.path.name) for part in typed)
        lines.append(f"passed over, as typed into the platform: {_listed(names)}")
    return [*lines, *dotted]


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _listed(names: list[str]) -> str:
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def _with_unique_names(found: list[Submission], platform: str) -> list[Submission]:
    """No two of one name: what the platform calls them is added, or a number."""
    taken: set[str] = set()
    unique = []
    counts = Counter(submission.student for submission in found)
    for submission in found:
        name = submission.student
        if counts[name] > 1 and (number := _number(submission.owner, platform)):
            name = f"{name} ({number})"
        name = not_taken(name, taken.__contains__)
        taken.add(name)
        alike = counts[submission.student] > 1 or name != submission.student
        said = f"{name} is what was handed in as {printable(submission.path.name)}" if alike else ""
        note = "; ".join(text for text in (said, submission.note) if text)
        unique.append(replace(submission, student=name, note=note))
    return unique


def _number(owner: Owner, platform: str) -> str:
    return owner.ids.get(platform) or owner.ids.get("login") or ""
