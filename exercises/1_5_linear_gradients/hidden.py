"""Exercise 1.5, hidden: layers with a single output or a single input."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points

pytestmark = exercise("1.5")


@after("dJ_dW")
@points(0.5)
@demand("b")
@hint("With one output dJ/dW is still a matrix, with the shape of W.")
def test_dJ_dW_of_one_output(student, rng):
    W, x, delta = rng.normal(size=(1, 6)), rng.normal(size=(6, 1)), rng.normal(size=(1, 1))
    expect.close(
        student.dJ_dW(W, x, delta), np.kron(delta, x.T), what="dJ/dW of a layer with one output"
    )


@after("dJ_dx")
@points(0.5)
@demand("c")
@hint("With one input dJ/dx is still a column, with the shape of x.")
def test_dJ_dx_of_one_input(student, rng):
    W, x, delta = rng.normal(size=(7, 1)), rng.normal(size=(1, 1)), rng.normal(size=(7, 1))
    expect.close(
        student.dJ_dx(W, x, delta),
        np.einsum("kd,ko->do", W, delta),
        what="dJ/dx of a layer with one input",
    )
