"""What several commands share: the option that names the course, exercises, paths."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from autograder.course.course import Course, find_course
from autograder.intake.platforms.recognise import CHOICES
from helpers.errors import CourseError

PATH = click.Path(path_type=Path)
NO_SANDBOX = click.option(
    "--no-sandbox",
    is_flag=True,
    help="Run students' code without the sandbox; every report will say so.",
)
ONLY = click.option(
    "--only",
    multiple=True,
    metavar="ID|NOTEBOOK",
    help="Grade this exercise only, such as 2.2.2, or this notebook, by its name or its number; "
    "may be given several times.",
)
PLATFORM = click.option(
    "--platform",
    type=click.Choice(CHOICES),
    default=None,
    help="Where the submissions are from, if their names do not say it; 'folders' takes each "
    "entry for one student's.",
)
SEED_IS_IN = "copy one from a report, or leave out --seed"


def with_course(command: Callable) -> Callable:
    """Give a command the option ``--course``, and the course that it names as ``course``."""
    return click.option(
        "--course",
        type=PATH,
        metavar="DIR",
        callback=lambda context, parameter, folder: find_course(folder),
        help="The folder of the course (default: the course that you stand in, else the one "
        "that came with this program).",
    )(command)


def folder_named(arguments: Sequence[str]) -> Path | None:
    """The folder that ``--course`` names among arguments that are not parsed yet."""
    for position, argument in enumerate(arguments):
        if argument == "--course" and position + 1 < len(arguments):
            return Path(arguments[position + 1])
        if argument.startswith("--course="):
            return Path(argument.partition("=")[2])
    return None


def split_ids(course: Course, given: Sequence[str]) -> tuple[str, ...]:
    """``("2.1.2,2.2.2", "1.3")`` as single ids; a notebook stands for all its exercises."""
    parts = [part for text in given for part in text.replace(",", " ").split()]
    ids = (i for part in parts for i in _in_notebook(course, part) or [part])
    return tuple(dict.fromkeys(ids))


def _in_notebook(course: Course, name: str) -> list[str]:
    """The exercises of ``02_network``, ``02_network.ipynb`` or ``2``."""
    name = name.removesuffix(".ipynb")
    number = f"{int(name):02}_" if name.isdecimal() else None
    return [
        exercise.id
        for exercise in course.exercises
        if exercise.notebook == name or (number and exercise.notebook.startswith(number))
    ]


def parse_seed(text: str | None) -> int | None:
    """A seed as reports print it: hexadecimal.

    Raises
    ------
    CourseError
        It is no such number, or so short that it can be guessed.
    """
    if text is None:
        return None
    try:
        seed = int(text, 16)
    except ValueError:
        seed = -1
    if seed < 0:
        raise CourseError(f"the seed {text!r} is no hexadecimal number; {SEED_IS_IN}")
    if seed < 2**63:  # students know one of the numbers that come of it, and could try them all
        raise CourseError(f"the seed {text!r} is so short that it can be guessed; {SEED_IS_IN}")
    return seed
