"""Exercise 3.1, first part: an untrained network, and its loss and accuracy on a data set."""

import numpy as np

from helpers.checking import exercise, expect, hint, points, two_layers

pytestmark = exercise("3.1")


def examples(rng, n, features, classes):
    """Random inputs and one-hot truths."""
    return rng.normal(size=(n, features)), np.eye(classes)[rng.integers(0, classes, size=n)]


@points(0.5)
@hint("Call initialize_weights twice, for 'layer1' and for 'output', with one dict; return it.")
def test_network_shapes(student):
    params = student.new_network(20, 7, 5)
    expect.keys(params, two_layers.NAMES, "the network")
    for name, shape in zip(two_layers.NAMES, ((20, 7), (7,), (7, 5), (5,)), strict=True):
        expect.array(params[name], shape, f"its '{name}'")
        expect.true(
            params[name].dtype == np.float32,
            f"its '{name}' holds {params[name].dtype}; the text asks for float32, which is twice "
            "as quick (`astype` gives a new array: keep it)",
            got=params[name],
        )


@points(1)
@hint("Each layer has its own two sizes; initialize_weights of notebook 2 knows the rest.")
def test_network_begins_with_xavier(student):
    params = student.new_network(400, 60, 50)
    expect.keys(params, two_layers.NAMES, "the network")
    for name, shape in (("layer1", (400, 60)), ("output", (60, 50))):
        weights = expect.array(params[f"W{name}"], shape, f"its 'W{name}'")
        bound = np.sqrt(6 / sum(shape))
        expect.true(
            np.abs(weights).max() <= bound * (1 + 1e-5),
            f"weights of '{name}' reach {np.abs(weights).max():.3g}; Xavier's bound is {bound:.3g}",
            got=weights,
        )
        # Of 3000 uniform numbers the standard deviation is off by 10 % in less than 1 of 10^15.
        expect.close(
            weights.std(), bound / np.sqrt(3), rtol=0.1,
            what=f"the standard deviation of 'W{name}'",
        )  # fmt: skip
        expect.close(params[f"b{name}"], np.zeros(shape[1]), what=f"its 'b{name}'")


@points(1)
@hint("compute_loss_and_acc adds up over all examples: divide by their number.")
def test_evaluate_loss(student, rng):
    x, y = examples(rng, 9, 4, 3)
    params = two_layers.draw(rng, 4, 6, 3)
    total = float(two_layers.loss(x, y, params).real)
    pair = expect.sequence(student.evaluate(x, y, params), 2, "the result, `loss, accuracy`,")
    expect.close(
        pair[0], total / 9, rtol=1e-4, what="the loss per example",
        mistakes={
            "it is the sum over all examples": total,
            "it is divided by the number of classes": total / 3,
            "it is divided by the number of examples and by that of classes": total / 27,
        },
    )  # fmt: skip


@points(0.5)
@hint("compute_loss_and_acc gives the share of right answers; it needs no further division.")
def test_evaluate_accuracy(student, rng):
    x, _ = examples(rng, 8, 4, 3)
    params = two_layers.draw(rng, 4, 6, 3)
    likeliest = two_layers.log_probs(x, params).argmax(axis=1)
    y = np.eye(3)[(likeliest + (np.arange(8) > 4)) % 3]  # the first five are right
    pair = expect.sequence(student.evaluate(x, y, params), 2, "the result, `loss, accuracy`,")
    expect.close(
        pair[1], 5 / 8, rtol=1e-4, what="the accuracy (5 of 8 are right)",
        mistakes={
            "it is the number of right answers": 5,
            "it is divided by the number of examples twice": 5 / 64,
            "it is the share of wrong answers": 3 / 8,
        },
    )  # fmt: skip
