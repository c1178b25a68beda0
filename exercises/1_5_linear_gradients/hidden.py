"""Exercise 1.5, hidden: layers with a single output or a single input."""

import numpy as np

from helpers.checking import after, exercise, expect, hint, points

pytestmark = exercise("1.5")


@points(0.5)
@hint("With one output dJ/dW is still a matrix, of shape (1, d).")
def test_dJ_dW_of_one_output(student, rng):
    W, x, delta = rng.normal(size=(1, 6)), rng.normal(size=(6, 1)), rng.normal(size=(1, 1))
    expect.close(
        student.dJ_dW(W, x, delta), np.kron(delta, x.T), what="dJ/dW of a layer with one output"
    )


@points(0.5)
@hint("With one input dJ/dx is still a column, of shape (1, 1).")
def test_dJ_dx_of_one_input(student, rng):
    W, x, delta = rng.normal(size=(7, 1)), rng.normal(size=(1, 1)), rng.normal(size=(7, 1))
    expect.close(
        student.dJ_dx(W, x, delta),
        np.einsum("kd,ko->do", W, delta),
        what="dJ/dx of a layer with one input",
    )


@after("dJ_dW", "dJ_dx", "dJ_db")
@points(0.5)
@hint("`delta *= x.T` or `x.shape = ...` change the caller's arrays.")
def test_layer_unchanged(student, rng):
    W, x, delta = rng.normal(size=(3, 3)), rng.normal(size=(3, 1)), rng.normal(size=(3, 1))
    student.dJ_dW(W, x, delta)
    student.dJ_dx(W, x, delta)
    student.dJ_db(W, x, delta)
    expect.arguments_unchanged(student)
