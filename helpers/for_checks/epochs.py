"""What the network of 3.1 gives and learns in an epoch, and what comes of the usual mistakes.

NumPy alone: the checks of 6.1.1 hold models of PyTorch against it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import special

from helpers.for_checks import two_layers
from helpers.for_checks.two_layers import Params

Batches = Sequence[tuple[np.ndarray, np.ndarray]]


def one_hot(labels: np.ndarray, params: Params) -> np.ndarray:
    return np.eye(len(params["boutput"]))[labels]


def wrong_scores(x: np.ndarray, params: Params) -> dict[str, np.ndarray]:
    """The scores of networks that were built with a mistake, by its name."""
    right = two_layers.scores(x, params)
    sums = x @ params["Wlayer1"] + params["blayer1"]
    turned = special.expit(x @ params["Wlayer1"].T + params["blayer1"]) @ params["Woutput"].T
    return {
        "there is a softmax at the end; the loss already contains it":
            special.softmax(right, axis=1),
        "there is a log-softmax at the end; the loss already contains it":
            special.log_softmax(right, axis=1),
        "there is a sigmoid after the output layer too": special.expit(right),
        "the sigmoid between the layers is missing":
            sums @ params["Woutput"] + params["boutput"],
        "there is a ReLU between the layers; it must be a sigmoid":
            np.maximum(sums, 0) @ params["Woutput"] + params["boutput"],
        "the weights are transposed the wrong way round": turned + params["boutput"],
        "the biases of the output layer are missing": right - params["boutput"],
    }  # fmt: skip


def wrong_gradients(x: np.ndarray, labels: np.ndarray, params: Params) -> dict[str, Params]:
    """The gradients of other losses than the summed cross-entropy."""
    y = one_hot(labels, params)
    right = two_layers.gradients(x, y, params)
    return {
        "it is that of the mean loss; ours is summed over the batch":
            {name: slope / len(x) for name, slope in right.items()},
        "there is a softmax before the cross-entropy, which contains one already":
            _slopes_from(x, params, _through_softmax_twice(x, params, y)),
        "it is that of the scores alone: the logarithm of the softmax is missing":
            _slopes_from(x, params, -y),
        "these are the parameters themselves, not their gradients": params,
    }  # fmt: skip


def _slopes_from(x: np.ndarray, params: Params, delta: np.ndarray) -> Params:
    """The gradients that go with a slope `delta` in the scores."""
    hidden = two_layers.hidden(x, params)
    under = delta @ params["Woutput"].T * hidden * (1 - hidden)
    return {"Wlayer1": x.T @ under, "blayer1": under.sum(axis=0),
            "Woutput": hidden.T @ delta, "boutput": delta.sum(axis=0)}  # fmt: skip


def _through_softmax_twice(x: np.ndarray, params: Params, y: np.ndarray) -> np.ndarray:
    """The slope in the scores where a softmax comes before the cross-entropy, summed."""
    probs = np.exp(two_layers.log_probs(x, params))
    back = special.softmax(probs, axis=1) - y
    return probs * (back - (probs * back).sum(axis=1, keepdims=True))


def descended(params: Params, batches: Batches, rate: float) -> Params:
    """The weights after a step of plain descent for each batch, along the summed loss."""
    for x, labels in batches:
        params = two_layers.descended(x, one_hot(labels, params), params, rate)
    return params


def wrongly_descended(params: Params, batches: Batches, rate: float) -> dict[str, Params]:
    """The weights after an epoch with a mistake in it, by its name."""
    mean = params
    for x, labels in batches:
        mean = descended(mean, [(x, labels)], rate / len(x))
    ones = {name: np.ones_like(values) for name, values in params.items()}
    zeros = {name: np.zeros_like(values) for name, values in params.items()}
    return {
        "they have not changed": params,
        "the steps follow the mean loss; ours is summed over the batch": mean,
        "gradients of earlier steps were not set back to zero":
            _along_a_heap(params, batches, rate, ones),
        "the gradients were set back to zero once only, before the first batch":
            _along_a_heap(params, batches, rate, zeros),
    }  # fmt: skip


def _along_a_heap(params: Params, batches: Batches, rate: float, heap: Params) -> Params:
    """Descent along the sum of all gradients so far; `heap` is what was there before."""
    for x, labels in batches:
        slope = two_layers.gradients(x, one_hot(labels, params), params)
        heap = {name: heap[name] + slope[name] for name in params}
        params = {name: params[name] - rate * heap[name] for name in params}
    return params


def measured(params: Params, x: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """The loss of a batch, summed, and its accuracy."""
    answers = two_layers.log_probs(x, params).argmax(axis=1)
    loss = float(two_layers.loss(x, one_hot(labels, params), params).real)
    return loss, float((answers == labels).mean())


def measured_through_softmax_twice(params: Params, x: np.ndarray, labels: np.ndarray) -> float:
    """The loss of a batch, summed, where a softmax comes before the cross-entropy."""
    probs = np.exp(two_layers.log_probs(x, params))
    return float(-(one_hot(labels, params) * special.log_softmax(probs, axis=1)).sum())


def measured_on_the_way(rng: np.random.Generator) -> tuple[Params, Batches, float, float, int]:
    """First weights and batches; what an epoch with the rate 0.4 measures before each step.

    The summed loss comes first, then that after each step, then the number of right answers. No
    example is a close race on the way.
    """
    while True:
        now = params = two_layers.draw(rng, 4, 3, 3)
        batches = [(rng.normal(size=(n, 4)), rng.integers(0, 3, size=n)) for n in (4, 4, 3)]
        total, late, right, closest = 0.0, 0.0, 0, 1.0
        for x, labels in batches:
            loss, share = measured(now, x, labels)
            total, right = total + loss, right + round(share * len(x))
            closest = min(closest, two_layers.margins(x, now).min())
            now = descended(now, [(x, labels)], 0.4)
            late += measured(now, x, labels)[0]
        if closest > 1e-3:
            return params, batches, total, late, right
