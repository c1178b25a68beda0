"""What a check raises when an answer is not right.

All of these mean: *the student's answer fails*. Any other exception that leaves a check is
a fault of the check itself and is reported to the instructor, never blamed on the student
in silence.
"""

from __future__ import annotations

from typing import Any


class CheckFailure(AssertionError):
    """The answer is not what the check asks for.

    Parameters
    ----------
    problem : str
        One sentence that says what is wrong, in the words of the exercise.
    got, expected : str, optional
        What came back and what should have, already shortened for reading
        (:func:`helpers.checking.show.show`).
    diagnosis : str, optional
        The mistake that produces exactly this wrong value, where it is known.
    about, gist : str, optional
        What the check looked at, in its author's words, and what is wrong with that: a verb and
        fixed words, in which nothing is filled in. Of a hidden check no more is told.
    """

    status = "fail"

    def __init__(
        self,
        problem: str,
        *,
        got: str = "",
        expected: str = "",
        diagnosis: str = "",
        about: str = "",
        gist: str = "",
    ):
        super().__init__(problem)
        self.problem = problem
        self.got = got if isinstance(got, str) else repr(got)
        self.expected = expected if isinstance(expected, str) else repr(expected)
        self.diagnosis = diagnosis
        self.about = about
        self.gist = gist
        self.traceback = ""


class NotWritten(CheckFailure):
    """The function does not exist, or still raises ``NotImplementedError``."""

    status = "missing"


class StudentRaised(CheckFailure):
    """The student's function raised an exception.

    ``traceback`` holds their own lines only; ``explanation`` says what the exception means, where
    that is known. ``left``, where it is known, is an `Outcome` with the arguments as they are after
    the call.
    """

    def __init__(self, problem: str, traceback: str = "", explanation: str = ""):
        super().__init__(problem)
        self.traceback = traceback
        self.explanation = explanation
        self.left: Any = None


class Waits(CheckFailure):
    """The check was not run: none of those that come first passes."""

    def __init__(self, earlier: list[str], missing: bool = False):
        names = " or ".join(name.replace("_", " ") for name in earlier)
        super().__init__(f"waits until this passes: {names}")
        self.status = "missing" if missing else "waits"


class NoAnswer(CheckFailure):
    """No usable answer came: too late, too large, out of turn, or the process ended."""
