"""What students are told who make mistakes for which no check was made.

``python -m benchmarks.mistakes [NOTEBOOK]`` judges the mistakes in ``benchmarks/kept_aside``. One
is *named* where the sentence that a student is told first says what it is, *located* where another
hint stands below the right check, *explained wrongly* where it is called another mistake, and
*uncaught* where nothing fails; *late* are those that hidden checks alone notice.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from autograder.course.course import find_course
from autograder.judging.chaffs import Chaff, prefix_of
from autograder.judging.guards import judge_chaff, said_first, seed_of
from helpers.checking.display import first_to_mend

OUTCOMES = ("named", "located", "explained wrongly", "uncaught")


def mistakes_of(notebook: str) -> Iterator[Chaff]:
    """The mistakes kept aside for a notebook."""
    if not (Path(__file__).with_name("kept_aside") / f"{notebook}.py").is_file():
        return
    module = importlib.import_module(f"benchmarks.kept_aside.{notebook}")
    for exercise, mistakes in module.MISTAKES.items():
        for mistake in mistakes:
            yield replace(mistake, name=prefix_of(exercise) + mistake.name,
                          fails=frozenset({f"{exercise}/?"}))  # fmt: skip


def told(mistake: Chaff) -> tuple[str, str, bool]:
    """The outcome, the sentence, and whether hidden checks alone notice the mistake."""
    verdicts = judge_chaff(mistake, seed_of(mistake.name))
    (verdict,) = [v for v in verdicts if v.exercise == mistake.exercise]
    wrong = [check for check in verdict.checks if check.status not in ("pass", "waits")]
    if not wrong:
        return "uncaught", "", False
    sentence = said_first(verdicts, mistake.exercise)
    late = not any(check.public for check in wrong)
    first = first_to_mend(verdict.checks)
    relation = first.problem.partition("; ")[2]
    if re.search(mistake.says, f"{relation}\n{sentence}", re.IGNORECASE):
        return "named", sentence, late
    named_otherwise = first.diagnosis
    return ("explained wrongly" if named_otherwise else "located"), sentence, late


def main(*notebooks: str) -> int:
    """Print a row a notebook, and above it what is not named."""
    console = Console(highlight=False, soft_wrap=True)
    table = Table("notebook", "mistakes", *OUTCOMES, "late")
    for notebook in notebooks or find_course().notebooks:
        count: Counter[str] = Counter()
        for mistake in mistakes_of(notebook):
            outcome, sentence, late = told(mistake)
            count[outcome] += 1
            count["late"] += late
            if outcome != "named":
                console.print(f"{mistake.name}: {outcome}: {sentence}\n    {mistake.mistake}",
                              markup=False)  # fmt: skip
        total = sum(count[outcome] for outcome in OUTCOMES)
        if total:
            table.add_row(notebook, *map(str, [total, *(count[o] for o in (*OUTCOMES, "late"))]))
    console.print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
