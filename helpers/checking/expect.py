"""Comparisons that teach: each says what came back, what should have, and where they part.

Checks use these and never a bare ``assert``. ``what`` names the value in the words of the
exercise; ``mistakes`` maps a known mistake to the value that it produces, so that a student
who made it reads its name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from helpers.checking.failures import CheckFailure
from helpers.checking.plain import NUMERIC_KINDS, Opaque, same
from helpers.checking.relations import related
from helpers.checking.show import show, subject
from helpers.checking.student import Student

RTOL = 1e-6
ATOL = 1e-9
ADVICE = {
    "matrix": ": `*` is another product for it, and np.asarray(x) makes an array of it",
    "MaskedArray": ": it hides entries, and x.filled(0) makes an ordinary array of it",
    "Tensor": ": x.detach().numpy() makes an array of it",
}
"""How arrays of other kinds become ordinary ones."""
OF_LARGEST = 1e-5
"""An entry may be off by this share of the largest one: what single precision costs where terms
of the largest's size cancel. Who computes in float32 has a right answer, too."""


def array(value: Any, shape: Sequence[int] | None = None, what: str = "the result") -> np.ndarray:
    """Ask for a finite numeric array, of a given shape if one is given.

    Parameters
    ----------
    value : object
        What came back.
    shape : sequence of int, optional
        The shape that it must have; ``-1`` allows any length along that axis.
    what : str
        The name of the value in messages.

    Returns
    -------
    numpy.ndarray
        The same numbers as float64.

    Raises
    ------
    CheckFailure
        It is no array, not numeric, of another shape, or holds NaN or infinity.

    Examples
    --------
    >>> array(np.ones((2, 3)), (2, -1)).sum()
    np.float64(6.0)
    >>> array(np.ones(3), (3, 1), what="the bias")
    Traceback (most recent call last):
    ...
    helpers.checking.failures.CheckFailure: the bias has shape (3,), not (3, 1)
    """
    if not isinstance(value, np.ndarray):
        raise _of_another_kind(value, what, "a NumPy array of numbers")
    if value.dtype.kind not in NUMERIC_KINDS:
        raise _fault(what, "holds", f"{value.dtype}, not numbers", "no numbers", got=show(value))
    if shape is not None and not _fits(value.shape, tuple(shape)):
        wanted = str(tuple(shape)).replace("-1", "any")
        raise _fault(what, "has", f"shape {value.shape}, not {wanted}", "another shape than asked",
                     got=show(value))  # fmt: skip
    numbers = value.astype(np.float64)
    if not np.isfinite(numbers).all():
        raise _fault(what, "has", _not_finite(numbers), "entries that are NaN or infinite",
                     got=show(value))  # fmt: skip
    return numbers


def number(value: Any, what: str = "the result") -> float:
    """Ask for one finite number; an array with a single entry will do.

    Raises
    ------
    CheckFailure
        It is something else.

    Examples
    --------
    >>> number(np.array([[2.5]]))
    2.5
    """
    if isinstance(value, np.ndarray) and value.size == 1 and value.dtype.kind in NUMERIC_KINDS:
        value = value.reshape(-1)[0].item()
    if isinstance(value, np.ndarray):
        raise _fault(what, "is", f"an array of shape {value.shape}, not one number",
                     "an array, not one number", got=show(value))  # fmt: skip
    if not isinstance(value, (bool, int, float)):
        raise _of_another_kind(value, what, "a number")
    if not np.isfinite(value):
        raise _fault(what, "is", f"{value}", "NaN or infinite", got=show(value))
    return float(value)


