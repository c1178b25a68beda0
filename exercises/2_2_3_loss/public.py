"""Exercise 2.2.3: cross-entropy, summed, and accuracy."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import wrong_ways

pytestmark = exercise("2.2.3")


def batch(rng, n, classes, right):
    """Random labels, and probabilities of which the first `right` rows favour the truth."""
    labels = rng.integers(0, classes, size=n)
    y = np.eye(classes)[labels]
    favourite = np.where(np.arange(n) < right, labels, (labels + 1) % classes)
    probs = rng.uniform(0.1, 1, size=(n, classes))
    probs[np.arange(n), favourite] += 1.5
    order = rng.permutation(n)
    return y[order], (probs / probs.sum(axis=1, keepdims=True))[order]


def answer(student, y, probs):
    pair = expect.sequence(student.compute_loss_and_acc(y, probs), 2, "the result, `loss, acc`,")
    return pair


@demand("a", "e")
@points(1)
@hint("Only the true class counts: the logarithm of its probability, added up over all examples.")
def test_loss_value(student, rng):
    y, probs = batch(rng, 7, 4, right=5)
    of_truth = probs[y == 1]
    right = -np.log(of_truth).sum()
    each = -np.log(probs[np.arange(7), y.argmax(axis=1)])
    expect.close(
        answer(student, y, probs)[0],
        right,
        what="the loss",
        rtol=1e-4,  # room for those who add a tiny number before the logarithm
        mistakes={
            "that is the mean over the batch; the course sums": right / 7,
            "that is the mean over all entries of the matrix": right / 28,
            "the minus sign is missing": -right,
            "that is the loss of each example; they are not added up": each,
            "that is the logarithm to base 2, not the natural one": right / np.log(2),
            "that is the logarithm to base 10, not the natural one": right / np.log(10),
            "all classes are added up, not only the true one": -np.log(probs).sum(),
            "that is the logarithm of the largest probability in each row, not of the true class's":
                -np.log(probs.max(axis=1)).sum(),
            "that is the accuracy: the loss comes first":
                np.mean(of_truth == probs.max(axis=1)),
            "that is the squared error": ((y - probs) ** 2).sum(),
            "the logarithm is taken of the sum, not of each probability":
                -np.log(of_truth.sum()),
        },
    )  # fmt: skip


@demand("b")
@points(0.25)
@hint("Two copies of a batch have twice the loss of one: nothing is divided by N.")
def test_loss_is_summed(student, rng):
    y, probs = batch(rng, 6, 3, right=4)
    one = expect.number(answer(student, y, probs)[0], "the loss of one copy")
    two = expect.number(
        answer(student, np.vstack([y, y]), np.vstack([probs, probs]))[0], "the loss of two copies"
    )
    expect.true(
        one != 0 and abs(two - 2 * one) <= 1e-4 * abs(one),
        f"the loss of a batch is {one:.4g}, of the batch and a copy of it {two:.4g}",
        got=two,
        expected=2 * one,
    )


@after("loss_value")
@demand("c")
@points(0.5)
@hint("0 times ln 0 is nan for NumPy: pick out the true class's probability before the logarithm.")
def test_another_class_may_be_impossible(student, rng):
    y, probs = batch(rng, 6, 4, right=6)
    wrong = (y.argmax(axis=1) + 1) % 4  # a class in each row that is not the true one
    probs[np.arange(6), wrong] = 0
    probs /= probs.sum(axis=1, keepdims=True)
    expect.close(
        answer(student, y, probs)[0],
        -np.log(probs[y == 1]).sum(),
        what="the loss where a class that is not the true one has the probability 0",
        rtol=1e-4,
    )


@demand("d", "e")
@points(1)
@hint("Compare the class of the largest probability in each row with the true class.")
def test_accuracy_value(student, rng):
    for _ in range(500):
        y, probs = batch(rng, 8, 5, right=6)
        down = np.mean(probs.argmax(axis=0) == y.argmax(axis=0))
        rounded = np.mean(np.round(probs) == y)
        sure = np.mean((y * probs).max(axis=1) > 0.5)
        if wrong_ways.distinct([0.75, 6, 75, down, rounded, sure, 0.25, 6 / 5, 6 / 40, 0]):
            break
    expect.close(
        answer(student, y, probs)[1],
        0.75,
        what="the accuracy (6 of 8 rows are right)",
        mistakes={
            "that is the number of right answers, not their share": 6,
            "that is a percentage, not a fraction": 75,
            "argmax runs down the columns, axis 0": down,
            "rounded probabilities are compared entry by entry": rounded,
            "only probabilities above one half count": sure,
            "that is the share of wrong answers": 0.25,
            "they are divided by the number of classes": 6 / 5,
            "they are divided by the number of all entries": 6 / 40,
            "that is rounded to a whole number": 0,
        },
    )


@after("loss_value", "accuracy_value")
@demand("e")
@points(0.25)
@hint("Make new arrays; do not change `y` or `probs`.")
def test_arguments_unchanged(student, rng):
    student.compute_loss_and_acc(*batch(rng, 5, 3, right=3))
    expect.arguments_unchanged(student)
