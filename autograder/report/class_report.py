"""The class report: one page on which an instructor sees how a class did."""

from __future__ import annotations

import platform
import statistics as stats
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from autograder.course.course import Course, find_course
from autograder.course.writing import write_whole
from autograder.intake.roster import Person
from autograder.judging.verdicts import ExerciseVerdict, SubmissionResult
from autograder.report import charts, summary
from autograder.report.pages import chapter_title
from autograder.report.rendering import MARKS, anchor, mark_of, number, render, share
from autograder.report.text import one_line, show_name

PACKAGES = ("numpy", "pytest", "nbgrader")
MAX_NAMES = 30
MAX_TROUBLES = 200
MAX_REMARKS = 20


@dataclass(frozen=True)
class Row:
    """One student in the class table."""

    name: str
    link: str
    cells: tuple[Markup, ...]
    points: float
    max_points: float
    flagged: bool = False


def write_report(
    results: Sequence[SubmissionResult],
    path: Path,
    *,
    feedback_links: Mapping[str, str],
    course: Course | None = None,
    absent: Sequence[Person] = (),
    late: Mapping[str, Sequence[str]] | None = None,
) -> None:
    """Write the class report as one HTML file that needs no other and runs no script.

    Parameters
    ----------
    results : sequence of SubmissionResult
        One for each submission; none at all is allowed.
    path : Path
        The file to write. It is there whole or not at all.
    feedback_links : mapping of str to str
        For each student, where the feedback page is: a path relative to the report, with
        slashes, not quoted. Who has none gets no link.
    course : Course, optional
        By default that of :func:`autograder.course.course.find_course`.
    absent : sequence of Person
        Who is in the class and handed in nothing.
    late : mapping of str to sequence of str, optional
        What came late, by student, in sentences.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    write_whole(path, report_html(results, feedback_links, course, absent, late))


def report_html(
    results: Sequence[SubmissionResult],
    feedback_links: Mapping[str, str],
    course: Course | None = None,
    absent: Sequence[Person] = (),
    late: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """The class report as text."""
    course = course or find_course()
    results = summary.by_name(results)
    columns = summary.columns(results)
    exercises = summary.statistics(results)
    troubles = summary.troubles(results)
    links = {result.student: relative(feedback_links.get(result.student, ""))
             for result in results}  # fmt: skip
    return render(
        "report.html.j2",
        course=course,
        results=results,
        links=links,
        columns=columns,
        notebooks=_spans(columns, course),
        rows=[_row(result, columns, links[result.student]) for result in results],
        exercises=[(item, charts.histogram(item.shares, f"Points in {item.exercise}"))
                   for item in exercises],
        overview=_overview(results),
        failing=summary.failing_checks(results),
        troubles=troubles[:MAX_TROUBLES],
        troubles_left_out=max(0, len(troubles) - MAX_TROUBLES),
        remarks=[(result, result.remarks[:MAX_REMARKS])
                 for result in results if result.remarks],
        concerns=[(result, lines) for result in results if (lines := _concerns(result))],
        unsandboxed=[result for result in results if not result.sandboxed],
        names=_names,
        absent=[show_name(person.name) for person in absent],
        late={show_name(name): lines for name, lines in (late or {}).items() if lines},
        share=share,
        facts=_facts(results),
    )  # fmt: skip


def relative(link: str) -> str:
    """A path as an address that can only lead to below the report's own folder or beside it.

    Examples
    --------
    >>> relative("feedback/ada #1.html"), relative("javascript:alert(1)"), relative("//evil.com")
    ('./feedback/ada%20%231.html', './javascript%3Aalert%281%29', './evil.com')
    """
    return "./" + quote(link.lstrip("/").encode("utf-8", "replace"), safe="/") if link else ""


def _row(result: SubmissionResult, columns: Sequence[ExerciseVerdict], link: str) -> Row:
    verdicts = {verdict.exercise: verdict for verdict in result.verdicts}
    cells = tuple(_cell(verdicts.get(column.exercise), link) for column in columns)
    flagged = summary.is_to_look_at(result)
    return Row(show_name(result.student), link, cells, result.points, result.max_points, flagged)


def _cell(verdict: ExerciseVerdict | None, link: str) -> Markup:
    """A mark and the points. What is not right leads to its place in the feedback page.

    There may be tens of thousands of these, so they are short and not a template's.
    """
    if verdict is None:
        return Markup("<td></td>")
    status = verdict.status if verdict.status in MARKS else "error"
    inside = Markup("<i>{}</i>{}").format(mark_of(status).symbol, number(verdict.points))
    if link and status != "pass":
        href = f"{link}#{anchor(verdict.exercise)}"
        inside = Markup('<a href="{}">{}</a>').format(href, inside)
    return Markup('<td class="{}">{}</td>').format(status, inside)


def _concerns(result: SubmissionResult) -> list[str]:
    return [f"{v.exercise}: {line}" for v in result.verdicts for line in v.concerns][:MAX_REMARKS]


def _spans(columns: Sequence[ExerciseVerdict], course: Course) -> list[tuple[str, int]]:
    spans: dict[str, int] = {}
    for column in columns:
        spans[column.notebook] = spans.get(column.notebook, 0) + 1
    return [(chapter_title(name, course), width) for name, width in spans.items()]


def _overview(results: Sequence[SubmissionResult]) -> dict[str, object]:
    shares = [summary.reached(result.points, result.max_points) for result in results]
    return {
        "students": len(results),
        "mean": share(stats.fmean(shares), 1) if shares else "–",
        "median": share(stats.median(shares), 1) if shares else "–",
        "histogram": charts.histogram(shares, "Share of all points"),
        "all_right": sum(share == 1 for share in shares),
        "nothing": sum(share == 0 for share in shares),
        "prose": sum(answer.status == "answered" for r in results for answer in r.written),
    }


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(show_name(name) for name in names[:MAX_NAMES])
    return shown + (f" and {len(names) - MAX_NAMES} more" if len(names) > MAX_NAMES else "")


def _facts(results: Sequence[SubmissionResult]) -> list[tuple[str, str]]:
    cpu = [result.cpu_seconds for result in results]
    facts = [("Written", datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %z"))]
    if results:
        slowest = max(results, key=lambda result: result.cpu_seconds)
        facts += [
            ("Processor time", f"{sum(cpu):.1f} s in all, {stats.median(cpu):.2f} s in the median"),
            ("Slowest", f"{show_name(slowest.student)}, {slowest.cpu_seconds:.2f} s of processor "
                        f"time, {slowest.wall_seconds:.2f} s of waiting"),
            ("Sandbox", _sandbox(results)),
            ("Seeds", _seeds(results)),
        ]  # fmt: skip
    versions = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    facts.append(("Versions", f"Python {platform.python_version()}, {versions}"))
    return facts


def _sandbox(results: Sequence[SubmissionResult]) -> str:
    without = sum(not result.sandboxed for result in results)
    return f"{without} of {len(results)} graded without" if without else "every submission"


def _seeds(results: Sequence[SubmissionResult]) -> str:
    seeds = {result.seed for result in results if result.seed}
    if len(seeds) == 1:
        return one_line(seeds.pop())
    return "one for each submission, in its file in students/" if seeds else "none recorded"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
