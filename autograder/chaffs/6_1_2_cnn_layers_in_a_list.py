"""The layers are kept in a plain list, so nobody finds their parameters."""

from torch import nn
from torch.nn import functional as F

FAILS = [
    "6.1.2/cnn_has_the_layers",
    "6.1.2/cnn_computes_what_it_should",
    "6.1.2/cnn_learns_with_all_its_layers",
    "6.1.2/images_do_not_mix",
    "6.1.2/cnn_with_three_channels",
]


class _Net(nn.Module):
    def __init__(self, channels, n_classes):
        super().__init__()
        self.convolutions = []
        for before, after in [(channels, 16), (16, 32), (32, 64)]:
            self.convolutions.append(nn.Conv2d(before, after, 3, padding=1))
        self.last = nn.Linear(64 * 4 * 4, n_classes)

    def forward(self, x):
        for convolution in self.convolutions:
            x = F.max_pool2d(F.relu(convolution(x)), 2)
        return self.last(x.flatten(1))


def build_cnn(channels, n_classes):
    return _Net(channels, n_classes)
