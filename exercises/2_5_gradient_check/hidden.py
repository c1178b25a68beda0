"""Exercise 2.5: tiny entries, and what must not move."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import two_layers

pytestmark = exercise("2.5")


@demand("e")
@points(0.5)
@hint("Below stands the larger of |a| + |n| and 1e-8: so 0 / 0 is kept away, and nothing is added.")
def test_relative_error_near_zero(student, rng):
    zeros = np.zeros((2, 3))
    expect.close(student.relative_error(zeros, zeros), 0.0, what="the error of zeros and zeros")
    tiny = rng.uniform(1, 2, size=(2, 3)) * 1e-10
    expect.close(
        student.relative_error(tiny, 3 * tiny),
        2 * tiny.max() / 1e-8,
        what="the error of entries near 1e-10",
    )


@after("right_gradients_pass")
@demand("h")
@points(0.5)
@hint("Measuring must not move anything: weights, biases and data are as before afterwards.")
def test_check_leaves_everything_alone(student, rng):
    x = rng.normal(size=(4, 2))
    y = np.eye(3)[rng.integers(0, 3, size=4)]
    params = two_layers.draw(rng, 2, 2, 3)
    start = {name: value.copy() for name, value in params.items()}
    student.check_gradients(x, y, params)
    expect.arguments_unchanged(student)
    for name, value in start.items():
        expect.keys(params, [name])
        expect.close(params[name], value, what=f"params['{name}'] after the check", of_largest=0)
