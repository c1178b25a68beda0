"""Each direction of a confusion counts by itself."""

FAILS = ["3.4/most_confused_pair", "3.4/pairs_in_order"]


def most_confused(matrix, classes, k):
    n = len(classes)
    pairs = [(classes[i], classes[j], matrix[i, j]) for i in range(n) for j in range(n) if i != j]
    return sorted(pairs, key=lambda pair: -pair[2])[:k]
