"""Exercise 2.2.1: the sigmoid, and the forward pass through one layer."""

import numpy as np
from scipy import special

from helpers import activations
from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import wrong_ways

pytestmark = exercise("2.2.1")


def picking_layer(rng, name="layer1"):
    """A batch whose every row has one entry that is not zero: it picks a row of W."""
    pick = rng.integers(0, 4, size=6)
    scale = rng.uniform(0.5, 1.5, size=6)
    x = np.zeros((6, 4))
    x[np.arange(6), pick] = scale
    params = {"W" + name: rng.normal(size=(4, 3)), "b" + name: rng.normal(size=3)}
    return x, params, scale[:, None] * params["W" + name][pick], params["b" + name]


@demand("a")
@points(1)
@hint("sigma(x) = 1 / (1 + exp(-x)): look at both signs, and at what the brackets hold together.")
def test_sigmoid_values(student, rng):
    x = rng.normal(0, 2, size=(4, 3))
    right = special.expit(x)
    expect.close(
        student.sigmoid(x),
        right,
        what="sigmoid(x)",
        mistakes={
            "that is sigmoid(-x): a sign is wrong": special.expit(-x),
            "that is the derivative of the sigmoid": right * (1 - right),
            "that is tanh(x)": np.tanh(x),
            "that is 1 + exp(-x): the sigmoid is one divided by it": 1 / right,
        },
    )


@after("sigmoid_values")
@demand("b")
@points(0.5)
@hint(
    "Does an exponential grow here until it is infinite? exp(-x) grows for x < 0, exp(x) for "
    "x > 0: each is harmless on the other side."
)
def test_sigmoid_of_large_numbers(student):
    x = np.array([[-5000.0, -800.0, -30.0], [30.0, 800.0, 5000.0]])
    found = student.sigmoid(x)
    if isinstance(found, np.ndarray) and found.shape == x.shape:
        wrong_ways.named(
            bool(1e-6 < found[0, 0] == found[0, 2] < 0.5),
            f"sigmoid(-5000) and sigmoid(-30) are both {found[0, 2]:.3g}",
            "x is cut off too near to 0, where the sigmoid still changes",
        )
    expect.close(found, [[0, 0, 0], [1, 1, 1]], what="sigmoid of large numbers", atol=1e-6)


@after("sigmoid_values")
@demand("f")
@points(0.5)
@hint("Work on a copy: `x = -x` makes a new array, `x *= -1` changes the caller's.")
def test_sigmoid_leaves_its_argument_alone(student, rng):
    student.sigmoid(rng.normal(size=(3, 5)))
    expect.arguments_unchanged(student)


@demand("c")
@points(1)
@hint("The pre-activation is X times W plus b, with the entries of `params` that bear the name.")
def test_forward_values(student, rng):
    x, params, mixed, bias = picking_layer(rng)
    expect.close(
        student.forward(x, dict(params), "layer1", activations.tanh),
        np.tanh(mixed + bias),
        what="forward(X, params, 'layer1', tanh)",
        mistakes={
            "the bias is not added": np.tanh(mixed),
            "the bias is subtracted": np.tanh(mixed - bias),
            "the activation function is not applied": mixed + bias,
            "the bias is added after the activation function": np.tanh(mixed) + bias,
            "the activation function is applied to X, before the weights":
                np.tanh(x) @ params["Wlayer1"] + bias,
            "that is the sigmoid of the pre-activation: the argument `activation` is ignored":
                special.expit(mixed + bias),
        },
    )  # fmt: skip


@demand("d")
@points(0.5)
@hint("Call the function that was passed: post_act = activation(pre_act).")
def test_forward_uses_its_activation(student, rng):
    x, params, *_ = picking_layer(rng)
    plain = student.forward(x, dict(params), "layer1", activations.linear)
    plain = expect.array(plain, (6, 3), "forward(X, params, 'layer1', linear)")
    expect.true(bool(plain.any()), "forward(X, params, 'layer1', linear) is all zeros", got=plain)
    for name in ("tanh", "relu"):
        activation = getattr(activations, name)
        twice = activation(activation(plain))  # relu of relu is relu
        expect.close(
            student.forward(x, dict(params), "layer1", activation),
            activation(plain),
            what=f"forward(..., {name}), compared with {name} of forward(..., linear),",
            mistakes={
                "the argument `activation` is ignored": plain,
                **({"the activation function is applied twice": twice} if name == "tanh" else {}),
            },
        )


@demand("e")
@points(1)
@hint("Store the tuple (X, pre_act, post_act), in this order, under 'cache_' + name.")
def test_forward_cache(student, rng):
    x, params, mixed, bias = picking_layer(rng)
    student.forward(x, params, "layer1", activations.tanh)
    expect.keys(params, ["cache_layer1"])
    cache = expect.sequence(params["cache_layer1"], 3, "params['cache_layer1']")
    pre_act = mixed + bias
    post_act = np.tanh(pre_act)
    named = {
        "that is X": x,
        "that is the pre-activation": pre_act,
        "that is the post-activation": post_act,
    }
    wanted = (("X", x), ("pre_act", pre_act), ("post_act", post_act))
    for position, (name, value) in enumerate(wanted):
        expect.close(
            cache[position],
            value,
            what=f"params['cache_layer1'][{position}], which is {name},",
            mistakes={said: wrong for said, wrong in named.items() if wrong is not value},
        )


@demand("c")
@points(0.5)
@hint("Use the entries of `params` that bear the name, for every name; the default name is ''.")
def test_forward_knows_layers_by_name(student, rng):
    params = {}
    for name in ("", "layer1", "output"):
        params["W" + name], params["b" + name] = rng.normal(size=(4, 5)), rng.normal(size=5)
    x, given = rng.normal(size=(3, 4)), dict(params)  # whatever becomes of `params`
    right = {
        name: np.einsum("ni,ij->nj", x, given["W" + name]) + given["b" + name]
        for name in ("layer1", "output", "")
    }
    for name in right:
        expect.close(
            student.forward(x, params, name, activations.linear),
            right[name],
            what=f"the output of the layer called '{name}', one of three in `params`,",
            mistakes={"that is the output of the layer called 'layer1'": right["layer1"]}
            if name != "layer1"
            else {},
        )
    expect.keys(params, ["cache_layer1", "cache_output", "cache_"])
