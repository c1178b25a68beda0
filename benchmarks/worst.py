"""What submissions cost that are made to cost much: seconds, and memory of the process that grades.

`ARGS="worst"` grades all of them, one at a time, beside an honest one; the environment variable
`WORST` names some. Peaks are those of the main process alone, of which there is one for a class.
The limits are those of the machine on which right answers were measured: on a slower one a
submission has more time, as right answers need it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from autograder.course.course import find_course
from exercises.sample_class.submissions import complete, write_submission
from tests.hostile import costly

GRADE = """
import re, sys, time
from dataclasses import replace
from pathlib import Path
from autograder.course.course import find_course
from autograder.grading.class_run import Settings, grade_class
from autograder.intake.submissions import find_submissions
from autograder.report import Pages
from autograder.sandbox.speed import limits_here
if __name__ == "__main__":
    folder = Path(sys.argv[1])
    limits = replace(limits_here(find_course()), slower=1.0)  # however busy this machine is
    settings = Settings(folder / "out", 2, limits=limits, publisher=Pages(find_course()))
    started = time.monotonic()
    results = grade_class(find_submissions(folder / "class"), settings)
    wall = time.monotonic() - started
    status = Path("/proc/self/status").read_text()
    peak = int(re.search("VmHWM:[^0-9]*([0-9]+)", status)[1]) / 1024
    slowest = max(result.wall_seconds for result in results)
    largest = max(path.stat().st_size for path in (folder / "out" / "students").iterdir())
    honest = {r.student: r.points for r in results}.get("honest", 0)
    stopped = sum("stopped" in v.message for r in results for v in r.verdicts)
    print(wall, slowest, peak, largest / 2**20, honest, stopped)
"""


def attacks() -> dict[str, Callable[[], dict[str, bytes]]]:
    """Submissions by what they do."""
    return {
        "honest, all notebooks": complete,
        "format 3, calls of 9.5 s": lambda: costly.just_in_time(9.5, old=True),
        "format 3, calls of 2.4 s": lambda: costly.just_in_time(2.4, old=True),
        "all notebooks, calls of 9.5 s": lambda: costly.just_in_time(9.5),
        "all notebooks, calls of 1.2 s": lambda: costly.just_in_time(1.2),
        "sleeping 9.5 s when loaded": lambda: costly.sleeping(9.5),
        "sleeping 2.4 s when loaded": lambda: costly.sleeping(2.4),
        "never coming back": lambda: costly.just_in_time(10**6),
        "cells of 500,000 letters": costly.letters,
        "magics in a broken cell": costly.magics,
        "notebooks of format 3, large": costly.old_and_large,
        "80 MB of prose, two students": costly.prose,
    }


def main() -> None:
    """Grade each and print what it cost."""
    wanted = os.environ.get("WORST", "")
    table = Table("submission", "whole run (s)", "slowest (s)", "peak of main (MB)",
                  "largest result (MB)", "honest one's points")  # fmt: skip
    for name, make in attacks().items():
        if wanted in name:
            table.add_row(name, *_graded(make(), 2 if "two students" in name else 1))
    Console().print(table)


def _graded(files: dict[str, bytes], copies: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        write_submission(Path(folder) / "class", "honest", complete(("01_theory",)))
        for number in range(copies):
            write_submission(Path(folder) / "class", f"mallory {number}", files)
        script = Path(folder) / "grade.py"
        script.write_text(GRADE, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(script), folder],
            cwd=find_course().root,
            env={**os.environ, "PYTHONPATH": str(find_course().root)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        wall, slowest, peak, largest, honest, stopped = map(float, done.stdout.split())
    more = " (stopped)" if stopped else ""
    return [f"{wall:.1f}{more}", f"{slowest:.1f}", f"{peak:.0f}", f"{largest:.1f}", f"{honest:g}"]


if __name__ == "__main__":
    main()
