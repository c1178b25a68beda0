"""What a class's results add up to: pure functions from results to plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.judging.verdicts import STATUSES, ExerciseVerdict, SubmissionResult, in_order
from helpers.checking.runner import CheckResult

NOT_CALLED = "not called: "  # so begins what a check says for which no time was left


@dataclass(frozen=True)
class ExerciseStatistics:
    """How a class did in one exercise.

    Attributes
    ----------
    shares : tuple of float
        For each student, the part of the points that was reached, from 0 to 1.
    counts : mapping
        How many students have which status.
    mean : float
        The mean of the points.
    """

    exercise: str
    title: str
    max_points: float
    shares: tuple[float, ...]
    counts: Mapping[str, int]
    mean: float

    @property
    def students(self) -> int:
        """How many verdicts there are."""
        return len(self.shares)

    @property
    def written(self) -> int:
        """How many wrote anything."""
        return self.students - self.counts["missing"]


@dataclass(frozen=True)
class FailingCheck:
    """One check that students fail, and what it told them.

    Attributes
    ----------
    students : tuple of str
        Who fails it. Who wrote nothing is not among them.
    tried : int
        How many wrote an answer that this check was run on.
    messages : tuple of (str, int)
        The most frequent problems or known mistakes, and how many students have each.
    others : int
        How many more checks of the same exercise somebody fails.
    """

    check: str
    title: str
    public: bool
    hint: str
    students: tuple[str, ...]
    tried: int
    messages: tuple[tuple[str, int], ...]
    others: int = 0


@dataclass(frozen=True)
class Trouble:
    """Verdicts that could not be reached, for one reason: an instructor must look.

    Attributes
    ----------
    exercises : tuple of str
        Where there is no verdict.
    everything : bool
        Whether these are all exercises of the submission.
    message, details : str
        The reason in a line, and what broke where a check did.
    """

    student: str
    exercises: tuple[str, ...]
    everything: bool
    message: str
    details: str


def by_name(results: Sequence[SubmissionResult]) -> list[SubmissionResult]:
    """Results in the order of the students' names, capitals and numbers as people sort them."""
    return sorted(results, key=lambda result: (in_order(result.student), result.student))


def columns(results: Sequence[SubmissionResult]) -> list[ExerciseVerdict]:
    """One verdict for each exercise that any submission has, in the order of the course."""
    first: dict[str, ExerciseVerdict] = {}
    for result in results:
        for verdict in result.verdicts:
            first.setdefault(verdict.exercise, verdict)
    return sorted(
        first.values(), key=lambda verdict: (verdict.notebook, in_order(verdict.exercise))
    )


def statistics(results: Sequence[SubmissionResult]) -> list[ExerciseStatistics]:
    """How the class did, exercise by exercise, in the order of the course."""
    verdicts: dict[str, list[ExerciseVerdict]] = {v.exercise: [] for v in columns(results)}
    for result in results:
        for verdict in result.verdicts:
            verdicts[verdict.exercise].append(verdict)
    return [_statistics(found) for found in verdicts.values()]


def _statistics(verdicts: Sequence[ExerciseVerdict]) -> ExerciseStatistics:
    statuses = Counter(verdict.status for verdict in verdicts)
    return ExerciseStatistics(
        exercise=verdicts[0].exercise,
        title=verdicts[0].title,
        max_points=max(verdict.max_points for verdict in verdicts),
        shares=tuple(reached(verdict.points, verdict.max_points) for verdict in verdicts),
        counts={status: statuses[status] for status in STATUSES},
        mean=sum(verdict.points for verdict in verdicts) / len(verdicts),
    )


def reached(points: float, max_points: float) -> float:
    """The part of the points that was reached, from 0 to 1; 0 where there are none.

    Examples
    --------
    >>> reached(1.5, 3), reached(0, 0)
    (0.5, 0.0)
    """
    return min(1.0, max(0.0, points / max_points)) if max_points > 0 else 0.0


def failing_checks(results: Sequence[SubmissionResult], limit: int = 12) -> list[FailingCheck]:
    """Of each exercise the check that most students fail, the most frequent first.

    A check that called nothing, as time was up, tells nothing about what to teach.
    """
    failed: dict[str, list[tuple[str, CheckResult]]] = {}
    tried: Counter[str] = Counter()
    titles: dict[str, str] = {}
    for result in results:
        for verdict in result.verdicts:
            titles[verdict.exercise] = verdict.title
            for check in verdict.checks:
                tried[check.check] += check.status in ("pass", "fail")
                if check.status == "fail" and not check.problem.startswith(NOT_CALLED):
                    failed.setdefault(check.check, []).append((result.student, check))
    ranked = sorted(failed.items(), key=lambda item: (-len(item[1]), in_order(item[0])))
    counts = Counter(found[0][1].exercise for _, found in ranked)
    first = {found[0][1].exercise: (name, found) for name, found in reversed(ranked)}
    ranked = [(name, found) for name, found in ranked if first[found[0][1].exercise][0] == name]
    return [
        replace(_failing(name, found, tried[name], titles), others=counts[found[0][1].exercise] - 1)
        for name, found in ranked[:limit]
    ]


def _failing(
    name: str, found: Sequence[tuple[str, CheckResult]], tried: int, titles: Mapping[str, str]
) -> FailingCheck:
    example = found[0][1]
    messages = Counter(check.diagnosis or check.problem for _, check in found)
    return FailingCheck(
        check=name,
        title=titles.get(example.exercise, ""),
        public=example.public,
        hint=example.hint,
        students=tuple(student for student, _ in found),
        tried=tried,
        messages=tuple(messages.most_common(3)),
    )


def troubles(results: Sequence[SubmissionResult]) -> list[Trouble]:
    """Every verdict that no machine could reach, in the order of students.

    So is a submission without any notebook of the course. What went wrong in the same way
    throughout a submission is one trouble.
    """
    found: list[Trouble] = []
    for result in results:
        alike: dict[tuple[str, str], list[str]] = {}
        for verdict in result.verdicts:
            if verdict.status == "error":
                reason = (verdict.message, _what_broke(verdict))
                alike.setdefault(reason, []).append(verdict.exercise)
        found += [
            Trouble(result.student, tuple(exercises), len(exercises) == len(result.verdicts), *why)
            for why, exercises in alike.items()
        ]
        if result.instead:
            everything = tuple(verdict.exercise for verdict in result.verdicts)
            found.append(Trouble(result.student, everything, True, result.instead, ""))
    return found


def is_to_look_at(result: SubmissionResult) -> bool:
    """Whether a person should look at a submission: it has no verdict, or something is odd."""
    odd = any(verdict.status == "error" or verdict.concerns for verdict in result.verdicts)
    return odd or bool(result.instead)


def _what_broke(verdict: ExerciseVerdict) -> str:
    broken = [check for check in verdict.checks if check.status == "error"]
    return "\n".join(f"{c.check}: {c.problem}\n{c.traceback}".strip() for c in broken)
