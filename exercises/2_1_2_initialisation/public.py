"""Exercise 2.1.2: Xavier initialisation.

The weights are random, so what is checked is what any right way to draw them must give. The
bounds of the statistics are so wide that a right answer fails once in more than 10**10 runs.
"""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import wrong_ways

pytestmark = exercise("2.1.2")

IN, OUT = 400, 240
VARIANCE = 2 / (IN + OUT)
NOISE = 0.03
"""Six times the standard deviation of the variance of so many normal numbers, as a share of it."""


def weights(student, inputs=IN, units=OUT):
    params = {}
    student.initialize_weights(inputs, units, params, "layer1")
    expect.keys(params, ["Wlayer1"])
    return expect.array(params["Wlayer1"], what="params['Wlayer1']").ravel()


@demand("a")
@points(0.5)
@hint(
    "Look at the keys of `params` after a call with the name 'layer1': are 'Wlayer1' and "
    "'blayer1' among them? What is only returned, or has another key, no layer will find."
)
def test_both_arrays_are_in_params(student):
    params = {}
    returned = student.initialize_weights(7, 3, params, "layer1")
    wrong_ways.named(
        not params and returned is not None,
        "`params` is empty after the call",
        "the arrays are returned, and nothing is put into `params`",
    )
    expect.keys(params, ["Wlayer1", "blayer1"])


@after("both_arrays_are_in_params")
@demand("a")
@points(0.25)
@hint("A row of X (N, in_size) times W must give out_size numbers: X @ W.")
def test_weight_shape(student):
    params = {}
    student.initialize_weights(7, 3, params, "layer1")
    expect.keys(params, ["Wlayer1"])
    expect.array(params["Wlayer1"], (7, 3), "params['Wlayer1']")


@after("both_arrays_are_in_params")
@demand("b")
@points(0.5)
@hint("One bias per unit, all zero, and one axis only: np.zeros(3) has the shape (3,).")
def test_bias_is_zeros(student):
    params = {}
    student.initialize_weights(7, 3, params, "layer1")
    expect.keys(params, ["blayer1"])
    expect.close(params["blayer1"], np.zeros(3), what="params['blayer1']")


@after("both_arrays_are_in_params")
@demand("c")
@points(0.5)
@hint("The weights must be as often negative as positive: draw between -a and +a.")
def test_mean_is_zero(student):
    drawn = weights(student)
    mean = drawn.mean()
    expect.true(
        abs(mean) <= 7 * drawn.std() / np.sqrt(drawn.size),
        f"the mean of the {IN} x {OUT} weights is {mean:.3g}, too far from 0 to be chance",
        got=mean,
        expected=0.0,
    )


@after("both_arrays_are_in_params")
@demand("d")
@points(1)
@hint("Compare the variance with (2.1.2.2): the sum of both sizes stands below. How large is a?")
def test_variance(student):
    variance = weights(student).var()
    wider, longer = weights(student, IN, 4 * OUT).var(), weights(student, 4 * IN, OUT).var()
    alike = {
        "its size does not depend on out_size": wider,
        "its size does not depend on in_size": longer,
    }
    if variance == 0 or variance > 1.1:  # far beyond all of this, a size may not show
        alike = {}
    elif max(variance, wider, longer) < (1 + NOISE) * min(variance, wider, longer):
        alike = {"it is the same for layers of all sizes": wider}
    expect.close(
        variance,
        VARIANCE,
        what=f"the variance of the {IN} x {OUT} weights",
        rtol=NOISE,
        of_largest=0,
        mistakes={
            "all weights are the same number": 0.0,
            **alike,
            "it is three times as large: is a taken for a standard deviation?": 3 * VARIANCE,
            "it is a third of that: is a standard deviation taken for a?": VARIANCE / 3,
            "it is half as large as it must be": VARIANCE / 2,
            "a is as large as its square should be: a root is missing": 3 * VARIANCE**2,
            "the root is taken of the number above alone, not of the whole fraction":
                VARIANCE**2 / 2,
        },
    )  # fmt: skip


@after("both_arrays_are_in_params")
@demand("e")
@points(0.25)
@hint("Uniform means: every value between the two bounds is equally likely, none lies beyond.")
def test_spread_evenly(student):
    drawn = np.sort(weights(student))
    low, high = drawn[0], drawn[-1]
    expect.true(high > low, f"all {IN} x {OUT} weights are {low:.4g}", got=low)
    place = (drawn - low) / (high - low)
    gap = np.abs(place - np.linspace(0, 1, drawn.size)).max()
    middle = np.mean((place > 0.25) & (place < 0.75))
    expect.true(
        gap * np.sqrt(drawn.size) < 5,
        f"the weights are not spread evenly between the smallest and the largest of them: "
        f"{middle:.0%} lie in the middle half of that range",
        got=middle,
        expected="about 0.5, as for a uniform distribution",
    )