def close(
    value: Any,
    expected: Any,
    *,
    what: str = "the result",
    rtol: float = RTOL,
    atol: float = ATOL,
    of_largest: float = OF_LARGEST,
    mistakes: Mapping[str, Any] | None = None,
) -> None:
    """Ask for an array (or number) that equals another one entry by entry.

    An entry is close when ``|value - expected| <= atol + rtol * |expected|``, or when it is off
    by no more than a small share of the largest entry. A shape that differs is a failure even
    where it would broadcast.

    Parameters
    ----------
    rtol, atol : float
        How far an entry may be off, as a share of itself and at all.
    of_largest : float
        How far it may be off as a share of the largest entry; 0 asks for double precision.
    mistakes : mapping of str to array, optional
        ``{sentence: value}``. If what came back is one of these values, the message says
        the sentence. If it is none of them, but is plainly related to the right value (twice
        as large, say), the message says that.

    Raises
    ------
    CheckFailure
        Some entry is off; the message gives the worst one.
    """
    expected = np.asarray(expected, dtype=np.float64)
    diagnosis = diagnose(value, mistakes, rtol, atol, of_largest)
    try:
        if expected.ndim == 0:
            numbers = np.asarray(number(value, what))
        else:
            numbers = array(value, expected.shape, what)
    except CheckFailure as failure:
        failure.expected = failure.expected or show(expected)
        failure.diagnosis = failure.diagnosis or diagnosis
        failure.problem += "" if failure.diagnosis else _relation(value, expected)
        raise
    off = np.abs(numbers - expected)
    if (off <= _allowed(expected, rtol, atol, of_largest)).all():
        return
    relation = "" if diagnosis else _relation(numbers, expected)
    raise _fault(
        what,
        "is",
        _worst(numbers, expected, off) + relation,
        "wrong",
        got=show(value),
        expected=show(expected),
        diagnosis=diagnosis,
    )


def _allowed(expected: np.ndarray, rtol: float, atol: float, of_largest: float) -> np.ndarray:
    """How far each entry may be off."""
    sizes = np.abs(expected)
    finite = sizes[np.isfinite(sizes)]
    return np.maximum(atol + rtol * sizes, of_largest * finite.max(initial=0.0))


def diagnose(
    value: Any,
    mistakes: Mapping[str, Any] | None,
    rtol: float = RTOL,
    atol: float = ATOL,
    of_largest: float = OF_LARGEST,
) -> str:
    """The known mistake whose value this is, in its sentence; or an empty string.

    Where the numbers are those of several mistakes, all are named.

    Raises
    ------
    ValueError
        A mistake's value is the very object that came back, so it would be named whatever the
        student did: the check has to keep a copy.
    """
    if not isinstance(value, (bool, int, float, np.ndarray)):
        return ""
    numbers = np.asarray(value)
    if numbers.dtype.kind not in NUMERIC_KINDS:
        return ""
    found = []
    for sentence, wrong in (mistakes or {}).items():
        if wrong is value and isinstance(value, np.ndarray):
            raise ValueError(f"what came back is compared with itself to find out if {sentence}")
        wrong = np.asarray(wrong, dtype=np.float64)
        if numbers.shape == wrong.shape and _alike(
            numbers.astype(np.float64), wrong, _allowed(wrong, rtol, atol, of_largest)
        ):
            found.append(sentence)
    return ", or ".join(found)


def _relation(value: Any, expected: np.ndarray) -> str:
    """How numbers are related to the right ones, to be added to a sentence; or nothing."""
    if not isinstance(value, np.ndarray) or value.dtype.kind not in NUMERIC_KINDS:
        return ""
    relation = related(value, expected)
    return f"; {relation}" if relation else ""


def _alike(numbers: np.ndarray, wrong: np.ndarray, allowed: np.ndarray) -> bool:
    """Whether all entries agree; NaN with NaN, infinite with the same infinite."""
    same_kind = (numbers == wrong) | (np.isnan(numbers) & np.isnan(wrong))
    with np.errstate(invalid="ignore"):
        near = np.isfinite(wrong) & (np.abs(numbers - wrong) <= allowed)
    return bool((same_kind | near).all())


def equal(value: Any, expected: Any, *, what: str = "the result") -> None:
    """Ask for a string, a bool, an int or a tuple of them that equals another one exactly."""
    if value is None and expected is not None:
        raise _of_another_kind(value, what, "")
    if not _equal(value, expected):
        raise _fault(what, "is", "not right", "not right", got=show(value), expected=show(expected))


def _equal(value: Any, expected: Any) -> bool:
    if type(value) is not type(expected):
        return False
    if isinstance(expected, (list, tuple)):
        return len(value) == len(expected) and all(map(_equal, value, expected))
    return same(value, expected)


