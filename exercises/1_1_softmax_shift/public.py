"""Exercise 1.1: the shift that keeps softmax finite, and the ranges around it."""

import math

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import ranges

pytestmark = exercise("1.1")

PATTERN = np.array([3.0, 1.0, 8.0, 1.5, 5.0, 4.0])
"""The largest score stands neither first nor last; sum, mean and the others differ."""


def wrong_shifts(scores):
    """What comes of other scores than the largest, of their place, or of all of them."""
    others = np.delete(np.arange(len(scores)), scores.argmax())
    return {f"this moves score {i + 1} to 0, and another is larger": -scores[i] for i in others} | {
        "this moves the mean to 0, so the largest can still overflow": -scores.mean(),
        "all the scores are added up; one of them alone decides c": -scores.sum(),
        "this is the place of the largest score; c follows from the score": -scores.argmax(),
        "these are the shifted scores; asked for is the number that is added": (
            scores - scores.max()
        ),
        "this is e^c, what the shift does to the exponentials; c itself is asked for": np.exp(
            -scores.max()
        ),
        "this takes off the largest score less the smallest; the largest alone must go to 0": (
            scores.min() - scores.max()
        ),
    }


@points(0.5)
@demand("a")
@hint("c is ADDED to every score. What is the largest score then?")
def test_shift_of_positive_scores(student, rng):
    scores = rng.uniform(1.1, 1.9) * PATTERN
    wrong = {
        "the sign is turned round: adding this makes large scores larger": scores.max(),
        **wrong_shifts(scores),
    }
    expect.close(
        student.stable_shift(scores.copy()),
        -scores.max(),
        what="stable_shift(scores)",
        mistakes=wrong,
    )


@after("shift_of_positive_scores")
@points(0.5)
@demand("a")
@hint("The score furthest from 0 need not be the largest. Which one is furthest to the right?")
def test_shift_of_scores_of_both_signs(student, rng):
    scores = rng.uniform(1.1, 1.9) * np.array([-9.0, 2.0, 5.0, -1.0])
    expect.close(
        student.stable_shift(scores.copy()),
        -scores.max(),
        what="stable_shift(scores), for scores of both signs,",
        mistakes={
            "this follows the score furthest from 0, not the largest one": scores.min(),
        },
    )


@after("shift_of_positive_scores")
@points(0.5)
@demand("b")
@hint("`scores -= ...` changes the caller's array; `scores - ...` makes a new one.")
def test_scores_unchanged(student, rng):
    scores = np.round(rng.normal(size=4), 3)
    student.stable_shift(scores)
    expect.arguments_unchanged(student)


@points(0.5)
@demand("c")
@hint("Sketch exp(x) from far left to far right: how low does it come, how high?")
def test_exp_range_ends(student):
    ranges.ends(
        student.exp_range(),
        0,
        math.inf,
        what="exp_range()",
        mistakes={
            "this is the range of the scores; asked for is that of their exponentials": (
                -math.inf,
                math.inf,
            ),
            "this leaves out the negative scores, whose exponentials are smaller": (1, math.inf),
        },
    )


@after("exp_range_ends")
@points(0.5)
@demand("c")
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
@demand("d")
@hint("Which values can a score have after the shift? What does exp make of such numbers?")
def test_shifted_exp_range_ends(student):
    ranges.ends(
        student.shifted_exp_range(),
        0,
        1,
        what="shifted_exp_range()",
        mistakes={
            "this is the range of the shifted scores, before exp": (-math.inf, 0),
            "this is too wide: it takes no notice of the shift": (0, math.inf),
        },
    )


@after("shifted_exp_range_ends")
@points(0.5)
@demand("d")
@hint("For each end ask: which shifted score would have exactly this exponential?")
def test_shifted_exp_range_brackets(student):
    ranges.brackets(
        student.shifted_exp_range(),
        low_closed=False,
        high_closed=True,
        what="shifted_exp_range()",
        low_reason="exp(x) = 0 has no solution, shifted or not",
        high_reason="the largest score itself is left out: follow it through the shift and exp",
    )


@points(0.5)
@demand("e")
@hint("One entry of the sum is fixed by the shift. How small and how large can the others be?")
def test_shifted_sum_range_ends(student, rng):
    for d in (3, int(rng.integers(4, 10))):
        wrong = {
            "this is the range of one entry, not of the sum": (0, 1),
            "the lower end forgets that the largest score is in the sum": (0, d),
            "this is the sum without the entry of the largest score": (0, d - 1),
            "the sum has an upper end: it has d entries, and none grows without end": (1, math.inf),
        }
        if d != 3:
            wrong["the upper end stays the same whatever d is"] = (1, 3)
        ranges.ends(
            student.shifted_sum_range(d), 1, d, what=f"shifted_sum_range({d})", mistakes=wrong
        )


@after("shifted_sum_range_ends")
@points(0.5)
@demand("e")
@hint("Try d = 2 with the scores (0, 0), then with (0, -50).")
def test_shifted_sum_range_brackets(student):
    ranges.brackets(
        student.shifted_sum_range(3),
        low_closed=False,
        high_closed=True,
        what="shifted_sum_range(3)",
        low_reason="the entries beside the largest are small, but each is more than 0",
        high_reason="the upper end is reached by some scores: think of three that are equal",
    )
