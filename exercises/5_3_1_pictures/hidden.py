"""Exercise 5.3.1: a single example of many classes, one row, arguments left alone."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import autoencoder as right

pytestmark = exercise("5.3.1")


@points(0.5)
@demand("a")
@hint("The classes and the count are arguments: neither 5 nor 2 belongs in the code.")
def test_one_of_each_class(student, rng):
    labels = rng.permutation(np.repeat(np.arange(36), 2))
    chosen = [int(k) for k in rng.permutation(36)]
    rows = student.pick_examples(labels, chosen, 1)
    rows = rows.ravel().tolist() if isinstance(rows, np.ndarray) else rows
    rows = expect.sequence(rows, 36, "the row numbers")
    rows = np.array([int(expect.number(row, "a row number")) for row in rows])
    expect.true(rows.min() >= 0 and rows.max() < 72, "an entry is no row number", got=rows.tolist())
    expect.true(
        labels[rows].tolist() == chosen, "the rows are not one of each chosen class, in order",
        got=labels[rows].tolist(), expected=chosen,
    )  # fmt: skip


@points(0.5)
@demand("c")
@hint("A single row makes an array of shape (1, 2, 32, 32).")
def test_a_single_pair(student, rng):
    x, params = rng.uniform(size=(3, 1024)), right.draw(rng, 1024, 2, scale=0.2)
    both = np.stack([x[2], right.output(x[2:], params)[0]]).reshape(1, 2, 32, 32)
    pairs = expect.array(student.side_by_side(x, params, [2]), (1, 2, 32, 32), "the pair")
    expect.close(pairs, both, rtol=1e-3, atol=1e-5, what="the pair of one row")


@after("originals", "reconstructions")
@points(0.5)
@demand("e")
@hint("Don't write into x, and don't set its shape: make new arrays.")
def test_images_are_left_alone(student, rng):
    x, params = rng.uniform(size=(4, 1024)), right.draw(rng, 1024, 2, scale=0.2)
    student.side_by_side(x, params, [0, 3])
    expect.arguments_unchanged(student)
