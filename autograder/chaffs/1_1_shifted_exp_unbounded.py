"""The shifted exponentials are given the range of the unshifted ones."""

FAILS = ["1.1/shifted_exp_range_ends", "1.1/shifted_exp_range_brackets"]


def shifted_exp_range():
    return "(0, inf)"
