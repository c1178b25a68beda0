"""The feedback page: what a student gets back."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from markupsafe import Markup

from autograder.course.course import Course, find_course, notebook_title
from autograder.course.writing import write_whole
from autograder.judging.verdicts import (
    ExerciseVerdict,
    SubmissionResult,
    WrittenAnswer,
    in_order,
)
from autograder.report import charts, markdown, pictures, source
from autograder.report.budget import PageBudget
from autograder.report.pictures import Picture, PictureRefused
from autograder.report.rendering import MARKS, render
from autograder.report.shown import ShownCheck, lead, replaced_notes, shown_check
from autograder.report.text import one_line
from helpers.checking.display import for_reading

NEXT_STEPS = 3
MAX_REMARKS = 50
MAX_CHECKS = 100


@dataclass(frozen=True)
class ShownAnswer:
    """An answer in prose, rendered."""

    status: str
    max_points: float
    html: Markup


@dataclass
class Item:
    """One exercise on the page: what a machine checks, what a person grades, or both."""

    id: str
    title: str
    verdict: ExerciseVerdict | None = None
    lead: str = ""
    replaced: tuple[str, ...] = ()
    checks: tuple[ShownCheck, ...] = ()
    source: Markup = field(default_factory=Markup)
    source_cut: bool = False
    written: list[ShownAnswer] = field(default_factory=list)


@dataclass(frozen=True)
class Chapter:
    """The exercises of one notebook."""

    title: str
    items: tuple[Item, ...]


def write_feedback(
    result: SubmissionResult, path: Path, course: Course | None = None, late: Sequence[str] = ()
) -> None:
    """Write a student's feedback as one HTML file that needs no other and runs no script.

    Parameters
    ----------
    result : SubmissionResult
        Everything in it that stems from the student may be hostile.
    path : Path
        The file to write. It is there whole or not at all.
    course : Course, optional
        By default that of :func:`autograder.course.course.find_course`.
    late : sequence of str
        What came late, and what that costs.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    write_whole(path, feedback_html(result, course, late))


def feedback_html(
    result: SubmissionResult, course: Course | None = None, late: Sequence[str] = ()
) -> str:
    """The feedback page as text."""
    course = course or find_course()
    budget = PageBudget()
    statuses = Counter(verdict.status for verdict in result.verdicts)
    return render(
        "feedback.html.j2",
        result=result,
        strip=charts.strip(result.verdicts),
        course=course,
        chapters=_chapters(result, budget, course),
        next_steps=_next_steps(result.verdicts),
        all_right=bool(result.verdicts) and all(v.status == "pass" for v in result.verdicts),
        no_verdict=set(statuses) == {"error"},
        remarks=result.remarks[:MAX_REMARKS],
        late=late,
        lead=lead,
        tally=[(status, count) for status in MARKS if (count := statuses[status])],
        written_points=sum(answer.max_points for answer in result.written),
        pictures=tuple(_pictures(result.pictures[:20], budget)),
        pictures_left_out=max(0, len(result.pictures) - 20),
    )


def chapter_title(notebook: str, course: Course) -> str:
    """A notebook's heading, or its name as one where the course has no such notebook.

    Examples
    --------
    >>> course = find_course()
    >>> chapter_title("02_network", course), chapter_title("07_next_steps", course)
    ('2 A fully connected network', '7 Next steps')
    """
    heading = _headings(course.root).get(notebook)
    match = re.fullmatch(r"0*(\d+)_(.+)", notebook)
    if heading or match is None:
        return heading or one_line(notebook, 80)
    return f"{match[1]} {match[2].replace('_', ' ').capitalize()}"


@cache
def _headings(root: Path) -> dict[str, str]:
    """The first headings of the course's notebooks: names of files know no capitals."""
    paths = find_course(root).notebook_paths()
    return {
        name: notebook_title(json.loads(path.read_bytes()))
        for name, path in paths.items()
        if path.is_file()
    }


def _chapters(result: SubmissionResult, budget: PageBudget, course: Course) -> list[Chapter]:
    notebooks: dict[str, dict[str, Item]] = {}
    for verdict in result.verdicts:
        items = notebooks.setdefault(verdict.notebook, {})
        items[verdict.exercise] = _checked_item(verdict, result.verdicts, budget, course)
    for answer in result.written:
        items = notebooks.setdefault(answer.notebook, {})
        item = items.setdefault(answer.exercise, Item(answer.exercise, answer.title))
        item.written.append(_written(answer, budget))
    return [
        Chapter(
            chapter_title(name, course), tuple(sorted(items.values(), key=lambda i: in_order(i.id)))
        )
        for name, items in sorted(notebooks.items())
    ]


def _checked_item(
    verdict: ExerciseVerdict,
    verdicts: Sequence[ExerciseVerdict],
    budget: PageBudget,
    course: Course,
) -> Item:
    # Where nothing was written, every check says so: once is enough.
    checks = () if verdict.status == "missing" else verdict.checks[:MAX_CHECKS]
    shown = tuple(map(shown_check, for_reading(checks)))
    said = {check.problem for check in shown}
    summary = lead(verdict)
    _, is_cut = source.shorten(verdict.answer)
    return Item(
        id=verdict.exercise,
        title=verdict.title,
        verdict=verdict,
        lead="" if summary in said else summary,
        replaced=replaced_notes(verdict, verdicts, course),
        checks=shown,
        source=source.python(verdict.answer, budget) if verdict.answer.strip() else Markup(""),
        source_cut=is_cut,
    )


def _written(answer: WrittenAnswer, budget: PageBudget) -> ShownAnswer:
    missing = answer.status != "answered" or not answer.source.strip()
    html = Markup("") if missing else markdown.to_html(answer.source, answer.attachments, budget)
    status = "missing" if missing and answer.status == "answered" else answer.status
    return ShownAnswer(status, answer.max_points, html)


def _next_steps(verdicts: Sequence[ExerciseVerdict]) -> list[ExerciseVerdict]:
    open_ones = [v for v in verdicts if v.status != "error" and v.points < v.max_points]
    return sorted(open_ones, key=lambda v: v.points - v.max_points)[:NEXT_STEPS]


def _pictures(encoded: Sequence[str], budget: PageBudget):
    for position, text in enumerate(encoded, start=1):
        try:
            yield pictures.from_base64(text, budget, f"picture {position} from the notebook")
        except PictureRefused as refusal:
            yield Picture("", 0, 0, str(refusal))
