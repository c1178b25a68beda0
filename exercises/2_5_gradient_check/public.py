"""Exercise 2.5: central differences where the gradient is known, then on the whole network."""

import numpy as np

from helpers import gradients
from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import two_layers, wrong_ways

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


@demand("a")
@points(1)
@hint("One entry for each parameter, weights and biases, under its name: an array of its shape.")
def test_covers_every_parameter(student, rng):
    params = parameters(rng)
    start = copied(params)
    found = student.numerical_gradients(gradients.sum_of_cubes, params)
    expect.keys(found, list(start), "the result")
    for name, value in start.items():
        gradient = expect.array(found[name], value.shape, f"the gradient for '{name}'")
        expect.true(
            gradient.any() and not np.array_equal(gradient, value),
            f"what stands for '{name}' is no gradient: it is all zeros, or the parameter itself",
            got=gradient,
        )


@demand("b")
@points(1)
@hint("One entry at a time: a little up, a little down, the difference divided by 2 eps.")
def test_numerical_gradient_values(student, rng):
    params = parameters(rng)
    start = copied(params)
    found = student.numerical_gradients(gradients.sum_of_cubes, params)
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
            atol=0,
            mistakes={
                "it is multiplied by eps, not divided by it: mind the brackets": 1e-10 * right,
                "it is twice as large: how far apart are the two points?": 2 * right,
                "it is half as large: how far apart are the two points?": right / 2,
                "the sign is wrong: (above - below), not (below - above)": -right,
                "all entries of the array are moved at once": np.full(right.shape, right.sum()),
                "only the first entry is filled": only_first,
                "it is the difference of the losses, not yet divided": 2e-5 * right,
                "it is the parameter itself": start[name],
            },
        )


@demand("c")
@points(1)
@hint("Central means both sides: J(w + eps) - J(w - eps), divided by 2 eps.")
def test_central_differences(student, rng):
    params = {"W": rng.uniform(1, 2, size=(2, 2))}
    w = np.copy(params["W"])
    found = student.numerical_gradients(gradients.sum_of_cubes, params, 0.1)
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
            "the sign is wrong: (above - below), not (below - above)": -(3 * w**2 + 0.01),
        },
    )


@demand("b")
@points(0.5)
@hint("Put each entry back before you move the next one, not at the end.")
def test_entries_move_one_at_a_time(student, rng):
    params = {"W": rng.uniform(0.5, 1, size=(3, 4)), "b": rng.uniform(0.5, 1, size=4)}
    total = params["W"].sum() + params["b"].sum()
    found = student.numerical_gradients(gradients.square_of_sum, params, 0.05)
    expect.keys(found, ["W"], "the result")
    expect.close(
        found["W"],
        np.full((3, 4), total),
        what="the gradient of a loss in which all entries are tied together",
        atol=0.03,
    )


@after("numerical_gradient_values", "central_differences")
@demand("d")
@points(0.5)
@hint("Put each entry back as it was before you go on to the next.")
def test_parameters_are_restored(student, rng):
    params = parameters(rng)
    start = copied(params)
    student.numerical_gradients(gradients.sum_of_cubes, params, 0.01)
    for name, value in start.items():
        expect.keys(params, [name])
        expect.close(params[name], value, what=f"params['{name}'] after the call", of_largest=0)


@demand("d")
@points(1)
@hint("params also holds caches and gradients, and forward puts in more: choose the names first.")
def test_other_entries_are_left_alone(student, rng):
    params = parameters(rng)
    own = set(params)
    params["cache_output"] = (np.ones((1, 2)), np.ones((1, 2)), np.ones((1, 2)))
    params["grad_Wlayer1"] = np.ones((2, 3))
    found = student.numerical_gradients(gradients.sum_of_cubes_with_cache, params)
    expect.keys(found, [], "the result")
    extra = sorted(set(found) - own)
    expect.true(bool(found), "the result is an empty dict: no parameter was looked at", got=found)
    expect.true(
        not extra, f"the result has entries that are no parameters: {extra}", got=sorted(found)
    )


@demand("e")
@points(1)
@hint("|a - n| divided by max(|a| + |n|, 1e-8), entry by entry; then the largest of them.")
def test_relative_error_value(student, rng):
    for _ in range(500):
        a = rng.choice([-1, 1], size=(3, 4)) * rng.uniform(0.5, 2, size=(3, 4))
        smaller, larger = rng.uniform(0.6, 0.95, (3, 4)), rng.uniform(1.05, 1.5, (3, 4))
        n = a * np.where(rng.random((3, 4)) < 0.5, smaller, larger)
        right, wrong = _errors(a, n)
        if wrong_ways.distinct([right, *wrong.values()]):
            break
    expect.close(
        student.relative_error(a, n),
        right,
        what="the relative error of two arrays",
        of_largest=0,
        mistakes=wrong,
    )
    n[1, 2] = -a[1, 2] / 3
    sums = np.abs(a + n)
    expect.close(
        student.relative_error(a, n),
        1.0,
        what="the relative error of arrays with one entry of the wrong sign",
        of_largest=0,
        mistakes={"divided by |a + n|: the absolute values come first": np.max(abs(a - n) / sums)},
    )


