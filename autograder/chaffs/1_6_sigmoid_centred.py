"""The sigmoid is given the range of tanh."""

FAILS = ["1.6/sigmoid_range_ends"]


def sigmoid_range():
    return "(-1, 1)"
