"""``course init`` and ``course collect``: a course directory of nbgrader, and what goes in."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.commands.options import PATH, PLATFORM, say_of_submissions, with_course, zone_of
from autograder.course.course import Course


@click.command()
@click.argument("directory", type=PATH)
@with_course
def init(directory: Path, course: Course) -> None:
    """Make an nbgrader course directory at DIRECTORY, which must not exist yet."""
    from autograder.nbgrader.course_directory import init_course

    init_course(directory, course)
    click.echo(
        f"The course directory is {directory}. Next: cd there, and "
        f"`nbgrader generate_assignment {course.name}`."
    )


@click.command()
@click.argument("submissions", type=PATH)
@click.argument("directory", type=PATH, default=Path("."))
@PLATFORM
@with_course
def collect(submissions: Path, directory: Path, platform: str | None, course: Course) -> None:
    """Put all of SUBMISSIONS into an nbgrader course directory, the current one by default."""
    from autograder.intake.submissions import find_submissions
    from autograder.nbgrader.collect import collect_class

    found = find_submissions(
        submissions,
        platform=platform,
        notebooks=course.notebooks,
        zone=zone_of(course),
        say=say_of_submissions,
    )
    students = collect_class(found, directory, course)
    for student, fault in students.items():
        if fault:
            click.echo(f"{student}: {fault}")
    click.echo(
        f"{len(students)} submissions are in {directory / 'submitted'}. Next: "
        f"`nbgrader autograde {course.name}` (with `--force` where it ran before)."
    )
