"""Both ends are counted among the values of softmax."""

FAILS = ["1.2/softmax_range_brackets"]


def softmax_range():
    return "[0, 1]"
