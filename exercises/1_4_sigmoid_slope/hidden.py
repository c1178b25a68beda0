"""Exercise 1.4, hidden: numbers, arrays of other shapes, close to saturation."""

from scipy import special

from helpers.checking import demand, exercise, expect, hint, points

pytestmark = exercise("1.4")


@points(0.5)
@demand("c")
@hint("Work entry by entry: a whole layer's values come as one matrix, and one value as a number.")
def test_slope_of_any_shape(student, rng):
    x = rng.uniform(-9, 9, size=(4, 3))
    s = special.expit(x)
    expect.close(
        student.sigmoid_slope(s.copy()),
        s * special.expit(-x),
        what="the slope for a matrix of values",
        rtol=1e-6,
        atol=1e-12,
    )
    expect.close(student.sigmoid_slope(0.2), 0.16, what="the slope where the sigmoid is 0.2")
