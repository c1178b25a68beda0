"""How a wrong array is related to the right one, where no known mistake explains it.

A factor that slipped in, a square too many, rows in another order: such things happen in every
exercise, and the numbers show them. What is said is a fact about the numbers, never a guess at
what the student did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

import numpy as np

RTOL = 1e-6
EACH: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "every entry has the wrong sign": np.negative,
    "every entry is the square of what it should be": np.square,
    "every entry is the square root of what it should be": np.sqrt,
    "every entry is 1 divided by what it should be": np.reciprocal,
    "every entry is the exponential of what it should be": np.exp,
    "every entry is the logarithm of what it should be": np.log,
    "every entry is 1 minus what it should be": lambda right: 1 - right,
    "the sizes are right, but the signs of the negative entries are lost": np.abs,
    "the positive entries are right, but 0 stands for the negative ones": lambda right: np.maximum(
        right, 0
    ),
    "every entry is rounded to a whole number": np.round,
    "every entry is rounded down to a whole number": np.floor,
}
OF_ONE: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "it is twice what it should be": lambda right: 2 * right,
    "it is half of what it should be": lambda right: right / 2,
    "it has the wrong sign": np.negative,
    "it is the square of what it should be": np.square,
    "it is the square root of what it should be": np.sqrt,
    "it is 1 divided by what it should be": np.reciprocal,
}
SHAPE = "the numbers are right, but the shape is not"
OF_A_WHOLE: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "the right entries are divided by their sum": lambda right: right / right.sum(),
    "the right entries are divided by the largest of them": lambda right: right / right.max(),
    "the mean is taken off the right entries": lambda right: right - right.mean(),
    "these are the right entries added up step by step": lambda right: (
        right.ravel().cumsum().reshape(right.shape)
    ),
    "the right entries stand from last to first": lambda right: right[::-1],
}
OF_A_MATRIX: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "this is the transpose of what it should be": np.transpose,
    "the right columns stand from last to first": lambda right: right[:, ::-1],
    "the columns are added up: their sums came back": lambda right: right.sum(axis=0),
    "the rows are added up: their sums came back": lambda right: right.sum(axis=1),
    "the means of the columns came back": lambda right: right.mean(axis=0),
    "the means of the rows came back": lambda right: right.mean(axis=1),
}


def related(found: np.ndarray | float, right: np.ndarray | float) -> str:
    """What a wrong array has to do with the right one, in a sentence; or an empty string.

    Parameters
    ----------
    found, right : ndarray
        Nothing is said where all right entries are equal. A single number has fewer relations,
        and none where the right one is whole: too many numbers would fit by accident.

    Examples
    --------
    >>> right = np.array([[0.5, 2.0], [3.0, 7.0]])
    >>> related(3 * right, right)
    'every entry is 3 times what it should be: are sum and mean mixed up, or is a factor too many?'
    >>> related(right.sum(axis=1), right)
    'the rows are added up: their sums came back'
    >>> related(right + 0.25, right)
    'every entry is too large by 0.25'
    >>> related(right[[1, 0]] ** 3, right)
    ''
    >>> related(0.66, 0.33), related(4, 2)
    ('it is twice what it should be', '')
    """
    found, right = np.asarray(found, dtype=np.float64), np.asarray(right, dtype=np.float64)
    if not right.size or not (np.isfinite(right).all() and np.isfinite(found).all()):
        return ""
    with np.errstate(all="ignore"):
        if right.ndim == 0:
            return next(_relations_of_one(found, right), "")
        if np.ptp(right) <= RTOL * np.abs(right).max():
            return ""
        return next(_relations(found, right), "")


def _relations_of_one(found: np.ndarray, right: np.ndarray) -> Iterator[str]:
    if found.size == 1 and right != np.round(right):
        for sentence, change in OF_ONE.items():
            if _same(found.reshape(()), change(right)):
                yield sentence


def _relations(found: np.ndarray, right: np.ndarray) -> Iterator[str]:
    if found.shape != right.shape and _same(found.ravel(), right.ravel()):
        transposed = found.shape == right.T.shape
        yield "this is a column in place of a row, or the other way" if transposed else SHAPE
    changes = {**EACH, **OF_A_WHOLE} | (OF_A_MATRIX if right.ndim == 2 else {})
    for sentence, change in changes.items():
        if _same(found, change(right)) and not _same(change(right), right):
            yield sentence
    if found.shape != right.shape:
        return
    factor = float((found * right).sum() / (right**2).sum())
    if abs(factor) > RTOL and _same(found, factor * right):
        yield _times(factor)
    shift = float((found - right).mean())
    if _same(found, right + shift):
        yield f"every entry is too {'large' if shift > 0 else 'small'} by {abs(shift):.4g}"
    mostly_different = 2 * np.unique(right).size > right.size
    if mostly_different and _same(np.sort(found, axis=None), np.sort(right, axis=None)):
        yield "the right numbers came back, but in another order"


def _times(factor: float) -> str:
    """A factor in words, and what to ask oneself.

    Examples
    --------
    >>> _times(3.0)
    'every entry is 3 times what it should be: are sum and mean mixed up, or is a factor too many?'
    >>> _times(0.125)
    'every entry is 1/8 of what it should be: are sum and mean mixed up, or is a factor missing?'
    >>> _times(0.98)
    'every entry is 0.98 times what it should be: is something small added or taken off?'
    >>> _times(-1.7)
    'every entry is -1.7 times what it should be: which factor is too many or missing?'
    """
    fraction = Fraction(factor).limit_denominator(1000)
    plain = abs(factor - fraction) < RTOL * abs(factor)
    said = f"every entry is {factor:.4g} times what it should be"
    if plain and fraction.denominator == 1 and factor > 1:
        return f"{said}: are sum and mean mixed up, or is a factor too many?"
    if plain and fraction.numerator == 1 and fraction.denominator > 1:
        said = f"every entry is {fraction} of what it should be"
        return f"{said}: are sum and mean mixed up, or is a factor missing?"
    if 0.9 < factor < 1.1:
        return f"{said}: is something small added or taken off?"
    return f"{said}: which factor is too many or missing?"


def _same(found: np.ndarray, other: np.ndarray) -> bool:
    if found.shape != other.shape or not np.isfinite(other).all():
        return False
    return np.allclose(found, other, rtol=RTOL, atol=RTOL * float(np.abs(other).max(initial=0.0)))
