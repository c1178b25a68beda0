"""What grading leaves behind: plain data that goes to JSON and back unchanged."""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from helpers.checking.runner import CheckResult

MAX_SORTED = 200
MAX_LINE = 300  # characters of a sentence in a row
MAX_LINES = 20
MAX_TRACEBACK = 600
STATUSES = ("pass", "partial", "fail", "error", "missing")


@dataclass(frozen=True)
class ExerciseVerdict:
    """The verdict on one machine-checked exercise of one student.

    Attributes
    ----------
    status : str
        ``pass`` (all points), ``partial``, ``fail`` (none), ``missing`` (nothing was
        written), ``error`` (no verdict could be reached; an instructor must look).
    message : str
        One line: what failed first, or what earned the points.
    checks : tuple of CheckResult
        Every check that was run, public and hidden, in order.
    answer : str
        The student's source, as it was found.
    replaced : tuple of str
        Earlier functions of the student's that are wrong, for which the reference stood in.
    concerns : tuple of str
        What an instructor should look at; no student sees it.
    imprint : str
        Where a trained network was handed in: what tells copies of it apart from others.
    """

    exercise: str
    title: str
    notebook: str
    points: float
    max_points: float
    status: str
    message: str
    checks: tuple[CheckResult, ...] = ()
    answer: str = ""
    replaced: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    imprint: str = field(default="", repr=False)


@dataclass(frozen=True)
class WrittenAnswer:
    """An answer in prose, which a person grades.

    ``attachments`` maps a file name, as the Markdown refers to it (``attachment:name``), to
    ``{mime type: base64 text}``.
    """

    grade_id: str
    exercise: str
    title: str
    notebook: str
    max_points: float
    status: str  # "answered", "missing", or "unreadable"
    source: str = ""
    attachments: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class SubmissionResult:
    """All that is known about one submission after grading.

    Attributes
    ----------
    remarks : tuple of str
        What intake found and mended: a deleted cell, an edited check, an odd file.
    pictures : tuple of str
        Base64 PNG pictures found in the outputs of the student's own cells.
    seed : str
        The seed (hexadecimal) from which, with what was handed in, this run drew its inputs, and
        the student's functions their random numbers: with it, the same submission gets the same
        verdicts again. It is for the instructor alone.
    instead : str
        What was handed in where no notebook of the course was: a person must look.
    sandboxed : bool
        False where grading ran with ``--no-sandbox``.
    person : str
        The key of the person on the roster whose it is; empty without a roster.
    handed_in : str
        When it came, as ISO 8601 writes it, with a time zone; empty where nothing tells.
    late : bool, optional
        Whether the platform says that it came late.
    """

    student: str
    verdicts: tuple[ExerciseVerdict, ...]
    written: tuple[WrittenAnswer, ...] = ()
    remarks: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    seed: str = ""
    sandboxed: bool = True
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    instead: str = ""
    person: str = ""
    handed_in: str = ""
    late: bool | None = None

    @property
    def points(self) -> float:
        """Points that the machine gave."""
        return sum(verdict.points for verdict in self.verdicts)

    @property
    def max_points(self) -> float:
        """Points that the machine could give."""
        return sum(verdict.max_points for verdict in self.verdicts)

    def without_pictures(self) -> SubmissionResult:
        """The same without pictures, which are large and shown to the student alone."""
        written = tuple(dataclasses.replace(text, attachments={}) for text in self.written)
        return dataclasses.replace(self, written=written, pictures=())

    def without_texts(self, note: str) -> SubmissionResult:
        """The same verdicts without what the student wrote and drew, and a note that says so."""
        return dataclasses.replace(
            self,
            verdicts=tuple(_unshown(verdict) for verdict in self.verdicts),
            written=tuple(_unread(answer) for answer in self.written),
            pictures=(),
            remarks=(*_lines(self.remarks), note),
        )

    def row(self) -> SubmissionResult:
        """What tables and the report on a class need: no text of the student's, short sentences.

        All else is in the student's own file. Hundreds of rows lie in memory at a time, so what
        many of them say is there once.

        Examples
        --------
        >>> prose = WrittenAnswer("q1", "1", "Why", "n", 1.0, "answered", "Because. " * 10**6)
        >>> SubmissionResult("ada", (), (prose,)).row().written[0].source
        ''
        """
        return dataclasses.replace(
            self,
            verdicts=tuple(map(_verdict_row, self.verdicts)),
            written=tuple(_unread(answer) for answer in self.written),
            remarks=_lines(self.remarks),
            pictures=(),
            instead=self.instead[:MAX_LINE],
        )


