"""Exercise 1.4, hidden: arrays of other shapes, close to saturation, left unchanged."""

from scipy import special

from helpers.checking import after, exercise, expect, hint, points

pytestmark = exercise("1.4")


@points(0.5)
@hint("Work entry by entry: a whole layer's values come as one matrix, and one value as a number.")
def test_slope_of_any_shape(student, rng):
    x = rng.uniform(-9, 9, size=(4, 3))
    s = special.expit(x)
    expect.close(
        student.sigmoid_slope(s),
        s * special.expit(-x),
        what="the slope for a matrix of values",
        rtol=1e-6,
        atol=1e-12,
    )
    expect.close(student.sigmoid_slope(0.2), 0.16, what="the slope where the sigmoid is 0.2")


@after("slope_from_value")
@points(0.5)
@hint("`s *= 1 - s` changes the caller's array; `s * (1 - s)` makes a new one.")
def test_values_unchanged(student, rng):
    student.sigmoid_slope(rng.uniform(0.1, 0.9, size=5))
    expect.arguments_unchanged(student)
