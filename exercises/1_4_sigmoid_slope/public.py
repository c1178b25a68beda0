"""Exercise 1.4: the sigmoid's derivative from the sigmoid's value."""

import numpy as np
from scipy import special

from helpers.checking import after, demand, exercise, expect, hint, points

pytestmark = exercise("1.4")

STEP = 1e-5


@points(1)
@demand("a")
@hint("The argument s IS the sigmoid's value already. Which formula of yours has no x left?")
def test_slope_from_value(student, rng):
    x = rng.uniform(-4, 4, size=8)
    s = special.expit(x)
    measured = (special.expit(x + STEP) - special.expit(x - STEP)) / (2 * STEP)
    twice = special.expit(s)
    wrong = {
        "the sigmoid is taken a second time: s is its value already": twice - twice**2,
        "a sign is wrong: this is s + s²": s + s**2,
        "the sign is turned round: the sigmoid rises everywhere": s**2 - s,
        "this is tanh's rule, 1 - s²": 1 - s**2,
        "this is s², one part of the derivative: what has the chain rule to add?": s**2,
        "this is 1 - s, one part of the derivative: another factor is missing": 1 - s,
        "this is s - s³: a square too many": s - s**3,
        "this is 1 - 2s: the slope is differentiated once more, by s": 1 - 2 * s,
        "the entries are added up; each has a slope of its own": np.sum(s - s**2),
    }
    expect.close(
        student.sigmoid_slope(s.copy()),
        measured,
        what="sigmoid_slope(sigmoid(x)), against central differences,",
        mistakes=wrong,
    )


@points(0.5)
@demand("b")
@hint("Work entry by entry: a whole layer's values come as one matrix, and one value as a number.")
def test_slope_of_any_shape(student, rng):
    x = rng.uniform(-4, 4, size=(4, 3))
    s = special.expit(x)
    expect.close(
        student.sigmoid_slope(s.copy()),
        s * special.expit(-x),
        what="the slope for a matrix of values",
        rtol=1e-6,
        atol=1e-12,
    )
    one = float(s[0, 0])
    right = one * special.expit(-x[0, 0])
    expect.close(student.sigmoid_slope(one), right, what="the slope for a single number")


@after("slope_from_value")
@points(0.25)
@demand("c")
@hint("`s *= ...` changes the caller's array; `s * ...` makes a new one.")
def test_values_unchanged(student, rng):
    student.sigmoid_slope(rng.uniform(0.1, 0.9, size=5))
    expect.arguments_unchanged(student)
