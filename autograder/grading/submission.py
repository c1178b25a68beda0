"""Grading one submission: from a folder or an archive to one `SubmissionResult`.

It needs nothing but the course and a sandbox.
"""

from __future__ import annotations

import hashlib
import resource
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.course.course import Course, find_course
from autograder.course.points import cell_points, machine_points
from autograder.course.release import release_notebooks
from autograder.intake.answers import code_cells, take_apart
from autograder.intake.bounds import cut_text
from autograder.intake.files import SubmittedFiles, collect
from autograder.intake.joining import WRITTEN_STUB
from autograder.intake.notebooks import FoundNotebooks, sort_notebooks
from autograder.intake.parts import NotebookParts
from autograder.intake.unused import documents, functions_of, unused_code
from autograder.judging.judge import NotebookAnswers, judge, sandboxed
from autograder.judging.verdicts import ExerciseVerdict, SubmissionResult, WrittenAnswer
from autograder.sandbox.box import Sandbox
from autograder.sandbox.speed import limits_here
from autograder.sandbox.time_limits import TimeBudget, TimeLimits
from helpers.checking.cells import grade_id_of, text_of
from helpers.checking.statements import written_names
from helpers.errors import SubmissionError

SEED_BITS = 128
MAX_PICTURES = 12
MAX_PICTURED = 8 * 2**20  # characters of all of them together, and of all that is attached
MAX_ANSWER = 100_000  # characters of code that are kept with a verdict
RETRAINING = TimeLimits(exercise=1800.0, submission=1100.0, in_vain=900.0)  # one call: 900


def new_seed() -> int:
    """A seed that nobody can guess."""
    return secrets.randbits(SEED_BITS) | 1 << (SEED_BITS - 1)


def working_seed(seed: int, handed: SubmittedFiles) -> int:
    """The seed from which a submission's inputs are drawn: no other submission has the same.

    Who learns the inputs of one run, and hands in something made for them, gets others,
    even where the instructor says the same seed again.

    Examples
    --------
    >>> one, moved = SubmittedFiles({"a": b"1"}), SubmittedFiles({"b": b"1"})
    >>> other = SubmittedFiles({"a": b"2"})
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
    course: Course | None = None,
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
    course : Course, optional
        By default that of :func:`autograder.course.course.find_course`.
    seed : int, optional
        Inputs are drawn from it and from what was handed in; a new one by default. It is kept
        in the result, for the instructor alone.
    sandbox : bool
        Whether the student's code runs in the sandbox.
    only : sequence of str, optional
        Ids of the exercises to grade; all by default.
    limits : TimeLimits, optional
        How long the student's code may take, by default what the course says of this machine.
    retrain : bool
        Whether a file that was handed in is made anew with the student's functions.

    Raises
    ------
    SandboxError
        The sandbox cannot be started on this machine.
    """
    course = course or find_course()
    seed = new_seed() if seed is None else seed
    sources = release_notebooks(course)
    limits = limits or limits_here(course)
    started = time.monotonic()
    budget = TimeBudget(limits)
    try:
        handed = collect(path, [exercise.file for exercise in course.graded if exercise.file])
        found = sort_notebooks(handed, sources)
    except SubmissionError as error:
        return unreadable(student, str(error), course, seed=seed, sandbox=sandbox, only=only)
    parts = {name: take_apart(found.notebooks[name], sources[name]) for name in found.notebooks}
    ready = for_the_judge(handed, found, parts, sources)
    with Sandbox(course, confined=sandbox) as box:
        verdicts = judge(
            course, ready, sandboxed(box, budget),
            seed=working_seed(seed, handed), only=only, files=handed.files,
            retrain_in=sandboxed(box, RETRAINING) if retrain else None,
        )  # fmt: skip
    written, left_out = _with_room(written_answers(course, parts, sources, only, found))
    doubt_prose(found, handed, parts, written)
    return SubmissionResult(
        student=student,
        verdicts=tuple(replace(v, answer=v.answer[:MAX_ANSWER]) for v in flagged(verdicts, found)),
        written=written,
        remarks=_remarks(found, parts, budget.remark(), left_out),
        pictures=_pictures(found),
        seed=f"{seed:x}",
        sandboxed=sandbox,
        cpu_seconds=_cpu_seconds(),
        wall_seconds=time.monotonic() - started,
        instead=_instead(course, handed, found, only),
    )


def _instead(
    course: Course, handed: SubmittedFiles, found: FoundNotebooks, only: Sequence[str] | None
) -> str:
    """What was handed in where none of the notebooks that are graded was; else nothing."""
    there = {*found.notebooks, *found.unreadable}
    if not there:
        return handed.instead
    wanted = {course.find(i).notebook for i in only or ()}
    if not only or there & wanted:
        return ""
    return f"there is no {' or '.join(sorted(wanted))} in it, but {', '.join(sorted(there))}"


def unreadable(
    student: str,
    reason: str,
    course: Course,
    *,
    seed: int = 0,
    sandbox: bool = True,
    only: Sequence[str] | None = None,
) -> SubmissionResult:
    """The result of a submission that could not be taken apart: one row, status ``error``."""
    wanted = {course.find(i).id for i in only} if only else None
    points = machine_points(course)
    verdicts = tuple(
        ExerciseVerdict(e.id, e.title, e.notebook, 0.0, points[e.id], "error", reason)
        for e in course.graded
        if wanted is None or e.id in wanted
    )
    return SubmissionResult(
        student, verdicts, remarks=(reason,), seed=f"{seed:x}", sandboxed=sandbox
    )


