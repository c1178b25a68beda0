"""Exercise 2.2.2: batches whose shape hides a mistake."""

import numpy as np
from scipy import special

from helpers.checking import demand, exercise, expect, hint, points

pytestmark = exercise("2.2.2")


@demand("b")
@points(0.5)
@hint("Keep the axis (keepdims=True), so that each row is divided by its own sum.")
def test_as_many_rows_as_columns(student, rng):
    scores = rng.normal(0, 2, size=(6, 6))
    expect.close(
        student.softmax(scores),
        special.softmax(scores, axis=1),
        what="softmax of a square matrix",
    )


@demand("a")
@points(0.5)
@hint("A batch of one example, and a single class, are matrices like any other.")
def test_one_row_or_one_column(student, rng):
    row = rng.normal(size=(1, 5))
    expect.close(student.softmax(row), special.softmax(row, axis=1), what="softmax of one row")
    column = rng.normal(size=(5, 1))
    expect.close(student.softmax(column), np.ones((5, 1)), what="softmax of a single class")
