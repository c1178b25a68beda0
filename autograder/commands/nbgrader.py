"""``course init`` and ``course collect``: a course directory of nbgrader, and what goes in."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import click

from autograder.commands.class_of import Lists, read_class, say, with_lists
from autograder.commands.options import PATH, with_course
from autograder.course.course import Course
from helpers.errors import CourseError


@click.command()
@click.argument("directory", type=PATH)
@click.option(
    "--exchange",
    type=PATH,
    metavar="FOLDER",
    help="The folder that the users of a JupyterHub share, for nbgrader's exchange.",
)
@click.option(
    "--update",
    is_flag=True,
    help="Bring a course directory that is there to what the course is now.",
)
@with_course
def init(directory: Path, exchange: Path | None, update: bool, course: Course) -> None:
    """Make an nbgrader course directory at DIRECTORY, which must not exist yet."""
    from autograder.nbgrader.course_directory import HUB_FILE, init_course, update_course

    if update and exchange:
        raise CourseError(
            "--exchange is for a new course directory; in one that is there, write "
            f"c.Exchange.root = {str(exchange)!r} into nbgrader_config.py"
        )
    if update:
        said = update_course(directory, course)
        click.echo("\n".join(said) or f"{directory} is as the course is now.")
        return
    init_course(directory, course, exchange)
    names = [sheet.name for sheet in course.sheets]
    more = f" (its sheets: {', '.join(names)})" if len(names) > 1 else ""
    click.echo(
        f"The course directory is {directory}{more}. Next: cd there, and "
        f"`nbgrader generate_assignment {names[0]}`."
    )
    if exchange:
        click.echo(f"Students' servers on the hub need {directory / HUB_FILE}; it says where.")


@click.command()
@click.argument("submissions", type=PATH)
@click.argument("directory", type=PATH, default=Path("."))
@click.option(
    "--sheet", default="", metavar="NAME", help="Which sheet it is, where there are more."
)
@with_lists
@with_course
def collect(
    submissions: Path,
    directory: Path,
    sheet: str,
    course: Course,
    **lists: Any,
) -> None:
    """Put all of SUBMISSIONS into an nbgrader course directory, the current one by default.

    What did not change since the last time is left alone.
    """
    from autograder.nbgrader.collect import CHANGED, NEW, OLDER, collect_class, sheet_named
    from autograder.nbgrader.gradebook import course_directory

    name = sheet_named(course, sheet).name
    course_directory(directory)  # before a class is read: is it one?
    found = read_class(course, submissions, Lists(**lists))
    students = collect_class(
        found.submissions, directory, course, name,
        people=found.people, more_time=found.more_time or {},
    )  # fmt: skip
    for student, one in students.items():
        if one.fault:
            click.echo(f"{student}: {one.fault}")
        if one.state == OLDER:
            click.echo(
                f"{student}: newer work was collected before ({one.time} UTC), and was kept. To "
                "take the older, remove the folder in submitted/ first"
            )
    late = ", ".join(one.student for one in found.submissions if one.late and not one.time)
    if late:
        say(
            f"the platform says that this came late, and not when: {late}. To nbgrader it is in "
            "time; a table with times (--times) tells it"
        )
    count = Counter(one.state for one in students.values())
    click.echo(
        f"{len(students)} submissions for {name}: {count[NEW]} new, {count[CHANGED]} changed, the "
        f"others as before. They are in {directory / 'submitted'}. Next: "
        f"`nbgrader autograde {name}`."
    )
