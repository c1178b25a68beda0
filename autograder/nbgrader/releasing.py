"""``nbgrader generate_assignment``, so that nothing is lost where it cannot be done.

Stock nbgrader throws the old release away first. It then stops with a traceback where a question
was added or taken out that students have grades for, and nothing is left to hand out.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.api import Notebook as BookOfNotebook
from nbgrader.converters import GenerateAssignment
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import is_grade, is_locked, is_solution, is_task

from autograder.course.course import Course, read_notebook
from autograder.nbgrader.gradebook import course_of, in_utc
from helpers.checking.cells import mark_of
from helpers.errors import CourseError

MAX_NAMES = 5


def guard_releases() -> None:
    """Let every release of a course of ours go through :func:`release_safely`.

    No setting and no hook of nbgrader's comes before the old release goes, so the method is
    replaced.
    """
    stock = getattr(GenerateAssignment.start, "stock", GenerateAssignment.start)

    def start(converter: GenerateAssignment) -> None:
        if "SubmissionExporter" in converter.config:
            release_safely(converter, stock, course_of(converter.config))
        else:  # another course on the same server, which is not ours
            stock(converter)

    start.stock = stock
    GenerateAssignment.start = start


def release_safely(
    converter: GenerateAssignment, stock: Callable[[GenerateAssignment], None], course: Course
) -> None:
    """Make a release anew, or leave all as it was and say why.

    Where points changed, what was graded with the old ones is graded again by the next
    ``nbgrader autograde``.
    """
    directory, assignment = converter.coursedir, converter.coursedir.assignment_id
    try:
        notebooks = source_notebooks(directory, assignment)
    except CourseError as error:
        converter.log.error(str(error))
        raise NbGraderException(str(error)) from error
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        faults = [] if converter.no_database else in_the_way(gradebook, assignment, notebooks)
        before = points_in(gradebook, assignment)
    for fault in faults:
        converter.log.error(fault)
    if faults:
        converter.log.error("The release of %s is as it was", assignment)
        raise NbGraderException(f"{assignment} was not released anew: {faults[0]}")
    for line in unlike_the_course(course, assignment, notebooks):
        converter.log.warning(line)
    release = Path(directory.format_path(directory.release_directory, ".", assignment))
    with _kept(release) if converter.force else _as_it_is():
        stock(converter)
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        after = points_in(gradebook, assignment)
        for line in unlike_in_time(course, gradebook, assignment):
            converter.log.warning(line)
    changed = [f"{name}: {_points(before[name])} → {_points(after[name])}"
               for name in before if name in after and before[name] != after[name]]  # fmt: skip
    if changed:
        forget_graded(directory, assignment)
        converter.log.warning(
            "Points changed (%s). `nbgrader autograde %s` grades what was handed in again",
            ", ".join(changed), assignment,
        )  # fmt: skip


def source_notebooks(directory: CourseDirectory, assignment: str) -> dict[str, NotebookNode]:
    """The instructor's notebooks of an assignment in a course directory, by name."""
    folder = Path(directory.format_path(directory.source_directory, ".", assignment))
    return {path.stem: read_notebook(path) for path in sorted(folder.glob("*.ipynb"))}


def in_the_way(
    gradebook: Gradebook, assignment: str, notebooks: Mapping[str, NotebookNode]
) -> list[str]:
    """What nbgrader cannot change any more because grades hang on it, and what to do."""
    try:
        known = gradebook.find_assignment(assignment)
    except MissingEntry:
        return []
    if not known.submissions:
        return []
    remedy = (
        f"put it back (worth 0 points, if it is not to count), or begin {assignment} anew without "
        f"these grades: `nbgrader db assignment remove {assignment} --force`"
    )
    faults = []
    for book in known.notebooks:
        if book.name not in notebooks:
            faults.append(
                f"The notebook {book.name} is gone, and {_who(book)} grades in it: {remedy}"
            )
            continue
        new, old = _marked(notebooks[book.name]), _in_book(book)
        for name in sorted(old - new) if book.submissions else ():
            faults.append(
                f"{name} is gone from {book.name}, and {_who(book)} grades there: {remedy}"
            )
        for name in sorted(new - old) if book.submissions else ():
            faults.append(
                f"{name} is new in {book.name}, where {_who(book)} grades already: take it out "
                "until the next term, or ask it in a sheet of its own"
            )
    there = {book.name for book in known.notebooks}
    faults += [
        f"The notebook {name} is new in {assignment}, for which work was graded already: make it "
        "a sheet of its own"
        for name in notebooks if there and name not in there
    ]  # fmt: skip
    return faults


