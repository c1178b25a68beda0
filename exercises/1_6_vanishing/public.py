"""Exercise 1.6: sigmoid, tanh, and how far a gradient can shrink."""

import math

import numpy as np
from scipy import special

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.checking.failures import CheckFailure
from helpers.checking.show import show
from helpers.for_checks import constants, ranges

pytestmark = exercise("1.6")

STEP = 1e-5


@points(0.5)
@demand("a")
@hint("Send x far to the left and far to the right: where does the sigmoid settle?")
def test_sigmoid_range_ends(student):
    ranges.ends(
        student.sigmoid_range(),
        0,
        1,
        what="sigmoid_range()",
        mistakes={
            "this is where x lies; the sigmoid levels off on both sides": (-math.inf, math.inf),
            "this forgets that the sigmoid levels off on the right": (0, math.inf),
        },
    )


@after("sigmoid_range_ends")
@points(0.5)
@demand("a")
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
@demand("b")
@hint("tanh is odd: tanh(-x) = -tanh(x). So its range looks the same from both sides of 0.")
def test_tanh_range_ends(student):
    ranges.ends(
        student.tanh_range(),
        -1,
        1,
        what="tanh_range()",
        mistakes={
            "this is where x lies; tanh levels off on both sides": (-math.inf, math.inf),
            "this leaves out what tanh makes of a negative x": (0, 1),
        },
    )


@after("tanh_range_ends")
@points(0.5)
@demand("b")
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
@demand("c")
@hint("The argument t is the value of tanh already. Which formula of yours has no x left?")
def test_tanh_slope(student, rng):
    x = rng.uniform(-3, 3, size=8)
    t = np.tanh(x)
    wrong = {
        "this is t²: a '1 -' is lost": t**2,
        "a sign is wrong: this is 1 + t²": 1 + t**2,
        "the sign is turned round: tanh rises everywhere": t**2 - 1,
        "tanh is taken a second time: t is its value already": 1 - np.tanh(t) ** 2,
        "this is the sigmoid's rule, t (1 - t)": t - t**2,
        "this is 1 - 2t, where 2t stands for the square of t": 1 - 2 * t,
        "this is 1 - t: the quotient rule brings squares": 1 - t,
        "this is (1 - t)²: the square is taken of the whole": (1 - t) ** 2,
        "this is arctan's rule, 1 / (1 + t²)": 1 / (1 + t**2),
        "this is -2t: the slope is differentiated once more, by t": -2 * t,
    }
    expect.close(
        student.tanh_slope(t.copy()),
        (np.tanh(x + STEP) - np.tanh(x - STEP)) / (2 * STEP),
        what="tanh_slope(tanh(x)), against central differences,",
        mistakes=wrong,
    )


@points(0.5)
@demand("c")
@hint("Work entry by entry: a whole layer's values come as one matrix, and one value as a number.")
def test_tanh_slope_of_any_shape(student, rng):
    x = rng.uniform(-4, 4, size=(3, 5))
    t = np.tanh(x)
    expect.close(
        student.tanh_slope(t.copy()), np.cosh(x) ** -2.0, what="the slope for a matrix of values"
    )
    right = np.cosh(x[0, 0]) ** -2.0
    expect.close(student.tanh_slope(float(t[0, 0])), right, what="the slope for a single number")


@after("tanh_slope")
@points(0.5)
@demand("d")
@hint("`t **= 2` changes the caller's array; `t**2` makes a new one.")
def test_tanh_values_unchanged(student, rng):
    student.tanh_slope(rng.uniform(-0.9, 0.9, size=5))
    expect.arguments_unchanged(student)


def slopes_given(student):
    """What came back, as a list of two numbers."""
    answer = expect.sequence(_listed(student.largest_slopes()), 2, "largest_slopes()")
    names = ("the sigmoid's largest slope", "tanh's largest slope")
    return [expect.number(v, name) for v, name in zip(answer, names, strict=True)]


@points(0.5)
@demand("e")
@hint("Exercise 1.4 gives the slope from the value s. For which s is that largest?")
def test_largest_slope_of_sigmoid(student):
    of_sigmoid, of_tanh = slopes_given(student)
    right, right_of_tanh = special.expit(0) ** 2, np.cosh(0.0)
    wrong = {"this is the value at which the slope is largest, not the slope": special.expit(0)}
    if abs(of_tanh - right) < 1e-6:
        wrong["the two slopes stand in the wrong order"] = right_of_tanh
    if of_sigmoid == of_tanh == right_of_tanh:
        wrong["both functions are given the same slope, though one is steeper"] = of_tanh
    constants.constant(
        of_sigmoid,
        right,
        what="the sigmoid's largest slope",
        too_low="it is steeper than that somewhere",
        too_high="it is nowhere as steep as that",
        mistakes=wrong,
    )


