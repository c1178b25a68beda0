"""The judge: runs every check on one student's answers and decides what each exercise is worth.

Exercises are judged in the order of the course. Where an exercise builds on earlier ones
that turned out wrong, their reference solutions stand in, and the verdict says so: a fault
costs its own points and nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.course.reference import stand_ins
from autograder.intake.files import graded_file
from autograder.judging.concerns import suspicions
from autograder.judging.verdicts import ExerciseVerdict, status_of
from autograder.sandbox.backend import Program, RemoteBackend
from autograder.sandbox.box import Sandbox
from autograder.sandbox.time_limits import Patience, TimeLimits
from helpers.checking.answers import Cell, is_stub
from helpers.checking.catalogue import Exercise, find_exercise, graded_exercises, owner_of
from helpers.checking.display import for_reading
from helpers.checking.packages import missing
from helpers.checking.runner import PUBLIC_CHECKS, CheckResult, check_files, run_checks
from helpers.checking.statements import defined_names
from helpers.checking.student import Backend, Student

HIDDEN_CHECKS = Path(__file__).resolve().parent / "checks"
MAX_NOTED = 10  # of one answer
BackendFor = Callable[[Program], Backend]
NOT_JUDGED = (
    "not judged: the package {} is missing on the machine that grades, which is no fault of "
    "yours; your instructor must install it and grade this again"
)


@dataclass(frozen=True)
class NotebookAnswers:
    """What one notebook of a student holds for the judge.

    Attributes
    ----------
    cells : tuple of Cell
        All code to draw on, in order: set-up, answers, the student's own cells.
    answers : mapping of str to str
        The source of each answer, by ``grade_id``.
    unreadable : str
        Why the notebook could not be read, if so; then there are no cells.
    """

    cells: tuple[Cell, ...] = ()
    answers: Mapping[str, str] | None = None
    unreadable: str = ""


def all_check_files(exercise_ids: Iterable[str]) -> list[Path]:
    """The files of public and hidden checks of these exercises, exercise by exercise."""
    files = []
    for exercise_id in exercise_ids:
        files += check_files(PUBLIC_CHECKS, exercise_id) + check_files(HIDDEN_CHECKS, exercise_id)
    return files


def judge(
    notebooks: Mapping[str, NotebookAnswers],
    backend_for: BackendFor,
    *,
    seed: int,
    only: Sequence[str] | None = None,
    maxima: Mapping[str, float],
    files: Mapping[str, bytes] | None = None,
    retrain_in: BackendFor | None = None,
    known: Mapping[str, ExerciseVerdict] | None = None,
    on_verdict: Callable[[ExerciseVerdict], None] | None = None,
) -> tuple[ExerciseVerdict, ...]:
    """Judge every exercise that a machine grades, or those named in ``only``.

    Parameters
    ----------
    notebooks : mapping of str to NotebookAnswers
        By the notebook's name; a notebook that was not handed in is simply not there.
    backend_for : callable
        Makes the place in which a program runs.
    seed : int
        Inputs are drawn from it; the student's own draws start from a number that tells nothing
        of it.
    maxima : mapping of str to float
        The points of each exercise, which a notebook that is missing still is marked out of.
    files : mapping of str to bytes, optional
        What was handed in beside the notebooks, by path.
    retrain_in : callable, optional
        Makes the place in which a handed-in network is trained anew; by default none is.
    known : mapping of str to ExerciseVerdict, optional
        Verdicts that stand already, of exercises that are not to be judged again.

    Returns
    -------
    tuple of ExerciseVerdict
        One an exercise, in the order of the course.
    """
    verdicts: dict[str, ExerciseVerdict] = {}
    wanted = {find_exercise(exercise_id).id for exercise_id in only} if only else None
    for exercise in _in_order(wanted):
        if known and exercise.id in known and exercise.id not in (wanted or ()):
            verdicts[exercise.id] = known[exercise.id]
            continue
        if exercise.file:
            verdict = _judge_file(
                exercise, files or {}, notebooks, retrain_in, seed, maxima, verdicts
            )
        else:
            verdict = _judge_one(exercise, notebooks, backend_for, seed, maxima, verdicts)
            first = not any(v.notebook == exercise.notebook for v in verdicts.values())
            noted = _noted(exercise, notebooks.get(exercise.notebook), first)
            verdict = replace(verdict, concerns=(*verdict.concerns, *noted))
        verdicts[exercise.id] = verdict
        if on_verdict:
            on_verdict(verdict)
    return tuple(v for v in verdicts.values() if wanted is None or v.exercise in wanted)


def sandboxed(sandbox: Sandbox, limits: TimeLimits | None = None) -> BackendFor:
    """Programs that run in a sandbox and share the time of one submission."""
    patience = Patience(limits)
    return lambda program: RemoteBackend(sandbox, program, patience)


def _in_order(wanted: set[str] | None) -> list[Exercise]:
    """The exercises to judge: those wanted, and those whose verdicts they need."""
    if wanted is None:
        return list(graded_exercises())
    closure = set(wanted)
    for exercise in reversed(graded_exercises()):
        if exercise.id in closure:
            closure |= set(exercise.needs)
    return [exercise for exercise in graded_exercises() if exercise.id in closure]


def _judge_one(
    exercise: Exercise,
    notebooks: Mapping[str, NotebookAnswers],
    backend_for: BackendFor,
    seed: int,
    maxima: Mapping[str, float],
    earlier: Mapping[str, ExerciseVerdict],
) -> ExerciseVerdict:
    notebook = notebooks.get(exercise.notebook)
    blank = ExerciseVerdict(
        exercise.id, exercise.title, exercise.notebook, 0.0, maxima[exercise.id], "missing", ""
    )
    if notebook is None:
        return replace(blank, message=f"no notebook {exercise.notebook} was handed in")
    if notebook.unreadable:
        return replace(blank, status="error", message=notebook.unreadable)
    answer = (notebook.answers or {}).get(exercise.grade_id, "")
    absent = missing(exercise.packages)
    if absent and not is_stub(answer):
        return replace(
            blank, status="error", message=NOT_JUDGED.format(", ".join(absent)), answer=answer
        )
    if absent:
        return replace(blank, message="nothing is written yet")
    program = _program(exercise, notebooks, earlier, seed)
    backend = backend_for(program)
    try:
        results = run_checks(all_check_files([exercise.id]), lambda _: Student(backend), seed=seed)
    finally:
        close = getattr(backend, "close", None)
        if close:
            close()
    return verdict_of(exercise, results, maxima[exercise.id], answer, program.replaced)


def _noted(exercise: Exercise, notebook: NotebookAnswers | None, first: bool) -> tuple[str, ...]:
    """What looks odd in an answer and, with a notebook's first, in the student's other cells."""
    answers = (notebook and notebook.answers) or {}
    own = suspicions(answers.get(exercise.grade_id, ""), exercise.id)
    found = [f"the answer {said}" for said in own]
    for cell in notebook.cells if notebook and first else ():
        if cell.name not in answers:
            found += [f"the cell {cell.name} {said}" for said in suspicions(cell.source)]
    return tuple(found[:MAX_NOTED])


def _program(
    exercise: Exercise,
    notebooks: Mapping[str, NotebookAnswers],
    earlier: Mapping[str, ExerciseVerdict],
    seed: int,
) -> Program:
    """What to run for an exercise: the student's cells, and what stands in for wrong functions."""
    faulty = tuple(find_exercise(i) for i in _faulty(exercise, earlier))
    return Program(
        cells=_cells_for(exercise, notebooks),
        wanted=exercise.functions,
        replacements=stand_ins(faulty),
        replaced=tuple(name for other in faulty for name in other.functions),
        packages=exercise.packages,
        chance=_draws_from(seed, exercise.id),
    )


