"""The scores are dropped, not the hidden units."""

import torch
from torch import nn

FAILS = [
    "6.1.1/dropout_switches_hidden_units_off",
    "6.1.1/dropout_of_another_probability",
]


def build_with_dropout(params, p):
    inputs, hidden = params["Wlayer1"].shape
    outputs = params["Woutput"].shape[1]
    first, last = nn.Linear(inputs, hidden), nn.Linear(hidden, outputs)
    with torch.no_grad():
        for layer, name in [(first, "layer1"), (last, "output")]:
            layer.weight.copy_(torch.tensor(params["W" + name]).T)
            layer.bias.copy_(torch.tensor(params["b" + name]))
    return nn.Sequential(first, nn.Sigmoid(), last, nn.Dropout(p))
