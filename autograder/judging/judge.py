"""The judge: runs every check on one student's answers and decides what each exercise is worth.

Exercises are judged in the order of the course. Where an exercise builds on earlier ones
that turned out wrong, their reference solutions stand in, and the verdict says so: a fault
costs its own points and nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from autograder.course.course import Course
from autograder.course.extensions import load, use_course
from autograder.course.points import machine_points
from autograder.course.reference import stand_ins
from autograder.intake.bounds import why_left_out
from autograder.intake.files import graded_file
from autograder.judging.concerns import suspicions
from autograder.judging.second_look import NotebookAnswers, reconsidered
from autograder.judging.verdicts import ExerciseVerdict, status_of
from autograder.judging.within import follow_through
from autograder.sandbox.backend import Program, RemoteBackend
from autograder.sandbox.box import Sandbox
from autograder.sandbox.time_limits import NO_TIME, TimeBudget, TimeLimits
from helpers.checking import libraries
from helpers.checking.answers import Cell, is_stub
from helpers.checking.catalogue import Exercise
from helpers.checking.display import first_to_mend, for_reading
from helpers.checking.packages import missing
from helpers.checking.runner import CheckResult, run_checks
from helpers.checking.statements import defined_names, is_written
from helpers.checking.student import Backend, Student

MAX_NOTED = 10  # of one answer
MAX_CONCERN = 300  # characters: it may name what a student named
BackendFor = Callable[[Program], Backend]
NOT_JUDGED = (
    "not judged: the package {} is missing on the machine that grades, which is no fault of "
    "yours; your instructor must install it and grade this again"
)


@dataclass(frozen=True)
class HandedInFile:
    """What the judge of a file gets; ``course.toml`` names the judge, in ``[engine.file_judges]``.

    Attributes
    ----------
    exercise : Exercise
        Names the file.
    files : mapping of str to bytes
        All files of that name, by path in the submission; nothing in them is trusted.
    earlier : mapping of str to ExerciseVerdict
        The verdicts on earlier exercises, by id.
    seed : int
        What is drawn is drawn from it.
    max_points : float
    student : callable or None
        Opens a context with a `Student` that has the functions of the first exercise that this
        one needs; ``None`` where nothing is to be made anew with them.
    """

    exercise: Exercise
    files: Mapping[str, bytes]
    earlier: Mapping[str, ExerciseVerdict]
    seed: int
    max_points: float
    student: Callable | None = None


def judge(
    course: Course,
    notebooks: Mapping[str, NotebookAnswers],
    backend_for: BackendFor,
    *,
    seed: int,
    only: Sequence[str] | None = None,
    maxima: Mapping[str, float] | None = None,
    files: Mapping[str, bytes] | None = None,
    retrain_in: BackendFor | None = None,
    known: Mapping[str, ExerciseVerdict] | None = None,
    within: bool = True,
) -> tuple[ExerciseVerdict, ...]:
    """Judge every exercise that a machine grades, or those named in ``only``.

    Parameters
    ----------
    course : Course
    notebooks : mapping of str to NotebookAnswers
        By the notebook's name; a notebook that was not handed in is simply not there.
    backend_for : callable
        Makes the place in which a program runs.
    seed : int
        Inputs are drawn from it; the student's own draws start from a number that tells nothing
        of it.
    only : sequence of str, optional
        Ids of exercises.
    maxima : mapping of str to float, optional
        The points of each exercise, by default those of the notebooks. A notebook that is
        missing still is marked out of them.
    files : mapping of str to bytes, optional
        What was handed in beside the notebooks, by path.
    retrain_in : callable, optional
        Makes the place in which a file is made anew with the student's functions; by default
        none is.
    known : mapping of str to ExerciseVerdict, optional
        Verdicts that stand already, of exercises that are not to be judged again.
    within : bool
        Whether the reference stands in for wrong functions within an exercise, too, where later
        ones are judged.

    Returns
    -------
    tuple of ExerciseVerdict
        One an exercise, in the order of the course.
    """
    use_course(course)
    libraries.use(library.module for library in course.libraries.values())
    wanted = {course.find(exercise_id).id for exercise_id in only or ()}
    case = _Case(course, notebooks, backend_for, seed, maxima or machine_points(course),
                 files or {}, retrain_in, within)  # fmt: skip
    for exercise in course.graded:
        if known and exercise.id in known and exercise.id not in wanted:
            case.verdicts[exercise.id] = known[exercise.id]
        elif not wanted or exercise.id in wanted or exercise in _needed(course, wanted):
            case.verdicts[exercise.id] = case.judge(exercise)
    return tuple(v for v in case.verdicts.values() if not wanted or v.exercise in wanted)


def _needed(course: Course, wanted: set[str]) -> tuple[Exercise, ...]:
    return course.built_on([course.find(exercise_id) for exercise_id in wanted])


@dataclass(frozen=True)
class InTheBox:
    """Makes the places in which programs run in a sandbox, within the time of one submission."""

    sandbox: Sandbox
    budget: TimeBudget

    def __call__(self, program: Program) -> RemoteBackend:
        """A place for one program."""
        return RemoteBackend(self.sandbox, program, self.budget)

    def over(self) -> str:
        """Why no exercise can be judged any more, or an empty text."""
        return self.budget.over()


def sandboxed(sandbox: Sandbox, limits: TimeLimits | TimeBudget | None = None) -> InTheBox:
    """Programs that run in a sandbox and share the time of one submission."""
    return InTheBox(sandbox, limits if isinstance(limits, TimeBudget) else TimeBudget(limits))


@dataclass
class _Case:
    """One student's answers before the judge; ``verdicts`` holds those reached so far, by id."""

    course: Course
    notebooks: Mapping[str, NotebookAnswers]
    backend_for: BackendFor
    seed: int
    maxima: Mapping[str, float]
    files: Mapping[str, bytes]
    retrain_in: BackendFor | None
    within: bool
    verdicts: dict[str, ExerciseVerdict] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)  # of what is watched, by the exercise at hand

    def judge(self, exercise: Exercise) -> ExerciseVerdict:
        if exercise.file:
            return self._judge_file(exercise)
        self.used.clear()
        notebook = self.notebooks.get(exercise.notebook, NotebookAnswers())
        verdict = reconsidered(self._judge_functions(exercise), exercise, notebook)
        first = not any(v.notebook == exercise.notebook for v in self.verdicts.values())
        noted = concerns_about(self.course, exercise, notebook, first)
        seen = tuple(f"{name} was used while the answer ran" for name in sorted(self.used))
        return replace(verdict, concerns=(*verdict.concerns, *seen, *noted))

    def _without_checks(self, exercise: Exercise, status: str, message: str) -> ExerciseVerdict:
        return ExerciseVerdict(
            exercise.id, exercise.title, exercise.notebook, 0.0, self.maxima[exercise.id],
            status, message,
        )  # fmt: skip

    def _judge_functions(self, exercise: Exercise) -> ExerciseVerdict:
        notebook = self.notebooks.get(exercise.notebook)
        if notebook is None:
            message = f"no notebook {exercise.notebook} was handed in"
            return self._without_checks(exercise, "missing", message)
        if notebook.unreadable:
            return self._without_checks(exercise, "error", notebook.unreadable)
        answer = notebook.answers.get(exercise.grade_id, "")
        if left_out := why_left_out(answer):
            return self._without_checks(exercise, "fail", left_out)
        absent = missing(exercise.packages)
        if absent and is_stub(answer):
            return self._without_checks(exercise, "missing", "nothing is written yet")
        if absent:
            message = NOT_JUDGED.format(", ".join(absent))
            return replace(self._without_checks(exercise, "error", message), answer=answer)
        over = self.backend_for.over() if isinstance(self.backend_for, InTheBox) else ""
        if over and is_written(answer, exercise.functions):  # the checks would all say the same
            return replace(
                self._without_checks(exercise, "fail", f"not called: {over}"), answer=answer
            )
        if over:
            return self._without_checks(exercise, "missing", "nothing is written yet")
        program = self._program(exercise)
        results = self._results(exercise, program)
        # Models of a library cannot be handed over; where nothing is written nothing can pass.
        # Nor can it where no time is left.
        over = any(NO_TIME in result.problem for result in results)
        if self.within and not (exercise.packages or over or self._is_unwritten(exercise)):
            results = follow_through(
                exercise.functions, results, partial(self._results_with, exercise, program)
            )
        maximum = self.maxima[exercise.id]
        return verdict_of(self.course, exercise, results, maximum, answer, program.replaced)

    def _results(self, exercise: Exercise, program: Program) -> list[CheckResult]:
        with self._student(program, self.backend_for) as student:
            files = self.course.check_files(exercise)
            return run_checks(files, lambda _: student, seed=self.seed)

    def _results_with(
        self, exercise: Exercise, program: Program, stood_in: tuple[str, ...]
    ) -> list[CheckResult]:
        """The results with the reference for some functions of the exercise itself."""
        faulty = [self.course.owner_of(name) for name in program.replaced]
        cells = stand_ins(self.course, [*faulty, exercise])
        replaced = (*program.replaced, *stood_in)
        return self._results(exercise, replace(program, stand_ins=cells, replaced=replaced))

    def _judge_file(self, exercise: Exercise) -> ExerciseVerdict:
        named = {
            path: data for path, data in self.files.items() if graded_file(path, [exercise.file])
        }
        notebook = self.notebooks.get(exercise.notebook)
        if not named and notebook and notebook.unreadable:  # it may have been in there as well
            return self._without_checks(exercise, "error", notebook.unreadable)
        judge_file = load(self.course, self.course.file_judges[exercise.id])
        again = self.retrain_in and (lambda: self._makers_of(exercise))
        maximum = self.maxima[exercise.id]
        handed_in = HandedInFile(exercise, named, self.verdicts, self.seed, maximum, again)
        return judge_file(handed_in)

    def _makers_of(self, exercise: Exercise) -> Iterator[Student]:
        """The functions that made a file, as a context; see :class:`HandedInFile`."""
        program = self._program(self.course.find(exercise.needs[0]))
        return self._student(program, self.retrain_in)

    @contextmanager
    def _student(self, program: Program, backend_for: BackendFor) -> Iterator[Student]:
        backend = backend_for(program)
        try:
            yield Student(backend)
        finally:
            backend.close()
            self.used.update(getattr(backend, "used", ()))

    def _program(self, exercise: Exercise) -> Program:
        """What to run: the student's cells, and what stands in for earlier functions."""
        needed = (self.course.find(name) for name in exercise.needs if name in self.verdicts)
        faulty = tuple(e for e in needed if self.verdicts[e.id].status != "pass")
        if self._is_unwritten(exercise):
            faulty = ()  # nobody would call what stands in
        return Program(
            cells=self._cells_for(exercise),
            wanted=exercise.functions,
            stand_ins=stand_ins(self.course, faulty),
            replaced=tuple(name for other in faulty for name in other.functions),
            packages=exercise.packages,
            offers=self.course.box.offered(exercise.notebook),
            watched=self.course.by_hand.watched_in(exercise.notebook),
            chance=draws_from(self.seed, exercise.id),
            checked_at=self.course.checked_at(),
            exercise=exercise.id,
        )

    def _is_unwritten(self, exercise: Exercise) -> bool:
        notebook = self.notebooks.get(exercise.notebook, NotebookAnswers())
        return not any(is_written(cell.source, exercise.functions) for cell in notebook.cells)

    def _cells_for(self, exercise: Exercise) -> tuple[Cell, ...]:
        """The cells of the exercise's notebook, after those of earlier ones it builds on."""
        names = {self.course.find(i).notebook for i in exercise.needs} | {exercise.notebook}
        found = (self.notebooks.get(name) for name in self.course.notebooks if name in names)
        return tuple(cell for notebook in found if notebook for cell in notebook.cells)


