"""The feedback page: what a student gets back."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from markupsafe import Markup

from autograder.course import find_course, notebook_title
from autograder.report import charts, markdown, pictures, source
from autograder.report.budget import PageBudget
from autograder.report.files import write_text
from autograder.report.look import MARKS, render
from autograder.report.pictures import Picture, PictureRefused
from autograder.report.text import in_order, one_line
from autograder.results import ExerciseVerdict, SubmissionResult, WrittenAnswer
from helpers.checking.display import for_reading
from helpers.checking.runner import CheckResult
from helpers.exercises import owner_of

NEXT_STEPS = 3
MAX_REMARKS = 50
MAX_CHECKS = 100
MAX_EVIDENCE = 1200
DRAWN_NUMBER = re.compile(
    r"(?<![\w.])-?(?:\d+\.\d+(?:e[-+]?\d+)?|\d+\.?e[-+]?\d+|\d{5,})(?!\w|\.\d)"
)
COMPARED = re.compile(r"(?P<before>:| is) (?P<values>[\w.+-]+, not [\w.+-]+)(?=$|[ ;,)])")
NOT_ALL_PASS = "does not pass all its checks."
NO_VERDICT = (
    "No verdict could be reached here. The fault need not be yours, and your instructor will look."
)


@dataclass(frozen=True)
class ShownCheck:
    """One check, reduced to what its student may see."""

    name: str
    status: str
    public: bool
    points: float
    earned: float
    problem: str = ""
    diagnosis: str = ""
    hint: str = ""
    evidence: tuple[tuple[str, str], ...] = ()


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


def write_feedback(result: SubmissionResult, path: Path) -> None:
    """Write a student's feedback as one HTML file that needs no other and runs no script.

    Parameters
    ----------
    result : SubmissionResult
        Everything in it that stems from the student may be hostile.
    path : Path
        The file to write. It is there whole or not at all.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    write_text(path, feedback_html(result))


def feedback_html(result: SubmissionResult) -> str:
    """The feedback page as text."""
    budget = PageBudget()
    statuses = Counter(verdict.status for verdict in result.verdicts)
    return render(
        "feedback.html.j2",
        result=result,
        strip=charts.strip(result.verdicts),
        chapters=_chapters(result, budget),
        next_steps=_next_steps(result.verdicts),
        all_right=bool(result.verdicts) and all(v.status == "pass" for v in result.verdicts),
        no_verdict=set(statuses) == {"error"},
        remarks=result.remarks[:MAX_REMARKS],
        lead=lead,
        tally=[(status, count) for status in MARKS if (count := statuses[status])],
        written_points=sum(answer.max_points for answer in result.written),
        pictures=tuple(_pictures(result.pictures[:20], budget)),
        pictures_left_out=max(0, len(result.pictures) - 20),
    )


def lead(verdict: ExerciseVerdict) -> str:
    """The sentence that sums a verdict up for the student."""
    if verdict.status == "error":
        return NO_VERDICT
    first = next((check for check in verdict.checks if check.status != "pass"), None)
    is_public = first is None or first.public
    return verdict.message if is_public else without_values(verdict.message)


def without_values(sentence: str) -> str:
    """The sentence of a hidden check: what is wrong, without the numbers that were drawn.

    Shapes, positions and counts stay; a comparison goes as a whole, so that no hole is left.

    Examples
    --------
    >>> without_values("the slope is wrong, most of all at [0, 1]: -0.24, not 1.5e-05")
    'the slope is wrong, most of all at [0, 1]'
    >>> without_values("the loss is 0.25, not 3 (and 2 more)")
    'the loss is wrong (and 2 more)'
    >>> without_values("W of 2.1.2 has shape (12, 3), not float64")
    'W of 2.1.2 has shape (12, 3), not float64'
    """
    sentence = COMPARED.sub(_without_comparison, sentence)
    return DRAWN_NUMBER.sub("…", sentence)


def _without_comparison(match: re.Match[str]) -> str:
    if not DRAWN_NUMBER.search(match["values"]):
        return match[0]
    return "" if match["before"] == ":" else " is wrong"


