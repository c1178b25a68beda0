"""The training of a model of PyTorch, followed step by step: what the checks of 6.1.1 share."""

from __future__ import annotations

import numpy as np

from helpers.checking import expect
from helpers.for_checks import torch_probes, two_layers

NEAR = {"rtol": 2e-3, "atol": 1e-4}


def draw(rng, *sizes):
    """Random weights in single precision, as those of notebook 3 are."""
    drawn = two_layers.draw(rng, *sizes)
    return {name: np.float32(array) for name, array in drawn.items()}


def recipe(params):
    """The network of 3.1, for functions that are handed a model."""
    return [("linear", params["Wlayer1"], params["blayer1"]), ("sigmoid",),
            ("linear", params["Woutput"], params["boutput"])]  # fmt: skip


def parameters(params):
    """Its arrays in PyTorch's order and shapes."""
    return [params[name].T for name in two_layers.NAMES]


def examples(rng, n, params=None):
    """Random examples; with `params`, of classes that this network does not nearly confuse.

    A class that wins by the last digit only would be another one in single precision.
    """
    x = rng.normal(size=(n, 4))
    while params is not None and two_layers.margins(x, params).min() < 1e-3:
        x = rng.normal(size=(n, 4))
    return x, rng.integers(0, 3, size=n)


def same_weights(found, right, said, wrong=None):
    found = expect.sequence(found, 4, "the list of parameters")
    for place, name in enumerate(two_layers.NAMES):
        mistakes = {sentence: values[name].T for sentence, values in (wrong or {}).items()}
        expect.close(
            found[place], right[name].T, **NEAR, what=f"the parameters of {name} {said}",
            mistakes=mistakes,
        )  # fmt: skip


def pairs_of(value, number=None):
    """The batches, each seen to be a pair of two arrays of one length."""
    pairs = []
    for batch in expect.sequence(value, number, "the list of batches"):
        x, labels = expect.sequence(batch, 2, "a batch, a pair (x, labels),")
        x = expect.array(x, (-1, 2), "the examples of a batch (of two features)")
        pairs.append((x, expect.array(labels, (len(x),), "the labels of a batch")))
    return pairs


def numbered(n):
    """Examples that say in their first column which one they are."""
    x = np.stack([np.arange(n), np.zeros(n)], axis=1)
    return x.astype(np.float32), (7 * np.arange(n)) % 11


def path_of(student, rng, kind, rate):
    """The weights of a model, gradients for three steps, and what the optimiser made of them."""
    params = two_layers.draw(rng, 4, 3, 2)
    start = parameters(params)
    slopes = [[rng.normal(size=values.shape) for values in start] for _ in range(3)]
    found = student.via(torch_probes.optimised)(
        student.make_optimiser, recipe(params), (kind, rate), slopes
    )
    return start, slopes, expect.sequence(found, 3, "the parameters after three steps")


def follow(start, slopes, rule):
    """Parameters after each step; `rule` gives each step from the past slopes and the values."""
    path, now = [], start
    for count in range(1, len(slopes) + 1):
        steps = [rule([step[k] for step in slopes[:count]], now[k]) for k in range(len(now))]
        now = [values + step for values, step in zip(now, steps, strict=True)]
        path.append(now)
    return path


def compare(found, right, said, wrong=None):
    for count, (got, values) in enumerate(zip(found, right, strict=True), start=1):
        for place, value in enumerate(values):
            mistakes = {s: path[count - 1][place] for s, path in (wrong or {}).items()}
            expect.close(
                expect.sequence(got, len(values), "the parameters")[place], value,
                rtol=1e-3, atol=1e-5,
                what=f"parameter {place} after step {count} of {said}", mistakes=mistakes,
            )  # fmt: skip


def adam_step(past, rate):
    """Kingma and Ba's algorithm 1, for the newest of the past gradients."""
    weights = np.arange(len(past))[::-1]
    mean = sum(0.1 * 0.9**age * g for age, g in zip(weights, past, strict=True))
    square = sum(0.001 * 0.999**age * g**2 for age, g in zip(weights, past, strict=True))
    mean, square = mean / (1 - 0.9 ** len(past)), square / (1 - 0.999 ** len(past))
    return -rate * mean / (np.sqrt(square) + 1e-8)


def same_gradients(value, right, wrong=None):
    names = ("0.weight", "0.bias", "2.weight", "2.bias")
    expect.keys(value, names, "the dict of gradients")
    for name, own in zip(names, two_layers.NAMES, strict=True):
        mistakes = {said: values[own].T for said, values in (wrong or {}).items()}
        expect.close(
            value[name],
            right[own].T,
            rtol=1e-3,
            atol=1e-4,
            what=f"the gradient of '{name}'",
            mistakes=mistakes,
        )
