"""Both ends are counted among the values of the sigmoid."""

FAILS = ["1.6/sigmoid_range_brackets"]


def sigmoid_range():
    return "[0, 1]"
