"""Exercise 1.2: softmax as three steps."""

import numpy as np
from scipy import special

from helpers.checking import exercise, expect, hint, points
from helpers.for_checks import ranges

pytestmark = exercise("1.2")


@points(0.5)
@hint("Step 1 takes the exponential of each score, and does nothing else yet.")
def test_step_1(student, rng):
    x = rng.normal(size=5)
    expect.close(
        student.softmax_step_1(x),
        np.e**x,
        what="softmax_step_1(x)",
        mistakes={
            "the base is 2, not e": 2.0**x,
            "these are the shifted scores' exponentials; here the steps are wanted as defined": (
                np.e ** (x - x.max())
            ),
            "this is the whole of softmax; step 1 stops before the division": special.softmax(x),
        },
    )


@points(0.5)
@hint("Step 2 makes ONE number of all the entries.")
def test_step_2(student, rng):
    s = rng.uniform(0.1, 5, size=5)
    expect.close(
        student.softmax_step_2(s),
        sum(s.tolist()),
        what="softmax_step_2(s)",
        mistakes={
            "this is the mean, not the sum": s.mean(),
            "the exponential is taken a second time": np.exp(s).sum(),
        },
    )


@points(0.5)
@hint("Step 3 gives each entry its share of the total.")
def test_step_3(student, rng):
    s = rng.uniform(0.1, 5, size=5)
    total = float(s.sum())
    expect.close(
        student.softmax_step_3(s, total),
        special.softmax(np.log(s)),
        what="softmax_step_3(s, S)",
        mistakes={
            "this divides by the largest entry, not by the total": s / s.max(),
            "the fraction is upside down": total / s,
        },
    )


@points(0.5)
@hint("What share of a total can an entry have, if all the entries are positive?")
def test_softmax_range_ends(student):
    ranges.ends(student.softmax_range(), 0, 1, what="softmax_range()")


@points(0.5)
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
@hint("Add the shares s_1/S, s_2/S, ...: they have a common denominator.")
def test_softmax_sum(student):
    expect.close(student.softmax_sum(), 1.0, what="softmax_sum()")
