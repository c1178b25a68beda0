"""The sigmoid is stretched and moved, but its argument is not doubled."""

FAILS = ["1.6/tanh_as_sigmoid"]


def tanh_as_sigmoid():
    return 2.0, 1.0, -1.0
