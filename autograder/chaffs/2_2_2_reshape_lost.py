"""The row maxima are reshaped and the result is thrown away."""

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
    c = -np.max(x, axis=1)
    c.reshape(-1, 1)
    e = np.exp(x + c)
    return e / np.sum(e, axis=1).reshape(-1, 1)
