"""Exercise 5.3.1: two images of each of some classes, beside their reconstructions."""

import numpy as np

from helpers.checking import demand, exercise, expect, hint, points
from helpers.for_checks import autoencoder as right
from helpers.for_checks.naming import rule_out

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
@demand("a")
@hint("np.flatnonzero(labels == k) gives the rows of class k. Take as many as are wanted.")
def test_classes_that_were_chosen(student, rng):
    labels, chosen = drawn_labels(rng), [5, 0, 3]
    labels[[0, np.flatnonzero(labels == 3)[0]]] = 3, labels[0]  # the rows are not in this order
    rows = picked(student, labels, chosen, 2)
    expect.true(
        len(rows) == 6, "two of each of 3 classes make 6 rows", got=rows, expected="6 row numbers"
    )
    found = [int(labels[row]) for row in rows]
    mixed = "the rows are not two of each of the chosen classes"
    rule_out(
        sorted(rows) == sorted([5, 5, 0, 0, 3, 3]),
        "these are the classes of the images; their row numbers are asked for", mixed, rows,
    )  # fmt: skip
    rule_out(rows == list(range(6)), "these are the first rows, whatever their class", mixed, found)
    rule_out(
        len(set(found)) == 1 and found[0] in chosen,
        "all examples are of one of the chosen classes", mixed, found,
    )  # fmt: skip
    expect.true(sorted(found) == [0, 0, 3, 3, 5, 5], mixed, got=found, expected=[5, 5, 0, 0, 3, 3])
    rule_out(
        found != [5, 5, 0, 0, 3, 3],
        "the order is not that in which the classes were chosen",
        "the classes do not come as [5, 5, 0, 0, 3, 3]", found,
    )  # fmt: skip


@points(0.5)
@demand("b")
@hint("Two examples of a class must be two different rows.")
def test_examples_differ(student, rng):
    labels = drawn_labels(rng, n=56)
    rows = picked(student, labels, [1, 4], 8)  # all that there are: drawing twice must show
    rule_out(
        len(rows) == 4, "there are two of each class, whatever `each` is",
        "eight of each of 2 classes make 16 rows, not 4", rows,
    )  # fmt: skip
    expect.true(len(rows) == 16, "eight of each of 2 classes make 16 rows", got=rows)
    expect.true(len(set(rows)) == 16, "the same image is picked twice", got=rows)


def problem(rng, n=5):
    return rng.uniform(size=(n, 1024)), right.draw(rng, 1024, 4, scale=0.2)


CHOSEN = [3, 1, 4]


def pairs_of(value):
    shape = getattr(value, "shape", None)
    for wrong, name in (
        ((2, 3, 32, 32), "the first two axes have changed places: the first one counts the rows"),
        ((3, 2, 1024), "each image still is a row of 1,024 pixels"),
    ):
        rule_out(
            shape == wrong, name, f"the pairs of images have shape {shape}, not (3, 2, 32, 32)",
        )  # fmt: skip
    return expect.array(value, (3, 2, 32, 32), "the pairs of images")


def unpaired(originals, rebuilt):
    """All of the one kind before all of the other, cut into pairs."""
    return np.concatenate([originals, rebuilt]).reshape(3, 2, 32, 32)


@points(1)
@demand("c")
@hint("pairs[i, 0] is the image x[rows[i]], cut into 32 rows of 32 pixels.")
def test_originals(student, rng):
    x, params = problem(rng)
    originals = x[CHOSEN].reshape(3, 32, 32)
    rebuilt = right.output(x[CHOSEN], params).reshape(3, 32, 32)
    pairs = pairs_of(student.side_by_side(x, params, CHOSEN))
    expect.close(
        pairs[:, 0], originals, rtol=1e-4, what="pairs[:, 0], the originals",
        mistakes={
            "the images are transposed": originals.transpose(0, 2, 1),
            "these are the first images, not those of the rows": x[:3].reshape(3, 32, 32),
            "the reconstructions come first; they belong to pairs[:, 1]": rebuilt,
            "all originals come before all reconstructions, and no two are a pair":
                unpaired(originals, rebuilt)[:, 0],
        },
    )  # fmt: skip


@points(1)
@demand("d")
@hint("pairs[i, 1] is what forward_autoencoder makes of x[rows[i]].")
def test_reconstructions(student, rng):
    x, params = problem(rng)
    originals = x[CHOSEN].reshape(3, 32, 32)
    rebuilt = right.output(x[CHOSEN], params).reshape(3, 32, 32)
    pairs = pairs_of(student.side_by_side(x, params, CHOSEN))
    expect.close(
        pairs[:, 1], rebuilt, rtol=1e-3, atol=1e-5, what="pairs[:, 1], the reconstructions",
        mistakes={
            "these are the originals once more": originals,
            "these are what is missing, original minus reconstruction": originals - rebuilt,
            "they are rounded to black and white": np.round(rebuilt),
            "they are inverted: ink and paper have changed places": 1 - rebuilt,
        },
    )  # fmt: skip
