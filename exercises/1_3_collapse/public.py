"""Exercise 1.3: layers without a non-linearity are one layer."""

import numpy as np

from helpers.checking import exercise, expect, hint, points

pytestmark = exercise("1.3")


def draw_layers(rng, sizes):
    """Weights and biases of a network with these layer sizes."""
    pairs = list(zip(sizes[:-1], sizes[1:], strict=True))
    weights = [rng.normal(size=pair) for pair in pairs]
    biases = [rng.normal(size=outputs) for _, outputs in pairs]
    return weights, biases


def run_layers(weights, biases, X):
    """What the layers make of the rows of X, one layer after the other."""
    for W, b in zip(weights, biases, strict=True):
        X = X @ W + b
    return X


def one_layer(weights, biases):
    """W and b read off from outside: the answer to zeros is b, to unit vectors W + b."""
    inputs = weights[0].shape[0]
    b = run_layers(weights, biases, np.zeros((1, inputs)))[0]
    return run_layers(weights, biases, np.eye(inputs)) - b, b


@points(1)
@hint("A row vector x goes through W_1 first: x @ W_1 @ W_2 @ W_3. Keep that order.")
def test_collapsed_weights(student, rng):
    weights, biases = draw_layers(rng, (4, 3, 3, 3))
    W, _ = expect.sequence(student.collapse(weights, biases), 2, "collapse(weights, biases)")
    expected, _ = one_layer(weights, biases)
    expect.close(
        W,
        expected,
        what="the collapsed W",
        mistakes={"this is W transposed: here a layer is X @ W + b": expected.T},
    )


@points(1)
@hint("Feed in X = 0. The first bias passes through all the later layers, the last through none.")
def test_collapsed_bias(student, rng):
    weights, biases = draw_layers(rng, (3, 3, 3, 3))
    _, b = expect.sequence(student.collapse(weights, biases), 2, "collapse(weights, biases)")
    _, expected = one_layer(weights, biases)
    expect.close(
        b,
        expected,
        what="the collapsed b",
        mistakes={
            "the biases are only added up; the earlier ones go through the later layers too": sum(
                biases
            ),
            "this is the last bias alone": biases[-1],
            "the order is turned round: W @ b in place of b @ W": (
                weights[2] @ (weights[1] @ biases[0] + biases[1]) + biases[2]
            ),
        },
    )