def true(condition: bool, problem: str, *, got: Any = None, expected: Any = None) -> None:
    """Fail with a sentence of the check's own where a condition does not hold."""
    if not condition:
        raise CheckFailure(
            problem,
            got="" if got is None else show(got),
            expected="" if expected is None else show(expected),
        )


def keys(params: Any, names: Sequence[str], what: str = "`params`") -> None:
    """Ask that a dict holds these keys; others may be there too."""
    if not isinstance(params, dict):
        raise _of_another_kind(params, what, "a dict")
    missing = [name for name in names if name not in params]
    if missing:
        raise _fault(
            what,
            "has",
            f"no entry {', '.join(map(repr, missing))}",
            "not all the entries that it should",
            got=f"the keys {sorted(params)[:12]}",
            expected=f"the keys {sorted(names)}",
        )


def sequence(value: Any, length: int | None = None, what: str = "the result") -> list:
    """Ask for a list or tuple, of a given length if one is given; returned as a list."""
    if not isinstance(value, (list, tuple)):
        raise _of_another_kind(value, what, "a list or tuple")
    if length is not None and len(value) != length:
        raise _fault(what, "has", f"{len(value)} entries, not {length}",
                     "another number of entries than asked", got=show(value))  # fmt: skip
    return list(value)


def arguments_unchanged(student: Student) -> None:
    """Ask that no call so far changed an argument other than ``params``."""
    for call in student.calls:
        if call.changed_arguments:
            raise CheckFailure(
                f"`{call.function}` changed its {call.changed_arguments[0]} in place",
                about="one of the arguments",
                gist="is changed in place",
                expected="arguments left as they were: work on a copy, or use no in-place operator",
            )


def _fault(what: str, verb: str, fault: str, gist: str, **more: str) -> CheckFailure:
    """What is wrong with something; ``gist`` says it in words that no answer has a part in."""
    problem = f"{subject(what, verb)} {fault}"
    return CheckFailure(problem, about=what, gist=f"{verb} {gist}", **more)


def _of_another_kind(value: Any, what: str, wanted: str) -> CheckFailure:
    if value is None:
        nothing = "None: is a `return` missing?"
        return _fault(what, "is", nothing, nothing, got="None")
    kind = value.type_name if isinstance(value, Opaque) else type(value).__name__
    article = "an" if kind.lower().startswith((*"aeiou", "nd")) else "a"
    asked = f"not {wanted}" if wanted else "not what was asked for"
    advice = ADVICE.get(kind, "") if isinstance(value, Opaque) else ""
    return _fault(what, "is", f"{article} {kind}, not {wanted}{advice}", asked, got=show(value))


def _fits(shape: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    return len(shape) == len(wanted) and all(
        b in (-1, a) for a, b in zip(shape, wanted, strict=True)
    )


def _not_finite(numbers: np.ndarray) -> str:
    nan = int(np.isnan(numbers).sum())
    infinite = int(np.isinf(numbers).sum())
    parts = [f"{nan} NaN"] * bool(nan) + [f"{infinite} infinite"] * bool(infinite)
    return f"{' and '.join(parts)} of {numbers.size} entries"


def _worst(numbers: np.ndarray, expected: np.ndarray, off: np.ndarray) -> str:
    if expected.ndim == 0:
        return _apart(float(numbers), float(expected))
    where = np.unravel_index(int(np.argmax(off)), off.shape)
    place = "[" + ", ".join(str(int(i)) for i in where) + "]"
    return f"wrong, most of all at {place}: {_apart(float(numbers[where]), float(expected[where]))}"


def _apart(found: float, wanted: float) -> str:
    """``found, not wanted``, with as many digits as it takes to tell them apart.

    Examples
    --------
    >>> _apart(0.5, 2.0), _apart(0.51457812, 0.51457834)
    ('0.5, not 2', '0.5145781, not 0.5145783')
    """
    texts = ((f"{found:.{digits}g}", f"{wanted:.{digits}g}") for digits in range(6, 18))
    one, other = next((pair for pair in texts if pair[0] != pair[1]), (repr(found), repr(wanted)))
    return f"{one}, not {other}"
