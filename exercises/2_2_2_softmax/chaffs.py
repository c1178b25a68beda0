"""Mistakes in exercise 2.2.2: Softmax."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    Chaff("column_maxima",
        "The maximum of each column is subtracted from it, which changes the rows.", """
        - exponentials = np.exp(x - np.max(x, axis=1, keepdims=True))
        + exponentials = np.exp(x - np.max(x, axis=0))
        """, fails=["as_many_rows_as_columns", "known_values", "large_negative_scores",
                    "large_scores", "one_row_or_one_column", "rows_of_different_size"],
             says="the largest score of each column is subtracted, and that changes the rows"),
    Chaff("columns", "Softmax runs down the columns.", """
        - exponentials = np.exp(x - np.max(x, axis=1, keepdims=True))
        - return exponentials / np.sum(exponentials, axis=1, keepdims=True)
        + exponentials = np.exp(x - np.max(x, axis=0))
        + return exponentials / np.sum(exponentials, axis=0)
        """, fails=["as_many_rows_as_columns", "known_values", "large_negative_scores",
                    "large_scores", "one_row_or_one_column", "rows_of_different_size",
                    "rows_sum_to_one"],
             says="the sum runs down the columns"),
    Chaff("everything_with_one_maximum",
        "np.max and np.sum both look at the whole matrix.", """
        - exponentials = np.exp(x - np.max(x, axis=1, keepdims=True))
        - return exponentials / np.sum(exponentials, axis=1, keepdims=True)
        + exponentials = np.exp(x - np.max(x))
        + return exponentials / np.sum(exponentials)
        """, fails=["known_values", "as_many_rows_as_columns", "large_negative_scores",
                    "large_scores", "one_row_or_one_column", "rows_of_different_size",
                    "rows_sum_to_one"],
             says="the sum runs over the whole matrix"),
    Chaff("exponential_alone", "The exponentials are returned as they are.", """
        - exponentials = np.exp(x - np.max(x, axis=1, keepdims=True))
        - return exponentials / np.sum(exponentials, axis=1, keepdims=True)
        + return np.exp(x)
        """, fails=["known_values", "as_many_rows_as_columns", "large_negative_scores",
                    "large_scores", "one_row_or_one_column", "rows_of_different_size",
                    "rows_sum_to_one"],
             says="that is exp(scores): nothing is divided"),
    Chaff("sign_of_scores", "The sign of the scores is turned: exp(-x).", """
        - exponentials = np.exp(x - np.max(x, axis=1, keepdims=True))
        + exponentials = np.exp(np.min(x, axis=1, keepdims=True) - x)
        """, fails=["known_values", "as_many_rows_as_columns", "large_negative_scores",
                    "large_scores", "one_row_or_one_column", "rows_of_different_size"],
             says="that is softmax(-scores): a sign is wrong"),
    Chaff("exponential_missing", "The scores are divided by their sum, without an exponential.", """
        - return exponentials / np.sum(exponentials, axis=1, keepdims=True)
        + return x / np.sum(x, axis=1, keepdims=True)
        """, fails=["as_many_rows_as_columns", "known_values", "large_negative_scores",
                    "large_scores", "one_row_or_one_column", "rows_of_different_size"],
             says="the scores are divided by their sum; the exponential is missing"),
    Chaff("in_place", "The maximum is subtracted from the caller's scores.", """
        - exponentials = np.exp(x - np.max(x, axis=1, keepdims=True))
        + x -= np.max(x, axis=1, keepdims=True)
        + exponentials = np.exp(x)
        """, fails=["argument_unchanged"],
             says="Subtract from a new array: `x = x - c`, not `x -= c`."),
    Chaff("keepdims_missing",
        "The row sums lose their axis: the division fails, or runs along the wrong one.", """
        - return exponentials / np.sum(exponentials, axis=1, keepdims=True)
        + return exponentials / np.sum(exponentials, axis=1)
        """, fails=["as_many_rows_as_columns", "known_values", "large_negative_scores",
                    "large_scores", "one_row_or_one_column", "rows_of_different_size",
                    "rows_sum_to_one"],
             says="`exponentials` has shape (#, #), `np.sum(exponentials, axis=#)` (#,). A column of shape (#, #) would fit: keepdims=True keeps that axis."),
    Chaff("logarithm", "The logarithm of softmax is returned.", """
        - exponentials = np.exp(x - np.max(x, axis=1, keepdims=True))
        - return exponentials / np.sum(exponentials, axis=1, keepdims=True)
        + shifted = x - np.max(x, axis=1, keepdims=True)
        + return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
        """, fails=["as_many_rows_as_columns", "known_values", "large_negative_scores",
                    "large_scores", "one_row_or_one_column", "rows_of_different_size",
                    "rows_sum_to_one"],
             says="that is the logarithm of softmax"),
    Chaff("no_shift", "Nothing is subtracted, so large scores overflow.", """
        - exponentials = np.exp(x - np.max(x, axis=1, keepdims=True))
        + exponentials = np.exp(x)
        """, fails=["large_negative_scores", "large_scores", "rows_of_different_size"],
             says="exp(#) overflows. Subtract the largest score of the row first: nothing else changes."),
    Chaff("not_divided", "The exponentials are returned before they are divided by their sum.", """
        - return exponentials / np.sum(exponentials, axis=1, keepdims=True)
        + return exponentials
        """, fails=["as_many_rows_as_columns", "known_values", "large_negative_scores",
                    "large_scores", "one_row_or_one_column", "rows_of_different_size",
                    "rows_sum_to_one"],
             says="the exponentials are not divided by their sum"),
    Chaff("one_maximum", "One maximum is subtracted from the whole matrix.", """
        - exponentials = np.exp(x - np.max(x, axis=1, keepdims=True))
        + exponentials = np.exp(x - np.max(x))
        """, fails=["rows_of_different_size"],
             says="Each row needs a maximum of its own: with one for the whole matrix, small rows become #/#."),
    Chaff("reshape_lost", "The row maxima are reshaped and the result is thrown away.", """
        - exponentials = np.exp(x - np.max(x, axis=1, keepdims=True))
        + c = -np.max(x, axis=1)
        + c.reshape(-1, 1)
        + exponentials = np.exp(x + c)
        """, fails=["as_many_rows_as_columns", "known_values", "large_negative_scores",
                    "large_scores", "one_row_or_one_column", "rows_of_different_size",
                    "rows_sum_to_one"],
             says="`x` has shape (#, #), `c` (#,). A column of shape (#, #) would fit: keepdims=True keeps that axis."),
    Chaff("smallest_score",
        "The smallest score of the row is subtracted in place of the largest.", """
        - exponentials = np.exp(x - np.max(x, axis=1, keepdims=True))
        + exponentials = np.exp(x - np.min(x, axis=1, keepdims=True))
        """, fails=["large_scores"],
             says="exp(#) overflows. Subtract the largest score of the row first: nothing else changes."),
    Chaff("squeezed", "Axes of length one are squeezed away.", """
        - return exponentials / np.sum(exponentials, axis=1, keepdims=True)
        + return np.squeeze(exponentials / np.sum(exponentials, axis=1, keepdims=True))
        """, fails=["one_row_or_one_column"],
             says="A batch of one example, and a single class, are matrices like any other."),
    Chaff("sum_of_everything", "The sum runs over the whole matrix.", """
        - return exponentials / np.sum(exponentials, axis=1, keepdims=True)
        + return exponentials / np.sum(exponentials)
        """, fails=["as_many_rows_as_columns", "known_values", "large_negative_scores",
                    "large_scores", "one_row_or_one_column", "rows_of_different_size",
                    "rows_sum_to_one"],
             says="each row loses its own maximum, but the sum runs over the whole matrix"),
    Chaff("wrong_sign_of_shift", "The largest score is added in place of being subtracted.", """
        - exponentials = np.exp(x - np.max(x, axis=1, keepdims=True))
        + exponentials = np.exp(x + np.max(x, axis=1, keepdims=True))
        """, fails=["large_negative_scores", "large_scores", "rows_of_different_size"],
             says="exp(#) overflows. Subtract the largest score of the row first: nothing else changes."),
]
