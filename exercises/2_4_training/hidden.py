"""Exercise 2.4: sizes at the edge, the default batches, and the data left alone."""

import numpy as np

from helpers import batches
from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import two_layers, walks, weights

pytestmark = exercise("2.4")


@after("batches_are_a_list_of_pairs")
@demand("a", "d")
@points(0.5)
@hint(
    "A batch of one example is still a matrix with one row; x[i:i + 1], or x[[i]], keeps the axis."
)
def test_batches_at_the_edge(student, rng):
    for n, size, wanted in ((5, 1, [1] * 5), (5, 5, [5]), (6, 3, [3, 3])):
        x, y = rng.normal(size=(n, 3)), rng.normal(size=(n, 2))
        found = expect.sequence(student.get_random_batches(x, y, size))
        said = f"with {n} examples and a batch size of {size}"
        shapes = []
        for pair in found:
            xb, yb = expect.sequence(pair, 2, f"each batch, a pair (x_batch, y_batch), {said},")
            expect.array(xb, (-1, 3), f"an x_batch, {said},")
            expect.array(yb, (-1, 2), f"a y_batch, {said},")
            shapes.append((len(xb), len(yb)))
        expect.true(
            sorted(shapes) == sorted((k, k) for k in wanted),
            f"{said} the batches do not have {wanted} rows",
            got=shapes,
        )
        all_x = np.vstack([pair[0] for pair in found])
        expect.true(
            np.allclose(np.sort(all_x, axis=0), np.sort(x, axis=0)),
            f"{said} the batches do not hold each example once",
        )


@demand("e", "f")
@points(0.5)
@hint("Take every size from the arrays themselves; nothing about the data belongs into the code.")
def test_training_of_any_size(student, rng):
    x = rng.normal(size=(9, 3))
    y = np.eye(2)[rng.integers(0, 2, size=9)]
    params = two_layers.draw(rng, 3, 2, 2)
    right = walks.end(batches.first_and_rest(x, y, 4) * 3, params, 0.05)
    student.train(x, y, params, 0.05, 4, 3, batches.first_and_rest)
    weights.same(params, right, "after 3 epochs with two batches each, of 1 and 8 examples,")


@demand("f")
@points(0.5)
@hint(
    "By default the batches come from get_random_batches, with the batch_size that was asked for."
)
def test_default_batches(student, rng):
    # All examples are alike, so the order does not matter, but the number of steps does.
    x = np.repeat(rng.normal(size=(1, 2)), 12, axis=0)
    y = np.repeat(np.eye(3)[[1]], 12, axis=0)
    params = two_layers.draw(rng, 2, 2, 3)
    right = walks.end([(x[:4], y[:4])] * (2 * 3), params, 0.1)
    student.train(x, y, params, 0.1, 4, 2)
    weights.same(params, right, "after 2 epochs of 12 equal examples in batches of 4")


@after("one_step", "history_of_accuracies")
@demand("i")
@points(0.5)
@hint("Neither function may change x or y; no operator such as -= on them.")
def test_training_leaves_the_data_alone(student, rng):
    x = rng.normal(size=(5, 2))
    y = np.eye(3)[rng.integers(0, 3, size=5)]
    student.train(x, y, two_layers.draw(rng, 2, 2, 3), 0.1, 2, 1, batches.all_at_once)
    expect.arguments_unchanged(student)
