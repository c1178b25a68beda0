"""``check("2.2.2")``: the public checks of one exercise, on the functions of this notebook."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from helpers.checking import libraries
from helpers.checking.catalogue import PUBLIC, Catalogue, Exercise, catalogue
from helpers.checking.display import as_text, print_results
from helpers.checking.elsewhere import note_on
from helpers.checking.packages import missing, remedy
from helpers.checking.runner import CheckResult, run_checks
from helpers.checking.student import LocalBackend, Student
from helpers.errors import ExerciseError, PackageError


def check(exercise_id: str, namespace: Mapping[str, Any] | None = None) -> None:
    """Run the public checks of an exercise and show what is right, what is not, and a hint.

    Parameters
    ----------
    exercise_id : str
        The number of the exercise, such as ``"2.2.2"``.
    namespace : mapping, optional
        Where the functions are; the caller's own variables by default.

    Raises
    ------
    ExerciseError
        There is no such exercise, or a person grades it.
    """
    course = catalogue()
    exercise = course.find(exercise_id)
    if namespace is None:
        namespace = sys._getframe(1).f_globals
    results = public_results(course, exercise, Student(LocalBackend(namespace)))
    earlier = earlier_faults(course, exercise, results, namespace)
    print_results(exercise, results, earlier)
    if note := note_on(exercise.functions, namespace, course.packages):
        print(note)
    if os.environ.get("NBGRADER_VALIDATING") and any(r.status != "pass" for r in results):
        # `nbgrader validate` takes a cell for right unless it finds something here.
        print(as_text(exercise, results, earlier), file=sys.stderr)


def public_results(
    course: Catalogue, exercise: Exercise, student: Student, folder: Path = Path()
) -> list[CheckResult]:
    """Run the public checks of one exercise; look at its file, which is in the folder.

    Raises
    ------
    ExerciseError
        The exercise has none.
    PackageError
        It needs a package that is not installed.
    """
    for package in missing(exercise.packages):
        raise PackageError(f"exercise {exercise.id} cannot be checked. {remedy(package)}")
    if exercise.file:
        return load_function(course.file_checks[exercise.id])(exercise, folder)
    known = (course.libraries[name] for name in exercise.packages if name in course.libraries)
    libraries.use(library.module for library in known)  # elsewhere a tensor is no array
    files = course.checks(exercise, PUBLIC)
    if not files:
        raise ExerciseError(
            f"exercise {exercise.id} ({exercise.title}) has no checks: it is a written answer, "
            "which your instructor reads"
        )
    return run_checks(files, lambda _: student)


def earlier_faults(
    course: Catalogue,
    exercise: Exercise,
    results: list[CheckResult],
    namespace: Mapping[str, Any],
) -> list[Exercise]:
    """The earlier exercises that this one builds on and that are not right yet.

    Asked only where something failed: then the fault may lie there.
    """
    if all(result.status == "pass" for result in results):
        return []
    student = Student(LocalBackend(namespace))
    needed = (course.find(needed_id) for needed_id in exercise.needs)
    return [
        earlier
        for earlier in needed
        if any(r.status != "pass" for r in public_results(course, earlier, student))
    ]


def load_function(name: str) -> Callable[..., Any]:
    """The function that ``course.toml`` names as ``module:function``."""
    module, _, function = name.partition(":")
    return getattr(import_module(module), function)
