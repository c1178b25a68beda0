"""Each pair is there twice, once each way round."""

FAILS = ["3.4/pairs_in_order", "3.4/pairs_of_many_classes"]


def most_confused(matrix, classes, k):
    pairs = []
    for i in range(len(classes)):
        for j in range(len(classes)):
            if i == j:
                continue
            pairs.append((classes[i], classes[j], int(matrix[i, j] + matrix[j, i])))
    pairs.sort(key=lambda pair: pair[2], reverse=True)
    return pairs[:k]
