"""The training of a model of PyTorch, followed step by step: what the checks of 6.1.1 share."""

from __future__ import annotations

import numpy as np

from helpers.checking import expect
from helpers.for_checks import torch_probes, two_layers
from helpers.for_checks.naming import close_all, rule_out

NEAR = {"rtol": 2e-3, "atol": 1e-4}


def draw(rng, *sizes):
    """Random weights in single precision, as those of notebook 3 are."""
    drawn = two_layers.draw(rng, *sizes)
    return {name: np.float32(array) for name, array in drawn.items()}


def recipe(params):
    """The network of 3.1, for functions that are handed a model."""
    return [("linear", params["Wlayer1"], params["blayer1"]), ("sigmoid",),
            ("linear", params["Woutput"], params["boutput"])]  # fmt: skip


def examples(rng, n, params=None):
    """Random examples; with `params`, of classes that this network does not nearly confuse.

    A class that wins by the last digit only would be another one in single precision.
    """
    x = rng.normal(size=(n, 4))
    while params is not None and two_layers.margins(x, params).min() < 1e-3:
        x = rng.normal(size=(n, 4))
    return x, rng.integers(0, 3, size=n)


def scores_of(student, build, arguments, x, **options):
    """The scores that a model gives, which one of the student's functions builds."""
    return torch_probes.asked(student, torch_probes.outputs, build, arguments, x, **options)


def of_model(student, function, layers, batch, **options):
    """What is known of a model, and of what a function of the student's gives for a batch."""
    return torch_probes.report(student, torch_probes.on_model, function, layers, batch, **options)


def of_epoch(student, params, batches, rate, training=True, norm=False):
    """What is known of a model, with batch normalisation if wished, after an epoch of theirs."""
    layers = recipe(params)
    layers[1:1] = [("norm", len(params["blayer1"]))] * norm
    return torch_probes.report(
        student, torch_probes.trained, student.train_epoch, layers, batches, rate, training
    )


def pair_of(result):
    """The loss and the accuracy that came back."""
    return expect.sequence(result["value"], 2, "the result, `loss, accuracy`,")


def batches_of(student, x, labels, size):
    """The batches that the student draws."""
    return pairs_of(
        torch_probes.asked(
            student, torch_probes.on_tensors, student.shuffled_batches, x, labels, size
        )
    )


def same_weights(found, right, said, wrong=None):
    found = dict(zip(two_layers.NAMES, expect.sequence(found, 4, "the parameters"), strict=True))
    close_all(
        found, turned(right), f"the parameters of {{}} {said}",
        together={sentence: turned(values) for sentence, values in (wrong or {}).items()}, **NEAR,
    )  # fmt: skip


def turned(values):
    """Arrays in the shapes that PyTorch gives them."""
    return {name: np.asarray(values[name], dtype=float).T for name in two_layers.NAMES}


def pairs_of(value, number=None):
    """The batches, each seen to be a pair of two arrays of one length."""
    pairs = []
    value = expect.sequence(value, number, "the list of batches")
    rule_out(
        len(value) == 2 and all(isinstance(v, (list, tuple)) and len(v) > 2 for v in value),
        "there is one list for the examples and one for the labels, not a pair for each batch",
        "what came back is no list of pairs (x_batch, labels_batch)", value,
    )  # fmt: skip
    for batch in value:
        x, labels = expect.sequence(batch, 2, "a batch, a pair (x, labels),")
        x = expect.array(x, (-1, 2), "the examples of a batch (of two features)")
        pairs.append((x, expect.array(labels, (len(x),), "the labels of a batch")))
    return pairs


def numbered(n):
    """Examples that say in their first column which one they are."""
    x = np.stack([np.arange(n), np.zeros(n)], axis=1)
    return x.astype(np.float32), (7 * np.arange(n)) % 11


def optimises(student, rng, asked_for, said, rule, wrong):
    """Ask that the optimiser makes three steps by a rule; wrong rules have names.

    A rule gives a step from the gradients so far and the values that are moved.
    """
    params = two_layers.draw(rng, 4, 3, 2)
    start = [params[name].T for name in two_layers.NAMES]  # in PyTorch's order and shapes
    slopes = [[rng.normal(size=values.shape) for values in start] for _ in range(3)]
    found = torch_probes.asked(
        student, torch_probes.optimised, student.make_optimiser, recipe(params), asked_for, slopes
    )
    found = expect.sequence(found, 3, "the parameters after three steps")
    mistakes = {sentence: follow(start, slopes, other) for sentence, other in wrong.items()}
    compare(found, follow(start, slopes, rule), said, mistakes)


def follow(start, slopes, rule):
    """Parameters after each step that a rule makes."""
    path, now = [], start
    for count in range(1, len(slopes) + 1):
        steps = [rule([step[k] for step in slopes[:count]], now[k]) for k in range(len(now))]
        now = [values + step for values, step in zip(now, steps, strict=True)]
        path.append(now)
    return path


def plain(rate, decay=0.0):
    """The rule of plain descent, with weight decay if wished."""
    return lambda past, now: -rate * (past[-1] + decay * now)


def with_momentum(rate):
    """The rule of descent with a momentum of 0.9."""
    return lambda past, now: -rate * sum(0.9**age * g for age, g in enumerate(reversed(past)))


def adam(rate):
    """The rule of Adam."""
    return lambda past, now: adam_step(past, rate)


def compare(found, right, said, wrong=None):
    """The parameters after every step are these; a mistake shows in all of them together."""
    close_all(
        _steps([expect.sequence(got, len(right[0]), "the parameters") for got in found]),
        _steps(right), f"{{}} of {said}",
        together={s: _steps(path) for s, path in (wrong or {}).items()}, rtol=1e-3, atol=1e-5,
    )  # fmt: skip


def _steps(path):
    return {
        f"parameter {place} after step {count}": value
        for count, values in enumerate(path, start=1)
        for place, value in enumerate(values)
    }


def adam_step(past, rate):
    """Kingma and Ba's algorithm 1, for the newest of the past gradients."""
    weights = np.arange(len(past))[::-1]
    mean = sum(0.1 * 0.9**age * g for age, g in zip(weights, past, strict=True))
    square = sum(0.001 * 0.999**age * g**2 for age, g in zip(weights, past, strict=True))
    mean, square = mean / (1 - 0.9 ** len(past)), square / (1 - 0.999 ** len(past))
    return -rate * mean / (np.sqrt(square) + 1e-8)


GRADIENTS = dict(zip(("0.weight", "0.bias", "2.weight", "2.bias"), two_layers.NAMES, strict=True))


def gradients_of(result):
    """The gradients of the network of 3.1 that came back, by PyTorch's names."""
    expect.keys(result["value"], list(GRADIENTS), "the dict of gradients")
    return {name: result["value"][name] for name in GRADIENTS}


def same_gradients(result, right, wrong=None):
    value = gradients_of(result)

    def named(values):
        return {name: np.asarray(values[own]).T for name, own in GRADIENTS.items()}

    close_all(
        value, named(right), "the gradient of '{}'",
        together={said: named(values) for said, values in (wrong or {}).items()},
        rtol=1e-3, atol=1e-4,
    )  # fmt: skip
