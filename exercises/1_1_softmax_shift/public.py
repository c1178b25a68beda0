"""Exercise 1.1: the shift that keeps softmax finite, and the ranges around it."""

import math

from helpers.checking import exercise, expect, hint, points
from helpers.for_checks import ranges

pytestmark = exercise("1.1")


@points(1)
@hint("c is ADDED to every score. After that the largest score must be exactly 0.")
def test_shift_of_positive_scores(student, rng):
    scores = rng.uniform(1, 9, size=6)
    expect.close(
        student.stable_shift(scores),
        -scores.max(),
        what="stable_shift(scores)",
        mistakes={
            "the sign is turned round: adding this makes large scores larger": scores.max(),
            "this moves the smallest score to 0, so the largest can still overflow": -scores.min(),
            "this moves the mean to 0, so the largest can still overflow": -scores.mean(),
        },
    )


@points(0.5)
@hint("Sketch exp(x) from far left to far right: how low does it come, how high?")
def test_exp_range_ends(student):
    ranges.ends(student.exp_range(), 0, math.inf, what="exp_range()")


@points(0.5)
@hint("For each end ask: is there a real x with exp(x) exactly equal to it?")
def test_exp_range_brackets(student):
    ranges.brackets(
        student.exp_range(),
        low_closed=False,
        high_closed=False,
        what="exp_range()",
        low_reason="exp(x) = 0 has no solution: exp only comes closer and closer",
    )


@points(0.5)
@hint("After the shift every score is at most 0. What does exp make of such numbers?")
def test_shifted_exp_range_ends(student):
    ranges.ends(student.shifted_exp_range(), 0, 1, what="shifted_exp_range()")


@points(0.5)
@hint("What is the largest score after the shift, and what is its exponential?")
def test_shifted_exp_range_brackets(student):
    ranges.brackets(
        student.shifted_exp_range(),
        low_closed=False,
        high_closed=True,
        what="shifted_exp_range()",
        low_reason="exp(x) = 0 has no solution, shifted or not",
        high_reason="the largest score itself is moved to 0: follow it through exp",
    )


@points(0.5)
@hint("One entry of the sum is fixed by the shift. How small and how large can the others be?")
def test_shifted_sum_range_ends(student):
    ranges.ends(student.shifted_sum_range(3), 1, 3, what="shifted_sum_range(3)")


@points(0.5)
@hint("Try d = 2 with the scores (0, 0), then with (0, -50).")
def test_shifted_sum_range_brackets(student):
    ranges.brackets(
        student.shifted_sum_range(3),
        low_closed=False,
        high_closed=True,
        what="shifted_sum_range(3)",
        low_reason="the entries beside the largest are small, but each is more than 0",
        high_reason="think of scores that are all equal",
    )
