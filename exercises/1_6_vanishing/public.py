"""Exercise 1.6: sigmoid, tanh, and how far a gradient can shrink."""

import numpy as np
from scipy import special

from helpers.checking import exercise, expect, hint, points
from helpers.for_checks import ranges

pytestmark = exercise("1.6")

STEP = 1e-5


@points(0.5)
@hint("Send x far to the left and far to the right: where does the sigmoid settle?")
def test_sigmoid_range_ends(student):
    ranges.ends(student.sigmoid_range(), 0, 1, what="sigmoid_range()")


@points(0.5)
@hint("Is there a real x at which the sigmoid is exactly at an end?")
def test_sigmoid_range_brackets(student):
    ranges.brackets(
        student.sigmoid_range(),
        low_closed=False,
        high_closed=False,
        what="sigmoid_range()",
        low_reason="1 / (1 + e^-x) is never 0: its numerator is 1",
        high_reason="1 / (1 + e^-x) = 1 would need e^-x = 0",
    )


@points(0.5)
@hint("tanh is odd: tanh(-x) = -tanh(x). So its range looks the same from both sides of 0.")
def test_tanh_range_ends(student):
    ranges.ends(student.tanh_range(), -1, 1, what="tanh_range()")


@points(0.5)
@hint("Is there a real x at which tanh is exactly at an end?")
def test_tanh_range_brackets(student):
    reason = "tanh(x) = ±1 would need e^x and e^-x to differ by as much as they add up to"
    ranges.brackets(
        student.tanh_range(),
        low_closed=False,
        high_closed=False,
        what="tanh_range()",
        low_reason=reason,
        high_reason=reason,
    )


@points(1)
@hint("The argument t is the value of tanh already. At t = 0 the slope is 1.")
def test_tanh_slope(student, rng):
    x = rng.uniform(-3, 3, size=8)
    t = np.tanh(x)
    expect.close(
        student.tanh_slope(t),
        (np.tanh(x + STEP) - np.tanh(x - STEP)) / (2 * STEP),
        what="tanh_slope(tanh(x)), against central differences,",
        mistakes={
            "this is t²: a '1 -' is lost": t**2,
            "a sign is wrong: this is 1 + t²": 1 + t**2,
            "tanh is taken a second time: t is its value already": 1 - np.tanh(t) ** 2,
            "this is the sigmoid's rule, t (1 - t)": t - t**2,
        },
    )


@points(0.5)
@hint("The slope is s (1 - s). For which s between 0 and 1 is this product largest?")
def test_largest_slope_of_sigmoid(student):
    largest = expect.sequence(_listed(student.largest_slopes()), 2, "largest_slopes()")[0]
    expect.close(
        largest,
        special.expit(0) ** 2,
        what="the sigmoid's largest slope",
        mistakes={
            "this is where the largest slope is (s = 1/2), not how large it is": 0.5,
            "a slope of 1 is tanh's; the sigmoid is flatter": 1.0,
        },
    )


@points(0.5)
@hint("The slope is 1 - t². For which t between -1 and 1 is it largest?")
def test_largest_slope_of_tanh(student):
    largest = expect.sequence(_listed(student.largest_slopes()), 2, "largest_slopes()")[1]
    expect.close(largest, np.cosh(0.0), what="tanh's largest slope")


@points(1)
@hint("Write both with e^(-2x). tanh runs from -1 to 1: twice as high as the sigmoid, and lower.")
def test_tanh_as_sigmoid(student, rng):
    answer = expect.sequence(_listed(student.tanh_as_sigmoid()), 3, "tanh_as_sigmoid()")
    a, b, c = (
        expect.number(v, f"{n} of tanh_as_sigmoid()") for v, n in zip(answer, "abc", strict=True)
    )
    x = rng.uniform(0.3, 3, size=6) * rng.choice([-1, 1], size=6)
    expect.close(
        a * special.expit(b * x) + c,
        np.tanh(x),
        what=f"{a:g} sigmoid({b:g} x) + {c:g}",
        mistakes={
            "this is tanh(x / 2): the argument of the sigmoid must grow too": np.tanh(x / 2),
            "this is sigmoid's range, (0, 1): stretch it to (-1, 1)": special.expit(2 * x),
            "the sign of c is wrong": np.tanh(x) + 2,
        },
    )


@points(0.5)
@hint("Each layer multiplies the gradient by w times a slope. What do n such factors make?")
def test_shrink_bound(student, rng):
    slope, weight = float(rng.uniform(0.2, 0.3)), float(rng.uniform(1.5, 2.5))
    expect.close(
        student.shrink_bound(4, slope, weight),
        (slope * weight) * (slope * weight) * (slope * weight) * (slope * weight),
        what=f"shrink_bound(4, {slope:.4g}, {weight:.4g})",
        mistakes={
            "the factors are added up; the chain rule multiplies them": 4 * slope * weight,
            "the weight counts once; each layer has its own": slope**4 * weight,
            "the weights are left out": slope**4,
            "one factor is missing: n layers have n weights and n slopes": (slope * weight) ** 3,
        },
        atol=0,
    )


def _listed(value):
    """An array as the list of its entries; anything else as it is."""
    return value.reshape(-1).tolist() if isinstance(value, np.ndarray) else value
