"""Exercise 5.1.1: the layers of an autoencoder, its output, its loss, and the way back.

Weights, inputs and caches come from the checks. The exact gradient is that of
`helpers.for_checks.autoencoder`.
"""

import numpy as np

from helpers import activations
from helpers.checking import exercise, expect, hint, points
from helpers.for_checks import autoencoder as right

pytestmark = exercise("5.1.1")


@points(0.5)
@hint("Four calls of initialize_weights: layer1, hidden1, hidden2, output; return the dict.")
def test_network_shapes(student):
    params = student.initialize_autoencoder(20, 7)
    expect.keys(params, right.NAMES, "the autoencoder")
    for name, shape in right.shapes(20, 7).items():
        expect.array(params[name], shape, f"its '{name}'")
        expect.true(
            params[name].dtype == np.float32,
            f"its '{name}' holds {params[name].dtype}; the text asks for float32",
            got=params[name],
        )


@points(1)
@hint("Each layer has its own two sizes; initialize_weights of notebook 2 knows the rest.")
def test_network_begins_with_xavier(student):
    params = student.initialize_autoencoder(100, 60)
    expect.keys(params, right.NAMES, "the autoencoder")
    for layer in right.LAYERS:
        shape = right.shapes(100, 60)[f"W{layer}"]
        weights = expect.array(params[f"W{layer}"], shape, f"its 'W{layer}'")
        bound = np.sqrt(6 / sum(shape))
        expect.true(
            np.abs(weights).max() <= bound * (1 + 1e-5),
            f"weights of '{layer}' reach {np.abs(weights).max():.3g}; Xavier's bound is "
            f"{bound:.3g}",
            got=weights,
        )
        # Of 3600 uniform numbers the standard deviation is off by 10 % in less than 1 of 10^15.
        expect.close(
            weights.std(), bound / np.sqrt(3), rtol=0.1,
            what=f"the standard deviation of 'W{layer}'",
        )  # fmt: skip
        expect.close(params[f"b{layer}"], np.zeros(shape[1]), what=f"its 'b{layer}'")


@points(0.5)
@hint("Draw the weights of every layer anew.")
def test_layers_have_their_own_weights(student):
    params = student.initialize_autoencoder(8, 8)
    expect.keys(params, right.NAMES, "the autoencoder")
    seen = [expect.array(params[f"W{layer}"], (8, 8), f"its 'W{layer}'") for layer in right.LAYERS]
    for place, layer in enumerate(right.LAYERS):
        for earlier in range(place):
            expect.true(
                not np.array_equal(seen[place], seen[earlier]),
                f"'W{layer}' and 'W{right.LAYERS[earlier]}' hold the same random numbers",
                got=seen[place],
            )


def other_outputs(x, params):
    """What comes out where an activation is wrong."""
    values = right.layer_values(x, params)
    third, last = values[2], values[3]

    def through(*activations):
        out = x
        for layer, activation in zip(right.LAYERS, activations, strict=True):
            out = activation(out @ params[f"W{layer}"] + params[f"b{layer}"])
        return out

    relu, sigmoid, linear = right.relu, right.squashed, activations.linear
    return {
        "there is no activation on the output; it must be a sigmoid": last[1],
        "the output has a ReLU; it must be a sigmoid": relu(last[1]),
        "all four layers have a sigmoid": through(sigmoid, sigmoid, sigmoid, sigmoid),
        "the third layer has no ReLU": through(relu, relu, linear, sigmoid),
        "the layer 'hidden2' is left out":
            right.squashed(third[0] @ params["Woutput"] + params["boutput"]),
        "'hidden1' is used twice, 'hidden2' not at all":
            right.output(x, {**params, "Whidden2": params["Whidden1"],
                             "bhidden2": params["bhidden1"]}),
    }  # fmt: skip


@points(1.5)
@hint("What comes out of one layer goes into the next: ReLU three times, then the sigmoid.")
def test_reconstruction(student, rng):
    x, params = rng.normal(size=(6, 5)), right.draw(rng, 5, 4)
    expect.close(
        student.forward_autoencoder(x, dict(params)), right.output(x, params), rtol=1e-4, atol=1e-6,
        what="the reconstruction", mistakes=other_outputs(x, params),
    )  # fmt: skip


