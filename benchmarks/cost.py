"""What grading one submission costs: processor seconds of everything that it starts."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from autograder.course.course import find_course
from autograder.grading.class_run import Settings, grade_class
from autograder.grading.store import REPLACE
from autograder.intake.submissions import find_submissions
from autograder.report import Pages
from exercises.sample_class.submissions import SAMPLE_CLASS, Files, complete, write_submission

REPEATS = 3
KINDS = {"half done": "ben", "with mistakes": "chloe", "in a mess": "kofi", "hostile": "mallory"}


def submissions() -> dict[str, Files]:
    """Right answers to the first two notebooks, to each of the others, and some of the class."""
    names = find_course().notebooks
    made = {"right, notebooks 1 and 2": complete(names[:2])}
    made |= {f"right, {name}": complete((name,)) for name in names[2:]}
    return made | {kind: SAMPLE_CLASS[student][1]() for kind, student in KINDS.items()}


def main() -> None:
    """Grade each a few times and print the medians."""
    costs: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for student, files in submissions().items():
            write_submission(Path(folder) / "class", student, files)
        found = find_submissions(Path(folder) / "class")
        pages = Pages(find_course())
        settings = Settings(Path(folder) / "out", workers=1, again=REPLACE, publisher=pages)
        for _ in range(REPEATS):
            for result in grade_class(found, settings):
                seconds = (result.cpu_seconds, result.wall_seconds)
                costs.setdefault(result.student, []).append(seconds)
    table = Table("submission", "CPU (s)", "wall (s)")
    for student, seconds in costs.items():
        medians = (statistics.median(column) for column in zip(*seconds, strict=True))
        table.add_row(student, *(f"{median:.2f}" for median in medians))
    Console().print(table)


if __name__ == "__main__":
    main()
