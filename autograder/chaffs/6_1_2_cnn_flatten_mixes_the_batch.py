"""The feature maps are flattened across the examples of the batch."""

from torch import nn
from torch.nn import functional as F

FAILS = [
    "6.1.2/cnn_computes_what_it_should",
    "6.1.2/images_do_not_mix",
    "6.1.2/cnn_with_three_channels",
]


class _Net(nn.Module):
    def __init__(self, channels, n_classes):
        super().__init__()
        self.first = nn.Conv2d(channels, 16, 3, padding=1)
        self.second = nn.Conv2d(16, 32, 3, padding=1)
        self.third = nn.Conv2d(32, 64, 3, padding=1)
        self.last = nn.Linear(64 * 4 * 4, n_classes)

    def forward(self, x):
        for convolution in (self.first, self.second, self.third):
            x = F.max_pool2d(F.relu(convolution(x)), 2)
        return self.last(x.transpose(0, 1).reshape(len(x), -1))


def build_cnn(channels, n_classes):
    return _Net(channels, n_classes)
