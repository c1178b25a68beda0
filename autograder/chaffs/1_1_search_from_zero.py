"""The search for the largest score starts from zero and misses negative ones."""

FAILS = ["1.1/shift_of_negative_scores"]


def stable_shift(scores):
    largest = 0.0
    for score in scores:
        if score > largest:
            largest = score
    return -largest
