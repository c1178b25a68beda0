"""Exercise 2.2.2: softmax, row by row."""

import numpy as np
from scipy import special

from helpers.checking import after, demand, exercise, expect, hint, points

pytestmark = exercise("2.2.2")

NEAR_1000 = 1e-3
"""Neighbouring numbers of single precision are 6e-5 apart there."""


@demand("a")
@points(0.5)
@hint("Each row is one example: over which axis does the sum run?")
def test_rows_sum_to_one(student, rng):
    scores = rng.normal(size=(8, 36))
    probs = expect.array(student.softmax(scores), (8, 36), "softmax(scores)")
    total = probs.sum(axis=1)
    columns = np.allclose(probs.sum(axis=0), 1)
    expect.true(
        np.allclose(total, 1, atol=1e-6),
        f"the first row of the result sums to {total[0]:.4g}, not 1"
        + (" (each column sums to 1 instead)" if columns else "")
        + (" (the whole matrix does)" if abs(probs.sum() - 1) < 1e-6 else ""),
        got=total,
        expected="rows that sum to 1",
    )
    expect.true(
        np.ptp(probs) > 1e-6,
        "all entries of the result are the same: the probabilities must depend on the scores",
        got=probs[0],
    )


@demand("b")
@points(1)
@hint("p_k is exp(s_k) divided by the sum of exp(s_j) over the same row.")
def test_known_values(student, rng):
    scores = rng.normal(size=(5, 3))
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    expect.close(
        student.softmax(scores),
        special.softmax(scores, axis=1),
        what="softmax(scores)",
        mistakes={
            "the sum runs over the whole matrix": special.softmax(scores),
            "each row loses its own maximum, but the sum runs over the whole matrix":
                shifted / shifted.sum(),
            "the sum runs down the columns": special.softmax(scores, axis=0),
            "the largest score of each column is subtracted, and that changes the rows":
                np.exp(scores - scores.max(axis=0))
                / np.exp(scores - scores.max(axis=0)).sum(axis=1, keepdims=True),
            "that is the logarithm of softmax": special.log_softmax(scores, axis=1),
            "that is exp(scores): nothing is divided": np.exp(scores),
            "the exponentials are not divided by their sum": shifted,
            "that is softmax(-scores): a sign is wrong": special.softmax(-scores, axis=1),
            "the scores are divided by their sum; the exponential is missing":
                scores / scores.sum(axis=1, keepdims=True),
        },
    )  # fmt: skip


@demand("c")
@points(0.5)
@hint("exp(1000) overflows. Subtract the largest score of the row first: nothing else changes.")
def test_large_scores(student, rng):
    scores = 1000 + rng.normal(size=(4, 6))
    scores[0, :2] = -3000, 0  # one row that is wide as well
    expect.close(
        student.softmax(scores),
        special.softmax(scores, axis=1),
        what="softmax of scores near 1000",
        of_largest=NEAR_1000,
    )


@demand("c")
@points(0.5)
@hint("exp(-1000) is 0, and 0 / 0 is nan. Subtract the largest score of the row first.")
def test_large_negative_scores(student, rng):
    scores = -1000 + rng.normal(size=(4, 6))
    expect.close(
        student.softmax(scores),
        special.softmax(scores, axis=1),
        what="softmax of scores near -1000",
        of_largest=NEAR_1000,
    )


@demand("c")
@points(1)
@hint("Each row needs a maximum of its own: with one for the whole matrix, small rows become 0/0.")
def test_rows_of_different_size(student, rng):
    scores = rng.normal(size=(5, 4)) + np.array([[-2000], [-500], [0], [500], [2000]])
    expect.close(
        student.softmax(scores),
        special.softmax(scores, axis=1),
        what="softmax of rows whose scores differ by thousands",
    )


@after("rows_sum_to_one", "known_values")
@demand("d")
@points(0.5)
@hint("Subtract from a new array: `x = x - c`, not `x -= c`.")
def test_argument_unchanged(student, rng):
    student.softmax(rng.normal(size=(3, 4)))
    expect.arguments_unchanged(student)
