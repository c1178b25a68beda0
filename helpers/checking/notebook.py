"""``check("2.2.2")``: the public checks of one exercise, on the functions of this notebook."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helpers.checking.catalogue import Exercise, find_exercise
from helpers.checking.display import as_text, print_results
from helpers.checking.packages import missing, remedy
from helpers.checking.runner import PUBLIC_CHECKS, CheckResult, check_files, run_checks
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
    exercise = find_exercise(exercise_id)
    if namespace is None:
        namespace = sys._getframe(1).f_globals
    results = public_results(exercise, Student(LocalBackend(namespace)))
    earlier = earlier_faults(exercise, results, namespace)
    print_results(exercise, results, earlier)
    if os.environ.get("NBGRADER_VALIDATING") and any(r.status != "pass" for r in results):
        # `nbgrader validate` takes a cell for right unless it finds something here.
        print(as_text(exercise, results, earlier), file=sys.stderr)


def public_results(
    exercise: Exercise, student: Student, folder: Path = Path()
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
        from helpers.for_checks.network_file import network_file_results

        return network_file_results(exercise, folder)
    files = check_files(PUBLIC_CHECKS, exercise.id)
    if not files:
        raise ExerciseError(
            f"exercise {exercise.id} ({exercise.title}) has no checks: it is a written answer, "
            "which your instructor reads"
        )
    return run_checks(files, lambda _: student)


def earlier_faults(
    exercise: Exercise, results: list[CheckResult], namespace: Mapping[str, Any]
) -> list[Exercise]:
    """The earlier exercises that this one builds on and that are not right yet.

    Asked only where something failed: then the fault may lie there.
    """
    if all(result.status == "pass" for result in results):
        return []
    student = Student(LocalBackend(namespace))
    needed = (find_exercise(needed_id) for needed_id in exercise.needs)
    return [
        earlier
        for earlier in needed
        if any(r.status != "pass" for r in public_results(earlier, student))
    ]
