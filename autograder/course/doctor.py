"""Whether a course fits together: catalogue, cells, checks, points, and what it names.

Nothing of a student's is needed for it, and no check is run.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from nbformat import NotebookNode

from autograder.course.course import Course
from autograder.course.extensions import use_course
from autograder.course.rubrics import rubrics
from helpers.checking.catalogue import FILE, PUBLIC, ROOM, Exercise
from helpers.checking.cells import grade_id_of, is_answer, is_graded, mark_of, text_of
from helpers.checking.runner import list_checks
from helpers.checking.statements import defined_names
from helpers.errors import CourseError


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes
    ----------
    what : str
        What was looked at, in a few words.
    problems : tuple of str
        What is wrong, each with the way out; empty where all is right.
    serious : bool
        Whether grading or releasing the course would go wrong.
    """

    what: str
    problems: tuple[str, ...] = ()
    serious: bool = True

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def examine(course: Course) -> Iterator[Finding]:
    """Look at a course, one thing after the other."""
    yield Finding("exercises in course.toml", tuple(_catalogue(course)))
    notebooks = dict(_readable(course))
    unreadable = tuple(problem for problem in _unreadable(course))
    yield Finding("notebooks", unreadable)
    yield Finding("cells", tuple(_cells(course, notebooks)))
    yield Finding("cells that no exercise asks for", tuple(_strays(course, notebooks)))
    points = _Checks(course)
    yield Finding("checks", tuple(points.problems))
    yield Finding("points", tuple(_points(course, notebooks, points)))
    yield Finding("rubrics", tuple(_rubrics(course, notebooks)), serious=False)
    yield Finding("outputs", tuple(_outputs(notebooks)), serious=False)
    yield Finding("what course.toml names", tuple(_named(course)))


def refuse_broken(course: Course) -> None:
    """Refuse a course with which grading or releasing would go wrong.

    Raises
    ------
    CourseError
        Something in it does not fit together.
    """
    problems = [p for finding in examine(course) if finding.serious for p in finding.problems]
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise CourseError(
            f"the course in {course.root} is broken{more}: {problems[0]}; `course doctor` shows all"
        )


def _catalogue(course: Course) -> Iterator[str]:
    for name, count in Counter(e.id for e in course.exercises).items():
        if count > 1:
            yield f"exercise {name} is there {count} times in {FILE}; keep one"
    seen: set[str] = set()
    functions: dict[str, str] = {}
    for exercise in course.exercises:
        if exercise.notebook not in course.notebooks:
            yield (
                f"exercise {exercise.id} is in {exercise.notebook}, which is none of the notebooks "
                f"in {FILE}; list it there, or take the exercise out"
            )
        for needed in exercise.needs:
            if needed not in seen:
                yield f"exercise {exercise.id} needs {needed}, which does not come before it"
        if not (exercise.functions or exercise.file or exercise.written):
            yield f"exercise {exercise.id} asks for nothing: no functions, no file, no prose"
        for name in exercise.functions:
            if name in functions:
                yield (
                    f"exercises {functions[name]} and {exercise.id} both ask for `{name}`; "
                    "call one of them something else"
                )
            functions[name] = exercise.id
        seen.add(exercise.id)
    rooms = sorted((course.root / "exercises").glob("[0-9]*"))
    for room in rooms:
        match = ROOM.fullmatch(room.name)
        if match and match[1].replace("_", ".") not in seen:
            yield f"exercises/{room.name} belongs to no exercise in {FILE}; move it away"


def _readable(course: Course) -> Iterator[tuple[str, NotebookNode]]:
    for name in course.notebooks:
        try:
            yield name, course.read_notebook(name)
        except CourseError:
            continue


def _unreadable(course: Course) -> Iterator[str]:
    for name in course.notebooks:
        try:
            course.read_notebook(name)
        except CourseError as error:
            yield f"{error}; or take {name} out of {FILE}, and its exercises with it"
    there = {path.stem for path in (course.root / "notebooks").glob("[0-9]*.ipynb")}
    for name in sorted(there - set(course.notebooks)):
        yield f"notebooks/{name}.ipynb is not among the notebooks in {FILE}; list it, or move it"


def _cells(course: Course, notebooks: dict[str, NotebookNode]) -> Iterator[str]:
    for name, notebook in notebooks.items():
        ids = Counter(filter(None, map(grade_id_of, notebook.cells)))
        yield from (
            f"{name} has {count} cells with the grade_id {grade_id}; give each its own"
            for grade_id, count in ids.items()
            if count > 1
        )
        by_id = {grade_id_of(cell): cell for cell in notebook.cells}
        for exercise in course.in_notebook(name):
            yield from _cells_of(exercise, by_id)


def _cells_of(exercise: Exercise, cells: dict[str, NotebookNode]) -> Iterator[str]:
    where = f"in {exercise.notebook}"
    if exercise.functions:
        answer = cells.get(exercise.grade_id)
        if answer is None or not is_answer(answer):
            yield (
                f"exercise {exercise.id} has no answer cell {exercise.grade_id} {where}; put it "
                f"back, or take the exercise out of {FILE}"
            )
        else:
            lacking = sorted(set(exercise.functions) - defined_names(text_of(answer)))
            if lacking:
                yield (
                    f"the solution of {exercise.id} {where} does not define {', '.join(lacking)}; "
                    f"write it there, or take the name out of {FILE}"
                )
    if exercise.functions or exercise.file:
        check = cells.get(exercise.check_id)
        if check is None or not is_graded(check):
            yield (
                f"exercise {exercise.id} has no graded cell {exercise.check_id} {where}; put it "
                f"back, or take the exercise out of {FILE}"
            )
        elif not re.search(rf"check\(\s*['\"]{re.escape(exercise.id)}['\"]", text_of(check)):
            yield f'the cell {exercise.check_id} {where} does not say check("{exercise.id}")'
    for grade_id in exercise.written:
        cell = cells.get(grade_id)
        if cell is None or not (is_answer(cell) and is_graded(cell)):
            yield (
                f"exercise {exercise.id} has no graded answer {grade_id} {where}; put it back, or "
                f"take it out of {FILE}"
            )


