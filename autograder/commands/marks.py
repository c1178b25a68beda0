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
    from autograder.marks.extensions import read_extensions
    from autograder.marks.people import extensions_in, people_in, results_in, with_person
    from autograder.marks.points import class_marks, is_graded
    from autograder.marks.table import marks_table

    sheets = (course.sheet(sheet),) if sheet else course.sheets
    if platform and len(sheets) > 1:
        names = ", ".join(one.name for one in sheets)
        raise CourseError(f"--for writes one sheet; say which with --sheet: {names}")
    if not platform and (into or column or scale):
        raise CourseError("--into, --column and --scale go with --for; say which platform")
    if into and target and into.resolve() == target.resolve():
        raise CourseError(f"--to would write over {into}, the platform's own table; name another")
    people = read_roster(roster) if roster else people_in(results)
    found = [[with_person(one, people) for one in results_in([folder])] for folder in results]
    everything = [one for each in found for one in each]
    if platform and not is_graded(everything, sheets[0]):
        raise CourseError(
            f"no result of {sheets[0].name} is in {', '.join(map(str, results))}; name the folder "
            "into which it was graded"
        )
    given = _by_hand(results, found)
    if gradebook:
        from autograder.nbgrader.scores import manual_scores

        for key, scores in manual_scores(gradebook, course, people).items():
            given.setdefault(key, scores)
    if extensions:
        more_time = read_extensions(extensions, course, people)
    else:
        more_time = extensions_in(results)
    everybody = class_marks(course, everything, people, given, extensions=more_time, sheets=sheets)
    if platform:
        _for_platform(platform, everybody, sheets[0], target, into, column, scale)
        return
    target = target or results[0] / "marks.csv"
    write_whole(target, marks_table(everybody).data())
    waiting = sum(one.total is None for one in everybody)
    click.echo(f"{target}: {len(everybody)} people, {waiting} of them with something that waits")


def _by_hand(folders: Sequence[Path], found: Sequence[Sequence]) -> dict:
    """What people gave, in the tables of all folders, which are written anew."""
    from autograder.marks.by_hand import FILE, all_rows, read_given, unclaimed, write_by_hand

    given: dict = {}
    for folder, results in zip(folders, found, strict=True):
        path = folder / FILE
        here = read_given(path)
        for student, answer in unclaimed(here, all_rows(results)):
            click.echo(f"{path}: the points of {student} for {answer} are nobody's here", err=True)
        _say_waiting(len(write_by_hand(path, results)), path)
        for key, points in read_given(path).items():
            given.setdefault(key, []).extend(points)
    return given


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
