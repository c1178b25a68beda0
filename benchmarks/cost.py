"""What grading one submission costs: processor seconds of everything that it starts."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from autograder.classroom import Settings, find_submissions, grade_class
from autograder.sample_class import SAMPLE_CLASS, write_class

REPEATS = 3


def main() -> None:
    """Grade the sample class a few times and print the cost of each kind of submission."""
    costs: dict[str, list[float]] = {}
    walls: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        write_class(Path(folder) / "class")
        submissions = find_submissions(Path(folder) / "class")
        for _ in range(REPEATS):
            for result in grade_class(submissions, Settings(Path(folder) / "out", workers=1)):
                costs.setdefault(result.student, []).append(result.cpu_seconds)
                walls.setdefault(result.student, []).append(result.wall_seconds)
    table = Table("submission", "kind", "CPU (s)", "wall (s)")
    for student, (_, make) in SAMPLE_CLASS.items():
        table.add_row(
            student,
            getattr(make, "__qualname__", "").split(".")[0],
            f"{statistics.median(costs[student]):.2f}",
            f"{statistics.median(walls[student]):.2f}",
        )
    Console().print(table)
    print(f"complete submission (ada): {statistics.median(costs['ada']):.2f} s of processor time")


if __name__ == "__main__":
    main()
