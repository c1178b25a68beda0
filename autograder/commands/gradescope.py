"""``course gradescope``: the archive to upload, and grading inside Gradescope's container."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.commands.options import NO_SANDBOX, ONLY, PATH, folder_named, split_ids, with_course
from autograder.course.course import Course, find_course

VISIBILITIES = ("after_due_date", "after_published", "hidden", "visible")
HIDDEN_CHECKS = click.option(
    "--hidden-checks",
    type=click.Choice(VISIBILITIES),
    default=VISIBILITIES[0],
    show_default=True,
    help="When students see what hidden checks say, and their points.",
)


@click.group()
def gradescope() -> None:
    """Grade behind Gradescope: make the archive to upload; grade inside its container."""


class WithLibraries(click.Command):
    """A command with a flag for each library of the course, such as ``--torch``."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        """Learn from ``--course`` which libraries there are."""
        context.meta["folder"] = folder_named(arguments)
        return super().parse_args(context, arguments)

    def get_params(self, context: click.Context) -> list[click.Parameter]:
        """Add the flags."""
        libraries = find_course(context.meta.get("folder")).libraries
        added = [
            click.Option([f"--{name}"], is_flag=True, help=f"Install {name} there, too.")
            for name in libraries
        ]
        return [*super().get_params(context), *added]


@gradescope.command(cls=WithLibraries)
@click.argument("archive", type=PATH)
@ONLY
@NO_SANDBOX
@HIDDEN_CHECKS
@with_course
def pack(
    archive: Path,
    only: tuple[str, ...],
    no_sandbox: bool,
    hidden_checks: str,
    course: Course,
    **libraries: bool,
) -> None:
    """Write ARCHIVE, a new .zip file to upload as Gradescope's autograder."""
    from autograder.gradescope.pack import pack as make_archive

    size = make_archive(
        archive,
        only=split_ids(course, only),
        sandbox=not no_sandbox,
        libraries=[name for name, wanted in libraries.items() if wanted],
        hidden_checks="" if hidden_checks == VISIBILITIES[0] else hidden_checks,
        course=course,
    )
    click.echo(f"{archive} is written ({size / 1e6:.1f} MB). Upload it as the autograder.")


@gradescope.command()
@click.argument("submission", type=PATH, default=Path("/autograder/submission"))
@click.argument("results", type=PATH, default=Path("/autograder/results/results.json"))
@ONLY
@NO_SANDBOX
@HIDDEN_CHECKS
@with_course
def grade(
    submission: Path,
    results: Path,
    only: tuple[str, ...],
    no_sandbox: bool,
    hidden_checks: str,
    course: Course,
) -> None:
    """Grade the folder SUBMISSION and write RESULTS, in Gradescope's format.

    What is printed is for instructors: Gradescope shows it to nobody else.
    """
    from autograder.gradescope.results import for_the_instructor, grade_for_gradescope

    ids = split_ids(course, only)
    result = grade_for_gradescope(
        submission, results, only=ids, sandbox=not no_sandbox, course=course,
        hidden_checks=hidden_checks,
    )  # fmt: skip
    click.echo(f"{result.points:g} of {result.max_points:g} points; written to {results}")
    for line in for_the_instructor(result):
        click.echo(line)
