"""An ordinary nbgrader course directory, in which the stock commands work."""

from __future__ import annotations

import filecmp
import json
import os
import re
import shutil
from pathlib import Path
from string import Template

from nbgrader.coursedir import CourseDirectory

from autograder.course.course import Course, find_course
from autograder.course.release import fill_release, refuse_unfit
from autograder.course.sheets import Sheet
from autograder.course.writing import new_directory, write_whole
from autograder.nbgrader.gradebook import (
    CONFIG_FILE,
    course_directory,
    open_gradebook,
    set_due_dates,
)
from autograder.nbgrader.releasing import in_the_way, points_of, source_notebooks
from helpers.checking.catalogue import BESIDE
from helpers.errors import CourseDirectoryError

CONFIG = '''\
"""nbgrader's settings for this course; https://nbgrader.readthedocs.io explains them all."""

from pathlib import Path

try:
    from autograder.nbgrader.plugin import configure
except ImportError as error:
    raise SystemExit(
        f"{Path(__file__).name}: the course's grader is not installed in this environment "
        f"({error}); activate the environment in which you ran `course init`"
    ) from None

c = get_config()
root = str(Path(__file__).resolve().parent)
configure(c, root=root$which)  # our reading of submissions, and the judge in place of a kernel

c.CourseDirectory.root = root
c.CourseDirectory.course_id = "$course_id"

# The gradebook is a SQLite file in this folder. Any database that SQLAlchemy knows will do:
# c.CourseDirectory.db_url = "postgresql://user:password@host/gradebook"

# When a sheet is due and what late work loses stands in course.toml ([[sheet]], due and late).
# This holds for sheets of which it says nothing: late work counts in full; "zero" gives it none.
c.LateSubmissionPlugin.penalty_method = "none"

# On a JupyterHub, the folder that all its users share: for release_assignment, collect and
# release_feedback.
$exchange

# Where the kernel allows no sandbox, grading refuses. This runs students' code without one:
# c.SubmissionExporter.sandbox = False
'''

README = """\
# $title in nbgrader

Run everything in this folder, in the environment in which you ran `course init`. The sheets, each
an assignment of nbgrader: $sheets.

1. `nbgrader generate_assignment $assignment` writes the students' version to
   `release/$assignment/`: hand out that folder.
2. `course collect DOWNLOAD . --sheet $assignment` puts what comes back, as your platform gives it,
   into `submitted/<student>/$assignment/`, with the time at which it came. Do it again whenever you
   like: work that did not change is left alone.
3. `nbgrader autograde $assignment` grades what a machine can, and what was handed in again.
   Students' code runs in the sandbox, never in a kernel.
4. `jupyter lab`, then *nbgrader*, *Formgrader*: grade the written answers by hand. The rubric
   is below each answer.
5. `nbgrader generate_feedback $assignment` writes a page a notebook to `feedback/`. Add `--force`
   where only points by hand changed since.
6. `nbgrader export` writes all grades to `grades.csv`, with what late work lost.

Notebooks, points and due dates are changed in the course, not here: then `course init --update .`
and `nbgrader generate_assignment $assignment --force`.

`nbgrader_config.py` holds the settings: database, exchange, sandbox.
"""

FOR_THE_HUB = '''\
"""For the servers of students on the hub: put this at /etc/jupyter/nbgrader_config.py there."""

c = get_config()
c.CourseDirectory.course_id = "$course_id"
c.Exchange.root = $root

# What everybody has need not go back with each sheet that is handed in.
c.SubmitApp.CourseDirectory.ignore = [
    ".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback",
    $large
]
'''
HUB_FILE = "nbgrader_config_for_students.py"
LARGE = 50_000  # bytes of a file


def init_course(
    directory: Path, course: Course | None = None, exchange: Path | None = None
) -> Path:
    """Make an nbgrader course directory, with an assignment for each sheet of the course.

    Parameters
    ----------
    directory : Path
        Must not exist yet, or be empty.
    course : Course, optional
        By default that of :func:`autograder.course.course.find_course`.
    exchange : Path, optional
        The folder that users of a JupyterHub share; made where it is not there.

    Returns
    -------
    Path
        The directory.

    Raises
    ------
    CourseDirectoryError
        The directory holds something already, or it cannot be made.
    CourseError
        The checkout is not complete.
    """
    course = course or find_course()
    exchange = exchange and exchange.expanduser().resolve()
    refuse_unfit(course)
    with new_directory(directory) as folder:
        for sheet in course.sheets:
            _write_source(folder / "source" / sheet.name, sheet, course)
        (folder / "submitted").mkdir()
        for name, text in ((CONFIG_FILE, CONFIG), ("README.md", README)):
            write_whole(folder / name, _filled_in(text, course, exchange))
        if exchange:
            write_whole(folder / HUB_FILE, _for_the_hub(course, exchange))
    if exchange:
        _make_exchange(exchange)
    _note_due_dates(directory, course)
    return Path(directory)


