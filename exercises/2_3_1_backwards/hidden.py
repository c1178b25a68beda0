"""Exercise 2.3.1: other shapes, names and activations."""

import numpy as np

from helpers import activations
from helpers.checking import after, demand, exercise, expect, hint, points

pytestmark = exercise("2.3.1")


def layer(rng, n, inputs, units, name, activation=activations.linear):
    """A delta, and params as `forward` leaves them: weights, bias, cache."""
    w, b, x = rng.normal(size=(inputs, units)), rng.normal(size=units), rng.normal(size=(n, inputs))
    a = x @ w + b
    params = {"W" + name: w, "b" + name: b, "cache_" + name: (x, a, activation(a))}
    return rng.normal(size=(n, units)), params


@after("leaves_both_gradients")
@demand("a", "b", "c")
@points(0.5)
@hint(
    "Where examples, inputs and units are equally many, every product runs: look at each transpose."
)
def test_square_layer(student, rng):
    delta, params = layer(rng, 4, 4, 4, "layer1", activations.tanh)
    x, _, z = params["cache_layer1"]
    w, g = params["Wlayer1"].copy(), delta * (1 - z**2)
    grad_x = student.backwards(delta, params, "layer1", activations.tanh_deriv)
    expect.keys(params, ["grad_Wlayer1", "grad_blayer1"])
    expect.close(grad_x, g @ w.T, what="dJ/dX of a layer with 4 inputs, 4 units, 4 examples,")
    expect.close(params["grad_Wlayer1"], x.T @ g, what="its dJ/dW")
    expect.close(params["grad_blayer1"], g.sum(axis=0), what="its dJ/db")


@after("leaves_both_gradients")
@demand("a", "b")
@points(0.5)
@hint("Sums over the batch, not means: two copies of a batch have twice the gradient.")
def test_gradients_are_summed(student, rng):
    delta, params = layer(rng, 3, 4, 2, "layer1")
    twice = {**params, "cache_layer1": tuple(np.vstack([p, p]) for p in params["cache_layer1"])}
    backwards = student.backwards.storing("grad_Wlayer1", "grad_blayer1")
    backwards(delta, params, "layer1", activations.linear_deriv)
    backwards(np.vstack([delta, delta]), twice, "layer1", activations.linear_deriv)
    for key in ("grad_Wlayer1", "grad_blayer1"):
        expect.keys(params, [key])
        expect.keys(twice, [key])
        once = expect.array(params[key], what=f"params['{key}']")
        expect.close(twice[key], 2 * once, what=f"params['{key}'] of a batch and a copy of it")


@after("leaves_both_gradients")
@demand("a", "b", "c")
@points(0.5)
@hint("A batch of one example is still a matrix: its gradient of the bias has the shape (units,).")
def test_single_example(student, rng):
    delta, params = layer(rng, 1, 5, 3, "layer1", activations.tanh)
    x, _, z = params["cache_layer1"]
    w, g = params["Wlayer1"].copy(), delta[0] * (1 - z[0] ** 2)
    grad_x = student.backwards(delta, params, "layer1", activations.tanh_deriv)
    expect.keys(params, ["grad_Wlayer1", "grad_blayer1"])
    expect.close(grad_x, (w @ g)[None], what="dJ/dX of a single example")
    expect.close(params["grad_Wlayer1"], np.outer(x[0], g), what="its dJ/dW")
    expect.close(params["grad_blayer1"], g, what="its dJ/db")


@after("leaves_both_gradients")
@demand("e")
@points(0.5)
@hint("A second call replaces the gradients of the first: store them, do not add to what is there.")
def test_gradients_are_replaced(student, rng):
    delta, params = layer(rng, 3, 4, 2, "layer1")
    fresh = {key: params[key] for key in ("Wlayer1", "blayer1", "cache_layer1")}
    params["grad_Wlayer1"], params["grad_blayer1"] = np.full((4, 2), 7.0), np.full(2, 7.0)
    student.backwards(delta, fresh, "layer1", activations.linear_deriv)
    student.backwards(delta, params, "layer1", activations.linear_deriv)
    for key in ("grad_Wlayer1", "grad_blayer1"):
        expect.keys(fresh, [key])
        expect.keys(params, [key])
        expect.close(
            params[key],
            expect.array(fresh[key], what=f"params['{key}']"),
            what=f"params['{key}'] where an older gradient was in its place before",
        )
