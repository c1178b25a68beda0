"""Exercise 1.1, hidden: scores that are all negative, and ranges for any number of them."""

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import ranges

pytestmark = exercise("1.1")


@after("shift_of_positive_scores")
@points(1)
@demand("a")
@hint("All the scores can be negative. Which of them is the largest then?")
def test_shift_of_negative_scores(student, rng):
    scores = -rng.uniform(700, 2000, size=5)
    expect.close(
        student.stable_shift(scores.copy()),
        -scores.max(),
        what="the shift of scores that are all negative",
        mistakes={
            "a shift of 0 lets every exponential underflow to 0, and 0/0 follows": 0.0,
            "this follows the score furthest from 0, not the largest one": scores.min(),
        },
    )


@after("shifted_sum_range_ends")
@points(0.5)
@demand("e")
@hint("The range must be right for every d from 2 upwards. Which of its ends depends on d?")
def test_shifted_sum_range_for_any_d(student, rng):
    for d in (2, int(rng.integers(11, 40))):
        ranges.ends(student.shifted_sum_range(d), 1, d, what="the range of the sum for another d")
