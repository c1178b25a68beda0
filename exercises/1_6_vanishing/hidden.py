"""Exercise 1.6, hidden: depths from none to many, whole layers, arguments left alone."""

import numpy as np

from helpers.checking import after, exercise, expect, hint, points

pytestmark = exercise("1.6")


@points(0.5)
@hint("Without any layer nothing shrinks: the factor is 1. With w times slope above 1 it grows.")
def test_shrink_bound_at_any_depth(student):
    expect.close(student.shrink_bound(0, 0.25, 1.0), 1.0, what="the bound for no layer at all")
    expect.close(student.shrink_bound(1, 0.25, 3.0), 0.75, what="the bound for one layer")
    expect.close(
        student.shrink_bound(10, 0.25, 8.0),
        1024.0,
        what="the bound for ten layers of large weights",
    )
    expect.close(
        student.shrink_bound(40, 0.25, 1.0),
        0.5**80,
        what="the bound for forty layers",
        atol=0,
    )


@points(0.5)
@hint("Work entry by entry: a whole layer's values come as one matrix, and one value as a number.")
def test_tanh_slope_of_any_shape(student, rng):
    x = rng.uniform(-4, 4, size=(3, 5))
    expect.close(
        student.tanh_slope(np.tanh(x)), np.cosh(x) ** -2.0, what="the slope for a matrix of values"
    )
    expect.close(student.tanh_slope(-0.5), 0.75, what="the slope where tanh is -0.5")


@after("tanh_slope")
@points(0.5)
@hint("`t **= 2` changes the caller's array; `t**2` makes a new one.")
def test_tanh_values_unchanged(student, rng):
    student.tanh_slope(rng.uniform(-0.9, 0.9, size=5))
    expect.arguments_unchanged(student)
