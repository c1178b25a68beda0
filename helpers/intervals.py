"""Ranges of numbers written as text, such as ``"(0, 1]"``.

A student who says what values a function can take says two things for each end: the number,
and whether the number itself belongs to the range. Both notations in use are read: a round
bracket leaves an end out, ``"(0, 1]"``, and so does a square bracket that is turned outwards,
``"]0, 1]"`` (ISO 80000-2).
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

from helpers.errors import IntervalError

MAX_LENGTH = 80
HOW_TO = 'write it like "(2, 5]": round brackets leave an end out, square brackets count it in'

_INFINITY = re.compile(r"(np\.|math\.)?(inf|infinity|infty|oo|∞)")
_NUMBER = re.compile(r"(\d{1,15}(\.\d{0,15})?|\.\d{1,15})(e[+-]?\d{1,2})?")
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_DECORATION = re.compile(r"\\(left|right|[bB]igg?[lr]?)(?![a-z])|\\[,;:! ]|[$\s]|\\(?=inf)")


@dataclass(frozen=True)
class Interval:
    """A range of real numbers.

    Attributes
    ----------
    low, high : float
        The ends; ``-math.inf`` and ``math.inf`` where there is none.
    low_closed, high_closed : bool
        Whether each end belongs to the range.
    """

    low: float
    high: float
    low_closed: bool
    high_closed: bool

    def __str__(self) -> str:
        left, right = "(["[self.low_closed], ")]"[self.high_closed]
        return f"{left}{self.low:g}, {self.high:g}{right}"


def parse_interval(text: str) -> Interval:
    r"""Read a range from text.

    Spaces do not matter. Ends are decimals, fractions such as ``1/4``, or infinity (``inf``,
    ``∞``, ``oo``, ``\infty``), each with or without a sign; a comma or a semicolon stands
    between them. Dollar signs, ``\left`` and ``\right`` are passed over.

    Parameters
    ----------
    text : str
        At most 80 characters.

    Returns
    -------
    Interval

    Raises
    ------
    IntervalError
        It cannot be read, its ends are the wrong way round, or it holds no number at all.

    Examples
    --------
    >>> print(parse_interval("( 0 ; +∞ )"))
    (0, inf)
    >>> parse_interval("]0, 1]") == parse_interval("(0.0,1]")
    True
    >>> parse_interval("(0, 1")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    helpers.errors.IntervalError: the range '(0, 1' does not end with a bracket; write it like...
    """
    if not isinstance(text, str):
        raise IntervalError(f"a range is text, not {type(text).__name__}; {HOW_TO}")
    if len(text) > MAX_LENGTH:
        raise IntervalError(f"the range is {len(text)} characters long, not a few; {HOW_TO}")
    bare = _simplified(text)
    if bare[:1] not in ("(", "[", "]"):
        raise IntervalError(f"the range {text!r} does not begin with a bracket; {HOW_TO}")
    if len(bare) < 2 or bare[-1] not in (")", "]", "["):
        raise IntervalError(f"the range {text!r} does not end with a bracket; {HOW_TO}")
    parts = re.split("[,;]", bare[1:-1])
    if len(parts) != 2:
        raise IntervalError(f"the range {text!r} must have two ends with a comma between; {HOW_TO}")
    low, high = (_end(part, text) for part in parts)
    interval = Interval(low, high, bare[0] == "[", bare[-1] == "]")
    if low > high:
        raise IntervalError(f"the range {text!r} has its larger end first; the smaller one leads")
    if low == high and not (interval.low_closed and interval.high_closed):
        raise IntervalError(f"the range {text!r} holds no number at all")
    return interval


def _simplified(text: str) -> str:
    """The text in lower case without spaces, typesetting, and look-alikes of plain characters."""
    text = unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("\u2044", "/")
    text = text.replace("\u2013", "-").lower()
    return _FRACTION.sub(r"\1/\2", _DECORATION.sub("", text))


def _end(part: str, text: str) -> float:
    sign = -1.0 if part[:1] == "-" else 1.0
    size = part[1:] if part[:1] in ("+", "-") else part
    if _INFINITY.fullmatch(size):
        return sign * math.inf
    numerator, slash, denominator = size.partition("/")
    if not _NUMBER.fullmatch(numerator) or (slash and not _NUMBER.fullmatch(denominator)):
        raise IntervalError(f"{part!r} in the range {text!r} is no number; {HOW_TO}")
    divisor = float(denominator) if slash else 1.0
    if divisor == 0:
        raise IntervalError(f"{part!r} in the range {text!r} divides by zero")
    return sign * float(numerator) / divisor
