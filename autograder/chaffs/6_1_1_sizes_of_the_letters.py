"""The sizes are those of the letters, whatever the arrays say."""

import torch
from torch import nn

FAILS = [
    "6.1.1/model_has_the_sizes_of_the_arrays",
    "6.1.1/model_computes_the_scores",
    "6.1.1/weights_are_copied",
    "6.1.1/dropout_rests_in_evaluation",
    "6.1.1/dropout_switches_hidden_units_off",
    "6.1.1/model_of_other_sizes",
    "6.1.1/dropout_of_another_probability",
]


def build_network(params):
    model = nn.Sequential(nn.Linear(1024, 64), nn.Sigmoid(), nn.Linear(64, 36))
    with torch.no_grad():
        for layer, name in [(model[0], "layer1"), (model[2], "output")]:
            layer.weight.copy_(torch.tensor(params["W" + name]).T)
            layer.bias.copy_(torch.tensor(params["b" + name]))
    return model
