"""Exercise 1.3: layers without a non-linearity are one layer."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points

pytestmark = exercise("1.3")

CALL = "collapse(weights, biases)"


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


def collapsed(student, weights, biases):
    """What came back, as a list of two; the lists that the student gets are not the check's."""
    copies = [W.copy() for W in weights], [b.copy() for b in biases]
    return expect.sequence(student.collapse(*copies), 2, CALL)


@points(1)
@demand("a")
@hint("Follow one row vector x. Which matrices does it meet, in which order, on which side?")
def test_collapsed_weights(student, rng):
    weights, biases = draw_layers(rng, (3, 3, 3, 3))
    W1, W2, W3 = weights
    expected, b = one_layer(weights, biases)
    wrong = {
        "this is W transposed: here a layer is X @ W + b": expected.T,
        "this is b; W comes first, and b second": b,
        "only the first two layers are in this": W1 @ W2,
        "only the first and the last layer are in this": W1 @ W3,
        "only the first layer is in this": W1,
        "the matrices are multiplied in the reverse order": W3 @ W2 @ W1,
        "the last two matrices are in the wrong order": W1 @ W3 @ W2,
        "this multiplies entry by entry; the matrix product is wanted": W1 * W2 * W3,
        "the matrices are added; x meets one after the other, as a product": W1 + W2 + W3,
    }
    W, _ = collapsed(student, weights, biases)
    expect.close(W, expected, what="the collapsed W", mistakes=wrong)


@points(1)
@demand("b")
@hint("Feed in X = 0. What is added to it, and which matrices does each addend meet after that?")
def test_collapsed_bias(student, rng):
    weights, biases = draw_layers(rng, (3, 3, 3, 3))
    _, expected = one_layer(weights, biases)
    (W1, W2, W3), (b1, b2, b3) = weights, biases
    wrong = {
        "the biases are only added up; the earlier ones go through later layers too": b1 + b2 + b3,
        "this is the last bias alone": b3,
        "a bias is subtracted: there is a wrong sign": (b1 @ W2 - b2) @ W3 - b3,
        "the later biases are in it twice": (b1 @ W2 + 2 * b2) @ W3 + 2 * b3,
        "this is the first bias alone, carried on; the later biases are missing": b1 @ W2 @ W3,
        "only the first two layers are in this": b1 @ W2 + b2,
        "each bias goes through one layer more, not through all the later ones": (
            b1 @ W2 + b2 @ W3 + b3
        ),
        "a bias is multiplied by its own layer's matrix; it is added after that": (
            ((b1 + b2) @ W2 + b3) @ W3
        ),
        "all biases are multiplied by their own layers' matrices; they are added after those": (
            ((b1 @ W1 + b2) @ W2 + b3) @ W3
        ),
        "the order is turned round: W @ b in place of b @ W": W3 @ (W2 @ b1 + b2) + b3,
        "this is nothing but zeros; a bias stays when X is 0": np.zeros(3),
        "this is a matrix with one row; a bias has one axis": expected[None],
        "a bias has met the product of all the matrices, not the later ones alone": (
            (b1 @ W1 @ W2 + b2) @ W1 @ W2 @ W3 + b3
        ),
    }
    _, b = collapsed(student, weights, biases)
    expect.close(b, expected, what="the collapsed b", mistakes=wrong)


@after("collapsed_bias")
@points(0.5)
@demand("c")
@hint("How many layers there are is for the lists to say. What if there is only one?")
def test_one_layer_and_five(student, rng):
    for sizes in ((3, 2), (2, 4, 3, 1, 5, 2)):
        weights, biases = draw_layers(rng, sizes)
        expected_W, expected_b = one_layer(weights, biases)
        what = f"{len(weights)} layers" if len(weights) > 1 else "one layer"
        W, b = collapsed(student, weights, biases)
        expect.close(W, expected_W, what=f"W of {what}")
        expect.close(b, expected_b, what=f"b of {what}")


@after("collapsed_weights", "collapsed_bias")
@points(0.5)
@demand("d")
@hint("`W @= ...`, `b += ...` or `weights.pop()` change what belongs to the caller.")
def test_layers_unchanged(student, rng):
    student.collapse(*draw_layers(rng, (2, 2, 2, 2)))
    expect.arguments_unchanged(student)
