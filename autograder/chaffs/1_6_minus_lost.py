"""The minus sign is lost: one times tanh squared."""

FAILS = ["1.6/tanh_slope", "1.6/tanh_slope_of_any_shape"]


def tanh_slope(t):
    return 1 * t**2
