"""What a student may see of a verdict: one rule for every page, table and platform.

Of a hidden check: its name, its points, what is wrong and the mistake that it looks like, both in
words of its author's (:mod:`helpers.checking.own_words`), and its hint. Never its inputs, values or
traceback, and nothing that the student's code made: not a text, a name, a shape or a count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from autograder.course.course import Course
from autograder.judging.verdicts import ExerciseVerdict
from autograder.report import source
from autograder.report.text import one_line
from helpers.checking.display import first_to_mend, for_reading
from helpers.checking.own_words import NOT_RIGHT
from helpers.checking.runner import CheckResult
from helpers.checking.show import in_a_row

MAX_EVIDENCE = 1200
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
    if first is None or first.public:
        return verdict.message
    others = sum(check.status != "pass" for check in verdict.checks) - 1
    more = f" (and {others} more)" if others and verdict.status != "missing" else ""
    return for_student(first).problem + more


def for_student(check: CheckResult) -> CheckResult:
    """A result as its student may see it: of a hidden check no values, of a broken one nothing.

    Examples
    --------
    >>> leaks = CheckResult("2.2.2/a", "2.2.2", 1.0, "fail", False, "it has shape (4, 7, 11)",
    ...                     got="four seven eleven", told="softmax of one row is wrong")
    >>> for_student(leaks).problem, for_student(leaks).got
    ('softmax of one row is wrong', '')
    """
    if check.status == "error":  # what broke is the check's own: for the instructor's eyes
        problem = "this check could not be carried out; your instructor will look"
        return CheckResult(check.check, check.exercise, check.points, check.status, check.public,
                           problem)  # fmt: skip
    if check.public or check.status == "pass":
        return check
    hint = "" if check.traceback else check.hint  # of a result that was kept from an earlier run
    return replace(check, problem=check.told or NOT_RIGHT, hint=hint, called="", got="",
                   expected="", traceback="")  # fmt: skip


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
