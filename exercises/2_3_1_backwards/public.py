"""Exercise 2.3.1: backpropagation through one layer."""

import numpy as np

from helpers import activations
from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import wrong_ways

pytestmark = exercise("2.3.1")

SLOPES = {
    "sigmoid": lambda z: z * (1 - z),
    "tanh": lambda z: (1 - z) * (1 + z),
    "relu": lambda z: np.where(z > 0, 1.0, 0.0),
    "linear": lambda z: np.ones(z.shape),
}


def layer(rng, n=5, inputs=4, units=3, name="layer1", activation=None):
    """A delta, and params as `forward` leaves them: weights, bias, cache."""
    w, b, x = rng.normal(size=(inputs, units)), rng.normal(size=units), rng.normal(size=(n, inputs))
    a = np.einsum("ni,ij->nj", x, w) + b
    z = (1 + np.tanh(a / 2)) / 2 if activation is None else activation(a)
    params = {"W" + name: w, "b" + name: b, "cache_" + name: (x, a, z)}
    return rng.normal(size=(n, units)), params


def blame(delta, slope, x, w):
    """All three gradients by adding up what each example and each unit contributes."""
    grad_w, grad_b, grad_x = np.zeros(w.shape), np.zeros(w.shape[1]), np.zeros(x.shape)
    for n, j in np.ndindex(delta.shape):
        share = delta[n, j] * slope[n, j]
        grad_w[:, j] += share * x[n]
        grad_b[j] += share
        grad_x[n] += share * w[:, j]
    return grad_w, grad_b, grad_x


def known_mistakes(which, delta, cache, w):
    """Values of known mistakes for one of the three gradients (0: W, 1: b, 2: X)."""
    x, a, z = cache
    right = blame(delta, SLOPES["sigmoid"](z), x, w)[which]
    return {
        "delta is not multiplied by the activation's derivative":
            blame(delta, np.ones(z.shape), x, w)[which],
        "the derivative is taken at the pre-activation; it takes post_act":
            blame(delta, SLOPES["sigmoid"](a), x, w)[which],
        "delta is multiplied by the activation's derivative twice":
            blame(delta, SLOPES["sigmoid"](z) ** 2, x, w)[which],
        "delta is multiplied by post_act, not by the derivative there":
            blame(delta, z, x, w)[which],
        "that is the mean over the batch; gradients are summed": right / len(x),
        "the sign is wrong": -right,
    }  # fmt: skip


def factor_of(found, right, n):
    """The name of a wrong factor, but for those that `known_mistakes` knows."""
    return {
        said: wrong
        for said, wrong in wrong_ways.a_multiple(found, right).items()
        if not np.allclose(wrong, -right) and not np.allclose(wrong, right / n)
    }


@demand("a", "e")
@points(0.5)
@hint("Look at the keys of `params` after the call: 'grad_Wlayer1' and 'grad_blayer1' for layer1.")
def test_leaves_both_gradients(student, rng):
    delta, params = layer(rng)
    returned = student.backwards.storing("grad_Wlayer1", "grad_blayer1")(delta, params, "layer1")
    wrong_ways.named(
        isinstance(returned, (tuple, list)) and not any(key[:4] == "grad" for key in params),
        "`params` holds no gradient after the call",
        "all gradients are returned; those of W and b belong into `params`",
    )
    expect.keys(params, ["grad_Wlayer1", "grad_blayer1"])


@demand("a")
@points(0.75)
@hint("Each example adds x_i times g_j to entry (i, j): as matrices, X transposed times G.")
def test_gradient_of_weights(student, rng):
    delta, params = layer(rng)
    cache, w = params["cache_layer1"], params["Wlayer1"].copy()
    student.backwards.storing("grad_Wlayer1")(delta, params, "layer1")
    expect.keys(params, ["grad_Wlayer1"])
    right = blame(delta, SLOPES["sigmoid"](cache[2]), cache[0], w)[0]
    expect.close(
        params["grad_Wlayer1"],
        right,
        what="params['grad_Wlayer1']",
        mistakes={
            **known_mistakes(0, delta, cache, w),
            "it is transposed": right.T,
            **factor_of(params["grad_Wlayer1"], right, len(delta)),
        },
    )


@demand("b")
@points(0.75)
@hint("The bias enters each row of the batch with factor 1: add G up over the rows, axis 0.")
def test_gradient_of_bias(student, rng):
    delta, params = layer(rng)
    cache, w = params["cache_layer1"], params["Wlayer1"].copy()
    student.backwards.storing("grad_blayer1")(delta, params, "layer1")
    expect.keys(params, ["grad_blayer1"])
    slope = SLOPES["sigmoid"](cache[2])
    right = blame(delta, slope, cache[0], w)[1]
    expect.close(
        params["grad_blayer1"],
        right,
        what="params['grad_blayer1']",
        mistakes={
            **known_mistakes(1, delta, cache, w),
            "the sum runs over the units, not over the examples": (delta * slope).sum(axis=1),
            "it is not summed over the batch": delta * slope,
            "it is summed over the units as well as over the examples": right.sum(),
            "it has two axes; a bias has one": right[None, :],
        },
    )


