"""Exercise 5.1.2: several steps in a row, and layers that are not named."""

import numpy as np

from helpers.checking import after, exercise, expect, hint, points

pytestmark = exercise("5.1.2")


@points(1)
@hint("Keep the accumulator from step to step; it is a fading sum of all gradients so far.")
def test_a_fading_sum(student, rng):
    params = {"Wa": rng.normal(size=(2, 3)), "ba": rng.normal(size=3)}
    begin = {name: params[name].copy() for name in ("Wa", "ba")}
    pushes = {name: [] for name in begin}
    for name, value in begin.items():
        params[f"m_{name}"] = np.zeros(value.shape)
    for _ in range(4):
        for name, value in begin.items():
            params[f"grad_{name}"] = rng.normal(size=value.shape)
            pushes[name].append(-0.2 * params[f"grad_{name}"])
        student.momentum_step(params, ["a"], 0.2, 0.5)
    for name in begin:
        expect.keys(params, [name, f"m_{name}"], "`params` after four steps")
        last = sum(0.5 ** (3 - k) * push for k, push in enumerate(pushes[name]))
        # A push moves the parameter by itself, its half, its quarter, ... until the end.
        moved = sum((2 - 0.5 ** (3 - k)) * push for k, push in enumerate(pushes[name]))
        expect.close(
            params[f"m_{name}"], last, rtol=1e-4, atol=1e-6,
            what=f"params['m_{name}'] after four steps with momentum 0.5",
        )  # fmt: skip
        expect.close(
            params[name], begin[name] + moved, rtol=1e-4, atol=1e-6,
            what=f"params['{name}'] after four steps with momentum 0.5",
        )  # fmt: skip


@after("parameters_after_a_step")
@points(0.5)
@hint("Loop over the names that were handed over, not over everything in params.")
def test_only_named_layers_move(student, rng):
    shapes = {"Wa": (2, 2), "ba": (2,), "Wb": (2, 2), "bb": (2,)}
    params = {
        kind + name: rng.normal(size=shape)
        for kind in ("", "grad_", "m_")
        for name, shape in shapes.items()
    }
    before = {name: params[name].copy() for name in ("Wa", "ba", "m_Wa", "m_ba")}
    student.momentum_step(params, ["b"], 0.1, 0.9)
    for name, value in before.items():
        expect.keys(params, [name], "`params` after a step for another layer")
        expect.close(params[name], value, what=f"params['{name}'] after a step for another layer")
