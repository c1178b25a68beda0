"""Only the weights are copied; the biases stay random."""

import torch
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
    model = nn.Sequential(nn.Linear(inputs, hidden), nn.Sigmoid(), nn.Linear(hidden, outputs))
    with torch.no_grad():
        for layer, name in [(model[0], "layer1"), (model[2], "output")]:
            layer.weight.copy_(torch.tensor(params["W" + name]).T)
    return model
