"""``course marks``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from autograder.commands.options import PATH, with_course
from autograder.course.course import Course
from autograder.course.sheets import Sheet
from helpers.errors import CourseError

PLATFORMS = ("canvas", "moodle", "blackboard", "brightspace")


@click.command()
@click.argument("results", type=PATH, nargs=-1, required=True)
@click.option(
    "--roster",
    type=PATH,
    multiple=True,
    metavar="CSV",
    help="Who is in the class (default: what grading was told); may be given several times.",
)
@click.option("--extensions", type=PATH, metavar="CSV", help="Who has more time.")
@click.option(
    "--gradebook",
    type=PATH,
    metavar="DIR",
    help="An nbgrader course directory: points that people gave in formgrader count.",
)
@click.option("--sheet", metavar="NAME", help="This sheet only.")
@click.option(
    "--to", "target", type=PATH, metavar="CSV", help="Where to write (default: RESULTS/marks.csv)."
)
@click.option(
    "--for",
    "platform",
    type=click.Choice(PLATFORMS),
    help="Write one sheet's marks in the form that this platform imports.",
)
@click.option(
    "--into", type=PATH, metavar="CSV", help="With --for: the platform's own export, to fill in."
)
@click.option("--column", metavar="TITLE", help="With --for: what the platform calls the sheet.")
@click.option("--scale", is_flag=True, help="With --for: bring points to the platform's maximum.")
@with_course
def marks(
    results: tuple[Path, ...],
    roster: tuple[Path, ...],
    extensions: Path | None,
    gradebook: Path | None,
    sheet: str | None,
    target: Path | None,
    platform: str | None,
    into: Path | None,
    column: str | None,
    scale: bool,
    course: Course,
) -> None:
    """Add up what everybody has: points of the machine, points by hand, less what lateness takes.

    RESULTS are folders that `course grade` wrote. Each gets by_hand.csv, with a row for every
    answer that a person must judge: fill in the column `points`, and run this again. Until then the
    points of that sheet are empty, and counted as waiting.
    """  # fmt: skip
    from autograder.course.writing import write_whole
    from autograder.intake.roster import read_roster
    from autograder.marks.by_hand import FILE, read_given, write_by_hand
    from autograder.marks.extensions import read_extensions
    from autograder.marks.people import people_in, results_in
    from autograder.marks.points import class_marks
    from autograder.marks.table import marks_table

    sheets = (course.sheet(sheet),) if sheet else course.sheets
    if platform and len(sheets) > 1:
        names = ", ".join(one.name for one in sheets)
        raise CourseError(f"--for writes one sheet; say which with --sheet: {names}")
    if not platform and (into or column or scale):
        raise CourseError("--into, --column and --scale go with --for; say which platform")
    found = list(results_in(results))
    people = read_roster(roster) if roster else people_in(results)
    given = {}
    for folder in results:
        waiting = write_by_hand(folder / FILE, results_in([folder]))
        given |= read_given(folder / FILE)
        _say_waiting(len(waiting), folder / FILE)
    if gradebook:
        from autograder.nbgrader.scores import manual_scores

        given = manual_scores(gradebook, course, people) | given
    more_time = read_extensions(extensions, course, people) if extensions else {}
    everybody = class_marks(course, found, people, given, extensions=more_time, sheets=sheets)
    if platform:
        _for_platform(platform, everybody, sheets[0], target, into, column, scale)
        return
    target = target or results[0] / "marks.csv"
    write_whole(target, marks_table(everybody).data())
    waiting = sum(one.total is None for one in everybody)
    click.echo(f"{target}: {len(everybody)} people, {waiting} of them with something that waits")


def _say_waiting(count: int, path: Path) -> None:
    if count:
        waits = "1 answer waits" if count == 1 else f"{count} answers wait"
        click.echo(f"{waits} for a person: fill in the points in {path}")


def _for_platform(
    platform: str,
    everybody: Sequence,
    sheet: Sheet,
    target: Path | None,
    into: Path | None,
    column: str | None,
    scale: bool,
) -> None:
    from importlib import import_module

    from autograder.course.writing import write_whole
    from autograder.intake.tables import read_table
    from autograder.marks.form import fill

    form = import_module(f"autograder.marks.platforms.{platform}").FORM
    table = read_table(into) if into else None
    done = fill(form, everybody, sheet.name, column or sheet.title or sheet.name, table, scale)
    target = target or Path(f"{sheet.name}-{platform}.csv")
    write_whole(target, done.table.data())
    click.echo(f"{target}: {sheet.name} for {platform}, ready to import")
    _name("left out, since something waits", done.waiting)
    _name(f"not in {into.name if into else 'the table'}", done.unknown)


def _name(what: str, names: Sequence[str]) -> None:
    if names:
        more = f" and {len(names) - 10} more" if len(names) > 10 else ""
        click.echo(f"{what}: {', '.join(names[:10])}{more}")
