"""It is forgotten that one entry of the sum is always one."""

FAILS = ["1.1/shifted_sum_range_ends", "1.1/shifted_sum_range_for_any_d"]


def shifted_sum_range(d):
    return f"(0, {d}]"
