"""Grading: one submission at a time, each an independent unit of work; then a whole class.

:func:`grade_submission` turns one folder or archive into one :class:`SubmissionResult` and
needs nothing but the course and a sandbox. :func:`grade_class` runs many of them, each in a
process of its own, so that the worst that a submission can do is to spoil its own row.
"""

from __future__ import annotations

import hashlib
import resource
import secrets
import time
from collections.abc import Container, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from autograder.course.course import find_course
from autograder.course.release import student_notebook
from autograder.intake.answers import (
    WRITTEN_STUB,
    Laid,
    code_cells,
    grade_id_of,
    take_apart,
    text_of,
)
from autograder.intake.files import Handed, collect
from autograder.intake.notebooks import Sorted, sort_notebooks
from autograder.judging.judge import NotebookAnswers, judge, sandboxed
from autograder.judging.verdicts import ExerciseVerdict, SubmissionResult, WrittenAnswer
from autograder.sandbox.box import Sandbox
from autograder.sandbox.time_limits import TimeLimits
from helpers.checking.catalogue import all_exercises, find_exercise, graded_exercises
from helpers.errors import SubmissionError

SEED_BITS = 128
MAX_PICTURES = 12
RETRAINING = TimeLimits(exercise=900.0, submission=900.0, patience=900.0)


def new_seed() -> int:
    """A seed that nobody can guess."""
    return secrets.randbits(SEED_BITS) | 1 << (SEED_BITS - 1)


