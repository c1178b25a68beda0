"""Running statistics are counted among the parameters."""

FAILS = ["6.1.2/statistics_are_no_parameters"]


def count_parameters(model):
    return sum(values.numel() for values in model.state_dict().values())
