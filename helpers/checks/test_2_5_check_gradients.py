"""Exercise 2.5: the gradient check of the whole network."""

import numpy as np

from helpers.checking import exercise, expect, hint, points, two_layers

pytestmark = exercise("2.5")


@points(1)
@hint("Compare params['grad_' + name] after `backwards` with the numerical gradient of that name.")
def test_right_gradients_pass(student, rng):
    x = rng.normal(size=(6, 3))
    y = np.eye(3)[rng.integers(0, 3, size=6)]
    errors = student.check_gradients(x, y, two_layers.draw(rng, 3, 4, 3))
    expect.true(isinstance(errors, dict), "the result is no dict", got=errors)
    expect.keys(errors, two_layers.NAMES, "the result")
    for name in two_layers.NAMES:
        error = expect.number(errors[name], f"the error of '{name}'")
        expect.true(
            0 <= error < 1e-4,
            f"the error of '{name}' is {error:.2g}, though backwards and the loss are right",
            got=error,
            expected="less than 1e-6 as a rule, and never more than 1e-4",
        )
