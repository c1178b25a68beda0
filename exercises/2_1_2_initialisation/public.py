"""Exercise 2.1.2: Xavier initialisation.

The weights are random, so what is checked is what any right way to draw them must give. The
bounds of the statistics are so wide that a right answer fails once in more than 10**10 runs.
"""

import numpy as np

from helpers.checking import exercise, expect, hint, points

pytestmark = exercise("2.1.2")

IN, OUT = 400, 200
VARIANCE = 2 / (IN + OUT)


def weights(student):
    params = {}
    student.initialize_weights(IN, OUT, params, "layer1")
    expect.keys(params, ["Wlayer1"])
    return expect.array(params["Wlayer1"], what="params['Wlayer1']").ravel()


@points(0.5)
@hint("A row of X (N, in_size) times W must give out_size numbers: X @ W.")
def test_weight_shape(student):
    params = {}
    student.initialize_weights(7, 3, params, "layer1")
    expect.keys(params, ["Wlayer1"])
    expect.array(params["Wlayer1"], (7, 3), "params['Wlayer1']")


@points(0.5)
@hint("One bias per unit, all zero, and one axis only: np.zeros(3) has the shape (3,).")
def test_bias_is_zeros(student):
    params = {}
    student.initialize_weights(7, 3, params, "layer1")
    expect.keys(params, ["blayer1"])
    expect.close(params["blayer1"], np.zeros(3), what="params['blayer1']")


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


@points(1)
@hint("Var[w] = 2 / (in_size + out_size), and a uniform distribution on (-a, a) has a**2 / 3.")
def test_variance(student):
    drawn = weights(student)
    variance = drawn.var()
    named = {
        "that is 2 / in_size: out_size does not enter": 2 / IN,
        "that is 1 / in_size: out_size does not enter": 1 / IN,
        "that is 1 / out_size: in_size does not enter": 1 / OUT,
        "that is 6 / (in_size + out_size): a is the bound, a**2 / 3 the variance": 3 * VARIANCE,
        "that is a third of it: the bound is sqrt(6 / ...), not sqrt(2 / ...)": VARIANCE / 3,
        "the bound is 6 / (in_size + out_size): is a square root missing?": 3 * VARIANCE**2,
        "that is half of it: 2 / (in_size + out_size) is the variance": VARIANCE / 2,
        "that is 1: the weights are not scaled by the size of the layer": 1.0,
    }
    said = [sentence for sentence, wrong in named.items() if abs(variance / wrong - 1) < 0.04]
    problem = f"the variance of the {IN} x {OUT} weights is {variance:.3g}, not {VARIANCE:.3g}"
    expect.true(
        abs(variance / VARIANCE - 1) < 0.03,
        f"{problem} ({said[0]})" if said else problem,
        got=variance,
        expected=VARIANCE,
    )


@points(0.5)
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
