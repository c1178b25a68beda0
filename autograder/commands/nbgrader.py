"""``course init`` and ``course collect``: a course directory of nbgrader, and what goes in."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from autograder.commands.grade import whose
from autograder.commands.options import PATH, PLATFORM, say_of_submissions, with_course, zone_of
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
@PLATFORM
@click.option(
    "--roster",
    type=PATH,
    multiple=True,
    metavar="CSV",
    help="Who is in the class, as for `course grade`: nbgrader knows them by these ids and names.",
)
@click.option(
    "--extensions",
    type=PATH,
    metavar="CSV",
    help="Who has more time: columns student, sheet, and due or days. It needs --roster.",
)
@click.option(
    "--times",
    type=PATH,
    metavar="CSV",
    help="When people handed in, where the download does not tell, such as Moodle's worksheet. It "
    "needs --roster.",
)
@with_course
def collect(
    submissions: Path,
    directory: Path,
    sheet: str,
    platform: str | None,
    roster: tuple[Path, ...],
    extensions: Path | None,
    times: Path | None,
    course: Course,
) -> None:
    """Put all of SUBMISSIONS into an nbgrader course directory, the current one by default.

    What did not change since the last time is left alone.
    """
    from autograder.intake.submissions import find_submissions
    from autograder.intake.times import read_times, with_times
    from autograder.marks.extensions import read_extensions
    from autograder.nbgrader.collect import CHANGED, NEW, OLDER, collect_class, sheet_named
    from autograder.nbgrader.gradebook import course_directory

    for option, given in (("--extensions", extensions), ("--times", times)):
        if given and not roster:
            raise CourseError(f"{option} names people of a roster; say --roster, too")
    name = sheet_named(course, sheet).name
    course_directory(directory)  # before a class is read: is it one?
    zone = zone_of(course)
    found = find_submissions(
        submissions, None, platform, notebooks=course.notebooks, zone=zone, say=say_of_submissions
    )
    found, people = whose(found, roster)
    if times:
        found = with_times(found, read_times(times, people, zone))
    more_time = read_extensions(extensions, course, people) if extensions else {}
    students = collect_class(found, directory, course, name, people=people, more_time=more_time)
    for student, one in students.items():
        if one.fault:
            click.echo(f"{student}: {one.fault}")
        if one.state == OLDER:
            click.echo(
                f"{student}: newer work was collected before ({one.time} UTC), and was kept. To "
                "take the older, remove the folder in submitted/ first"
            )
    late = ", ".join(one.student for one in found if one.late and not one.time)
    if late:
        say_of_submissions(
            f"the platform says that this came late, and not when: {late}. To nbgrader it is in "
            "time; a table with times (--times) tells it"
        )
    count = Counter(one.state for one in students.values())
    click.echo(
        f"{len(students)} submissions for {name}: {count[NEW]} new, {count[CHANGED]} changed, the "
        f"others as before. They are in {directory / 'submitted'}. Next: "
        f"`nbgrader autograde {name}`."
    )
