"""Exercise 2.2.2: batches whose shape or size hides a mistake."""

import numpy as np
from scipy import special

from helpers.checking import exercise, expect, hint, points

pytestmark = exercise("2.2.2")


@points(1)
@hint("Each row needs a maximum of its own: with one for the whole matrix, small rows become 0/0.")
def test_rows_of_different_size(student, rng):
    scores = rng.normal(size=(5, 4)) + np.array([[-2000], [-500], [0], [500], [2000]])
    expect.close(
        student.softmax(scores),
        special.softmax(scores, axis=1),
        what="softmax of rows whose scores differ by thousands",
    )


@points(0.5)
@hint("Keep the axis (keepdims=True), so that each row is divided by its own sum.")
def test_as_many_rows_as_columns(student, rng):
    scores = rng.normal(0, 2, size=(6, 6))
    expect.close(
        student.softmax(scores),
        special.softmax(scores, axis=1),
        what="softmax of a square matrix",
    )


@points(0.5)
@hint("A batch of one example, and a single class, are matrices like any other.")
def test_one_row_or_one_column(student, rng):
    row = rng.normal(size=(1, 5))
    expect.close(student.softmax(row), special.softmax(row, axis=1), what="softmax of one row")
    column = rng.normal(size=(5, 1))
    expect.close(student.softmax(column), np.ones((5, 1)), what="softmax of a single class")