def update_course(directory: Path, course: Course | None = None) -> list[str]:
    """Bring a course directory to what the course is now: notebooks, points, sheets, due dates.

    What stands in ``source/`` and differs goes to ``replaced/``. Nothing is changed where grades
    would be lost.

    Returns
    -------
    list of str
        What changed, in words.

    Raises
    ------
    CourseDirectoryError
        The directory is none of nbgrader, or a question is gone for which students have grades.
    """
    course = course or find_course()
    settings = course_directory(directory)
    sheets = {s.name: {n: course.read_notebook(n) for n in s.notebooks} for s in course.sheets}
    with open_gradebook(settings) as gradebook:
        faults = [f for name in sheets for f in in_the_way(gradebook, name, sheets[name])]
    if faults:
        raise CourseDirectoryError(f"nothing was changed in {directory}: {'; '.join(faults)}")
    refuse_unfit(course)
    said = []
    for sheet in course.sheets:
        said += _renew_source(settings, sheet, course)
    return said + _note_due_dates(directory, course)


def _write_source(source: Path, sheet: Sheet, course: Course) -> None:
    source.mkdir(parents=True)
    fill_release(source, course, sheet.notebooks)  # what goes to students beside the notebooks
    for name in sheet.notebooks:
        shutil.copyfile(course.notebook_paths()[name], source / f"{name}.ipynb")


def _renew_source(directory: CourseDirectory, sheet: Sheet, course: Course) -> list[str]:
    folder = Path(directory.format_path(directory.source_directory, ".", sheet.name))
    if not folder.is_dir():
        _write_source(folder, sheet, course)
        return [f"{sheet.name} is new"]
    before = source_notebooks(directory, sheet.name)
    new = folder.with_name(f".{sheet.name}-new")
    shutil.rmtree(new, ignore_errors=True)
    _write_source(new, sheet, course)
    changed = [
        path for path in sorted(folder.rglob("*"))
        if path.is_file() and not _same(path, new / path.relative_to(folder))
    ]  # fmt: skip
    added = [p for p in new.rglob("*") if not (folder / p.relative_to(new)).exists()]
    if not changed and not added:
        shutil.rmtree(new)
        return []
    for path in changed:
        kept = Path(directory.root, "replaced", sheet.name, path.relative_to(folder))
        kept.parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, kept)
    shutil.rmtree(folder)
    new.rename(folder)
    old, now = points_of(before), points_of(source_notebooks(directory, sheet.name))
    points = [f"{name}: {old[name]:g} → {now[name]:g}"
              for name in now if name in old and old[name] != now[name]]  # fmt: skip
    told = f", with other points ({', '.join(points)})" if points else ""
    return [
        f"{sheet.name} is as the course is now{told}. Next: "
        f"`nbgrader generate_assignment {sheet.name} --force`"
    ]


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and filecmp.cmp(one, other, shallow=False)


def _note_due_dates(directory: Path, course: Course) -> list[str]:
    if not any(sheet.due for sheet in course.sheets):
        return []
    with open_gradebook(course_directory(directory)) as gradebook:
        return set_due_dates(gradebook, course)


def _make_exchange(exchange: Path) -> None:
    """Make the folder that everybody on the hub may write into, as nbgrader wants it."""
    if exchange.is_dir():
        return
    try:
        exchange.mkdir(parents=True)
        exchange.chmod(0o777)
    except OSError as error:
        raise CourseDirectoryError(
            f"the exchange {exchange} cannot be made ({error.strerror}); let whoever runs the hub "
            "make it, with `chmod 777`"
        ) from error


def _for_the_hub(course: Course, exchange: Path) -> str:
    wanted = {exercise.file for exercise in course.exercises}
    files = [
        path for name in course.students.data for path in (course.root / "data" / name).rglob("*")
    ]
    large = {p.name for p in files if p.is_file() and p.stat().st_size > LARGE} - wanted
    names = json.dumps(sorted(large)).strip("[]")
    return Template(FOR_THE_HUB).substitute(
        course_id=_course_id(course), root=repr(str(exchange)), large=names
    )


def _course_id(course: Course) -> str:
    return re.sub(r"\W+", "-", course.title.lower()).strip("-")


def _filled_in(text: str, course: Course, exchange: Path | None) -> str:
    names = [sheet.name for sheet in course.sheets]
    root = repr(str(exchange)) if exchange else "'/srv/nbgrader/exchange'"
    return Template(text).substitute(
        assignment=names[0],
        sheets=", ".join(f"`{name}`" for name in names),
        title=course.title,
        course_id=_course_id(course),
        which="" if course.root == BESIDE else f", course={str(course.root)!r}",
        exchange=f"{'' if exchange else '# '}c.Exchange.root = {root}",
    )