def working_seed(seed: int, handed: Handed) -> int:
    """The seed from which a submission's inputs are drawn: no other submission has the same.

    Who learns the inputs of one run, and hands in something made for them, gets others,
    even where the instructor says the same seed again.

    Examples
    --------
    >>> one, moved, other = (Handed({"a": b"1"}), Handed({"b": b"1"}), Handed({"a": b"2"}))
    >>> working_seed(7, one) == working_seed(7, moved) != working_seed(7, other)
    True
    """
    contents = (*handed.notebooks.values(), *handed.files.values())
    digests = sorted(hashlib.sha256(data).hexdigest() for data in contents)
    digest = hashlib.sha256(" ".join([f"{seed:x}", *digests]).encode()).digest()
    return int.from_bytes(digest[: SEED_BITS // 8], "big")


def grade_submission(
    path: Path | Sequence[Path],
    student: str,
    *,
    seed: int | None = None,
    sandbox: bool = True,
    only: Sequence[str] | None = None,
    limits: TimeLimits | None = None,
    retrain: bool = False,
) -> SubmissionResult:
    """Grade what one student handed in.

    Parameters
    ----------
    path : Path or sequence of Path
        A folder, an archive or a notebook; several where one student handed in several.
    student : str
        The name under which the result is kept.
    seed : int, optional
        Inputs are drawn from it and from what was handed in; a new one by default. It is kept
        in the result, for the instructor alone.
    sandbox : bool
        Whether the student's code runs in the sandbox.
    only : sequence of str, optional
        Ids of the exercises to grade; all by default.
    limits : TimeLimits, optional
        How long the student's code may take.
    retrain : bool
        Whether the network that was handed in is trained anew with the student's functions.

    Raises
    ------
    SandboxError
        The sandbox cannot be started on this machine.
    """
    seed = new_seed() if seed is None else seed
    started = time.monotonic()
    sources = release_notebooks()
    try:
        handed = collect(path)
        found = sort_notebooks(handed, sources)
    except SubmissionError as error:
        return unreadable(student, str(error), seed=seed, sandbox=sandbox, only=only)
    laid = {name: take_apart(found.notebooks[name], sources[name]) for name in found.notebooks}
    with Sandbox(confined=sandbox) as box:
        verdicts = judge(
            _for_the_judge(found, laid, sources), sandboxed(box, limits),
            seed=working_seed(seed, handed), only=only, maxima=max_points(), files=handed.files,
            retrain_in=sandboxed(box, RETRAINING) if retrain else None,
        )  # fmt: skip
    return SubmissionResult(
        student=student,
        verdicts=verdicts,
        written=written_answers(laid, sources, only, found.unreadable),
        remarks=tuple(found.remarks + [f"{n}: {r}" for n in laid for r in laid[n].remarks]),
        pictures=_pictures(found),
        seed=f"{seed:x}",
        sandboxed=sandbox,
        cpu_seconds=_cpu_seconds(),
        wall_seconds=time.monotonic() - started,
        instead="" if found.notebooks or found.unreadable else handed.instead,
    )


def unreadable(
    student: str,
    reason: str,
    *,
    seed: int = 0,
    sandbox: bool = True,
    only: Sequence[str] | None = None,
) -> SubmissionResult:
    """The result of a submission that could not be taken apart: one row, status ``error``."""
    wanted = {find_exercise(i).id for i in only} if only else None
    verdicts = tuple(
        ExerciseVerdict(e.id, e.title, e.notebook, 0.0, max_points()[e.id], "error", reason)
        for e in graded_exercises()
        if wanted is None or e.id in wanted
    )
    return SubmissionResult(
        student, verdicts, remarks=(reason,), seed=f"{seed:x}", sandboxed=sandbox
    )


@cache
def release_notebooks() -> dict[str, dict[str, Any]]:
    """The course's notebooks as students get them, by name: no solution is in them."""
    return {name: student_notebook(nb) for name, nb in find_course().read_notebooks().items()}


def max_points() -> dict[str, float]:
    """The points that a machine gives for each exercise, from the graded cells of the notebooks."""
    marks = _graded_cells()
    return {e.id: float(marks[e.check_id]["points"]) for e in graded_exercises()}


def written_answers(
    laid: Mapping[str, Laid],
    sources: Mapping[str, Mapping[str, Any]],
    only: Sequence[str] | None = None,
    unreadable: Container[str] = (),
) -> tuple[WrittenAnswer, ...]:
    """The answers that a person grades, those that are missing or cannot be read included."""
    marks = _graded_cells()
    stubs = {grade_id_of(c): text_of(c) for s in sources.values() for c in s["cells"]}
    wanted = {find_exercise(i).id for i in only} if only else None
    answers = []
    for exercise in all_exercises():
        if wanted is not None and exercise.id not in wanted:
            continue
        here = laid.get(exercise.notebook, Laid())
        for grade_id in exercise.written:
            source = here.answers.get(grade_id, "")
            blank = source.strip() in ("", WRITTEN_STUB, stubs.get(grade_id, "").strip())
            lost = "unreadable" if exercise.notebook in unreadable else "missing"
            answers.append(WrittenAnswer(
                grade_id, exercise.id, exercise.title, exercise.notebook,
                float(marks[grade_id]["points"]), lost if blank else "answered",
                "" if blank else source, here.attachments.get(grade_id, {}),
            ))  # fmt: skip
    return tuple(answers)


def _graded_cells() -> dict[str, dict[str, Any]]:
    return {
        grade_id_of(cell): cell["metadata"]["nbgrader"]
        for notebook in release_notebooks().values()
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade")
    }


def _for_the_judge(
    found: Sorted, laid: Mapping[str, Laid], sources: Mapping[str, Mapping[str, Any]]
) -> dict[str, NotebookAnswers]:
    ready = {
        name: NotebookAnswers(
            code_cells(laid[name], sources[name]), {**laid[name].elsewhere, **laid[name].answers}
        )
        for name in laid
    }
    broken = {name: NotebookAnswers(unreadable=why) for name, why in found.unreadable.items()}
    return {**broken, **ready}


def _pictures(found: Sorted) -> tuple[str, ...]:
    pictures = [
        picture
        for notebook in found.notebooks.values()
        for cell in notebook["cells"]
        for picture in cell["pictures"]
    ]
    return tuple(pictures[:MAX_PICTURES])


def _cpu_seconds() -> float:
    """Processor time of this process and of all that it started and that has ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
