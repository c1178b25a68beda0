"""Tanh is given the range of the sigmoid."""

FAILS = ["1.6/tanh_range_ends"]


def tanh_range():
    return "(0, 1)"