def _unshown(verdict: ExerciseVerdict) -> ExerciseVerdict:
    return dataclasses.replace(verdict, answer="", concerns=_lines(verdict.concerns))


def _unread(answer: WrittenAnswer) -> WrittenAnswer:
    return dataclasses.replace(answer, source="", attachments={})


def _verdict_row(verdict: ExerciseVerdict) -> ExerciseVerdict:
    return dataclasses.replace(
        verdict,
        exercise=sys.intern(verdict.exercise),
        title=sys.intern(verdict.title),
        notebook=sys.intern(verdict.notebook),
        message=sys.intern(verdict.message[:MAX_LINE]),
        checks=tuple(map(_check_row, verdict.checks)),
        answer="",
        concerns=_lines(verdict.concerns),
    )


def _check_row(check: CheckResult) -> CheckResult:
    row = CheckResult(
        sys.intern(check.check), sys.intern(check.exercise), check.points,
        sys.intern(check.status), check.public,
    )  # fmt: skip
    if check.status == "pass":
        return row
    return dataclasses.replace(
        row,
        problem=sys.intern(check.problem[:MAX_LINE]),
        diagnosis=sys.intern(check.diagnosis[:MAX_LINE]),
        hint=sys.intern(check.hint[:MAX_LINE]),
        told=sys.intern(check.told[:MAX_LINE]),
        traceback=check.traceback[:MAX_TRACEBACK] if check.status == "error" else "",
    )


def _lines(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(text[:MAX_LINE] for text in texts[:MAX_LINES])


def to_json(result: SubmissionResult) -> dict[str, Any]:
    """A result as JSON data (tuples become lists)."""
    return dataclasses.asdict(result)


def from_json(data: dict[str, Any]) -> SubmissionResult:
    """The inverse of :func:`to_json`.

    Examples
    --------
    >>> result = SubmissionResult("ada", (ExerciseVerdict("2.2.2", "Softmax", "02_network",
    ...                                                   1.0, 3.0, "partial", "one axis"),))
    >>> import json
    >>> from_json(json.loads(json.dumps(to_json(result)))) == result
    True
    """
    verdicts = tuple(
        ExerciseVerdict(
            **{
                **verdict,
                "checks": tuple(_check_from(check) for check in verdict["checks"]),
                "replaced": tuple(verdict["replaced"]),
                "concerns": tuple(verdict["concerns"]),
            }
        )
        for verdict in data["verdicts"]
    )
    written = tuple(WrittenAnswer(**answer) for answer in data["written"])
    rest = {k: v for k, v in data.items() if k not in ("verdicts", "written")}
    rest["remarks"] = tuple(rest["remarks"])
    rest["pictures"] = tuple(rest["pictures"])
    return SubmissionResult(verdicts=verdicts, written=written, **rest)


def _check_from(data: dict[str, Any]) -> CheckResult:
    lists = {key: tuple(data.get(key, ())) for key in ("functions", "stood_in")}
    return CheckResult(**{**data, **lists})


def status_of(checks: Sequence[CheckResult]) -> str:
    """The status of an exercise from the results of its checks.

    No check at all is never a pass.
    """
    statuses = {check.status for check in checks}
    if not checks or "error" in statuses:
        return "error"
    if statuses == {"pass"}:
        return "pass"
    if "pass" in statuses:
        return "partial"
    return "missing" if statuses == {"missing"} else "fail"


def in_order(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts names as people do: 2.10 after 2.9, b after A.

    Examples
    --------
    >>> sorted(["2.10", "2.9", "b", "A"], key=in_order)
    ['2.9', '2.10', 'A', 'b']
    """
    parts = re.findall(r"[0-9]+|[^0-9]+", text[:MAX_SORTED])
    return tuple(
        (0, int(part), "") if part[0] in "0123456789" else (1, 0, part.casefold()) for part in parts
    )
