"""Exercise 5.1.2: several steps in a row."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points

pytestmark = exercise("5.1.2")


@after("accumulators_after_a_step")
@points(1)
@demand("b", "c")
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
