"""The other entries of the sum are taken to vanish altogether."""

FAILS = ["1.1/shifted_sum_range_brackets"]


def shifted_sum_range(d):
    return f"[1, {d}]"
