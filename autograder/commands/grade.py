"""``course grade``."""

from __future__ import annotations

import os
import sys
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
    no_sandbox: bool,
    course: Course,
) -> None:
    """Grade all of SUBMISSIONS: a folder or an archive per student, or a platform's download.

    The exit status is 0 however bad the submissions are, and 2 where grading itself could
    not be done. Ctrl-C writes what is graded so far; the exit status is 130 then.
    """
    from autograder.commands.progress import grade_and_show
    from autograder.course.doctor import refuse_broken
    from autograder.grading.class_run import Settings
    from autograder.grading.store import FRESH, REPLACE, UPDATE
    from autograder.intake.submissions import find_submissions

    if update and replace:
        raise CourseError("--update keeps earlier results, --replace throws them away; say one")
    refuse_broken(course)
    settings = Settings(
        out,
        workers or os.cpu_count() or 1,
        split_ids(course, only),
        not no_sandbox,
        parse_seed(seed),
        retrain=retrain,
        again=UPDATE if update else REPLACE if replace else FRESH,
        course=course,
    )
    found = find_submissions(
        submissions, out, platform, notebooks=course.notebooks, say=say_of_submissions
    )
    try:
        grade_and_show(found, settings)
    except KeyboardInterrupt as stop:
        click.echo(f"course: {stop or 'stopped'}", err=True)
        sys.exit(130)
