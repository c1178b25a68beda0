"""Activation functions that the course gives, and their derivatives.

Each derivative is a function of the activation's *output* (``post_act``), because that is
what ``forward`` keeps in its cache. All work entry by entry on arrays of any shape and
return new arrays.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def linear(pre_act: ArrayLike) -> NDArray[np.float64]:
    """The identity, f(x) = x.

    Examples
    --------
    >>> linear([-1.0, 2.0])
    array([-1.,  2.])
    """
    return np.array(pre_act, dtype=np.float64)


def linear_deriv(post_act: ArrayLike) -> NDArray[np.float64]:
    """The identity's derivative: one everywhere."""
    return np.ones_like(post_act, dtype=np.float64)


def tanh(pre_act: ArrayLike) -> NDArray[np.float64]:
    """The hyperbolic tangent; values in (-1, 1)."""
    return np.tanh(pre_act)


def tanh_deriv(post_act: ArrayLike) -> NDArray[np.float64]:
    """The derivative of tanh in terms of its own value y: 1 - y**2."""
    post_act = np.asarray(post_act, dtype=np.float64)
    return 1.0 - post_act**2


def relu(pre_act: ArrayLike) -> NDArray[np.float64]:
    """The rectified linear unit, max(x, 0)."""
    return np.maximum(np.asarray(pre_act, dtype=np.float64), 0.0)


def relu_deriv(post_act: ArrayLike) -> NDArray[np.float64]:
    """The derivative of the rectified linear unit: one where it is positive, else zero."""
    return (np.asarray(post_act) > 0).astype(np.float64)


def sigmoid_deriv(post_act: ArrayLike) -> NDArray[np.float64]:
    """The derivative of the logistic sigmoid in terms of its own value y: y (1 - y).

    Examples
    --------
    >>> sigmoid_deriv([0.5, 1.0])
    array([0.25, 0.  ])
    """
    post_act = np.asarray(post_act, dtype=np.float64)
    return post_act * (1.0 - post_act)
