"""The rule for the sigmoid is used for tanh."""

FAILS = ["1.6/tanh_slope", "1.6/tanh_slope_of_any_shape"]


def tanh_slope(t):
    return t * (1 - t)
