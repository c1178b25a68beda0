"""The model's parameters share their memory with the arrays."""

import torch
from torch import nn

FAILS = ["6.1.1/weights_are_copied"]


def build_network(params):
    inputs, hidden = params["Wlayer1"].shape
    outputs = params["Woutput"].shape[1]
    model = nn.Sequential(nn.Linear(inputs, hidden), nn.Sigmoid(), nn.Linear(hidden, outputs))
    for layer, name in [(model[0], "layer1"), (model[2], "output")]:
        layer.weight = nn.Parameter(torch.from_numpy(params["W" + name]).T)
        layer.bias = nn.Parameter(torch.from_numpy(params["b" + name]))
    return model
