"""What chance does to verdicts: the same answers judged many times, with new inputs each time.

``python -m benchmarks.chance 02_network 200`` judges the reference solutions and every wheat of a
notebook: none may be refused.  ``python -m benchmarks.chance 02_network 20 wrong`` judges its
chaffs: which of them ever pass a check that they should fail, or fail another one?
"""

from __future__ import annotations

import secrets
import sys
import warnings
from collections import Counter

from rich.console import Console

from autograder.course.course import find_course
from autograder.course.reference import source_cells
from autograder.judging.guards import (
    all_chaffs,
    all_wheats,
    failed_checks,
    in_this_process,
    judge_chaff,
)
from autograder.sandbox.backend import Program
from helpers.checking import libraries
from helpers.checking.answers import Cell
from helpers.checking.catalogue import Exercise, catalogue
from helpers.checking.runner import run_checks
from helpers.checking.student import Backend, Student

PROGRESS = 20


def right_answers(notebook: str) -> dict[str, tuple[Cell, ...]]:
    """The reference solutions and the wheats of a notebook, by name.

    What they call of earlier notebooks comes with them.
    """
    names = list(find_course().notebook_paths())
    earlier = [c for name in names[: names.index(notebook)] for c in source_cells(name)]
    found = {"reference": (*earlier, *source_cells(notebook))}
    for path in all_wheats():
        if path.stem == notebook:
            style = path.parent.name
            found[style] = (*earlier, Cell(path.read_text(encoding="utf-8"), style))
    return found


def refusals(
    backends: dict[str, Backend], exercises: list[Exercise], seed: int
) -> tuple[int, list[tuple[str, str]]]:
    """How many checks were run once with a seed, and those that did not pass: check, problem."""
    files = [f for e in exercises for f in find_course().check_files(e)]
    results = run_checks(files, lambda exercise: Student(backends[exercise]), seed=seed)
    return len(results), [(r.check, r.problem) for r in results if r.status != "pass"]


def main(notebook: str = "02_network", runs: str | int = 5, answers: str = "right") -> int:
    """Measure right answers, or wrong ones."""
    kinds = {"right": right, "wrong": wrong}
    if answers not in kinds:
        Console().print(f"chance: no answers are called {answers!r}; there are right and wrong")
        return 2
    libraries.use(library.module for library in catalogue().libraries.values())
    return kinds[answers](notebook, int(runs), Console(highlight=False))


def right(notebook: str, runs: int, console: Console) -> int:
    """Print what was refused, and how many checks were run."""
    exercises = [e for e in catalogue().checked if e.notebook == notebook]
    answers = {
        name: {e.id: in_this_process(Program(cells, e.functions)) for e in exercises}
        for name, cells in right_answers(notebook).items()
    }
    done: Counter[str] = Counter()
    refused = 0
    for run in range(1, runs + 1):
        for name, backends in answers.items():
            seed = secrets.randbits(60)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                number, wrong = refusals(backends, exercises, seed)
            done[name] += number
            refused += len(wrong)
            for check, problem in wrong:
                console.print(f"{name}, seed {seed}: {check}: {problem}", markup=False)
        if run % PROGRESS == 0 or run == runs:
            console.print(f"{run} runs of {', '.join(done)}: {done.total()} checks, "
                          f"{refused} refusals")  # fmt: skip
    return 1 if refused else 0


def wrong(notebook: str, runs: int, console: Console) -> int:
    """Print the chaffs that strayed from what they name, and those that passed everything."""
    chaffs = [chaff for chaff in all_chaffs() if chaff.exercise.notebook == notebook]
    passed = 0
    for chaff in chaffs:
        strayed: Counter[str] = Counter()
        for _ in range(runs):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                failed = failed_checks(judge_chaff(chaff, secrets.randbits(60)))
            strayed.update(f"failed {check}" for check in failed - chaff.fails)
            strayed.update(f"passed {check}" for check in chaff.fails - failed)
            passed += not failed
        for what, times in strayed.items():
            console.print(f"{chaff.name}: {times} of {runs} times {what}", markup=False)
    console.print(f"{len(chaffs)} chaffs of {notebook}, {runs} runs each: "
                  f"{passed} times one passed everything")  # fmt: skip
    return 1 if passed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
