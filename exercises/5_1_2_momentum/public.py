"""Exercise 5.1.2: accumulators that begin at zero, and the step with momentum."""

import numpy as np

from helpers.checking import exercise, expect, hint, points
from helpers.for_checks import autoencoder

pytestmark = exercise("5.1.2")

SHAPES = {"Wone": (3, 4), "bone": (4,), "Wtwo": (4, 2), "btwo": (2,)}
NAMES = ("one", "two")


def problem(rng, kinds=("", "grad_", "m_")):
    """Parameters, gradients and accumulators of two layers."""
    return {kind + name: rng.normal(size=shape) for kind in kinds for name, shape in SHAPES.items()}


def step(params, rate, momentum):
    """The right accumulators and parameters after one step."""
    m = {name: momentum * params[f"m_{name}"] - rate * params[f"grad_{name}"] for name in SHAPES}
    return m, {name: params[name] + m[name] for name in SHAPES}


def expect_all(params, expected, prefix, said, mistakes=None):
    expect.keys(params, [prefix + name for name in SHAPES])
    for name in SHAPES:
        expect.close(
            params[prefix + name], expected[name], rtol=1e-4, atol=1e-6,
            what=f"params['{prefix}{name}'] {said}",
            mistakes={s: wrong[name] for s, wrong in (mistakes or {}).items()},
        )  # fmt: skip


@points(1)
@hint("For each layer an array of zeros of the shape of its W, as 'm_W' + name, and one for b.")
def test_accumulators_begin_at_zero(student, rng):
    params = problem(rng, ("", "grad_"))
    student.zero_momentum(params, list(NAMES))
    expect.keys(params, [f"m_{name}" for name in SHAPES], "`params` after zero_momentum")
    for name, shape in SHAPES.items():
        expect.close(params[f"m_{name}"], np.zeros(shape), what=f"params['m_{name}']")
    params = {"Wone": np.ones((3, 3)), "bone": np.ones(3), "Wtwo": np.ones((3, 3)),
              "btwo": np.ones(3)}  # fmt: skip
    student.via(autoencoder.moved_alone)(student.zero_momentum, params, list(NAMES), "Wone")
    expect.keys(params, ["m_Wtwo"], "`params` after zero_momentum")
    expect.close(
        params["m_Wtwo"], np.zeros((3, 3)),
        what="params['m_Wtwo'] after params['m_Wone'] has changed (is it the same array?)",
    )  # fmt: skip


@points(0.5)
@hint("Put zeros there, whether there was an accumulator before or not.")
def test_old_accumulators_are_cleared(student, rng):
    params = problem(rng)
    student.zero_momentum(params, list(NAMES))
    for name, shape in SHAPES.items():
        expect.keys(params, [f"m_{name}"], "`params` after zero_momentum")
        expect.close(
            params[f"m_{name}"], np.zeros(shape),
            what=f"params['m_{name}'], which held other numbers before,",
        )  # fmt: skip


@points(1.5)
@hint("M = momentum * M - learning_rate * gradient, and M stays in params['m_W' + name].")
def test_accumulators_after_a_step(student, rng):
    params = problem(rng)
    old = {name: params[f"m_{name}"] for name in SHAPES}
    slope = {name: params[f"grad_{name}"] for name in SHAPES}
    mistakes = {
        "the gradient has the wrong sign": {n: 0.8 * old[n] + 0.1 * slope[n] for n in SHAPES},
        "it has not changed": old,
        "the old value is gone; momentum keeps a share of it": {n: -0.1 * slope[n] for n in SHAPES},
        "the whole old value is kept, without the factor": {
            n: old[n] - 0.1 * slope[n] for n in SHAPES
        },
        "the factor is applied to the gradient as well": {
            n: 0.8 * (old[n] - 0.1 * slope[n]) for n in SHAPES
        },
        "the learning rate is missing": {n: 0.8 * old[n] - slope[n] for n in SHAPES},
        "the gradient is weighed by 1 - momentum": {
            n: 0.8 * old[n] - 0.2 * 0.1 * slope[n] for n in SHAPES
        },
        "the learning rate multiplies the old value too": {
            n: 0.1 * (0.8 * old[n] - slope[n]) for n in SHAPES
        },
    }
    m, _ = step(params, 0.1, 0.8)
    student.momentum_step(params, list(NAMES), 0.1, 0.8)
    expect_all(params, m, "m_", "after a step", mistakes)


@points(1.5)
@hint("W = W + M with the new M; the same for b, in every layer.")
def test_parameters_after_a_step(student, rng):
    params = problem(rng)
    before = {name: params[name] for name in SHAPES}
    old = {name: params[f"m_{name}"] for name in SHAPES}
    m, moved = step(params, 0.1, 0.8)
    mistakes = {
        "it has not changed": before,
        "M is taken off, not added": {n: before[n] - m[n] for n in SHAPES},
        "the old M is added, not the new one": {n: before[n] + old[n] for n in SHAPES},
        "this is a step of plain descent": {
            n: before[n] - 0.1 * params[f"grad_{n}"] for n in SHAPES
        },
        "the gradient is taken off once more": {
            n: before[n] + m[n] - 0.1 * params[f"grad_{n}"] for n in SHAPES
        },
        "M is multiplied by the learning rate again": {n: before[n] + 0.1 * m[n] for n in SHAPES},
    }
    student.momentum_step(params, list(NAMES), 0.1, 0.8)
    expect_all(params, moved, "", "after a step", mistakes)


@points(0.5)
@hint("The last argument has a default value: momentum=0.9.")
def test_momentum_is_09_by_default(student, rng):
    params = problem(rng)
    m, _ = step(params, 0.1, 0.9)
    student.momentum_step(params, list(NAMES), 0.1)
    expect_all(params, m, "m_", "after a step without the argument `momentum`")
