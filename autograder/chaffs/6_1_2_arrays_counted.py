"""The arrays are counted, not the numbers in them."""

FAILS = ["6.1.2/parameters_are_counted", "6.1.2/statistics_are_no_parameters"]


def count_parameters(model):
    return len(list(model.parameters()))