def _draws_from(seed: int, exercise: str) -> int:
    """Below 2**32. It does not give the seed away, so a student's code may know it."""
    digest = hashlib.sha256(f"draws of {exercise} from {seed:x}".encode()).digest()
    return int.from_bytes(digest[:4], "big")


def _judge_file(
    exercise: Exercise,
    files: Mapping[str, bytes],
    notebooks: Mapping[str, NotebookAnswers],
    retrain_in: BackendFor | None,
    seed: int,
    maxima: Mapping[str, float],
    earlier: Mapping[str, ExerciseVerdict],
) -> ExerciseVerdict:
    from exercises.handed_network.network import Retraining, retrain
    from exercises.handed_network.verdict import network_verdict

    training = find_exercise(exercise.needs[0])

    def again(accuracy: float) -> Retraining:
        backend = retrain_in(_program(training, notebooks, earlier, seed))
        try:
            return retrain(Student(backend), accuracy, seed)
        finally:
            backend.close()

    named = {path: data for path, data in files.items() if graded_file(path) == exercise.file}
    notebook = notebooks.get(exercise.notebook)
    if not named and notebook and notebook.unreadable:  # it may have been in there as well
        return ExerciseVerdict(
            exercise.id, exercise.title, exercise.notebook, 0.0, maxima[exercise.id], "error",
            notebook.unreadable,
        )  # fmt: skip
    return network_verdict(
        exercise, named, earlier[training.id], seed, maxima[exercise.id],
        again if retrain_in else None,
    )  # fmt: skip


