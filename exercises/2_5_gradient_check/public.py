"""Exercise 2.5: central differences where the gradient is known, then on the whole network."""

import numpy as np

from helpers import gradients
from helpers.checking import after, exercise, expect, hint, points
from helpers.for_checks import two_layers

pytestmark = exercise("2.5")


def parameters(rng):
    """Two layers of awkward shapes; no entry is near zero."""
    shapes = {"Wlayer1": (2, 3), "blayer1": (3,), "Woutput": (3, 2), "boutput": (2,)}
    return {
        name: rng.choice([-1, 1], size=shape) * rng.uniform(0.5, 2, size=shape)
        for name, shape in shapes.items()
    }


def copied(params):
    return {name: np.copy(value) for name, value in params.items()}


@points(1)
@hint("One entry at a time: a little up, a little down, the difference divided by 2 eps.")
def test_numerical_gradient_values(student, rng):
    params = parameters(rng)
    start = copied(params)
    found = student.numerical_gradients(gradients.sum_of_cubes, params)
    _is_dict(found)
    expect.keys(found, ["Wlayer1", "Woutput"], "the result")
    for name in ("Wlayer1", "Woutput"):
        right = 3 * start[name] ** 2
        only_first = np.zeros_like(right)
        only_first.flat[0] = right.flat[0]
        expect.close(
            found[name],
            right,
            what=f"the gradient of the sum of all cubes for '{name}', 3 w**2,",
            rtol=1e-3,
            mistakes={
                "it is multiplied by eps, not divided by it: mind the brackets": 1e-10 * right,
                "it is twice as large: the points lie 2 eps apart": 2 * right,
                "it is half as large: divide by 2 eps where both sides are used": right / 2,
                "the sign is wrong: (above - below), not (below - above)": -right,
                "all entries of the array are moved at once": np.full(right.shape, right.sum()),
                "only the first entry is filled": only_first,
                "it is the difference of the losses, not yet divided": 2e-5 * right,
                "it is the parameter itself": start[name],
            },
        )


@points(1)
@hint("Central means both sides: J(w + eps) - J(w - eps), divided by 2 eps.")
def test_central_differences(student, rng):
    params = {"W": rng.uniform(1, 2, size=(2, 2))}
    w = np.copy(params["W"])
    found = student.numerical_gradients(gradients.sum_of_cubes, params, 0.1)
    _is_dict(found)
    expect.keys(found, ["W"], "the result")
    expect.close(
        found["W"],
        3 * w**2 + 0.01,
        what="the central difference of w**3 with eps = 0.1, which is 3 w**2 + 0.01,",
        mistakes={
            "that is the one-sided difference, (J(w + eps) - J(w)) / eps": 3 * w**2
            + 0.3 * w
            + 0.01,
            "that is the one-sided difference, (J(w) - J(w - eps)) / eps": 3 * w**2
            - 0.3 * w
            + 0.01,
            "that is the limit for a tiny eps: the argument eps is not used": 3 * w**2,
            "that is the central difference for eps / 2": 3 * w**2 + 0.0025,
        },
    )


@points(1)
@hint("Every entry of params that begins with W or b is a parameter, the biases too.")
def test_covers_every_parameter(student, rng):
    params = parameters(rng)
    start = copied(params)
    found = student.numerical_gradients(gradients.sum_of_cubes, params)
    _is_dict(found)
    expect.keys(found, list(start), "the result")
    for name, value in start.items():
        expect.array(found[name], value.shape, f"the gradient for '{name}'")


@after("numerical_gradient_values", "central_differences")
@points(0.5)
@hint("Put each entry back as it was before you go on to the next.")
def test_parameters_are_restored(student, rng):
    params = parameters(rng)
    start = copied(params)
    student.numerical_gradients(gradients.sum_of_cubes, params, 0.01)
    for name, value in start.items():
        expect.keys(params, [name])
        expect.close(params[name], value, what=f"params['{name}'] after the call", of_largest=0)


@points(1)
@hint("params also holds caches and gradients, and forward puts in more: choose the names first.")
def test_other_entries_are_left_alone(student, rng):
    params = parameters(rng)
    own = set(params)
    params["cache_output"] = (np.ones((1, 2)), np.ones((1, 2)), np.ones((1, 2)))
    params["grad_Wlayer1"] = np.ones((2, 3))
    found = student.numerical_gradients(gradients.sum_of_cubes_with_cache, params)
    _is_dict(found)
    extra = sorted(set(found) - own)
    expect.true(bool(found), "the result is an empty dict: no parameter was looked at", got=found)
    expect.true(
        not extra, f"the result has entries that are no parameters: {extra}", got=sorted(found)
    )


@points(1)
@hint("|a - n| divided by max(|a| + |n|, 1e-8), entry by entry; then the largest of them.")
def test_relative_error_value(student, rng):
    a = rng.choice([-1, 1], size=(3, 4)) * rng.uniform(0.5, 2, size=(3, 4))
    n = a * rng.uniform(1.05, 1.5, size=(3, 4))
    _compare_errors(student, a, n, "the relative error of two arrays")
    a[1, 2], n[1, 2] = -abs(a[1, 2]), abs(a[1, 2]) / 3
    _compare_errors(student, a, n, "the relative error of arrays with one entry of the wrong sign")


def _compare_errors(student, a, n, what):
    off, size = np.abs(a - n), np.abs(a) + np.abs(n)
    expect.close(
        student.relative_error(a, n),
        np.max(off / size),
        what=what,
        of_largest=0,
        mistakes={
            "that is the mean over the entries, not the largest": np.mean(off / size),
            "that is the sum over the entries, not the largest": np.sum(off / size),
            "that is the smallest, not the largest": np.min(off / size),
            "that is the largest absolute error; nothing is divided": off.max(),
            "divided by the larger of |a| and |n|, not by their sum":
                np.max(off / np.maximum(np.abs(a), np.abs(n))),
            "divided by |n| alone": np.max(off / np.abs(n)),
            "divided by |a| alone": np.max(off / np.abs(a)),
            "divided by |a + n|: the absolute values come first": np.max(off / np.abs(a + n)),
            "norms of the whole arrays are compared, not entries":
                np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n)),
        },
    )  # fmt: skip


def _is_dict(value):
    expect.true(
        isinstance(value, dict),
        "the result is None: is a `return` missing?" if value is None else "the result is no dict",
        got=value,
        expected="a dict: name of a parameter -> array",
    )


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
