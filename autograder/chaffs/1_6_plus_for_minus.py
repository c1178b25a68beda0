"""The slope of tanh is given as 1 + t^2, which is never less than 1."""

FAILS = ["1.6/tanh_slope", "1.6/tanh_slope_of_any_shape"]


def tanh_slope(t):
    return 1 + t**2
