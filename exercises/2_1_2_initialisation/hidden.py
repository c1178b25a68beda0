"""Exercise 2.1.2: layers of other sizes, other names, and more than one layer in a dict."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points

pytestmark = exercise("2.1.2")


@demand("a")
@points(0.25)
@hint("The keys are 'W' + name and 'b' + name; whatever else is in the dict stays there.")
def test_layers_live_side_by_side(student):
    params = {}
    student.initialize_weights(5, 4, params, "layer1")
    first = {key: np.copy(value) for key, value in params.items()}
    student.initialize_weights(4, 3, params, "output")
    student.initialize_weights(2, 6, params)
    names = ["Wlayer1", "blayer1", "Woutput", "boutput", "W", "b"]
    expect.keys(params, names, "`params` after three layers, the last without a name,")
    for key, value in first.items():
        expect.close(params[key], value, what=f"params['{key}'] after two more layers")
    expect.array(params["Woutput"], (4, 3), "params['Woutput']")
    expect.array(params["W"], (2, 6), "params['W'], for the name '',")


@demand("d")
@points(0.5)
@hint("Both sizes enter the variance, and neither may be written into the code as a number.")
def test_variance_follows_both_sizes(student):
    for sizes in ((2000, 20), (20, 2000)):
        params = {}
        student.initialize_weights(*sizes, params, "layer1")
        expect.keys(params, ["Wlayer1"])
        drawn = expect.array(params["Wlayer1"], what="params['Wlayer1']")
        ratio = drawn.var() * sum(sizes) / 2
        expect.true(
            abs(ratio - 1) < 0.04,
            f"with in_size {sizes[0]} and out_size {sizes[1]} the variance of the weights is "
            f"{ratio:.3g} times what it must be",
        )


@after("layers_live_side_by_side")
@demand("f")
@points(0.25)
@hint("Are the weights drawn anew at every call? No seed, no default made once, no zeros.")
def test_no_two_layers_begin_alike(student):
    drawn = []
    for name in ("layer1", "layer2"):
        params = {}
        student.initialize_weights(6, 5, params, name)
        expect.keys(params, ["W" + name])
        drawn.append(expect.array(params["W" + name], (6, 5), f"params['W{name}']"))
    expect.true(
        not np.allclose(*drawn),
        "two layers of the same size begin with the same weights: is a seed set in the function?",
        got=drawn[1],
    )