def _errors(a, n):
    """The relative error, and what comes of mistakes in it."""
    off, size = np.abs(a - n), np.abs(a) + np.abs(n)
    wrong = {
        "that is the mean over the entries, not the largest": np.mean(off / size),
        "that is the sum over the entries, not the largest": np.sum(off / size),
        "that is the smallest, not the largest": np.min(off / size),
        "that is the largest absolute error; nothing is divided": off.max(),
        "divided by the larger of |a| and |n|, not by their sum":
            np.max(off / np.maximum(np.abs(a), np.abs(n))),
        "divided by |n| alone": np.max(off / np.abs(n)),
        "divided by |a| alone": np.max(off / np.abs(a)),
        "norms of the whole arrays are compared, not entries":
            np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n)),
        "the difference keeps its sign: the absolute value is missing": np.max((a - n) / size),
        "the largest difference is divided by the largest sum, not entry by entry":
            off.max() / size.max(),
    }  # fmt: skip
    return np.max(off / size), wrong


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


@after("numerical_gradient_values")
@demand("f")
@points(0.5)
@hint("One number for each of the four parameters, under its name: 'Wlayer1', and so on.")
def test_one_error_for_each_parameter(student, rng):
    errors = student.check_gradients(*problem(rng))
    expect.keys(errors, two_layers.NAMES, "the result")
    for name in two_layers.NAMES:
        expect.number(errors[name], f"the error of '{name}'")


@after("one_error_for_each_parameter")
@demand("g")
@points(0.5)
@hint("Two gradients of the same loss at the same weights: has anything moved in between?")
def test_right_gradients_pass(student, rng):
    ways = {
        "the output layer goes back with sigmoid_deriv": {"at_output": "sigmoid"},
        "layer1 goes back with linear_deriv": {"at_hidden": "linear"},
    }
    for _ in range(30):
        x, y, params = problem(rng)
        exact = two_layers.gradients(x, y, params)
        wrong = {said: wrong_ways.gone_back(x, y, params, **way) for said, way in ways.items()}
        sizes = [_errors(exact[n], slope[n])[0] for slope in wrong.values() for n in exact]
        if max(sizes) < 0.97:  # so that a wrong derivative does not look like a wrong sign
            break
    errors = student.check_gradients(x, y, params)
    expect.keys(errors, two_layers.NAMES, "the result")
    for name in two_layers.NAMES:
        error = expect.number(errors[name], f"the error of '{name}'")
        if abs(error) < 0.01:
            continue
        numbers = {said: _errors(exact[name], slope[name])[0] for said, slope in wrong.items()}
        expect.close(
            error,
            0.0,
            what=f"though backwards and the loss are right, the error of '{name}'",
            rtol=1e-3,
            mistakes={
                "the gradients have opposite signs, or one is nothing beside the other": 1.0,
                "one gradient is N times the other: is the loss a sum, as here?":
                    (len(x) - 1) / (len(x) + 1),
                **{said: number for said, number in numbers.items() if 0.01 < number < 0.97},
            },
        )  # fmt: skip


@after("right_gradients_pass")
@demand("g")
@points(1)
@hint("Is eps passed on? And are the two gradients of each parameter compared, by relative_error?")
def test_coarse_step_shows(student, rng):
    x, eps = rng.normal(size=(5, 2)), 0.3
    y = np.eye(3)[rng.integers(0, 3, size=5)]
    params = two_layers.draw(rng, 2, 2, 3)
    exact = two_layers.gradients(x, y, params)
    right = {}
    for name in two_layers.NAMES:
        coarse = np.zeros_like(params[name])
        for place in np.ndindex(coarse.shape):
            sides = []
            for step in (eps, -eps):
                moved = {**params, name: params[name].copy()}
                moved[name][place] += step
                sides.append(two_layers.loss(x, y, moved))
            coarse[place] = (sides[0] - sides[1]) / (2 * eps)
        size = np.maximum(np.abs(coarse) + np.abs(exact[name]), 1e-8)
        right[name] = np.max(np.abs(coarse - exact[name]) / size)
    errors = student.check_gradients(x, y, params, eps)
    expect.keys(errors, two_layers.NAMES, "the result")
    found = [expect.number(errors[name], f"the error of '{name}'") for name in two_layers.NAMES]
    said = f"with eps = 0.3 the errors are at most {max(found):.2g}"
    wrong_ways.named(not any(found), said, "something is compared with itself")
    wrong_ways.named(max(found) < 1e-5, said, "they are those of a tiny eps: is eps passed on?")
    for name in two_layers.NAMES:
        expect.close(
            errors[name], right[name], what=f"the error of '{name}' with eps = 0.3", rtol=1e-4
        )