def points_in(gradebook: Gradebook, assignment: str) -> dict[str, float]:
    """The points of each graded cell in nbgrader's gradebook, by ``grade_id``."""
    try:
        books = gradebook.find_assignment(assignment).notebooks
    except MissingEntry:
        return {}
    return {cell.name: cell.max_score for book in books for cell in book.grade_cells}


def points_of(notebooks: Mapping[str, NotebookNode]) -> dict[str, float]:
    """The points of each graded cell in notebooks, by ``grade_id``."""
    cells = (cell for notebook in notebooks.values() for cell in notebook.cells if is_grade(cell))
    return {mark_of(cell)["grade_id"]: float(mark_of(cell)["points"]) for cell in cells}


def unlike_the_course(
    course: Course, assignment: str, notebooks: Mapping[str, NotebookNode]
) -> list[str]:
    """Where ``source/`` gives other points than the course, by which `course grade` goes."""
    ours = {name: course.read_notebook(name) for name in notebooks if name in course.notebooks}
    here, there = points_of(notebooks), points_of(ours)
    return [
        f"{name} is worth {_points(here[name])} in source/{assignment} and {_points(there[name])} "
        f"in {course.root / 'notebooks'}: change it there, then `course init --update .`"
        for name in here
        if name in there and here[name] != there[name]
    ]


def unlike_in_time(course: Course, gradebook: Gradebook, assignment: str) -> list[str]:
    """Where the gradebook has another due date than ``course.toml``."""
    dates = [sheet.due for sheet in course.sheets if sheet.name == assignment and sheet.due]
    try:
        known = gradebook.find_assignment(assignment).duedate
    except MissingEntry:
        return []
    return [
        f"{assignment} is due {in_utc(due)} UTC by course.toml and {known} by the gradebook: "
        "`course init --update .` takes over what course.toml says"
        for due in dates
        if in_utc(due) != known
    ]


def forget_graded(directory: CourseDirectory, assignment: str, student: str = "*") -> None:
    """Let nbgrader grade again what it graded: points that a person gave are in the gradebook."""
    pattern = directory.format_path(directory.autograded_directory, student, assignment)
    root = Path(directory.root)
    for folder in root.glob(os.path.relpath(pattern, root)):
        shutil.rmtree(folder)


@contextmanager
def _kept(folder: Path) -> Iterator[None]:
    """Put a folder aside, and back unless its place was taken well."""
    aside = folder.with_name(f".{folder.name}-before")
    if aside.exists() and not folder.exists():
        aside.rename(folder)  # an earlier run was cut off
    shutil.rmtree(aside, ignore_errors=True)
    if folder.exists():
        folder.rename(aside)
    try:
        yield
    except BaseException:
        if aside.exists():
            shutil.rmtree(folder, ignore_errors=True)
            aside.rename(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _as_it_is() -> Iterator[None]:
    yield


def _marked(notebook: NotebookNode) -> set[str]:
    kinds = (is_grade, is_solution, is_locked, is_task)
    cells = (cell for cell in notebook.cells if any(kind(cell) for kind in kinds))
    return {mark_of(cell)["grade_id"] for cell in cells}


def _in_book(book: BookOfNotebook) -> set[str]:
    cells = (book.grade_cells, book.solution_cells, book.task_cells, book.source_cells)
    return {cell.name for some in cells for cell in some}


def _who(book: BookOfNotebook) -> str:
    names = sorted(submission.student.id for submission in book.submissions)
    more = f" and {len(names) - MAX_NAMES} more" if len(names) > MAX_NAMES else ""
    return f"{', '.join(names[:MAX_NAMES])}{more} {'has' if len(names) == 1 else 'have'}"


def _points(number: float) -> str:
    return f"{number:g}"
