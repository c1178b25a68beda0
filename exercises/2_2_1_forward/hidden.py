"""Exercise 2.2.1: other shapes, names and defaults."""

import numpy as np
from scipy import special

from helpers import activations
from helpers.checking import after, demand, exercise, expect, hint, points

pytestmark = exercise("2.2.1")


@demand("a")
@points(0.5)
@hint("Work entry by entry, whatever the shape: no loops over two axes, no sums.")
def test_sigmoid_of_any_shape(student, rng):
    for shape in ((5,), (1, 4), (2, 3, 4)):
        x = rng.normal(0, 2, size=shape)
        expect.close(student.sigmoid(x), special.expit(x), what=f"sigmoid of an array {shape}")


@demand("d")
@points(0.5)
@hint("The default of the argument `activation` is your own `sigmoid`.")
def test_forward_activates_with_sigmoid_by_default(student, rng):
    x = rng.normal(size=(5, 3))
    params = {"Wlayer1": rng.normal(size=(3, 2)), "blayer1": rng.normal(size=2)}
    pre_act = np.einsum("ni,ij->nj", x, params["Wlayer1"]) + params["blayer1"]
    z = student.forward(x, params, "layer1")
    # Whoever has a wrong sigmoid has paid for it above: their own is right here.
    own = expect.array(student.sigmoid(pre_act), (5, 2), "sigmoid(pre_act)")
    same = np.allclose(own, expect.array(z, (5, 2), "forward(X, params, 'layer1')"))
    expect.close(
        z,
        own if same else special.expit(pre_act),
        what="forward(X, params, 'layer1'), with no activation named,",
    )


@after("forward_values")
@demand("f")
@points(0.5)
@hint("`X`, the weights and the bias are only read: make new arrays, use no operator such as +=.")
def test_forward_leaves_its_arguments_alone(student, rng):
    params = {"Wlayer1": rng.normal(size=(4, 4)), "blayer1": rng.normal(size=4)}
    before = {key: value.copy() for key, value in params.items()}
    student.forward(rng.normal(size=(1, 4)), params, "layer1", activations.relu)
    expect.arguments_unchanged(student)
    for key, value in before.items():
        expect.keys(params, [key])
        expect.close(params[key], value, what=f"params['{key}'] after the call")


@demand("c")
@points(0.5)
@hint("X @ W, not X @ W.T: where W is square, both run.")
def test_forward_through_a_square_layer(student, rng):
    x = rng.normal(size=(4, 4))
    params = {"Wlayer1": rng.normal(size=(4, 4)), "blayer1": rng.normal(size=4)}
    right = np.einsum("ni,ij->nj", x, params["Wlayer1"]) + params["blayer1"]
    expect.close(
        student.forward(x, params, "layer1", activations.linear),
        right,
        what="the output of a layer with as many inputs as units, for a batch of that size,",
    )
