"""``course new``, ``doctor``, ``selftest`` and ``chaffs``: for those who make a course."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path

import click

from autograder.commands.options import PATH, split_ids, with_course
from autograder.course.course import Course
from helpers.errors import CourseError


@click.command()
@click.argument("directory", type=PATH)
@click.option("--title", default="", help="What the course is called (default: as the folder).")
def new(directory: Path, title: str) -> None:
    """Write a small working course at DIRECTORY, to begin your own from."""
    from autograder.course.new import new_course

    folder = new_course(directory, title)
    click.echo(f"The course is {folder}. Next: cd there, and `course doctor`.")


@click.command()
@with_course
def doctor(course: Course) -> None:
    """Say whether the course fits together, and whether this machine can grade it.

    Exit status 1 where grading or releasing would go wrong.
    """
    from rich.console import Console

    from autograder.commands.machine import examine_machine
    from autograder.course.doctor import Finding, examine
    from autograder.judging.chaffs import broken_chaffs

    console = Console(highlight=False, soft_wrap=True)
    console.print(f"{course.title}: {course.root}", markup=False)
    broken = False
    mistakes = Finding("known mistakes", tuple(broken_chaffs(course)), serious=False)
    for finding in chain(examine(course), [mistakes], examine_machine(course)):
        sign, colour = ("✗", "red") if finding.serious else ("!", "yellow")
        sign, colour = ("✓", "green") if finding.ok else (sign, colour)
        console.print(f"[{colour}]{sign}[/] {finding.what}")
        for problem in finding.problems:
            console.print(f"    {problem}", markup=False)
        broken |= finding.serious and not finding.ok
    sys.exit(1 if broken else 0)


@click.command()
@click.argument("exercises", nargs=-1, metavar="[ID|NOTEBOOK ...]")
@click.option(
    "--times",
    is_flag=True,
    help="Also write down what right answers take (times.toml), by which grading bounds its time.",
)
@with_course
def selftest(exercises: tuple[str, ...], times: bool, course: Course) -> None:
    """Show that right answers pass and known mistakes fail on this machine.

    All of it runs in the sandbox, as when grading. Without an ID, each exercise is shown with
    the right answers and a few of its mistakes; with one, with all its mistakes. Exit status 1
    where a verdict is not what it should be.
    """
    from autograder.commands.selftest import run_selftest

    if times and exercises:
        raise CourseError("--times measures all right answers at once; name no exercise")
    well = run_selftest(course, split_ids(course, exercises), keep_times=times)
    sys.exit(0 if well else 1)


@click.command()
@click.argument("exercises", nargs=-1, metavar="[ID ...]")
@with_course
def chaffs(exercises: tuple[str, ...], course: Course) -> None:
    """Judge the known mistakes in EXERCISES (all by default) and note which checks each fails.

    Only the lists `fails` in exercises/*/chaffs.py are written. Read the difference: it says what a
    new check notices. Exit status 1 where a mistake passes everything, or costs points elsewhere.
    """
    from autograder.judging.chaff_lists import update_lists

    sys.exit(0 if update_lists(course, split_ids(course, exercises), click.echo) else 1)
