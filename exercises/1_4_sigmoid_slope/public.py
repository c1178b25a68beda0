"""Exercise 1.4: the sigmoid's derivative from the sigmoid's value."""

from scipy import special

from helpers.checking import exercise, expect, hint, points

pytestmark = exercise("1.4")

STEP = 1e-5


@points(1)
@hint("The argument s IS the sigmoid's value already. At s = 0.5 the slope is 0.25.")
def test_slope_from_value(student, rng):
    x = rng.uniform(-4, 4, size=8)
    s = special.expit(x)
    measured = (special.expit(x + STEP) - special.expit(x - STEP)) / (2 * STEP)
    twice = special.expit(s)
    expect.close(
        student.sigmoid_slope(s),
        measured,
        what="sigmoid_slope(sigmoid(x)), against central differences,",
        mistakes={
            "the sigmoid is taken a second time: s is its value already": twice - twice**2,
            "a sign is wrong: this is s + s², not s - s²": s + s**2,
            "the sign is turned round: the sigmoid rises everywhere": s**2 - s,
            "this is tanh's rule, 1 - s²": 1 - s**2,
        },
    )
