"""Dropout2d drops whole feature maps, not single features."""

from torch import nn

FAILS = ["6.1.3/colour_cnn_has_the_layers"]


def build_colour_cnn(n_classes):
    layers, before = [], 3
    for channels in (16, 32, 64):
        layers += [nn.Conv2d(before, channels, 3, padding=1), nn.BatchNorm2d(channels), nn.ReLU(),
                   nn.MaxPool2d(2)]  # fmt: skip
        before = channels
    head = [nn.Dropout2d(0.25), nn.Flatten(), nn.Linear(64 * 16, n_classes)]
    return nn.Sequential(*layers, *head)
