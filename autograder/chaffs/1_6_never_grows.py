"""The bound is cut off at 1, as if gradients could only shrink."""

FAILS = ["1.6/shrink_bound_at_any_depth"]


def shrink_bound(n, slope, weight):
    return min(1.0, (slope * weight) ** n)
