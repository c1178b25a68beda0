"""Exercise 1.1, hidden: scores of any sign and size, any number of them."""

import numpy as np

from helpers.checking import after, exercise, expect, hint, points
from helpers.for_checks import ranges

pytestmark = exercise("1.1")


@points(1)
@hint("The largest score can be negative, and the longest way from 0 need not be the largest.")
def test_shift_of_negative_scores(student, rng):
    scores = -rng.uniform(700, 2000, size=5)
    expect.close(
        student.stable_shift(scores),
        -scores.max(),
        what="the shift of scores that are all negative",
        mistakes={
            "a shift of 0 lets every exponential underflow to 0, and 0/0 follows": 0.0,
            "this follows the largest magnitude, not the largest score": scores.min(),
        },
    )


@points(0.5)
@hint("The upper end of the range depends on how many scores there are.")
def test_shifted_sum_range_for_any_d(student, rng):
    for d in (2, int(rng.integers(4, 40))):
        ranges.ends(student.shifted_sum_range(d), 1, d, what="the range of the sum for another d")


@after("shift_of_negative_scores")
@points(0.5)
@hint("`scores -= ...` changes the caller's array; `scores - ...` makes a new one.")
def test_scores_unchanged(student, rng):
    scores = np.round(rng.normal(size=4), 3)
    student.stable_shift(scores)
    expect.arguments_unchanged(student)
