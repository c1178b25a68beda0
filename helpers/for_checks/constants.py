"""What checks ask of a number that is itself the answer: messages say what is wrong, not what
is right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from helpers.checking import expect
from helpers.checking.failures import CheckFailure
from helpers.checking.show import show

TOLERANCE = 1e-6


def constant(
    value: Any,
    right: float,
    *,
    what: str,
    too_low: str,
    too_high: str,
    mistakes: Mapping[str, float] | None = None,
) -> None:
    """Ask for one number, and keep it a secret.

    Parameters
    ----------
    value : object
        What came back.
    right : float
        The answer.
    what : str
        The name of the number in messages.
    too_low, too_high : str
        What is wrong with a smaller number, and with a larger one.
    mistakes : mapping of str to float, optional
        ``{sentence: value}``. If what came back is one of these values, the message says the
        sentence.

    Raises
    ------
    CheckFailure
        It is no number, or another one.

    Examples
    --------
    >>> constant(7, 2, what="the slope", too_low="it is steeper", too_high="it is flatter")
    Traceback (most recent call last):
    ...
    helpers.checking.failures.CheckFailure: the slope is given as 7, but it is flatter
    """
    given = expect.number(value, what)
    if abs(given - right) <= TOLERANCE:
        return
    raise CheckFailure(
        f"{what} is given as {given:.6g}, but {too_low if given < right else too_high}",
        got=show(value),
        diagnosis=expect.diagnose(given, mistakes),
    )


def sizes(
    value: Any, right: Sequence[int], *, what: str, problem: str, mistakes: Mapping[str, Any]
) -> None:
    """Ask for the shape of an array, and keep it a secret.

    Parameters
    ----------
    value : object
        What came back.
    right : sequence of int
        The answer.
    what, problem : str
        The name of the shape in messages, and what is wrong with another one.
    mistakes : mapping of str to sequence of int
        ``{sentence: shape}``. If what came back is one of these shapes, the message says the
        sentence.

    Raises
    ------
    CheckFailure
        It is no shape, or another one.

    Examples
    --------
    >>> sizes([2, 3], (2, 3), what="the shape", problem="it is not that of W", mistakes={})
    """
    given = [
        expect.number(size, f"a size in {what}") for size in expect.sequence(value, None, what)
    ]
    if given != list(right):
        raise CheckFailure(
            problem, got=show(value), diagnosis=expect.diagnose(np.array(given), mistakes)
        )
