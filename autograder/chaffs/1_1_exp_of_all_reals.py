"""The range of the scores is given for the range of their exponentials."""

FAILS = ["1.1/exp_range_ends"]


def exp_range():
    return "(-inf, inf)"
