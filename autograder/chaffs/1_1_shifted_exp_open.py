"""The one that the largest score gives is left out."""

FAILS = ["1.1/shifted_exp_range_brackets"]


def shifted_exp_range():
    return "(0, 1)"
