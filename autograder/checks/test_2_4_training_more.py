"""Exercise 2.4, second part: other sizes, the default batches, and the data left alone."""

import numpy as np

from helpers import batches
from helpers.checking import after, exercise, expect, hint, points, two_layers

pytestmark = exercise("2.4")


def same_parameters(params, right, said):
    expect.keys(params, two_layers.NAMES, "`params` after training")
    for name in two_layers.NAMES:
        expect.close(params[name], right[name], what=f"params['{name}'] {said}")


@points(0.5)
@hint("Take every size from the arrays themselves; nothing about the data belongs into the code.")
def test_training_of_any_size(student, rng):
    x = rng.normal(size=(9, 3))
    y = np.eye(2)[rng.integers(0, 2, size=9)]
    right = params = two_layers.draw(rng, 3, 2, 2)
    for _ in range(3):
        for xb, yb in batches.first_and_rest(x, y, 4):
            right = two_layers.descended(xb, yb, right, 0.05)
    student.train(x, y, params, 0.05, 4, 3, batches.first_and_rest)
    same_parameters(params, right, "after 3 epochs with two batches each, of 1 and 8 examples,")


@points(0.5)
@hint(
    "By default the batches come from get_random_batches, with the batch_size that was asked for."
)
def test_default_batches(student, rng):
    # All examples are alike, so the order does not matter, but the number of steps does.
    x = np.repeat(rng.normal(size=(1, 2)), 12, axis=0)
    y = np.repeat(np.eye(3)[[1]], 12, axis=0)
    right = params = two_layers.draw(rng, 2, 2, 3)
    for _ in range(2 * 3):
        right = two_layers.descended(x[:4], y[:4], right, 0.1)
    student.train(x, y, params, 0.1, 4, 2)
    same_parameters(params, right, "after 2 epochs of 12 equal examples in batches of 4")


@after("one_step", "history_of_accuracies")
@points(0.5)
@hint("Neither function may change x or y; no operator such as -= on them.")
def test_training_leaves_the_data_alone(student, rng):
    x = rng.normal(size=(5, 2))
    y = np.eye(3)[rng.integers(0, 3, size=5)]
    student.train(x, y, two_layers.draw(rng, 2, 2, 3), 0.1, 2, 1, batches.all_at_once)
    expect.arguments_unchanged(student)
