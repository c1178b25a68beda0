"""How long ``check("2.2.2")`` takes in a notebook: wall time, after the notebook's imports."""

from __future__ import annotations

import contextlib
import io
import statistics
import time

from rich.console import Console
from rich.table import Table

from autograder.course.reference import source_cells
from helpers.checking.answers import load_answers
from helpers.checking.catalogue import catalogue
from helpers.checking.notebook import check

REPEATS = 11


def main() -> None:
    """Print the median and the largest time of each exercise's check."""
    table = Table("exercise", "first (s)", "median (s)", "max (s)")
    for exercise in catalogue().checked:
        times = measure(exercise.id)
        table.add_row(
            f"{exercise.id} {exercise.title}",
            *(f"{value:.3f}" for value in (times[0], statistics.median(times[1:]), max(times[1:]))),
        )
    Console().print(table)


def measure(exercise_id: str) -> list[float]:
    """Seconds of each of several calls on the reference solutions."""
    exercise = next(e for e in catalogue().checked if e.id == exercise_id)
    needed = [e for e in catalogue().checked if e.id in (*exercise.needs, exercise_id)]
    wanted = [name for e in needed for name in e.functions]
    cells = [cell for name in {e.notebook for e in needed} for cell in source_cells(name)]
    namespace = load_answers(cells, wanted).namespace
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            check(exercise_id, namespace)
        times.append(time.perf_counter() - started)
    return times


if __name__ == "__main__":
    main()