def chapter_title(notebook: str) -> str:
    """A notebook's heading, or its name as one where the course has no such notebook.

    Examples
    --------
    >>> chapter_title("02_network"), chapter_title("07_next_steps")
    ('2 A fully connected network', '7 Next steps')
    """
    if title := _headings().get(notebook):
        return title
    match = re.fullmatch(r"0*(\d+)_(.+)", notebook)
    if match is None:
        return one_line(notebook, 80)
    return f"{match[1]} {match[2].replace('_', ' ').capitalize()}"


@cache
def _headings() -> dict[str, str]:
    """The first headings of the course's notebooks: names of files know no capitals."""
    paths = find_course().notebook_paths()
    return {name: notebook_title(json.loads(path.read_bytes())) for name, path in paths.items()}


def _chapters(result: SubmissionResult, budget: PageBudget) -> list[Chapter]:
    notebooks: dict[str, dict[str, Item]] = {}
    for verdict in result.verdicts:
        items = notebooks.setdefault(verdict.notebook, {})
        items[verdict.exercise] = _checked_item(verdict, result.verdicts, budget)
    for answer in result.written:
        items = notebooks.setdefault(answer.notebook, {})
        item = items.setdefault(answer.exercise, Item(answer.exercise, answer.title))
        item.written.append(_written(answer, budget))
    return [
        Chapter(chapter_title(name), tuple(sorted(items.values(), key=lambda i: in_order(i.id))))
        for name, items in sorted(notebooks.items())
    ]


def _checked_item(
    verdict: ExerciseVerdict, verdicts: Sequence[ExerciseVerdict], budget: PageBudget
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
        replaced=replaced_notes(verdict, verdicts),
        checks=shown,
        source=source.python(verdict.answer, budget) if verdict.answer.strip() else Markup(""),
        source_cut=is_cut,
    )


def shown_check(check: CheckResult) -> ShownCheck:
    """One check as its student may see it: of a hidden one no values, of a broken one nothing."""
    shown = ShownCheck(
        name=check.check.rpartition("/")[2].replace("_", " "),
        status=check.status,
        public=check.public,
        points=check.points,
        earned=check.points if check.status == "pass" else 0.0,
    )
    if check.status == "pass":
        return shown
    if check.status == "error":  # what broke is the check's own: for the instructor's eyes
        return replace(shown, problem="This check could not be carried out.")
    hint = check.hint if check.status == "fail" else ""  # one that waits has nothing to hint at
    shown = replace(shown, problem=check.problem, hint=hint)
    if not check.public:
        return replace(shown, problem=without_values(shown.problem))
    return replace(shown, diagnosis=check.diagnosis.rstrip("."),
                   evidence=_evidence(check))  # fmt: skip


def _evidence(check: CheckResult) -> tuple[tuple[str, str], ...]:
    parts = (
        ("Called", check.called),
        ("Came back", check.got),
        ("Expected", check.expected),
        ("Your lines", check.traceback),
    )
    return tuple((name, source.shorten(text[:4000])[0][:MAX_EVIDENCE])
                 for name, text in parts if text.strip())  # fmt: skip


def replaced_notes(
    verdict: ExerciseVerdict, verdicts: Sequence[ExerciseVerdict] = ()
) -> tuple[str, ...]:
    """Say for which functions of the student's the reference stood in, and why.

    An exercise stands in as a whole: of its functions some may be right.

    Examples
    --------
    >>> verdict = ExerciseVerdict("2.4", "Training", "02_network", 1.0, 1.0, "pass", "",
    ...                           replaced=("sigmoid", "forward"))
    >>> replaced_notes(verdict)
    ('Graded with the reference `sigmoid`, `forward`: 2.2.1 does not pass all its checks.',)
    """
    if verdict.status == "missing":  # nothing was graded
        return ()
    statuses = {other.exercise: other.status for other in verdicts}
    names: dict[str, list[str]] = {}
    for function in verdict.replaced:
        owner = owner_of(function)
        names.setdefault(owner.id if owner else "", []).append(f"`{one_line(function, 80)}`")
    return tuple(
        f"Graded with the reference {', '.join(functions)}: {exercise or 'the exercise before'} "
        + ("is not written yet." if statuses.get(exercise) == "missing" else NOT_ALL_PASS)
        for exercise, functions in names.items()
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
