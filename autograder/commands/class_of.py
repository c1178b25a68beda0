"""Whose submissions they are and when they came: what ``grade`` and ``collect`` ask alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from autograder.commands.options import PATH, PLATFORM
from autograder.course.course import Course
from autograder.intake.roster import Person
from autograder.intake.submissions import Submission
from helpers.errors import CourseError


@dataclass(frozen=True)
class Lists:
    """The tables about a class that a command was given."""

    roster: tuple[Path, ...] = ()
    extensions: Path | None = None
    times: Path | None = None
    platform: str | None = None


@dataclass(frozen=True)
class Class:
    """The submissions person by person, who is in the class, and who has more time."""

    submissions: Sequence[Submission]
    people: tuple[Person, ...]
    more_time: dict[tuple[str, str], datetime] | None


def with_lists(command: Callable) -> Callable:
    """Give a command the options of :class:`Lists`, by their names."""
    options = (
        PLATFORM,
        click.option(
            "--roster", type=PATH, multiple=True, metavar="CSV",
            help="Who is in the class: a list from Canvas, Moodle, Blackboard, Brightspace, "
            "Gradescope, nbgrader, or your own; may be given several times.",
        ),
        click.option(
            "--extensions", type=PATH, metavar="CSV",
            help="Who has more time: columns student, sheet, and due or days. It needs --roster.",
        ),
        click.option(
            "--times", type=PATH, metavar="CSV",
            help="When people handed in, where the download does not tell, such as Moodle's "
            "worksheet. It needs --roster.",
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def read_class(
    course: Course,
    submissions: Path,
    lists: Lists,
    out: Path | None = None,
    remembered: Sequence[Person] = (),
) -> Class:
    """Find the submissions of a class and the people whose they are; say what is odd about it.

    Parameters
    ----------
    course : Course
    submissions : Path
        What the platform gave.
    lists : Lists
        ``more_time`` is ``None`` where they hold no extensions.
    out : Path, optional
        Where results go, which is no submission.
    remembered : sequence of Person
        Who was in the class in an earlier run; they are in it still.

    Raises
    ------
    CourseError
        The lists or the submissions are not clear.
    """
    from autograder.intake.submissions import find_submissions
    from autograder.intake.times import read_times, with_times
    from autograder.marks.extensions import read_extensions

    for name, given in (("--extensions", lists.extensions), ("--times", lists.times)):
        if given and not (lists.roster or remembered):
            raise CourseError(f"{name} names people of a roster; say --roster, too")
    zone = next((sheet.due.tzinfo for sheet in course.sheets if sheet.due), None)
    found = find_submissions(
        submissions, out, lists.platform, notebooks=course.notebooks, zone=zone, say=say
    )
    found, people = _whose(found, lists.roster, remembered)
    if lists.times:
        found = with_times(found, read_times(lists.times, people, zone))
    extensions = lists.extensions
    return Class(found, people, read_extensions(extensions, course, people) if extensions else None)


def say(line: str) -> None:
    """Tell whoever collects what was found, and what is passed over."""
    click.echo(f"course: {line}", err=True)


def _whose(
    found: Sequence[Submission], roster: Sequence[Path], remembered: Sequence[Person]
) -> tuple[Sequence[Submission], tuple[Person, ...]]:
    from autograder.intake.roster import read_roster, same_person
    from autograder.intake.whose import alike, by_member, join

    found = by_member(found)
    people = read_roster(roster) if roster else ()
    people = (*people, *(one for one in remembered if not same_person(one, people)))
    if people:
        joined = join(found, people)
        found, remarks = joined.submissions, joined.remarks
    else:
        remarks = alike(found)
    for remark in remarks:
        say(remark)
    return found, people