def verdict_of(
    exercise: Exercise,
    results: Sequence[CheckResult],
    max_points: float,
    answer: str = "",
    replaced: tuple[str, ...] = (),
) -> ExerciseVerdict:
    """Add up the results of an exercise's checks."""
    status = status_of(results)
    misnamed = _misnamed(exercise, answer) if status == "missing" else ""
    if misnamed:
        status = "fail"
    points = sum(result.points for result in results if result.status == "pass")
    return ExerciseVerdict(
        exercise.id, exercise.title, exercise.notebook, points, max_points, status,
        (misnamed or _message(results, status)) + _stood_in(replaced, status), tuple(results),
        answer, replaced,
    )  # fmt: skip


def _misnamed(exercise: Exercise, answer: str) -> str:
    """Say so where functions are missing and the answer defines others in their place."""
    defined = defined_names(answer)
    lacking = [name for name in exercise.functions if name not in defined]
    others = sorted(defined - set(exercise.functions))
    if not (lacking and others):
        return ""
    there = ", ".join(f"`{name}`" for name in others[:3])
    return f"there is no function `{lacking[0]}`; your cell defines {there}"


def _stood_in(replaced: Sequence[str], status: str) -> str:
    if not replaced or status == "missing":
        return ""
    names = ", ".join(f"`{name}`" for name in replaced)
    owners = dict.fromkeys(owner.id for name in replaced if (owner := owner_of(name)))
    why = f"{', '.join(owners)} {'do' if len(owners) > 1 else 'does'} not pass all checks"
    return f"; judged with the reference {names}, since {why}"


def _message(results: Sequence[CheckResult], status: str) -> str:
    if status == "pass":
        return f"all {len(results)} checks pass"
    if not results:
        return "no check was run; an instructor must look"
    first = next(result for result in for_reading(results) if result.status != "pass")
    failed = sum(result.status != "pass" for result in results)
    more = f" (and {failed - 1} more)" if failed > 1 and status != "missing" else ""
    return " ".join((first.problem + more).split())[:300]


def _faulty(exercise: Exercise, earlier: Mapping[str, ExerciseVerdict]) -> list[str]:
    return [i for i in exercise.needs if i in earlier and earlier[i].status != "pass"]


def _cells_for(exercise: Exercise, notebooks: Mapping[str, NotebookAnswers]) -> tuple[Cell, ...]:
    """The cells of the exercise's notebook, after those of earlier ones that it builds on."""
    names = {find_exercise(i).notebook for i in exercise.needs} | {exercise.notebook}
    found = (notebooks.get(name) for name in sorted(names))
    return tuple(cell for notebook in found if notebook for cell in notebook.cells)
