"""Both ends are counted among the values of tanh."""

FAILS = ["1.6/tanh_range_brackets"]


def tanh_range():
    return "[-1, 1]"
