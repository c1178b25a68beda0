"""One layer is missing from the product."""

FAILS = ["1.6/shrink_bound", "1.6/shrink_bound_at_any_depth"]


def shrink_bound(n, slope, weight):
    return (slope * weight) ** (n - 1)