@points(0.5)
@demand("e")
@hint("Look at your formula for the slope of tanh. For which t between -1 and 1 is it largest?")
def test_largest_slope_of_tanh(student):
    of_sigmoid, of_tanh = slopes_given(student)
    wrong = {"this is the value at which the slope is largest, not the slope": np.tanh(0)}
    if of_sigmoid == of_tanh == special.expit(0) ** 2:
        wrong["both functions are given the same slope, though one is steeper"] = of_sigmoid
    constants.constant(
        of_tanh,
        np.cosh(0.0),
        what="tanh's largest slope",
        too_low="it is steeper than that somewhere",
        too_high="it is nowhere as steep as that",
        mistakes=wrong,
    )


@points(1)
@demand("f")
@hint("Sketch both curves. What stretches one to the height of the other, what moves it, and then?")
def test_tanh_as_sigmoid(student, rng):
    answer = expect.sequence(_listed(student.tanh_as_sigmoid()), 3, "tanh_as_sigmoid()")
    a, b, c = (
        expect.number(v, f"{n} of tanh_as_sigmoid()") for v, n in zip(answer, "abc", strict=True)
    )
    x = rng.uniform(0.3, 3, size=6) * rng.choice([-1, 1], size=6)
    given = a * special.expit(b * x) + c
    if not np.allclose(given, np.tanh(x), rtol=1e-6, atol=1e-9):
        where = int(np.argmax(np.abs(given - np.tanh(x))))
        raise CheckFailure(
            f"{a:g} sigmoid({b:g} x) + {c:g} is not tanh(x): at x = {x[where]:.3g} it is "
            f"{given[where]:.4g}, not {np.tanh(x[where]):.4g}",
            got=show(tuple(answer)),
            diagnosis=what_differs(a, b, c),
        )


def what_differs(a, b, c):
    """What a curve a sigmoid(b x) + c has that tanh has not, by the first thing that one sees."""
    if a * b == 0:
        return "this is the same number for every x"
    low, high = min(c, c + a), max(c, c + a)
    if a * b < 0:
        return "this falls where tanh rises"
    if abs(abs(a) - 2) > 1e-6:
        return f"the height is not that of tanh: these values lie between {low:g} and {high:g}"
    if abs(low + 1) > 1e-6:
        return f"the height is that of tanh, but these values lie between {low:g} and {high:g}"
    flat = "flat" if abs(b) < 2 else "steep"
    return f"the range is that of tanh, but this is too {flat} around 0: look at the argument"


@points(0.25)
@demand("g")
@hint("Each layer multiplies the gradient by w times a slope. What do n such factors make?")
def test_shrink_bound(student, rng):
    slope, weight = float(rng.uniform(0.3, 0.35)), float(rng.uniform(1.7, 2.2))
    expect.close(
        student.shrink_bound(4, slope, weight),
        (slope * weight) * (slope * weight) * (slope * weight) * (slope * weight),
        what=f"shrink_bound(4, {slope:.4g}, {weight:.4g})",
        mistakes={
            "the factors are added up; the chain rule multiplies them": 4 * slope * weight,
            "the slope is divided by the weight; the chain rule multiplies": (slope / weight) ** 4,
            "slope and weight are added; the chain rule multiplies them": (slope + weight) ** 4,
            "the weight counts once; each layer has its own": slope**4 * weight,
            "the slope counts once; each layer has its own": slope * weight**4,
            "the weights are left out": slope**4,
            "the slopes are left out": weight**4,
            "this is what one layer does, whatever n is": slope * weight,
            "one factor is missing: n layers have n weights and n slopes": (slope * weight) ** 3,
            "the slope is taken to be the sigmoid's, whatever `slope` is": (weight / 4) ** 4,
        },
        atol=0,
    )


@after("shrink_bound")
@points(0.25)
@demand("g")
@hint("What is left of a change after no layer at all? And can a factor be more than 1?")
def test_shrink_bound_that_grows_or_stays(student, rng):
    weight = float(rng.uniform(6, 9))
    expect.close(
        student.shrink_bound(3, 0.5, weight),
        (weight / 2) * (weight / 2) * (weight / 2),
        what=f"shrink_bound(3, 0.5, {weight:.4g})",
        mistakes={"this is cut off at 1, but with large weights the bound grows": 1.0},
    )
    expect.close(student.shrink_bound(0, 0.5, weight), 1.0, what="the bound for no layer at all")


def _listed(value):
    """An array as the list of its entries; anything else as it is."""
    return value.reshape(-1).tolist() if isinstance(value, np.ndarray) else value
