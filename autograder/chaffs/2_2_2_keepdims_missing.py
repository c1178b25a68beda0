"""The row sums lose their axis: the division fails, or runs along the wrong one."""

import numpy as np

FAILS = [
    "2.2.2/as_many_rows_as_columns",
    "2.2.2/known_values",
    "2.2.2/large_negative_scores",
    "2.2.2/large_scores",
    "2.2.2/one_row_or_one_column",
    "2.2.2/rows_of_different_size",
    "2.2.2/rows_sum_to_one",
]


def softmax(x):
    e = np.exp(x - np.max(x, axis=1, keepdims=True))
    return e / np.sum(e, axis=1)
