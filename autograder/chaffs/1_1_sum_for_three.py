"""The range of the sum is given for three scores, whatever d is."""

FAILS = ["1.1/shifted_sum_range_for_any_d"]


def shifted_sum_range(d):
    return "(1, 3]"
