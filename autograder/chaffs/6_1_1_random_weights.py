"""The model begins with PyTorch's own random weights."""

from torch import nn

FAILS = [
    "6.1.1/model_computes_the_scores",
    "6.1.1/weights_are_copied",
    "6.1.1/dropout_rests_in_evaluation",
    "6.1.1/dropout_switches_hidden_units_off",
    "6.1.1/model_of_other_sizes",
    "6.1.1/dropout_of_another_probability",
]


def build_network(params):
    inputs, hidden = params["Wlayer1"].shape
    outputs = params["Woutput"].shape[1]
    return nn.Sequential(nn.Linear(inputs, hidden), nn.Sigmoid(), nn.Linear(hidden, outputs))
