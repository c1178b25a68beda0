"""The class as a table in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from autograder.report import summary
from autograder.report.look import MARKS, mark_of, number
from autograder.report.pages import chapter_title
from autograder.report.text import cut, show_name
from autograder.results import ExerciseVerdict, SubmissionResult

NAME_WIDTH = 28


def class_table(results: Sequence[SubmissionResult]) -> Table:
    """One row per student: a mark per exercise, grouped by notebook, and the points.

    The number of an exercise stands above its mark, read downwards: 2.1.3 under "2 Network"
    is a 1 above a 3. Names are printed as text: no control character reaches the terminal.
    """
    columns = summary.columns(results)
    notebooks = list(dict.fromkeys(column.notebook for column in columns))
    shown = [f"{mark.symbol} {mark.words}" for mark in MARKS.values()]
    legend = "\n".join(["   ".join(shown[:3]), "   ".join(shown[3:])])
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="")
    table.caption, table.caption_justify = Text(f"\n{legend}"), "left"
    table.add_column("student", no_wrap=True, max_width=NAME_WIDTH, vertical="bottom")
    for notebook in notebooks:
        table.add_column(_header(notebook, columns), no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    for result in summary.by_name(results):
        verdicts = {verdict.exercise: verdict for verdict in result.verdicts}
        table.add_row(
            Text(cut(show_name(result.student), NAME_WIDTH)),
            *(_marks(notebook, columns, verdicts) for notebook in notebooks),
            Text(f"{number(result.points)} / {number(result.max_points)}"),
        )
    return table


def _of(notebook: str, columns: Sequence[ExerciseVerdict]) -> list[str]:
    return [column.exercise for column in columns if column.notebook == notebook]


def _header(notebook: str, columns: Sequence[ExerciseVerdict]) -> Text:
    """The notebook's title, and below it the exercises' numbers, read downwards."""
    depth = max(len(_tail(column.exercise)) for column in columns)
    lines = [
        " ".join(
            "".join(tail[level : level + 1]).ljust(_width(tail))
            for tail in map(_tail, _of(notebook, columns))
        )
        for level in range(depth)
    ]
    return Text("\n".join([chapter_title(notebook), *lines]))


def _tail(exercise: str) -> list[str]:
    """The parts of a number that follow the notebook's: 2.1.3 is 1 and 3."""
    return exercise.split(".")[1:] or [exercise]


def _width(tail: Sequence[str]) -> int:
    return max(map(len, tail))


def _marks(
    notebook: str, columns: Sequence[ExerciseVerdict], verdicts: dict[str, ExerciseVerdict]
) -> Text:
    line = Text()
    for exercise in _of(notebook, columns):
        verdict = verdicts.get(exercise)
        mark = mark_of(verdict.status) if verdict else None
        symbol = mark.symbol if mark else " "
        line.append(symbol.ljust(_width(_tail(exercise)) + 1), style=mark.colour if mark else "")
    return line
