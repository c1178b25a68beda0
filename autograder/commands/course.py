"""``course release`` and ``course check``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from autograder.commands.options import PATH, with_course
from autograder.course.course import Course


@click.command()
@click.argument("directory", type=PATH)
@with_course
def release(directory: Path, course: Course) -> None:
    """Make the students' folder at DIRECTORY, which must not exist yet."""
    from autograder.course.release import release as make_release

    make_release(directory, course)
    click.echo(f"The students' folder is {directory}. It can be moved, zipped, handed out.")


@click.command()
@click.argument("notebooks", nargs=-1, metavar="[NOTEBOOK|ID ...]")
@with_course
def check(notebooks: tuple[str, ...], course: Course) -> None:
    """Run the public checks on notebooks (those in this folder by default).

    Exit status 1 where a check fails. This runs the code of the notebooks as it is: it is
    for your own work; `course grade` is for other people's.
    """
    from helpers.checking.terminal import check_notebooks

    sys.exit(check_notebooks(notebooks, course=course))
