"""The factors of the layers are added up in place of multiplied."""

FAILS = ["1.6/shrink_bound", "1.6/shrink_bound_at_any_depth"]


def shrink_bound(n, slope, weight):
    return n * slope * weight
