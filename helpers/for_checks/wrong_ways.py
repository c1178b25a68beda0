"""What comes of known mistakes in the network of section 2, so that checks can name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from helpers.checking.failures import CheckFailure
from helpers.checking.show import show
from helpers.for_checks import two_layers

Params = dict[str, np.ndarray]


def named(condition: bool, problem: str, mistake: str, got: Any = None) -> None:
    """Fail where a condition holds, with the name of the mistake that it gives away.

    Examples
    --------
    >>> named(True, "the batches have the sizes [4, 4]", "the last examples are lost")
    Traceback (most recent call last):
    ...
    helpers.checking.failures.CheckFailure: the batches have the sizes [4, 4]
    """
    if condition:
        raise CheckFailure(problem, got="" if got is None else show(got), diagnosis=mistake)


def a_multiple(found: Any, right: np.ndarray) -> dict[str, np.ndarray]:
    """The name of a wrong factor, if what came back is the right array times a number.

    Examples
    --------
    >>> list(a_multiple(np.array([1.0, 2.0]), np.array([2.0, 4.0])))
    ['it is 0.5 times what it must be']
    >>> a_multiple(np.array([1.0, 2.0]), np.array([1.0, 2.0]))
    {}
    """
    if not isinstance(found, np.ndarray) or found.shape != right.shape or found.dtype.kind != "f":
        return {}
    factor = float((found * right).sum() / (right**2).sum())
    if abs(factor) < 1e-4 or abs(factor - 1) < 1e-3:
        return {}
    if not np.allclose(found, factor * right, rtol=1e-4, atol=1e-6 * abs(factor)):
        return {}
    return {f"it is {factor:.4g} times what it must be": factor * right}


def distinct(values: Sequence[Any]) -> bool:
    """Whether no two of some numbers are so close that one may be taken for the other.

    Examples
    --------
    >>> distinct([0.5, 0.75, 0.5000001]), distinct([0.5, 0.75])
    (False, True)
    """
    ordered = np.sort(np.array(values, dtype=float))
    return bool((np.diff(ordered) > 1e-3 * (1 + np.abs(ordered[1:]))).all())


def gone_back(
    x: np.ndarray,
    y: np.ndarray,
    params: Mapping[str, np.ndarray],
    *,
    at_output: str = "linear",
    at_hidden: str = "sigmoid",
    probs: str = "softmax",
    moved_first: float = 0.0,
) -> Params:
    """Gradients by backpropagation in which something may be wrong.

    Parameters
    ----------
    at_output, at_hidden : str
        Whose derivative is taken there: ``linear`` or ``sigmoid``.
    probs : str
        What makes probabilities of the scores: ``softmax`` or ``sigmoid``.
    moved_first : float
        By how many gradients the output layer has moved before its delta goes through it.

    Examples
    --------
    >>> rng = np.random.default_rng(0)
    >>> params = two_layers.draw(rng, 2, 3, 2)
    >>> x, y = rng.normal(size=(4, 2)), np.eye(2)[[0, 1, 1, 0]]
    >>> exact, found = two_layers.gradients(x, y, params), gone_back(x, y, params)
    >>> all(np.allclose(found[name], exact[name]) for name in two_layers.NAMES)
    True
    """
    inner, scores = two_layers.hidden(x, params), two_layers.scores(x, params)
    sigmoids = (1 + np.tanh(scores / 2)) / 2
    guesses = np.exp(two_layers.log_probs(x, params)) if probs == "softmax" else sigmoids
    delta = guesses - y
    if at_output == "sigmoid":
        delta = delta * guesses * (1 - guesses)
    outer = inner.T @ delta
    handed = delta @ (params["Woutput"] - moved_first * outer).T
    if at_hidden == "sigmoid":
        handed = handed * inner * (1 - inner)
    return {
        "Wlayer1": x.T @ handed, "blayer1": handed.sum(axis=0),
        "Woutput": outer, "boutput": delta.sum(axis=0),
    }  # fmt: skip


def stepped(start: Mapping[str, np.ndarray], slope: Mapping[str, np.ndarray], by: float) -> Params:
    """The parameters one step of gradient descent further on."""
    return {name: start[name] - by * slope[name] for name in two_layers.NAMES}
