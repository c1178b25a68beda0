"""Exercise 2.2.3: batches of other shapes."""

import numpy as np

from helpers.checking import demand, exercise, expect, hint, points

pytestmark = exercise("2.2.3")


@demand("a", "b")
@points(0.5)
@hint("A network that knows nothing gives each of C classes 1 / C, and pays ln C per example.")
def test_loss_of_knowing_nothing(student, rng):
    for n, classes in ((5, 36), (36, 5), (6, 6), (1, 10)):
        y = np.eye(classes)[rng.integers(0, classes, size=n)]
        result = student.compute_loss_and_acc(y, np.full((n, classes), 1 / classes))
        pair = expect.sequence(result, 2, "the result, `loss, acc`,")
        expect.close(
            pair[0],
            n * np.log(classes),
            what=f"the loss of {n} examples with {classes} classes, all equally probable,",
            rtol=1e-4,
        )


@demand("d")
@points(0.5)
@hint("The largest entry of each *row* is the answer: argmax along axis 1.")
def test_accuracy_of_a_square_batch(student, rng):
    for right in (3, 6, 9) * 4:
        labels = rng.integers(0, 9, size=9)
        answers = np.where(rng.permutation(9) < right, labels, (labels + 1) % 9)
        probs = 0.05 + 0.8 * np.eye(9)[answers] * rng.uniform(0.9, 1, size=(9, 1))
        probs /= probs.sum(axis=1, keepdims=True)
        result = student.compute_loss_and_acc(np.eye(9)[labels], probs)
        pair = expect.sequence(result, 2, "the result, `loss, acc`,")
        expect.close(pair[1], right / 9, what=f"the accuracy of {right} right rows of 9")
