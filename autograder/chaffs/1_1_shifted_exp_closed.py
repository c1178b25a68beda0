"""Zero is counted among the shifted exponentials."""

FAILS = ["1.1/shifted_exp_range_brackets"]


def shifted_exp_range():
    return "[0, 1]"
