"""Dropout does not know that there are two modes."""

from torch import nn
from torch.nn import functional as F

FAILS = ["6.1.3/colour_cnn_computes_what_it_should", "6.1.3/colour_cnn_has_two_modes"]


class _Always(nn.Dropout):
    def forward(self, x):
        return F.dropout(x, self.p)


def build_colour_cnn(n_classes):
    layers = []
    for before, after in [(3, 16), (16, 32), (32, 64)]:
        layers += [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after), nn.ReLU()]
        layers += [nn.MaxPool2d(2)]
    return nn.Sequential(*layers, nn.Flatten(), _Always(0.25), nn.Linear(64 * 4 * 4, n_classes))
