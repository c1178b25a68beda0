"""``course grade``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from autograder.commands.options import (
    NO_SANDBOX,
    ONLY,
    PATH,
    PLATFORM,
    parse_seed,
    say_of_submissions,
    split_ids,
    with_course,
    zone_of,
)
from autograder.course.course import Course
from autograder.intake.roster import Person
from autograder.intake.submissions import Submission
from helpers.errors import CourseError


@click.command()
@click.argument("submissions", type=PATH)
@click.option(
    "--out", type=PATH, required=True, metavar="DIR", help="Folder to write grades and pages into."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=None,
    help="Submissions graded at a time (default: one per processor).",
)
@ONLY
@PLATFORM
@click.option(
    "--seed",
    metavar="HEX",
    default=None,
    help="Draw everything from this seed, to have earlier verdicts again.",
)
@click.option(
    "--retrain",
    is_flag=True,
    help="Make files that were handed in anew, with the students' own functions (slow).",
)
@click.option(
    "--update",
    is_flag=True,
    help="Keep what DIR holds of an earlier run and is not graded now.",
)
@click.option("--replace", is_flag=True, help="Throw away what DIR holds of an earlier run.")
@click.option(
    "--roster",
    type=PATH,
    multiple=True,
    metavar="CSV",
    help="Who is in the class: a list from Canvas, Moodle, Blackboard, Brightspace, Gradescope, "
    "nbgrader, or your own; may be given several times.",
)
@click.option(
    "--extensions",
    type=PATH,
    metavar="CSV",
    help="Who has more time: columns student, sheet, and due or days. It needs --roster.",
)
@click.option(
    "--times",
    type=PATH,
    metavar="CSV",
    help="When people handed in, where the download does not tell, such as Moodle's worksheet. It "
    "needs --roster.",
)
@click.option("--sheet", metavar="NAME", help="Grade the notebooks of this sheet only.")
@NO_SANDBOX
@with_course
def grade(
    submissions: Path,
    out: Path,
    workers: int | None,
    only: tuple[str, ...],
    platform: str | None,
    seed: str | None,
    retrain: bool,
    update: bool,
    replace: bool,
    roster: tuple[Path, ...],
    extensions: Path | None,
    times: Path | None,
    sheet: str | None,
    no_sandbox: bool,
    course: Course,
) -> None:
    """Grade all of SUBMISSIONS: a folder or an archive per student, or a platform's download.

    The exit status is 0 however bad the submissions are, and 2 where grading itself could
    not be done. Ctrl-C writes what is graded so far; the exit status is 130 then.
    """
    from autograder.commands.machine import cannot_grade
    from autograder.commands.progress import grade_and_show
    from autograder.course.doctor import refuse_broken
    from autograder.grading.class_run import Settings
    from autograder.grading.store import FRESH, REPLACE, UPDATE
    from autograder.intake.submissions import find_submissions
    from autograder.intake.times import read_times, with_times
    from autograder.marks.extensions import read_extensions
    from autograder.marks.people import extensions_in, people_in

    if update and replace:
        raise CourseError("--update keeps earlier results, --replace throws them away; say one")
    refuse_broken(course)
    wanted = split_ids(course, [*only, *(course.sheet(sheet).notebooks if sheet else ())])
    settings = Settings(
        out,
        workers or os.cpu_count() or 1,
        wanted,
        not no_sandbox,
        parse_seed(seed),
        retrain=retrain,
        again=UPDATE if update else REPLACE if replace else FRESH,
        course=course,
    )
    remembered = people_in([out]) if update else ()
    for name, given in (("--extensions", extensions), ("--times", times)):
        if given and not (roster or remembered):
            raise CourseError(f"{name} names people of a roster; say --roster, too")
    zone = zone_of(course)
    found = find_submissions(
        submissions, out, platform, notebooks=course.notebooks, zone=zone, say=say_of_submissions
    )
    found, people = whose(found, roster, remembered)
    more_time = extensions_in([out]) if update else {}
    more_time |= read_extensions(extensions, course, people) if extensions else {}
    if times:
        found = with_times(found, read_times(times, people, zone))
    for line in cannot_grade(course, wanted):
        click.echo(f"course: {line}", err=True)
    try:
        grade_and_show(found, settings, people, more_time)
    except KeyboardInterrupt as stop:
        click.echo(f"course: {stop or 'stopped'}", err=True)
        sys.exit(130)


def whose(
    found: Sequence[Submission], roster: Sequence[Path], remembered: Sequence[Person] = ()
) -> tuple[Sequence[Submission], tuple[Person, ...]]:
    """The submissions person by person, and the class; say what is odd about it.

    Who was in the class in an earlier run into the same folder is in it still.
    """
    from autograder.intake.roster import read_roster
    from autograder.intake.whose import alike, by_member, join

    found = by_member(found)
    if not (roster or remembered):
        remarks, people = alike(found), ()
    else:
        people = read_roster(roster) if roster else ()
        keys = {person.key for person in people}
        people = (*people, *(person for person in remembered if person.key not in keys))
        joined = join(found, people)
        found, remarks = joined.submissions, joined.remarks
    for remark in remarks:
        click.echo(f"course: {remark}", err=True)
    return found, people
