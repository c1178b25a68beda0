"""The convolutions have no biases."""

from torch import nn

FAILS = [
    "6.1.2/cnn_has_the_layers",
    "6.1.2/cnn_computes_what_it_should",
    "6.1.2/cnn_learns_with_all_its_layers",
    "6.1.2/images_do_not_mix",
    "6.1.2/cnn_with_three_channels",
]


def build_cnn(channels, n_classes):
    layers = []
    for before, after in [(channels, 16), (16, 32), (32, 64)]:
        layers += [nn.Conv2d(before, after, 3, padding=1, bias=False), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes))
