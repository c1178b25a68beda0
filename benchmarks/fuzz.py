"""How many inputs made up by a fuzzer the wire and the intake stand, and what they do not.

``python -m benchmarks.fuzz [SECONDS] [TARGET ...]`` runs every target of
:mod:`benchmarks.fuzzing.targets` for so many seconds of its own. The fuzzer is atheris: it keeps
inputs that reach new lines and goes on from them. An input that raises what it must not, takes
more than ten seconds or more than 2 GB is written to a file; its bytes belong into a test.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

NAMES = (
    "frames", "answers", "messages", "archives", "bytes_of_notebooks", "notebooks", "lists",
)  # fmt: skip
MOST_MEGABYTES = 2048
MOST_SECONDS = 10


def main(seconds: str = "60", *names: str) -> int:
    """Print a row for each target; exit status 1 where something was found."""
    if importlib.util.find_spec("atheris") is None:
        print("fuzz: atheris is not installed: python -m pip install -e '.[fuzz]'")
        return 2
    console = Console(highlight=False, soft_wrap=True)
    table = Table("target", "inputs", "lines reached", "found")
    found = 0
    for name in names or NAMES:
        with tempfile.TemporaryDirectory() as folder:
            tried, reached, finding = _fuzz(name, int(seconds), Path(folder))
        table.add_row(name, f"{tried:,}", str(reached), "nothing" if not finding else "a fault")
        if finding:
            found += 1
            console.print(f"{name}: {finding}", markup=False)
    console.print(table)
    return 1 if found else 0


def _fuzz(name: str, seconds: int, folder: Path) -> tuple[int, int, str]:
    """How many inputs were tried, how much code they reached, and what was found."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.fuzzing", name, str(folder),
         f"-max_total_time={seconds}", f"-rss_limit_mb={MOST_MEGABYTES}",
         f"-timeout={MOST_SECONDS}", "-print_final_stats=1", "-max_len=20000",
         f"-artifact_prefix={name}-"],
        capture_output=True, text=True, errors="replace", check=False,
    )  # fmt: skip
    said = run.stderr + run.stdout
    tried = [int(n) for n in re.findall(r"number_of_executed_units: (\d+)", said)]
    steps = [int(n) for n in re.findall(r"^#(\d+)\s", said, re.MULTILINE)]
    reached = [int(n) for n in re.findall(r"\bft: (\d+)", said)]
    finding = "" if run.returncode == 0 else said[-3000:]
    return max(tried or steps or [0]), max(reached or [0]), finding


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
