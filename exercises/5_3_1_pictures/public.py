"""Exercise 5.3.1: two images of each of some classes, beside their reconstructions."""

import numpy as np

from helpers.checking import exercise, expect, hint, points
from helpers.for_checks import autoencoder as right

pytestmark = exercise("5.3.1")


def picked(student, labels, chosen, each):
    """The rows that the student picked, each seen to be the number of a row."""
    value = student.pick_examples(labels, chosen, each)
    if isinstance(value, np.ndarray):
        value = expect.array(value, (-1,), "the row numbers").tolist()
    rows = expect.sequence(value, None, "the row numbers")
    rows = [expect.number(row, "a row number") for row in rows]
    for row in rows:
        expect.true(
            float(row).is_integer() and 0 <= row < len(labels),
            f"an entry is no row number from 0 to {len(labels) - 1}", got=row,
        )  # fmt: skip
    return [int(row) for row in rows]


def drawn_labels(rng, n=60, classes=7):
    """Labels in random order, with several of each class."""
    return rng.permutation(np.arange(n) % classes)


@points(1)
@hint("np.flatnonzero(labels == k) gives the rows of class k. Take as many as are wanted.")
def test_classes_that_were_chosen(student, rng):
    labels, chosen = drawn_labels(rng), [5, 0, 3]
    labels[[0, np.flatnonzero(labels == 3)[0]]] = 3, labels[0]  # the rows are not in this order
    rows = picked(student, labels, chosen, 2)
    expect.true(
        len(rows) == 6, "two of each of 3 classes make 6 rows", got=rows, expected="6 row numbers"
    )
    found = [int(labels[row]) for row in rows]
    expect.true(
        sorted(found) == [0, 0, 3, 3, 5, 5],
        "the rows are not two of each of the chosen classes", got=found, expected=[5, 5, 0, 0, 3, 3]
    )  # fmt: skip
    expect.true(
        found == [5, 5, 0, 0, 3, 3],
        "the classes do not come in the order in which they were chosen",
        got=found, expected=[5, 5, 0, 0, 3, 3],
    )  # fmt: skip


@points(0.5)
@hint("Two examples of a class must be two different rows.")
def test_examples_differ(student, rng):
    labels = drawn_labels(rng, n=56)
    rows = picked(student, labels, [1, 4], 8)  # all that there are: drawing twice must show
    expect.true(len(rows) == 16, "eight of each of 2 classes make 16 rows", got=rows)
    expect.true(len(set(rows)) == 16, "the same image is picked twice", got=rows)


def problem(rng, n=5):
    return rng.uniform(size=(n, 1024)), right.draw(rng, 1024, 4, scale=0.2)


def pairs_of(value, number):
    return expect.array(value, (number, 2, 32, 32), "the pairs of images")


@points(1)
@hint("pairs[i, 0] is the image x[rows[i]], cut into 32 rows of 32 pixels.")
def test_originals(student, rng):
    x, params = problem(rng)
    originals = x[[3, 1]].reshape(2, 32, 32)
    rebuilt = right.output(x[[3, 1]], params).reshape(2, 32, 32)
    pairs = pairs_of(student.side_by_side(x, params, [3, 1]), 2)
    expect.close(
        pairs[:, 0], originals, rtol=1e-4, what="pairs[:, 0], the originals",
        mistakes={
            "the images are transposed": originals.transpose(0, 2, 1),
            "these are the first images, not those of the rows": x[:2].reshape(2, 32, 32),
            "the reconstructions come first; they belong to pairs[:, 1]":
                rebuilt,
        },
    )  # fmt: skip


@points(1)
@hint("pairs[i, 1] is what forward_autoencoder makes of x[rows[i]].")
def test_reconstructions(student, rng):
    x, params = problem(rng)
    rebuilt = right.output(x[[3, 1]], params).reshape(2, 32, 32)
    pairs = pairs_of(student.side_by_side(x, params, [3, 1]), 2)
    expect.close(
        pairs[:, 1], rebuilt, rtol=1e-3, atol=1e-5, what="pairs[:, 1], the reconstructions",
        mistakes={
            "the images are transposed": rebuilt.transpose(0, 2, 1),
            "these are the originals once more": x[[3, 1]].reshape(2, 32, 32),
            "these are what is missing, original minus reconstruction":
                x[[3, 1]].reshape(2, 32, 32) - rebuilt,
            "they are rounded to black and white": np.round(rebuilt),
        },
    )  # fmt: skip
