"""Section 1 as a careful student writes it: names, helpers of their own, other notations."""

from dataclasses import dataclass

import numpy as np

from helpers.activations import sigmoid_deriv, tanh_deriv


@dataclass
class Range:
    """A range that knows how to write itself."""

    low: str
    high: str
    low_belongs: bool = False
    high_belongs: bool = False

    def write(self):
        opening = r"\left[" if self.low_belongs else r"\left("
        closing = r"\right]" if self.high_belongs else r"\right)"
        return f"${opening}{self.low},\\, {self.high}{closing}$"


def stable_shift(scores, axis=None):
    """The shift that brings the largest score to zero."""
    return np.float32(0.0) - np.amax(np.asarray(scores), axis=axis)


def exp_range():
    return Range("0", r"\infty").write()


def shifted_exp_range():
    return Range("0", "1", high_belongs=True).write()


def shifted_sum_range(d):
    return Range("1", f"{float(d)}", high_belongs=True).write()


def softmax_step_1(x):
    e = 2.718281828459045
    return np.power(e, x)


def softmax_step_2(s):
    return np.ones(len(s)) @ s


def softmax_step_3(s, S):
    shares = [entry / S for entry in s]
    return np.array(shares)


def softmax_range():
    return Range("0", "1").write()


def softmax_sum():
    return np.array([1.0])


class Affine:
    """A map X -> X W + b."""

    def __init__(self, W, b):
        self.W, self.b = W, b

    def then(self, later):
        """This map followed by a later one."""
        return Affine(np.matmul(self.W, later.W), np.matmul(self.b, later.W) + later.b)


def collapse(weights, biases):
    inputs = weights[0].shape[0]
    whole = Affine(np.eye(inputs), np.zeros(inputs))
    for W, b in zip(weights, biases, strict=True):
        whole = whole.then(Affine(W, b))
    return [whole.W, whole.b]


def sigmoid_slope(s):
    return sigmoid_deriv(s)


def scalar_gradients(w, x, b, delta):
    dy_dw, dy_dx, dy_db = x, w, 1.0
    return np.array([delta * dy_dw, delta * dy_dx, delta * dy_db]).tolist()


def dJ_dW(W, x, delta):
    gradient = np.outer(delta, x)
    if gradient.shape != W.shape:
        raise ValueError("a gradient must have the shape of its parameter")
    return gradient


def dJ_dx(W, x, delta):
    return np.sum(W * delta, axis=0).reshape(x.shape)


def dJ_db(W, x, delta):
    return np.identity(len(delta)) @ delta


def gradient_shapes(k, d):
    W, x, b = np.empty((k, d)), np.empty((d, 1)), np.empty((k, 1))
    return [list(W.shape), list(x.shape), list(b.shape)]


def sigmoid_range():
    return Range("0.0", "1.0").write()


def tanh_range():
    return Range("-1", "+1").write()


def tanh_slope(t):
    return tanh_deriv(t)


def largest_slopes():
    s = np.float32(0.5)
    return [s * (1 - s), np.float32(1)]


def tanh_as_sigmoid():
    a, b = 2.0, 2.0
    return [a, b, -a / 2]


def shrink_bound(n, slope, weight):
    return np.exp(n * np.log(slope * weight))
