"""Dropout throws scores away, and not what the last layer is given."""

from torch import nn

FAILS = [
    "6.1.3/colour_cnn_has_the_layers",
    "6.1.3/colour_cnn_has_two_modes",
]


def build_colour_cnn(n_classes):
    layers = []
    for before, after in [(3, 16), (16, 32), (32, 64)]:
        layers += [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after), nn.ReLU()]
        layers += [nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(64 * 4 * 4, n_classes), nn.Dropout(0.25))
