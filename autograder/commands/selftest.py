"""``course selftest``: right answers pass and known mistakes fail, as they are judged here."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from autograder.course.course import Course
from autograder.course.doctor import refuse_broken
from autograder.course.reference import wheats
from autograder.course.times import FILE, Need, Times, write_times
from autograder.judging.chaffs import Chaff, all_chaffs
from autograder.judging.guards import (
    failed_checks,
    judge_chaff,
    judge_reference,
    judge_wheat,
    seed_of,
)
from autograder.judging.judge import sandboxed
from autograder.sandbox.box import Sandbox
from autograder.sandbox.speed import calibrate
from autograder.sandbox.time_limits import TimeBudget, TimeLimits
from helpers.checking.packages import missing

UNHURRIED = TimeLimits(exercise=600, submission=1200, in_vain=1200)
"""For answers of which it is to be seen what they are worth, and how long they take."""
A_FEW = 2
"""Mistakes of each exercise, where no exercise is named."""


@dataclass(frozen=True)
class Trial:
    """One answer to judge: its name, and how its verdict may differ from what it should be.

    Of a right one also the seconds that all of it took, and those of each exercise in the box.
    """

    name: str
    wrong: str = ""
    seconds: float = 0.0
    spent: Mapping[str, float] = field(default_factory=dict)


def run_selftest(
    course: Course,
    only: Sequence[str] = (),
    console: Console | None = None,
    *,
    keep_times: bool = False,
) -> bool:
    """Judge right answers and known mistakes, with a progress bar; say if all is as it should be.

    Parameters
    ----------
    course : Course
    only : sequence of str
        Exercises of which all mistakes are tried; without any, a few of every exercise.
    console : Console, optional
        Where it is shown.
    keep_times : bool
        Whether to write down what right answers take: grading bounds a submission's time by it.

    Raises
    ------
    CourseError
        The course does not fit together, or the sandbox does not start.
    """
    refuse_broken(course)
    console = console or Console()
    exercises = [course.find(name) for name in only] or list(course.checked)
    left_out = sorted({e.notebook for e in exercises if missing(e.packages)})
    notebooks = [n for n in course.notebooks if any(e.notebook == n for e in exercises)]
    notebooks = [name for name in notebooks if name not in left_out]
    chaffs = _chosen(course, {e.id for e in exercises}, notebooks, None if only else A_FEW)
    right = [(name, path) for name in notebooks for path in (None, *wheats(course, name))]
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())  # fmt: skip
    trials: list[Trial] = []
    speeds: list[float] = []
    with Progress(*columns, console=console) as progress, Sandbox(course) as sandbox:
        task = progress.add_task("Judging", total=len(right) + len(chaffs))
        for trial in _trials(course, sandbox, right, chaffs):
            trials.append(trial)
            speeds += [calibrate()] * (keep_times and bool(trial.spent))
            progress.update(task, advance=1, description=f"{trial.name[:32]:32}")
    _summarise(console, trials, len(right), left_out)
    well = not any(trial.wrong for trial in trials)
    if keep_times and well:
        write_times(Times(statistics.median(speeds), _needs(course, trials)), course.root)
        console.print(f"What right answers take is in {course.root / FILE}.", soft_wrap=True)
    return well


def _needs(course: Course, trials: Sequence[Trial]) -> dict[str, Need]:
    """What right answers to each exercise took, in the order of the course."""
    taken: dict[str, list[float]] = {}
    for trial in trials:
        for exercise, seconds in trial.spent.items():
            taken.setdefault(exercise, []).append(seconds)
    return {
        exercise.id: Need(statistics.median(taken[exercise.id]), max(taken[exercise.id]))
        for exercise in course.checked
        if exercise.id in taken
    }


def _chosen(
    course: Course, ids: set[str], notebooks: Sequence[str], most: int | None
) -> list[Chaff]:
    chosen: dict[str, list[Chaff]] = {}
    for chaff in all_chaffs(course):
        exercise = chaff.exercise
        if exercise in ids and course.find(exercise).notebook in notebooks:
            chosen.setdefault(exercise, []).append(chaff)
    return [chaff for found in chosen.values() for chaff in found[:most]]


def _trials(
    course: Course,
    sandbox: Sandbox,
    right: Sequence[tuple[str, Path | None]],
    chaffs: Sequence[Chaff],
) -> Iterator[Trial]:
    for notebook, path in right:
        name = f"{path.parent.name}/{notebook}" if path else notebook
        started = time.monotonic()
        budget = TimeBudget(UNHURRIED)
        if path:
            judged = judge_wheat(path, seed_of(name), sandboxed(sandbox, budget), course)
        else:
            judged = judge_reference(notebook, seed_of(name), sandboxed(sandbox, budget), course)
        failed = ", ".join(sorted(failed_checks(judged)))
        wrong = f"a right answer fails {failed}" if failed else ""
        yield Trial(name, wrong, time.monotonic() - started, budget.spent)
    for chaff in chaffs:
        unhurried = sandboxed(sandbox, UNHURRIED)
        found = failed_checks(judge_chaff(chaff, seed_of(chaff.name), unhurried, course))
        missed, more = sorted(chaff.fails - found), sorted(found - chaff.fails)
        wrong = "; ".join(
            [f"passes {', '.join(missed)}"] * bool(missed)
            + [f"fails {', '.join(more)} as well"] * bool(more)
        )
        yield Trial(chaff.name, wrong)


def _summarise(
    console: Console, trials: Sequence[Trial], right: int, left_out: Sequence[str]
) -> None:
    for trial in trials:
        if trial.wrong:
            console.print(f"✗ {trial.name}: {trial.wrong}", markup=False, style="red")
    console.print(
        f"{right} right answers and {len(trials) - right} known mistakes were judged; "
        f"{sum(not trial.wrong for trial in trials)} verdicts are as they should be."
    )
    seconds = [trial.seconds for trial in trials[:right]]
    if seconds:
        console.print(
            f"A right answer to a whole notebook takes {statistics.median(seconds):.1f} s in the "
            f"median, {max(seconds):.1f} s at most."
        )
    if left_out:
        console.print(
            f"Left out, as a package is missing: {', '.join(left_out)}; see course doctor."
        )