def concerns_about(
    course: Course, exercise: Exercise, notebook: NotebookAnswers, first: bool
) -> tuple[str, ...]:
    """What looks odd in an answer and, with a notebook's first, in the student's own cells."""
    by_hand = course.by_hand if exercise.notebook in course.by_hand.notebooks else None
    answer = notebook.answers.get(exercise.grade_id, "")
    found = [f"the answer {said}" for said in suspicions(answer, by_hand)]
    for cell in notebook.cells if first else ():
        if cell.name not in notebook.answers:
            found += [f"the cell {cell.name} {said}" for said in suspicions(cell.source)]
    return tuple(said[:MAX_CONCERN] for said in found[:MAX_NOTED])


def draws_from(seed: int, exercise: str) -> int:
    """Where a student's own draws start: below 2**32, and telling nothing of the seed."""
    digest = hashlib.sha256(f"draws of {exercise} from {seed:x}".encode()).digest()
    return int.from_bytes(digest[:4], "big")


def verdict_of(
    course: Course,
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
        (misnamed or _message(results, status)) + _stood_in(course, replaced, status),
        tuple(results), answer, replaced,
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


def _stood_in(course: Course, replaced: Sequence[str], status: str) -> str:
    if not replaced or status == "missing":
        return ""
    names = ", ".join(f"`{name}`" for name in replaced)
    owners = dict.fromkeys(owner.id for name in replaced if (owner := course.owner_of(name)))
    why = f"{', '.join(owners)} {'do' if len(owners) > 1 else 'does'} not pass all checks"
    return f"; judged with the reference {names}, since {why}"


def _message(results: Sequence[CheckResult], status: str) -> str:
    if status == "pass":
        return f"all {len(results)} checks pass"
    if not results:
        return "no check was run; an instructor must look"
    first = first_to_mend(for_reading(results))
    failed = sum(result.status != "pass" for result in results)
    more = f" (and {failed - 1} more)" if failed > 1 and status != "missing" else ""
    return " ".join((first.problem + more).split())[:300]
