"""``course grade``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from autograder.commands.class_of import Lists, read_class, say, with_lists
from autograder.commands.options import (
    NO_SANDBOX,
    ONLY,
    PATH,
    parse_seed,
    split_ids,
    with_course,
)
from autograder.course.course import Course
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
@with_lists
@click.option("--sheet", metavar="NAME", help="Grade the notebooks of this sheet only.")
@NO_SANDBOX
@with_course
def grade(
    submissions: Path,
    out: Path,
    workers: int | None,
    only: tuple[str, ...],
    seed: str | None,
    retrain: bool,
    update: bool,
    replace: bool,
    sheet: str | None,
    no_sandbox: bool,
    course: Course,
    **lists: Any,
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
    from autograder.marks.people import extensions_in, people_in

    if update and replace:
        raise CourseError("--update keeps earlier results, --replace throws them away; say one")
    refuse_broken(course)
    wanted = _wanted(course, only, sheet)
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
    found = read_class(course, submissions, Lists(**lists), out, remembered)
    more_time = found.more_time
    if more_time is None and update:
        more_time = extensions_in([out])
    for line in cannot_grade(course, wanted):
        say(line)
    try:
        grade_and_show(found.submissions, settings, found.people, more_time)
    except KeyboardInterrupt as stop:
        click.echo(f"course: {stop or 'stopped'}", err=True)
        sys.exit(130)


def _wanted(course: Course, only: Sequence[str], sheet: str | None) -> tuple[str, ...]:
    """The exercises to grade: those that are named, or those of a sheet."""
    ids = split_ids(course, only)
    if not sheet:
        return ids
    inside = split_ids(course, course.sheet(sheet).notebooks)
    if strange := [one for one in ids if one not in inside]:
        raise CourseError(f"{', '.join(strange)} is not in {sheet}; leave out --only or --sheet")
    return ids or inside
