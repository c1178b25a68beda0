"""Single steps of the two-layer network as loops take them that are wrong in a known way.

A step moves the weights by a sum over examples. So the step of a batch in which labels have
changed places, or in which examples are there twice, can be put together from the steps of single
examples, and it can be looked up which such batch a student's step belongs to.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping

import numpy as np

from helpers.for_checks import two_layers
from helpers.for_checks.two_layers import NAMES, Params


def flat(params: Mapping[str, np.ndarray]) -> np.ndarray:
    """All weights and biases of a network in one row."""
    return np.concatenate([np.ravel(params[name]).astype(np.float64) for name in NAMES])


def nearest(params: Mapping[str, np.ndarray], ends: Iterable[Params]) -> Params:
    """Of several networks the one whose weights are closest to those of ``params``.

    Where they have not the same number of weights, it is the first.

    Examples
    --------
    >>> ones, twos = ({name: np.full(1, float(k)) for name in NAMES} for k in (1, 2))
    >>> nearest({name: np.array([1.9]) for name in NAMES}, [ones, twos])["boutput"]
    array([2.])
    """
    ends, found = list(ends), flat(params)
    if found.size != flat(ends[0]).size or not np.isfinite(found).all():
        return ends[0]
    return min(ends, key=lambda end: float(np.abs(flat(end) - found).max()))


def close(params: Mapping[str, np.ndarray], end: Params, rtol: float = 1e-5) -> bool:
    """Whether these are the same weights, number for number.

    Examples
    --------
    >>> close({name: np.ones(2) for name in NAMES}, {name: np.ones(1) for name in NAMES})
    False
    """
    found, wanted = flat(params), flat(end)
    return found.size == wanted.size and np.allclose(found, wanted, rtol=rtol, atol=1e-9)


def with_other_labels(x, y, params: Params, rate: float) -> list[Params]:
    """The ends of one step in which the labels of the batch have changed places in some way."""
    n = len(x)
    slopes = {(i, j): slope(x[[i]], y[[j]], params) for i in range(n) for j in range(n)}
    orders = list(itertools.permutations(range(n)))[1:]  # all but the right one
    return [moved(params, rate, *(slopes[i, j] for i, j in enumerate(order))) for order in orders]


def with_replacement(x, y, params: Params, rate: float) -> list[Params]:
    """The ends of one step of a batch as large as the set, some of whose examples are repeats."""
    n = len(x)
    slopes = [slope(x[[i]], y[[i]], params) for i in range(n)]
    drawn = itertools.combinations_with_replacement(range(n), n)
    return [moved(params, rate, *(slopes[i] for i in rows)) for rows in drawn if len(set(rows)) < n]


def in_batches(x, y, params: Params, rate: float, sizes: Iterable[int]) -> Params:
    """The end of an epoch of so large batches, of examples that are all alike."""
    for size in sizes:
        params = moved(params, rate, slope(x[[0] * size], y[[0] * size], params))
    return params


def in_the_same_order(x, y, params: Params, rate: float, epochs: int) -> list[Params]:
    """The ends of trainings that go through single examples in one order, the same in each epoch.

    Examples
    --------
    >>> params = two_layers.draw(np.random.default_rng(0), 2, 3, 2)
    >>> len(in_the_same_order(np.ones((3, 2)), np.eye(2)[[0, 1, 0]], params, 0.1, 2))
    6
    """
    ends = []
    for order in itertools.permutations(range(len(x))):
        end = params
        for i in order * epochs:
            end = moved(end, rate, slope(x[[i]], y[[i]], end))
        ends.append(end)
    return ends


def named(x, y, params: Params, rate: float, found: Params) -> dict[str, Params]:
    """The ends of one step with a known mistake in it, by what is to be said of it.

    Where a mistake leaves something open, it is the end that is nearest to what was found.
    """
    right = slope(x, y, params)
    end = moved(params, rate, right)

    def resting(names: Iterable[str]) -> Params:
        return {**end, **{name: params[name] for name in names}}

    def wrong(**ways) -> Params:
        return moved(params, rate, slope(x, y, params, **ways))

    ends = {
        "the step goes uphill: a sign is wrong": moved(params, -rate, right),
        "the step is an average over the batch; gradients are summed":
            moved(params, rate / len(x), right),
        "learning_rate is not used": moved(params, 1, right),
        "the biases do not move": resting(("blayer1", "boutput")),
        "the first layer does not move": resting(NAMES[:2]),
        "the output weights move before they are used for the hidden layer":
            wrong(back_through=end["Woutput"]),
        "the slope of the hidden units, sigmoid_deriv, is missing": wrong(hidden_slope=False),
        "`probs - y` goes back through the slope of a sigmoid; it needs linear_deriv":
            wrong(output_slope=True),
        "examples have been given the labels of others":
            nearest(found, with_other_labels(x, y, params, rate)),
        "some examples are in the batch several times, others not at all":
            nearest(found, with_replacement(x, y, params, rate)),
    }  # fmt: skip
    times = length(found, params, right) / rate
    if np.abs(times - np.array([-1, 0, 1 / len(x), 1, 1 / rate])).min() > 1e-3:
        said = f"the step is {times:.3g} times as long as learning_rate makes it"
        ends[said] = moved(params, times * rate, right)
    return ends


def length(params: Mapping[str, np.ndarray], start: Params, right: Params) -> float:
    """How far the weights have gone against a gradient, counted in gradients.

    Examples
    --------
    >>> start, right = ({name: np.full(2, k) for name in NAMES} for k in (1.0, 2.0))
    >>> float(length({name: np.full(2, 0.5) for name in NAMES}, start, right))
    0.25
    """
    along = flat(right)
    return (flat(start) - flat(params)) @ along / (along @ along)


def slope(x, y, params, back_through=None, hidden_slope=True, output_slope=False) -> Params:
    """The gradient by backpropagation, which is quicker than the exact one of ``two_layers``.

    Wrong on demand: with other output weights on the way back, without the slope of the hidden
    units, or with one at the output.

    Examples
    --------
    >>> params = two_layers.draw(np.random.default_rng(0), 2, 3, 2)
    >>> both = [f(np.ones((1, 2)), np.eye(2)[[0]], params) for f in (slope, two_layers.gradients)]
    >>> np.allclose(flat(both[0]), flat(both[1]))
    True
    """
    hidden, probs = two_layers.hidden(x, params), np.exp(two_layers.log_probs(x, params))
    delta = (probs - y) * (probs * (1 - probs) if output_slope else 1)
    found = {"Woutput": hidden.T @ delta, "boutput": delta.sum(axis=0)}
    W = params["Woutput"] if back_through is None else back_through
    delta = (delta @ W.T) * (hidden * (1 - hidden) if hidden_slope else 1)
    return {"Wlayer1": x.T @ delta, "blayer1": delta.sum(axis=0), **found}


def moved(params: Params, rate: float, *slopes: Params) -> Params:
    """The weights after one step against the sum of some gradients."""
    return {name: params[name] - rate * sum(one[name] for one in slopes) for name in NAMES}
