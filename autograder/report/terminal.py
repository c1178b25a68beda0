"""The class as a table in the terminal."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from autograder.judging.verdicts import ExerciseVerdict, SubmissionResult
from autograder.report import summary
from autograder.report.rendering import MARKS, mark_of, number
from autograder.report.text import cut, one_line, show_name

NAME_WIDTH = 28
NAME_LEAST = 8
WIDE = Console(width=1000, file=io.StringIO())  # to measure with


def class_table(results: Sequence[SubmissionResult], width: int | None = None) -> Table:
    """One row per student: a mark per exercise, grouped by notebook, and the points.

    The number of an exercise stands above its mark, read downwards: 2.1.3 under "02_network"
    is a 1 above a 3. Names are printed as text: no control character reaches the terminal.

    Parameters
    ----------
    results : sequence of SubmissionResult
        One a student.
    width : int, optional
        The columns of the terminal. Where the marks need more, the points of each notebook
        stand in their place; names are cut before numbers are.
    """
    columns = summary.columns(results)
    notebooks = list(dict.fromkeys(column.notebook for column in columns))
    totals = {r.student: f"{number(r.points)} / {number(r.max_points)}" for r in results}
    table = _with_marks(results, columns, notebooks, totals)
    if width is None or Measurement.get(WIDE, WIDE.options, table).maximum <= width:
        return table
    return _with_points(results, notebooks, totals, width)


def _with_marks(
    results: Sequence[SubmissionResult],
    columns: Sequence[ExerciseVerdict],
    notebooks: Sequence[str],
    totals: Mapping[str, str],
) -> Table:
    shown = [f"{mark.symbol} {mark.words}" for mark in MARKS.values()]
    legend = "\n".join(["   ".join(shown[:3]), "   ".join(shown[3:])])
    table = _table(legend, NAME_WIDTH)
    for notebook in notebooks:
        table.add_column(_header(notebook, columns), no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    for result in summary.by_name(results):
        verdicts = {verdict.exercise: verdict for verdict in result.verdicts}
        table.add_row(
            Text(cut(show_name(result.student), NAME_WIDTH)),
            *(_marks(notebook, columns, verdicts) for notebook in notebooks),
            Text(totals[result.student]),
        )
    return table


def _with_points(
    results: Sequence[SubmissionResult],
    notebooks: Sequence[str],
    totals: Mapping[str, str],
    width: int,
) -> Table:
    rows = {r.student: [_points_in(r, notebook) for notebook in notebooks] for r in results}
    heads = [notebook.partition("_")[0].lstrip("0") for notebook in notebooks]
    widths = [max(map(len, column)) for column in zip(heads, *rows.values(), strict=True)]
    taken = sum(widths) + 2 * len(widths) + max(map(len, ["points", *totals.values()])) + 2
    if taken + NAME_LEAST > width:  # then the totals alone
        heads, widths, rows = [], [], dict.fromkeys(rows, [])
        taken = max(map(len, ["points", *totals.values()])) + 2
    names = max(NAME_LEAST, min(NAME_WIDTH, width - taken - 1))
    table = _table(f"points in {', '.join(notebooks)}" if heads else "", names)
    for head, least in zip(heads, widths, strict=True):
        table.add_column(head, justify="right", no_wrap=True, min_width=least)
    least = max(map(len, totals.values()), default=0)
    table.add_column("points", justify="right", no_wrap=True, min_width=least)
    for result in summary.by_name(results):
        name = Text(cut(show_name(result.student), names))
        table.add_row(name, *rows[result.student], Text(totals[result.student]))
    return table


def _table(legend: str, names: int) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="")
    table.caption, table.caption_justify = Text(f"\n{legend}"), "left"
    table.add_column("student", no_wrap=True, max_width=names, vertical="bottom")
    return table


def _points_in(result: SubmissionResult, notebook: str) -> str:
    verdicts = [verdict for verdict in result.verdicts if verdict.notebook == notebook]
    return number(sum(verdict.points for verdict in verdicts)) if verdicts else ""


def _of(notebook: str, columns: Sequence[ExerciseVerdict]) -> list[str]:
    return [column.exercise for column in columns if column.notebook == notebook]


def _header(notebook: str, columns: Sequence[ExerciseVerdict]) -> Text:
    """The notebook's name, and below it the exercises' numbers, read downwards."""
    depth = max(len(_tail(column.exercise)) for column in columns)
    lines = [
        " ".join(
            "".join(tail[level : level + 1]).ljust(_width(tail))
            for tail in map(_tail, _of(notebook, columns))
        )
        for level in range(depth)
    ]
    return Text("\n".join([one_line(notebook, 40), *lines]))


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
        line.append(symbol.ljust(_width(_tail(exercise)) + 1), style=mark.fill if mark else "")
    return line
