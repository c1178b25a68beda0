"""What checks ask of a range: the two numbers, and which of them belong to it.

These are two questions, and two checks: a student who writes ``"[0, 1]"`` for ``"(0, 1)"``
knows the numbers. The messages say what is wrong with an end and never what is right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from helpers.checking import expect
from helpers.checking.failures import CheckFailure
from helpers.checking.plain import Opaque
from helpers.checking.show import show
from helpers.errors import IntervalError
from helpers.intervals import HOW_TO, Interval, parse_interval

TOLERANCE = 1e-6


def ends(
    value: Any,
    low: float,
    high: float,
    *,
    what: str,
    mistakes: Mapping[str, tuple[float, float]] | None = None,
) -> None:
    """Ask for a range with these two ends, open or closed.

    Parameters
    ----------
    value : object
        What came back; text such as ``"(0, 1]"``.
    low, high : float
        The right ends; infinite where there is none.
    what : str
        The name of the range in messages.
    mistakes : mapping of str to pair of float, optional
        ``{sentence: (low, high)}``. If these are the ends that came back, the message says the
        sentence.

    Raises
    ------
    CheckFailure
        It is no range, or an end is another number.

    Examples
    --------
    >>> ends("[0, 1]", 0, 1, what="the range")
    >>> ends("(0, 1)", 0, math.inf, what="the range")
    Traceback (most recent call last):
    ...
    helpers.checking.failures.CheckFailure: the range ends at 1, but larger values occur
    """
    interval = read(value, what)
    wrong = {sentence: _coded(*pair) for sentence, pair in (mistakes or {}).items()}
    diagnosis = expect.diagnose(_coded(interval.low, interval.high), wrong)
    for verb, end, wanted in (("begins", interval.low, low), ("ends", interval.high, high)):
        if not _same(end, wanted):
            problem = _off(what, verb, end, wanted)
            raise CheckFailure(problem, got=show(value), diagnosis=diagnosis)


def brackets(
    value: Any,
    *,
    low_closed: bool,
    high_closed: bool,
    what: str,
    low_reason: str = "",
    high_reason: str = "",
) -> None:
    """Ask for a range whose ends belong to it, or not, as said; the numbers do not matter.

    Parameters
    ----------
    low_reason, high_reason : str
        A sentence that makes the student see it, for the message.

    Raises
    ------
    CheckFailure
        It is no range, or an end is closed that must be open, or the reverse.

    Examples
    --------
    >>> brackets("(0, 7]", low_closed=False, high_closed=True, what="the range")
    >>> brackets("[0, 1]", low_closed=False, high_closed=True, what="the range")
    Traceback (most recent call last):
    ...
    helpers.checking.failures.CheckFailure: the range counts its lower end in, but no input \
gives exactly that value
    """
    interval = read(value, what)
    for name, end, closed, wanted, reason in (
        ("lower", interval.low, interval.low_closed, low_closed, low_reason),
        ("upper", interval.high, interval.high_closed, high_closed, high_reason),
    ):
        if closed == wanted:
            continue
        if closed and math.isinf(end):
            problem = f"{what} counts infinity in; infinity is no number, so that end is open"
            reason = "infinity is no number, so its bracket is always round"
        elif closed:
            problem = f"{what} counts its {name} end in, but no input gives exactly that value"
        else:
            problem = f"{what} leaves its {name} end out, but some input gives exactly that value"
        raise CheckFailure(problem, got=show(value), diagnosis=reason)


def read(value: Any, what: str) -> Interval:
    """Ask for a range in words that can be read.

    Raises
    ------
    CheckFailure
        It is no text, or text that is no range.
    """
    if isinstance(value, str):
        try:
            return parse_interval(value)
        except IntervalError as error:
            raise CheckFailure(
                f"{what} cannot be read as a range", got=show(value), diagnosis=str(error)
            ) from None
    if value is None:
        raise CheckFailure(f"{what} is None: is a `return` missing?", got="None")
    kind = value.type_name if isinstance(value, Opaque) else type(value).__name__
    raise CheckFailure(f"{what} is a {kind}, not text; {HOW_TO}", got=show(value))


def _coded(*ends: float) -> np.ndarray:
    """Both ends as finite numbers: 0 for an infinite one, and then which of them are infinite."""
    infinite = np.isinf(ends)
    return np.append(np.where(infinite, 0, ends), np.where(infinite, np.sign(ends), 0))


def _same(a: float, b: float) -> bool:
    return a == b or abs(a - b) <= TOLERANCE


def _off(what: str, verb: str, given: float, wanted: float) -> str:
    too_narrow = given > wanted if verb == "begins" else given < wanted
    if too_narrow:
        return f"{what} {verb} at {given:g}, but {_further(verb)} values occur"
    return f"{what} {verb} at {given:g}, but no value comes near that"


def _further(verb: str) -> str:
    return "smaller" if verb == "begins" else "larger"
