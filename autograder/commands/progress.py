"""Grading a class as a person watches it: a progress bar, the class table, the paths."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from autograder.grading.class_run import Settings, grade_class
from autograder.intake.roster import Person
from autograder.intake.submissions import Submission
from autograder.judging.verdicts import SubmissionResult
from autograder.marks.late import Extensions
from autograder.report import Pages, class_table
from autograder.report.summary import is_to_look_at
from autograder.report.text import show_name

WRITTEN = {
    "grades": "grades.csv",
    "totals": "totals.csv",
    "report": "report.html",
    "feedback": "feedback",
    "results": "students",
}
MAX_NAMED = 20
COLUMNS = (
    TextColumn("{task.description}", markup=False),  # a name may hold brackets
    BarColumn(),
    MofNCompleteColumn(),
    TimeElapsedColumn(),
)


def say_who_is_to_look_at(results: Sequence[SubmissionResult], console: Console) -> None:
    """Name those at whom a person should look; the report says why."""
    names = [show_name(result.student) for result in results if is_to_look_at(result)]
    if names:
        more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
        console.print(f"For you to look at, see report.html: {', '.join(names[:MAX_NAMED])}{more}",
                      markup=False, highlight=False, soft_wrap=True)  # fmt: skip


def grade_and_show(
    submissions: Sequence[Submission],
    settings: Settings,
    people: Sequence[Person] = (),
    extensions: Extensions | None = None,
    console: Console | None = None,
) -> list[SubmissionResult]:
    """Grade a class, show how it goes, and say where everything was written.

    Raises
    ------
    CourseError
        Grading itself cannot be done; see :func:`autograder.grading.class_run.grade_class`.
    """
    console = console or Console()
    settings = replace(settings, publisher=Pages(settings.course, tuple(people), extensions))
    # The bar is drawn when a result comes, not by a thread of its own: workers are forked.
    progress = Progress(*COLUMNS, console=console, auto_refresh=False)
    task = progress.add_task("Grading", total=len(submissions))

    def advance(result: SubmissionResult) -> None:
        name = f"Graded {result.student[:24]:24}"
        progress.update(task, advance=1, description=name, refresh=True)

    with ExitStack() as shown:
        results = grade_class(submissions, settings, advance, lambda: shown.enter_context(progress))
    console.print(class_table(results, console.width))
    say_who_is_to_look_at(results, console)
    for what, path in WRITTEN.items():
        console.print(f"{what:>9}  {settings.out / path}", markup=False, highlight=False,
                      soft_wrap=True)  # fmt: skip
    return results
