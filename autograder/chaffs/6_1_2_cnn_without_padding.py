"""The convolutions have no padding, so the images shrink."""

from torch import nn

FAILS = [
    "6.1.2/cnn_has_the_layers",
    "6.1.2/cnn_computes_what_it_should",
    "6.1.2/images_do_not_mix",
    "6.1.2/cnn_with_three_channels",
]


def build_cnn(channels, n_classes):
    layers = []
    for before, after in [(channels, 16), (16, 32), (32, 64)]:
        layers += [nn.Conv2d(before, after, 3), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 2 * 2, n_classes))
