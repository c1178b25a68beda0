"""The entries are taken to sum to a hundred."""

FAILS = ["1.2/softmax_sum"]


def softmax_sum():
    return 100
