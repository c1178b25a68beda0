"""Exercise 1.2: softmax as three steps."""

import math

import numpy as np
from scipy import special

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import constants, ranges

pytestmark = exercise("1.2")

PATTERN = np.array([0.5, 2.0, 0.9, 3.0, 1.4])
"""Sum, mean, product and largest entry of its multiples differ."""
TWO = np.array([-1.5, 0.25])
"""The fewest scores that there can be, one of either sign."""


@points(0.5)
@demand("a")
@hint("Step 1 takes the exponential of each score, and does nothing else yet.")
def test_step_1(student, rng):
    x = rng.uniform(0.8, 1.2) * PATTERN
    wrong = {
        "the base is 2, not e": 2.0**x,
        "base and exponent are turned round: this is x to the power of e": x**np.e,
        "a sign is wrong: this is exp(-x)": np.e**-x,
        "this is the logarithm, the way back": np.log(np.abs(x)),
        "these are the shifted scores' exponentials; here the steps are wanted as defined": (
            np.e ** (x - x.max())
        ),
        "this is the whole of softmax; step 1 stops before the division": special.softmax(x),
        "the exponentials are added up already; that is step 2": np.sum(np.e**x),
    }
    expect.close(
        student.softmax_step_1(x.copy()), np.e**x, what="softmax_step_1(x)", mistakes=wrong
    )
    expect.close(student.softmax_step_1(TWO.copy()), np.e**TWO, what="step 1 for two scores")


@points(0.5)
@demand("b")
@hint("Step 2 makes ONE number of all the entries. Which formula says how?")
def test_step_2(student, rng):
    s = rng.uniform(1.1, 1.4) * PATTERN
    wrong = {
        "this is the mean, not the sum": s.mean(),
        "this is the product of the entries, not their sum": np.prod(s),
        "this is one entry, the largest": s.max(),
        "this is the length of the vector: the root of the sum of the squares": (np.linalg.norm(s)),
        "the exponential is taken a second time": np.exp(s).sum(),
        "these are the running totals; asked for is the whole": np.cumsum(s),
        "these are the shares, one for each entry; that is step 3": s / s.sum(),
    }
    expect.close(
        student.softmax_step_2(s.copy()), sum(s.tolist()), what="softmax_step_2(s)", mistakes=wrong
    )
    s = np.e**TWO
    expect.close(student.softmax_step_2(s.copy()), s[0] + s[1], what="step 2 for two entries")


@points(0.5)
@demand("c")
@hint("Step 3 gives each entry its share of the total.")
def test_step_3(student, rng):
    s = rng.uniform(1.1, 1.4) * PATTERN
    total = float(s.sum())
    wrong = {
        "this divides by the largest entry, not by the total": s / s.max(),
        "this divides by the number of entries, not by the total": s / len(s),
        "the fraction is upside down": total / s,
        "this is the difference from the total, not the share of it": s - total,
        "the exponential is taken a second time: s holds exponentials already": np.exp(s) / total,
        "this is the whole of softmax once more, with new exponentials": special.softmax(s),
    }
    expect.close(
        student.softmax_step_3(s.copy(), total),
        special.softmax(np.log(s)),
        what="softmax_step_3(s, S)",
        mistakes=wrong,
    )
    s = np.e**TWO
    shares = student.softmax_step_3(s.copy(), float(s[0] + s[1]))
    expect.close(shares, special.softmax(TWO), what="step 3 for two entries")


@after("step_1", "step_2", "step_3")
@points(0.5)
@demand("d")
@hint("`s /= S` changes the caller's array; `s / S` makes a new one.")
def test_inputs_unchanged(student, rng):
    s = rng.uniform(1, 2, size=5)
    student.softmax_step_1(s)
    student.softmax_step_2(s)
    student.softmax_step_3(s, float(s.sum()))
    expect.arguments_unchanged(student)


@points(0.5)
@demand("e")
@hint("What share of a total can an entry have, if all the entries are positive?")
def test_softmax_range_ends(student):
    ranges.ends(
        student.softmax_range(),
        0,
        1,
        what="softmax_range()",
        mistakes={
            "this is the range of an exponential, before the division": (0, math.inf),
            "this is the range of a score, before step 1": (-math.inf, math.inf),
        },
    )


@after("softmax_range_ends")
@points(0.5)
@demand("e")
@hint("There are at least two entries, each more than 0. Can one of them take everything?")
def test_softmax_range_brackets(student):
    ranges.brackets(
        student.softmax_range(),
        low_closed=False,
        high_closed=False,
        what="softmax_range()",
        low_reason="a share of 0 needs an exponential of 0, and there is none",
        high_reason="a share of 1 would leave 0 for the others, and each of them is positive",
    )


@points(0.5)
@demand("f")
@hint("Add the shares s_1/S, s_2/S, ...: they have a common denominator.")
def test_softmax_sum(student):
    constants.constant(
        student.softmax_sum(),
        1.0,
        what="the sum of all the entries",
        too_low="the entries come to more",
        too_high="the entries come to less",
    )