@demand("c")
@points(1)
@hint("Each unit hands its share back through the weight that it came by: G times W transposed.")
def test_gradient_of_inputs(student, rng):
    delta, params = layer(rng)
    cache, w = params["cache_layer1"], params["Wlayer1"].copy()
    found = student.backwards(delta, params, "layer1")
    slope = delta * SLOPES["sigmoid"](cache[2])
    moved = expect.array(params.get("Wlayer1"), w.shape, "params['Wlayer1'] after the call")
    too_early = {}
    if not np.allclose(moved, w):
        too_early["W has been moved before dJ/dX was computed from it"] = slope @ moved.T
    expect.close(
        found,
        blame(delta, SLOPES["sigmoid"](cache[2]), cache[0], w)[2],
        what="the returned dJ/dX",
        mistakes={
            **known_mistakes(2, delta, cache, w),
            **too_early,
            "that is the gradient at the pre-activation; it has not gone through W yet":
                slope,
            "that is the gradient of W": blame(delta, SLOPES["sigmoid"](cache[2]), cache[0], w)[0],
        },
    )  # fmt: skip


@demand("d")
@points(1)
@hint("Multiply delta, once, by activation_deriv(post_act), whatever function is passed.")
def test_uses_its_derivative(student, rng):
    for name in ("tanh", "relu"):
        deriv = getattr(activations, name + "_deriv")
        delta, params = layer(rng, activation=getattr(activations, name))
        slope = deriv(params["cache_layer1"][2])
        by_itself = dict(params)
        expected = student.backwards(delta * slope, by_itself, "layer1", activations.linear_deriv)
        expected = expect.array(expected, (5, 4), "the returned dJ/dX")
        expect.close(
            student.backwards(delta, params, "layer1", deriv),
            expected,
            what=f"backwards(delta, ..., {name}_deriv), compared with "
            f"backwards(delta * {name}_deriv(post_act), ..., linear_deriv),",
        )


@after("leaves_both_gradients")
@demand("e")
@points(0.5)
@hint("Read and write the entries that bear the name; the default name is ''.")
def test_layers_by_name(student, rng):
    params, deltas = {}, {}
    for name in ("", "layer1", "output"):
        deltas[name], more = layer(rng, 4, 3, 3, name)
        params.update(more)
    given = {key: value for key, value in params.items() if key.startswith(("W", "cache"))}
    for name in ("layer1", "output", ""):
        keys = ("grad_W" + name, "grad_b" + name)
        for key in keys:
            params.pop(key, None)
        kept = {
            key: expect.array(value, what=f"params['{key}']")
            for key, value in params.items()
            if key.startswith("grad_")
        }
        grad_x = student.backwards(deltas[name], params, name, activations.linear_deriv)
        expect.close(
            grad_x,
            deltas[name] @ given["W" + name].T,
            what=f"dJ/dX of the layer called '{name}', one of three in `params`,",
            mistakes={
                "that is computed with the weights of the layer called 'layer1'":
                    deltas[name] @ given["Wlayer1"].T
            } if name != "layer1" else {},
        )  # fmt: skip
        expect.keys(params, keys)
        found = expect.array(params["grad_W" + name], (3, 3), f"params['grad_W{name}']")
        wrong_ways.named(
            name != "layer1" and np.allclose(found, given["cache_layer1"][0].T @ deltas[name]),
            f"params['grad_W{name}'] is wrong where `params` holds three layers",
            "that is computed with the cache of the layer called 'layer1'",
        )
        for key, value in kept.items():
            expect.close(params.get(key), value, what=f"params['{key}'] after another layer's turn")


@after("gradient_of_weights", "gradient_of_bias", "gradient_of_inputs")
@demand("f")
@points(0.5)
@hint("Work on new arrays: `delta *= ...` changes the caller's delta.")
def test_argument_unchanged(student, rng):
    delta, params = layer(rng)
    student.backwards.storing("grad_Wlayer1", "grad_blayer1")(delta, params, "layer1")
    expect.arguments_unchanged(student)


@after("gradient_of_weights", "gradient_of_bias", "gradient_of_inputs")
@demand("f")
@points(0.5)
@hint("backwards only measures: the weights, the bias and the cache stay as they were.")
def test_leaves_weights_and_cache(student, rng):
    delta, params = layer(rng)
    before = {"Wlayer1": params["Wlayer1"].copy(), "blayer1": params["blayer1"].copy()}
    cache = [part.copy() for part in params["cache_layer1"]]
    student.backwards.storing("grad_Wlayer1", "grad_blayer1")(delta, params, "layer1")
    for key, value in before.items():
        expect.keys(params, [key])
        expect.close(params[key], value, what=f"params['{key}'] after the call")
    expect.keys(params, ["cache_layer1"])
    after = expect.sequence(params["cache_layer1"], 3, "params['cache_layer1'] after the call")
    for name, old, new in zip(("X", "pre_act", "post_act"), cache, after, strict=True):
        expect.close(new, old, what=f"{name} in params['cache_layer1'] after the call")
