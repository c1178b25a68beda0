"""The maximum of each column is subtracted from it, which changes the rows."""

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
    e = np.exp(x - np.max(x, axis=0))
    return e / np.sum(e, axis=1, keepdims=True)