@points(0.5)
@hint("Hand `activation` on to the three hidden layers. The output keeps its sigmoid.")
def test_another_activation(student, rng):
    x, params = rng.normal(size=(4, 5)), right.draw(rng, 5, 3)
    tanh = activations.tanh
    expect.close(
        student.forward_autoencoder(x, dict(params), tanh), right.output(x, params, np.tanh),
        rtol=1e-4, atol=1e-6, what="the reconstruction with tanh in the hidden layers",
        mistakes={
            "the hidden layers have a ReLU, whatever `activation` is": right.output(x, params),
            "the output has `activation` too; it must keep its sigmoid":
                np.tanh(right.layer_values(x, params, np.tanh)[3][1]),
        },
    )  # fmt: skip


@points(1)
@hint("Square every difference between output and input, and add them all up.")
def test_loss_is_the_total(student, rng):
    x, output = rng.uniform(size=(4, 6)), rng.uniform(size=(4, 6))
    total = float(((output - x) ** 2).sum())
    expect.close(
        student.squared_error(x, output), total, rtol=1e-4, what="the loss",
        mistakes={
            "it is the mean over the examples; the loss is the sum": total / 4,
            "it is the mean over all pixels; the loss is the sum": total / 24,
            "it is halved": total / 2,
            "it is the square root of the loss": total**0.5,
            "the differences are not squared": float((output - x).sum()),
            "these are absolute values, not squares": float(np.abs(output - x).sum()),
        },
    )  # fmt: skip


@points(1)
@hint("The derivative of (a - x)^2 with respect to a, for each entry.")
def test_slope_of_the_loss(student, rng):
    x, output = rng.uniform(size=(3, 5)), rng.uniform(size=(3, 5))
    slope = 2 * (output - x)
    expect.close(
        student.squared_error_deriv(x, output), slope, rtol=1e-4, what="dJ/d output",
        mistakes={
            "the factor 2 is missing": slope / 2,
            "the sign is wrong: it is the slope in the output, not in x": -slope,
            "it is divided by the number of examples": slope / 3,
            "it goes through the sigmoid already; that is left to `backwards`":
                slope * output * (1 - output),
        },
    )  # fmt: skip


def with_caches(x, params, activation=right.relu):
    """The parameters with what the way forward leaves behind."""
    values = right.layer_values(x, params, activation)
    caches = {f"cache_{layer}": cache for layer, cache in zip(right.LAYERS, values, strict=True)}
    return {**{name: params[name].copy() for name in right.NAMES}, **caches}


def smooth_problem(rng, n=5, inputs=4, hidden=3):
    """Examples and weights with which no unit is near the kink of its ReLU."""
    while True:
        x, params = rng.normal(size=(n, inputs)), right.draw(rng, inputs, hidden)
        if right.safe(x, [params]):
            return x, params


def expect_gradients(params, slopes, names, said, mistakes=None):
    expect.keys(params, [f"grad_{name}" for name in names], "`params` after the way back")
    for name in names:
        expect.close(
            params[f"grad_{name}"], slopes[name], rtol=1e-3, atol=1e-5,
            what=f"params['grad_{name}'] {said}",
            mistakes={s: wrong[name] for s, wrong in (mistakes or {}).items() if name in wrong},
        )  # fmt: skip


@points(1.5)
@hint("At the output the derivative is that of the sigmoid: `backwards` with sigmoid_deriv.")
def test_gradients_of_the_output(student, rng):
    x, params = smooth_problem(rng)
    delta = rng.normal(size=x.shape)
    slopes = right.gradients(x, params, delta=delta)
    into, sums, out = right.layer_values(x, params)[3]

    def wrong(delta):
        return {"Woutput": into.T @ delta, "boutput": delta.sum(axis=0)}

    given = with_caches(x, params)
    student.backwards_autoencoder(delta, given)
    expect_gradients(
        given, slopes, ("Woutput", "boutput"), "after the way back",
        {
            "the derivative of the sigmoid is missing": wrong(delta),
            "the output has the derivative of a ReLU": wrong(delta * (out > 0)),
            "the derivative of the sigmoid is taken at the sums, not at the output":
                wrong(delta * sums * (1 - sums)),
        },
    )  # fmt: skip


@points(2)
@hint("What `backwards` returns for one layer is the delta of the layer below; ReLU's derivative.")
def test_gradients_of_the_hidden_layers(student, rng):
    x, params = smooth_problem(rng)
    delta = rng.normal(size=x.shape)
    slopes = right.gradients(x, params, delta=delta)
    given = with_caches(x, params)
    student.backwards_autoencoder(delta, given)
    expect_gradients(given, slopes, right.NAMES[:6], "after the way back")
