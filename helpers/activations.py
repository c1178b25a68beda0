"""Activation functions that the course gives, and their derivatives.

Each derivative is a function of the activation's *output* (``post_act``), because that is
what ``forward`` keeps in its cache. All work entry by entry on arrays of any shape and
return new arrays. Single precision stays single precision: it is twice as fast.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def linear(pre_act: ArrayLike) -> NDArray[np.floating]:
    """The identity, f(x) = x.

    Examples
    --------
    >>> linear([-1.0, 2.0])
    array([-1.,  2.])
    """
    return np.array(_floating(pre_act))


def linear_deriv(post_act: ArrayLike) -> NDArray[np.floating]:
    """The identity's derivative: one everywhere."""
    return np.ones_like(_floating(post_act))


def tanh(pre_act: ArrayLike) -> NDArray[np.floating]:
    """The hyperbolic tangent; values in (-1, 1)."""
    return np.tanh(pre_act)


def tanh_deriv(post_act: ArrayLike) -> NDArray[np.floating]:
    """The derivative of tanh in terms of its own value y: 1 - y**2."""
    post_act = _floating(post_act)
    return 1.0 - post_act**2


def relu(pre_act: ArrayLike) -> NDArray[np.floating]:
    """The rectified linear unit, max(x, 0)."""
    return np.maximum(_floating(pre_act), 0.0)


def relu_deriv(post_act: ArrayLike) -> NDArray[np.floating]:
    """The derivative of the rectified linear unit: one where it is positive, else zero."""
    post_act = _floating(post_act)
    return (post_act > 0).astype(post_act.dtype)


def sigmoid_deriv(post_act: ArrayLike) -> NDArray[np.floating]:
    """The derivative of the logistic sigmoid in terms of its own value y: y (1 - y).

    Examples
    --------
    >>> sigmoid_deriv([0.5, 1.0])
    array([0.25, 0.  ])
    """
    post_act = _floating(post_act)
    return post_act * (1.0 - post_act)


def _floating(values: ArrayLike) -> NDArray[np.floating]:
    """Values as an array of floats: as they are where they are floats, else doubles."""
    values = np.asarray(values)
    return values if values.dtype.kind == "f" else values.astype(np.float64)
