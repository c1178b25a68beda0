"""Exercise 1.4, hidden: values close to 0 and to 1."""

from scipy import special

from helpers.checking import after, demand, exercise, expect, hint, points

pytestmark = exercise("1.4")


@after("slope_from_value")
@points(0.25)
@demand("a")
@hint("The slope is small here, but it is more than 0 and not the same everywhere.")
def test_slope_near_saturation(student, rng):
    x = rng.uniform(7, 9, size=6) * [1, 1, 1, -1, -1, -1]
    expect.close(
        student.sigmoid_slope(special.expit(x)),
        special.expit(x) * special.expit(-x),
        what="the slope where the sigmoid is almost 0 or 1",
        rtol=1e-3,
    )
