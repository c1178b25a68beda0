"""The scores are divided by their sum, without an exponential."""

import numpy as np

FAILS = [
    "2.2.2/as_many_rows_as_columns",
    "2.2.2/known_values",
    "2.2.2/large_negative_scores",
    "2.2.2/large_scores",
    "2.2.2/one_row_or_one_column",
    "2.2.2/rows_of_different_size",
]


def softmax(x):
    return x / np.sum(x, axis=1, keepdims=True)