def written_answers(
    course: Course,
    parts: Mapping[str, NotebookParts],
    sources: Mapping[str, Mapping[str, Any]],
    only: Sequence[str] | None = None,
    found: FoundNotebooks | None = None,
) -> tuple[WrittenAnswer, ...]:
    """The answers that a person grades, those that are missing or cannot be read included."""
    points = cell_points(course)
    stubs = {grade_id_of(c): text_of(c) for s in sources.values() for c in s["cells"]}
    wanted = {course.find(i).id for i in only} if only else None
    broken = {*found.unreadable, *found.lost} if found else set()
    answers = []
    for exercise in course.exercises:
        if wanted is not None and exercise.id not in wanted:
            continue
        here = parts.get(exercise.notebook, NotebookParts())
        for grade_id in exercise.written:
            source = here.answers.get(grade_id, "")
            blank = source.strip() in ("", WRITTEN_STUB, stubs.get(grade_id, "").strip())
            lost = "unreadable" if exercise.notebook in broken else "missing"
            answers.append(WrittenAnswer(
                grade_id, exercise.id, exercise.title, exercise.notebook,
                points[grade_id], lost if blank else "answered",
                "" if blank else cut_text(source), here.attachments.get(grade_id, {}),
            ))  # fmt: skip
    return tuple(answers)


def for_the_judge(
    handed: SubmittedFiles,
    found: FoundNotebooks,
    parts: Mapping[str, NotebookParts],
    sources: Mapping[str, Mapping[str, Any]],
) -> dict[str, NotebookAnswers]:
    """What the judge gets of what was found."""
    ready = {}
    beside = {PurePosixPath(p).stem: written_names(code) for p, code in handed.scripts.items()}
    for name, laid in parts.items():
        cells = code_cells(laid, sources[name])
        unused = unused_code(functions_of(sources[name]), cells, laid, handed.scripts)
        answers = {**laid.elsewhere, **laid.answers}
        lost, damaged = found.lost.get(name, ""), frozenset(laid.damaged)
        ready[name] = NotebookAnswers(
            cells, answers, "", laid.doubts, unused, lost, damaged, beside
        )
    broken = {name: NotebookAnswers(unreadable=why) for name, why in found.unreadable.items()}
    return {**broken, **ready}


def flagged(
    verdicts: Sequence[ExerciseVerdict], found: FoundNotebooks
) -> Iterator[ExerciseVerdict]:
    """The verdicts; the first of a notebook bears what is doubtful about the notebook."""
    doubts = dict(found.doubts)
    for verdict in verdicts:
        here = tuple(doubts.pop(verdict.notebook, ()))
        yield replace(verdict, concerns=(*here, *verdict.concerns)) if here else verdict


def doubt_prose(
    found: FoundNotebooks,
    handed: SubmittedFiles,
    parts: Mapping[str, NotebookParts],
    written: Sequence[WrittenAnswer],
) -> None:
    """Have a person look where prose is missing and something lies there that may hold it."""
    documents_there = documents(handed.others)
    for name, laid in parts.items():
        lacking = [a.grade_id for a in written if a.status == "missing" and a.notebook == name]
        where = [f"there is text after {place}" for place in laid.unplaced[:1]]
        where += [f"beside the notebooks lies {documents_there}"] * bool(documents_there)
        if lacking and where:
            said = f"no answer is in {lacking[0]}, but {' and '.join(where)}"
            found.remarks.append(said)
            found.doubt(name, said)


def _with_room(written: Sequence[WrittenAnswer]) -> tuple[tuple[WrittenAnswer, ...], str]:
    """The written answers with as many attached pictures as are kept, and what was left out."""
    left = MAX_PICTURED
    kept, lacking = [], []
    for answer in written:
        attached = {}
        for name, bundle in answer.attachments.items():
            size = sum(map(len, bundle.values()))
            if size <= left:
                attached[name] = bundle
                left -= size
        if len(attached) < len(answer.attachments):
            lacking.append(answer.grade_id)
        kept.append(replace(answer, attachments=attached))
    most = f"{MAX_PICTURED // 2**20} million characters"
    said = f"pictures in {', '.join(lacking)} were left out: all together, at most {most} are kept"
    return tuple(kept), said if lacking else ""


def _remarks(
    found: FoundNotebooks, parts: Mapping[str, NotebookParts], *first: str
) -> tuple[str, ...]:
    own = [f"{name}: {remark}" for name in parts for remark in parts[name].remarks]
    return (*filter(None, first), *found.remarks, *own)


def _pictures(found: FoundNotebooks) -> tuple[str, ...]:
    pictures = (
        picture
        for notebook in found.notebooks.values()
        for cell in notebook["cells"]
        for picture in cell["pictures"]
    )
    kept: list[str] = []
    for picture in islice(pictures, MAX_PICTURES):
        if sum(map(len, kept)) + len(picture) <= MAX_PICTURED:
            kept.append(picture)
    return tuple(kept)


def _cpu_seconds() -> float:
    """Processor time of this process and of all that it started and that has ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
