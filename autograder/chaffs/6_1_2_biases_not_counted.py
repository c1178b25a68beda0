"""Only matrices and filters are counted."""

FAILS = ["6.1.2/parameters_are_counted", "6.1.2/statistics_are_no_parameters"]


def count_parameters(model):
    return sum(p.numel() for p in model.parameters() if p.ndim > 1)
