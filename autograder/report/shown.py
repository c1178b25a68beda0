"""What a student may see of a verdict: one rule for every page, table and platform.

Of a hidden check: its name, its points, what is wrong without the numbers that were drawn,
the mistake that it looks like, and its hint. Never its inputs, values or traceback.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from autograder.course.course import Course
from autograder.judging.verdicts import ExerciseVerdict
from autograder.report import source
from autograder.report.text import one_line
from helpers.checking.display import first_to_mend, for_reading
from helpers.checking.runner import CheckResult
from helpers.checking.show import in_a_row

MAX_EVIDENCE = 1200
DRAWN_NUMBER = re.compile(
    r"(?<![\w.])-?(?:\d+\.\d+(?:e[-+]?\d+)?|\d+\.?e[-+]?\d+|\d{5,})(?!\w|\.\d)"
)
COMPARED = re.compile(r"(?P<before>:| is| are) (?P<values>[\w.+-]+, not [\w.+-]+)(?=$|[ ;,)])")
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


def lead(verdict: ExerciseVerdict) -> str:
    """The sentence that sums a verdict up for the student."""
    if verdict.status == "error":
        return NO_VERDICT
    first = first_to_mend(for_reading(verdict.checks))
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
    return "" if match["before"] == ":" else f"{match['before']} wrong"


def for_student(check: CheckResult) -> CheckResult:
    """A result as its student may see it: of a hidden check no values, of a broken one nothing."""
    if check.status == "error":  # what broke is the check's own: for the instructor's eyes
        problem = "this check could not be carried out; your instructor will look"
        return CheckResult(check.check, check.exercise, check.points, check.status, check.public,
                           problem)  # fmt: skip
    if check.public or check.status == "pass":
        return check
    hint = "" if check.traceback else check.hint  # what an exception means may tell of the inputs
    return replace(check, problem=without_values(check.problem), hint=hint, called="", got="",
                   expected="", diagnosis=without_values(check.diagnosis),
                   traceback="")  # fmt: skip


def shown_check(check: CheckResult) -> ShownCheck:
    """One check as it stands on a page: what :func:`for_student` leaves of it."""
    check = for_student(check)
    shown = ShownCheck(
        name=check.check.rpartition("/")[2].replace("_", " "),
        status=check.status,
        public=check.public,
        points=check.points,
        earned=check.points if check.status == "pass" else 0.0,
    )
    if check.status == "pass":
        return replace(shown, problem=stood_in_note(check))
    return replace(
        shown,
        problem=check.problem,
        diagnosis=check.diagnosis.rstrip("."),
        hint=check.hint if check.status == "fail" else "",  # one that waits has nothing to hint at
        evidence=_evidence(check),
    )


def stood_in_note(check: CheckResult) -> str:
    """Say for which functions of the same exercise the reference stood in, if for any.

    Examples
    --------
    >>> stood_in_note(CheckResult("5.2/train", "5.2", 3.0, "pass", stood_in=("rate",)))
    'Graded with the reference `rate`, since yours is not right.'
    """
    if not check.stood_in:
        return ""
    names, are = in_a_row([f"`{name}`" for name in check.stood_in]), len(check.stood_in) > 1
    return f"Graded with the reference {names}, since yours {'are' if are else 'is'} not right."


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
    verdict: ExerciseVerdict, verdicts: Sequence[ExerciseVerdict], course: Course
) -> tuple[str, ...]:
    """Say for which functions of the student's the reference stood in, and why.

    An exercise stands in as a whole: of its functions some may be right.

    Examples
    --------
    >>> from autograder.course.course import find_course
    >>> verdict = ExerciseVerdict("2.4", "Training", "02_network", 1.0, 1.0, "pass", "",
    ...                           replaced=("sigmoid", "forward"))
    >>> replaced_notes(verdict, [], find_course())
    ('Graded with the reference `sigmoid`, `forward`: 2.2.1 does not pass all its checks.',)
    """
    if verdict.status == "missing":  # nothing was graded
        return ()
    statuses = {other.exercise: other.status for other in verdicts}
    names: dict[str, list[str]] = {}
    for function in verdict.replaced:
        owner = course.owner_of(function)
        names.setdefault(owner.id if owner else "", []).append(f"`{one_line(function, 80)}`")
    return tuple(
        f"Graded with the reference {', '.join(functions)}: {exercise or 'the exercise before'} "
        + ("is not written yet." if statuses.get(exercise) == "missing" else NOT_ALL_PASS)
        for exercise, functions in names.items()
    )
