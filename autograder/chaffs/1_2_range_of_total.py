"""The range of the total is given for that of its shares."""

FAILS = ["1.2/softmax_range_ends"]


def softmax_range():
    return "(0, inf)"