def _strays(course: Course, notebooks: dict[str, NotebookNode]) -> Iterator[str]:
    for name, notebook in notebooks.items():
        here = course.in_notebook(name)
        known = {e.grade_id for e in here} | {e.check_id for e in here}
        known |= {grade_id for e in here for grade_id in e.written}
        for cell in notebook.cells:
            if (is_graded(cell) or is_answer(cell)) and grade_id_of(cell) not in known:
                yield (
                    f"the cell {grade_id_of(cell)} in {name} belongs to no exercise of that "
                    f"notebook in {FILE}; add one, or remove the cell"
                )


@dataclass
class _Checks:
    """The checks of all exercises: the points they add up to, and what is wrong with them."""

    course: Course
    points: dict[str, float] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        use_course(self.course)
        files: dict[Path, str] = {}
        for exercise in self.course.checked:
            if not self.course.checks(exercise, PUBLIC):
                room = f"exercises/{exercise.id.replace('.', '_')}_<name>"
                self.problems.append(f"exercise {exercise.id} has no checks: write {room}/{PUBLIC}")
            files |= dict.fromkeys(self.course.check_files(exercise), exercise.id)
        try:
            marks = list_checks(list(files))
        except CourseError as error:
            self.problems.append(str(error))
            return
        for check in marks:
            if check.exercise != files[check.file]:
                self.problems.append(
                    f"the check {check.check} lies in {check.file.parent.name}; move it"
                )
            if not str(check.hint).strip():
                self.problems.append(f"the check {check.check} has an empty hint; write one")
            self.points[check.exercise] = self.points.get(check.exercise, 0.0) + check.points
        for name, count in Counter(check.check for check in marks).items():
            if count > 1:
                self.problems.append(f"{count} checks are called {name}; rename one")


def _points(course: Course, notebooks: dict[str, NotebookNode], checks: _Checks) -> Iterator[str]:
    for exercise in course.checked:
        cells = notebooks.get(exercise.notebook, {"cells": []})["cells"]
        of_cell = [mark_of(cell).get("points") for cell in cells
                   if grade_id_of(cell) == exercise.check_id]  # fmt: skip
        of_checks = checks.points.get(exercise.id)
        if of_cell and of_checks is not None and float(of_cell[0] or 0) != of_checks:
            yield (
                f"the cell {exercise.check_id} is worth {of_cell[0]:g} points, its checks "
                f"{of_checks:g} together; make them agree"
            )


def _rubrics(course: Course, notebooks: dict[str, NotebookNode]) -> Iterator[str]:
    for name, notebook in notebooks.items():
        there = rubrics(notebook)
        for exercise in course.in_notebook(name):
            for grade_id in exercise.written:
                if grade_id not in there:
                    yield f"the answer {grade_id} in {name} has no rubric below it"


def _outputs(notebooks: dict[str, NotebookNode]) -> Iterator[str]:
    for name, notebook in notebooks.items():
        if any(cell.get("outputs") for cell in notebook.cells):
            yield f"{name} holds outputs; clear them, for a file that can be compared"


def _named(course: Course) -> Iterator[str]:
    """What course.toml names: files, folders, modules, functions."""
    students = course.students
    for name in (*students.files, students.readme):
        if not (course.root / name).is_file():
            yield f"{FILE} names the file {name}, which is not there"
    for name in students.data:
        if not (course.root / "data" / name).is_dir():
            yield f"{FILE} names data/{name}, which is not there"
    yield from (
        f"{FILE} lists the package {pin!r} without a version; write {pin}==..."
        for pin in students.packages
        if "==" not in pin
    )
    use_course(course)
    modules = [*course.box.modules, *course.box.probes, course.commands]
    modules += [library.module for library in course.libraries.values()]
    for module in filter(None, modules):
        if not _quietly(lambda module=module: find_spec(module)):
            yield f"{FILE} names the module {module}, which is not there"
    functions = [*course.file_judges.values(), *course.file_checks.values(), course.class_notes]
    functions += [*course.student_commands.values(), *course.stand_ins.values()]
    for name in filter(None, functions):
        if not _defines(*name.partition(":")[::2]):
            yield f"{FILE} names {name!r}, which is not there; write module:function"
    for exercise in course.graded:
        if exercise.file and exercise.id not in course.file_judges:
            yield f"nobody judges the file of {exercise.id}: name who in [engine.file_judges]"


def _defines(module: str, function: str) -> bool:
    """Whether a module has a function at its top: it is read, not imported, which takes long."""
    spec = _quietly(lambda: find_spec(module))
    if spec is None or not (spec.origin and Path(spec.origin).is_file()):
        return False
    tree = ast.parse(Path(spec.origin).read_bytes())
    return any(isinstance(node, ast.FunctionDef) and node.name == function for node in tree.body)


def _quietly(ask: Callable) -> object:
    try:
        return ask()
    except (ImportError, ValueError):
        return None
