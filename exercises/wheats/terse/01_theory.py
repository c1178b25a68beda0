"""Section 1 in as few words as possible."""

from functools import reduce

import numpy as np

stable_shift = lambda scores: -max(scores)  # noqa: E731
exp_range = lambda: "]0,∞["  # noqa: E731
shifted_exp_range = lambda: "]0;1]"  # noqa: E731
shifted_sum_range = lambda d: f"]1;{d}]"  # noqa: E731

softmax_step_1 = np.exp
softmax_step_2 = np.sum
softmax_step_3 = np.divide
softmax_range = "(0,1)".__str__
softmax_sum = lambda: 1  # noqa: E731


def collapse(weights, biases):
    return reduce(
        lambda left, right: (left[0] @ right[0], left[1] @ right[0] + right[1]),
        zip(weights, biases, strict=True),
    )


sigmoid_slope = lambda s: s - s * s  # noqa: E731

scalar_gradients = lambda w, x, b, delta: (delta * x, delta * w, delta)  # noqa: E731
dJ_dW = lambda W, x, delta: delta * x.T  # noqa: E731
dJ_dx = lambda W, x, delta: (delta.T @ W).T  # noqa: E731
dJ_db = lambda W, x, delta: delta  # noqa: E731
gradient_shapes = lambda k, d: [(k, d), (d, 1), (k, 1)]  # noqa: E731

sigmoid_range = lambda: "(0,1)"  # noqa: E731
tanh_range = lambda: "(-1,1)"  # noqa: E731
tanh_slope = lambda t: (1 - t) * (1 + t)  # noqa: E731
largest_slopes = lambda: (1 / 4, 1)  # noqa: E731
tanh_as_sigmoid = lambda: np.array([-2, -2, 1])  # noqa: E731
shrink_bound = lambda n, slope, weight: np.prod(np.full(n, slope * weight))  # noqa: E731
