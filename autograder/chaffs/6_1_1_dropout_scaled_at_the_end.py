"""As in the first papers: hidden values shrink in evaluation mode instead."""

import torch
from torch import nn

FAILS = ["6.1.1/dropout_rests_in_evaluation", "6.1.1/dropout_switches_hidden_units_off"]


def _network(params):
    inputs, hidden = params["Wlayer1"].shape
    outputs = params["Woutput"].shape[1]
    model = nn.Sequential(nn.Linear(inputs, hidden), nn.Sigmoid(), nn.Linear(hidden, outputs))
    with torch.no_grad():
        for layer, name in [(model[0], "layer1"), (model[2], "output")]:
            layer.weight.copy_(torch.tensor(params["W" + name]).T)
            layer.bias.copy_(torch.tensor(params["b" + name]))
    return model


class _Dropped(nn.Module):
    def __init__(self, params, p):
        super().__init__()
        self.first, _, self.last = _network(params)
        self.p = p

    def forward(self, x):
        hidden = torch.sigmoid(self.first(x))
        if self.training:
            return self.last(hidden * (torch.rand_like(hidden) >= self.p))
        return self.last(hidden * (1 - self.p))


def build_with_dropout(params, p):
    return _Dropped(params, p)
