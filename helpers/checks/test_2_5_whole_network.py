"""Exercise 2.5: the gradient check of the whole network."""

import numpy as np

from helpers.checking import exercise, expect, hint, points, two_layers

pytestmark = exercise("2.5")


def problem(rng):
    """A batch and parameters for which no gradient is near zero, so that errors are small."""
    for _ in range(50):
        x = rng.normal(size=(8, 2))
        y = np.eye(3)[rng.integers(0, 3, size=8)]
        params = two_layers.draw(rng, 2, 2, 3)
        slopes = two_layers.gradients(x, y, params).values()
        if min(np.abs(slope).min() for slope in slopes) > 0.05:
            break
    return x, y, params


@points(1)
@hint("Compare params['grad_' + name] after `backwards` with the numerical gradient of that name.")
def test_right_gradients_pass(student, rng):
    x, y, params = problem(rng)
    errors = student.check_gradients(x, y, params)
    expect.true(isinstance(errors, dict), "the result is no dict", got=errors)
    expect.keys(errors, two_layers.NAMES, "the result")
    for name in two_layers.NAMES:
        error = expect.number(errors[name], f"the error of '{name}'")
        expect.true(
            abs(error) < 0.01,
            f"the error of '{name}' is {error:.2g}, though backwards and the loss are right",
            got=error,
            expected="less than 1e-6 as a rule, and never as much as 0.01",
        )
