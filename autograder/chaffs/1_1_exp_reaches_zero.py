"""Zero is counted among the values of exp."""

FAILS = ["1.1/exp_range_brackets"]


def exp_range():
    return "[0, inf)"
