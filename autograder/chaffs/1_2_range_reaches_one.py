"""One is counted among the values of softmax, though other entries take a share."""

FAILS = ["1.2/softmax_range_brackets"]


def softmax_range():
    return "(0, 1]"
