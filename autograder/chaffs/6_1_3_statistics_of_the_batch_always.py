"""Batch normalisation uses the batch in evaluation mode too."""

from torch import nn

FAILS = ["6.1.3/colour_cnn_has_the_layers", "6.1.3/colour_cnn_computes_what_it_should"]


def build_colour_cnn(n_classes):
    layers = []
    for before, after in [(3, 16), (16, 32), (32, 64)]:
        layers += [nn.Conv2d(before, after, 3, padding=1)]
        layers += [nn.BatchNorm2d(after, track_running_stats=False), nn.ReLU()]
        layers += [nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.Flatten(), nn.Dropout(0.25), nn.Linear(64 * 4 * 4, n_classes))
