"""Exercise 5.1.2: accumulators that begin at zero, and the step with momentum."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import autoencoder_probes
from helpers.for_checks.naming import close_all

pytestmark = exercise("5.1.2")

SHAPES = {"Wone": (3, 4), "bone": (4,), "Wtwo": (4, 2), "btwo": (2,)}
NAMES = ("one", "two")
RATE = 0.1
MOMENTUM = 0.7


def problem(rng, kinds=("", "grad_", "m_")):
    """Parameters, gradients and accumulators of two layers."""
    return {kind + name: rng.normal(size=shape) for kind in kinds for name, shape in SHAPES.items()}


def parts(params):
    """Copies of parameters, accumulators and gradients, each by the names of the parameters."""
    return [{name: params[kind + name].copy() for name in SHAPES} for kind in ("", "m_", "grad_")]


def stepped(rng, student, *arguments):
    """What a step of the student's begins with, and the parameters that it leaves."""
    params = problem(rng)
    begin = parts(params)
    student.momentum_step(params, list(NAMES), *arguments)
    return begin, params


def each_of(rule, *given):
    """A rule for one array, for all of them."""
    return {name: rule(*(values[name] for values in given)) for name in SHAPES}


@points(1)
@demand("a")
@hint("For each layer an array of zeros of the shape of its W, as 'm_W' + name, and one for b.")
def test_accumulators_begin_at_zero(student, rng):
    params = problem(rng, ("", "grad_"))
    copies = {name: params[name].copy() for name in SHAPES}
    student.zero_momentum(params, list(NAMES))
    expect.keys(params, [f"m_{name}" for name in SHAPES], "`params` after zero_momentum")
    for name, shape in SHAPES.items():
        expect.close(
            params[f"m_{name}"], np.zeros(shape), what=f"params['m_{name}']",
            mistakes={"it begins with ones": np.ones(shape),
                      "it begins as a copy of the parameter": copies[name]},
        )  # fmt: skip
    params = {"Wone": np.ones((3, 3)), "bone": np.ones(3), "Wtwo": np.ones((3, 3)),
              "btwo": np.ones(3)}  # fmt: skip
    student.via(autoencoder_probes.moved_alone)(student.zero_momentum, params, list(NAMES), "Wone")
    expect.keys(params, ["m_Wtwo"], "`params` after zero_momentum")
    expect.close(
        params["m_Wtwo"], np.zeros((3, 3)),
        what="params['m_Wtwo'], after 1 was added to params['m_Wone'] in place,",
        mistakes={"two layers share one array": np.ones((3, 3))},
    )  # fmt: skip


@points(0.5)
@demand("a")
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
@demand("b")
@hint("M = momentum * M - learning_rate * gradient, and M stays in params['m_W' + name].")
def test_accumulators_after_a_step(student, rng):
    (_, old, slope), params = stepped(rng, student, RATE, MOMENTUM)
    right = each_of(lambda m, g: MOMENTUM * m - RATE * g, old, slope)
    rules = {
        "the gradient has the wrong sign": lambda m, g: MOMENTUM * m + RATE * g,
        "the old value is gone; momentum keeps a share of it": lambda m, g: -RATE * g,
        "the whole old value is kept, without the factor": lambda m, g: m - RATE * g,
        "the factor is applied to the gradient as well": lambda m, g: MOMENTUM * (m - RATE * g),
        "the factor is 0.9, whatever `momentum` is": lambda m, g: 0.9 * m - RATE * g,
        "the learning rate is missing": lambda m, g: MOMENTUM * m - g,
        "the gradient is added without the learning rate; M must be the step itself":
            lambda m, g: MOMENTUM * m + g,
        "it is a moving average of gradients; M must be the step itself":
            lambda m, g: MOMENTUM * m + (1 - MOMENTUM) * g,
        "the gradient is weighed by 1 - momentum":
            lambda m, g: MOMENTUM * m - (1 - MOMENTUM) * RATE * g,
        "the learning rate multiplies the old value too": lambda m, g: RATE * (MOMENTUM * m - g),
    }  # fmt: skip
    expect.keys(params, [f"m_{name}" for name in SHAPES])
    close_all(
        {name: params[f"m_{name}"] for name in SHAPES}, right, "params['m_{}'] after a step",
        together={said: each_of(rule, old, slope) for said, rule in rules.items()},
        each={"it has not changed": old}, rtol=1e-4, atol=1e-6,
    )  # fmt: skip


@points(1.5)
@demand("c")
@hint("W = W + M with the new M; the same for b, in every layer.")
def test_parameters_after_a_step(student, rng):
    (begin, old, slope), params = stepped(rng, student, RATE, MOMENTUM)
    m = each_of(lambda m, g: MOMENTUM * m - RATE * g, old, slope)
    expect.keys(params, [kind + name for kind in ("", "m_") for name in SHAPES])
    own = {name: params[f"m_{name}"] for name in SHAPES}
    if any(isinstance(v, np.ndarray) and v.shape == SHAPES[n] and not np.allclose(v, m[n])
           and not np.allclose(v, old[n]) for n, v in own.items()):  # fmt: skip
        # A wrong accumulator has been charged above; what counts here is that it is added.
        m = {name: expect.array(v, SHAPES[name], f"params['m_{name}']") for name, v in own.items()}
    rules = {
        "M is taken off, not added": lambda w, m, o, g: w - m,
        "the old M is added, not the new one": lambda w, m, o, g: w + o,
        "this is a step of plain descent": lambda w, m, o, g: w - RATE * g,
        "the gradient is taken off once more": lambda w, m, o, g: w + m - RATE * g,
        "M is multiplied by the learning rate again": lambda w, m, o, g: w + RATE * m,
        "it is M itself; M must be added to what was there": lambda w, m, o, g: m,
    }
    close_all(
        {name: params[name] for name in SHAPES}, each_of(np.add, begin, m),
        "params['{}'] after a step",
        together={said: each_of(rule, begin, m, old, slope) for said, rule in rules.items()},
        each={"it has not changed": begin}, rtol=1e-4, atol=1e-6,
    )  # fmt: skip


@after("accumulators_after_a_step")
@points(0.5)
@demand("d")
@hint("The last argument has a default value: momentum=0.9.")
def test_momentum_is_09_by_default(student, rng):
    (_, old, slope), params = stepped(rng, student, RATE)
    expect.keys(params, [f"m_{name}" for name in SHAPES])
    close_all(
        {name: params[f"m_{name}"] for name in SHAPES},
        each_of(lambda m, g: 0.9 * m - RATE * g, old, slope),
        "params['m_{}'] after a step without the argument `momentum`", rtol=1e-4, atol=1e-6,
    )  # fmt: skip


@after("parameters_after_a_step")
@points(0.5)
@demand("e")
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
