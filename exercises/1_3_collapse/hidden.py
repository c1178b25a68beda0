"""Exercise 1.3, hidden: square layers, two layers, many layers."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points

pytestmark = exercise("1.3")


def draw_layers(rng, sizes):
    pairs = list(zip(sizes[:-1], sizes[1:], strict=True))
    weights = [rng.normal(size=pair) for pair in pairs]
    biases = [rng.normal(size=outputs) for _, outputs in pairs]
    return weights, biases


def check_collapsed(student, rng, sizes, what):
    """Compare the collapsed layer with the layers themselves on a batch."""
    weights, biases = draw_layers(rng, sizes)
    W, b = expect.sequence(student.collapse(weights, biases), 2, what)
    W = expect.array(W, (sizes[0], sizes[-1]), f"W of {what}")
    b = expect.array(b, (sizes[-1],), f"b of {what}")
    X = expected = rng.normal(size=(7, sizes[0]))
    for layer_W, layer_b in zip(weights, biases, strict=True):
        expected = np.einsum("nd,dk->nk", expected, layer_W) + layer_b
    expect.close(X @ W + b, expected, what=f"X @ W + b with {what}", rtol=1e-6, atol=1e-7)


@after("collapsed_bias")
@points(0.5)
@demand("c")
@hint("Two layers collapse like three, and ten too. Where is the number of layers fixed?")
def test_any_number_of_layers(student, rng):
    check_collapsed(student, rng, (2, 4, 3), "two layers")
    check_collapsed(student, rng, (3, 2, 4, 1, 5, 2, 3, 2), "seven layers")


@points(0.5)
@demand("a")
@hint("With square matrices a wrong order raises no error: it gives wrong numbers.")
def test_square_layers(student, rng):
    weights, biases = draw_layers(rng, (3, 3, 3, 3))
    right = np.linalg.multi_dot(weights)
    W, _ = expect.sequence(student.collapse(weights, biases), 2, "the collapse of square layers")
    expect.close(W, right, what="W of square layers")
