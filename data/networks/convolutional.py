"""Train the course's convolutional network in PyTorch; keep it as plain arrays.

Three convolutions of 3 x 3, each with batch normalisation, ReLU and 2 x 2 max pooling, then one
linear layer.  No letter is shown twice alike: each is turned, slanted, scaled, shifted, bent and
inked a little differently every time.  AdamW, one cycle of the learning rate, label smoothing.
"""

from __future__ import annotations

import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from helpers.convolution import fold_batch_norm
from helpers.datasets import Split

SEED = 36
WIDTHS = (32, 64, 128)
DROPOUT = 0.4
EPOCHS = 12
BATCH = 100
RATE = 4e-3
DECAY = 1e-2
SMOOTHING = 0.05
# Standard deviations, for pictures whose sides run from -1 to 1.
TURN, SHEAR, SCALE, SHIFT, BEND, PEN = 0.08, 0.1, 0.08, 1 / 16, 0.6 / 16, 0.15
KNOTS = 4
"""A picture is bent by random shifts on a grid of so many points a side, smooth in between."""


def build_network() -> nn.Sequential:
    """The network, untrained: (N, 1, 32, 32), ink 1 on paper 0, to scores (N, 36)."""
    blocks: list[nn.Module] = []
    for before, after in zip((1, *WIDTHS), WIDTHS, strict=False):
        blocks += [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after), nn.ReLU()]
        blocks += [nn.MaxPool2d(2)]
    size = WIDTHS[-1] * (32 // 2 ** len(WIDTHS)) ** 2
    return nn.Sequential(*blocks, nn.Flatten(), nn.Dropout(DROPOUT), nn.Linear(size, 36))


def distort(ink: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """Write every picture of a batch (N, 1, 32, 32) again, a little differently."""
    n = len(ink)

    def normal(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=random)

    turn, wide, high = TURN * normal(n), (SCALE * normal(n)).exp(), (SCALE * normal(n)).exp()
    first = torch.stack([wide * turn.cos(), SHEAR * normal(n) - turn.sin(), SHIFT * normal(n)], 1)
    second = torch.stack([turn.sin(), high * turn.cos(), SHIFT * normal(n)], 1)
    places = functional.affine_grid(torch.stack([first, second], 1), ink.shape, False)
    bend = functional.interpolate(
        BEND * normal(n, 2, KNOTS, KNOTS), ink.shape[2:], mode="bicubic", align_corners=True
    )
    places = places + bend.permute(0, 2, 3, 1)
    moved = functional.grid_sample(ink, places, align_corners=False)
    contrast = 1.3 * (PEN * normal(n, 1, 1, 1)).exp()
    return (0.5 + contrast * (moved - 0.5 + 0.3 * PEN * normal(n, 1, 1, 1))).clamp(0.0, 1.0)


def train(split: Split, seed: int = SEED, epochs: int = EPOCHS) -> nn.Sequential:
    """Train on a split of letters.

    The same seed gives the same network on the same machine with as many threads; elsewhere,
    one that is as good.
    """
    torch.manual_seed(seed)
    random = torch.Generator().manual_seed(seed)
    ink = 1.0 - torch.from_numpy(split.x).reshape(-1, 1, 32, 32)
    labels = torch.from_numpy(split.labels)
    net = build_network().to(memory_format=torch.channels_last)  # faster on processors
    steps = epochs * -(-len(ink) // BATCH)
    descent = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    cycle = torch.optim.lr_scheduler.OneCycleLR(descent, RATE, steps, pct_start=0.25)
    for epoch in range(epochs):
        for rows in torch.randperm(len(ink), generator=random).split(BATCH):
            batch = distort(ink[rows], random).contiguous(memory_format=torch.channels_last)
            loss = functional.cross_entropy(net(batch), labels[rows], label_smoothing=SMOOTHING)
            descent.zero_grad()
            loss.backward()
            descent.step()
            cycle.step()
        if sys.stderr.isatty():
            print(f"\repoch {epoch + 1} of {epochs}", end="", file=sys.stderr)
    return net.eval()


def as_arrays(net: nn.Sequential) -> dict[str, np.ndarray]:
    """The trained network as `helpers.convnets` wants it: batch normalisation folded in."""
    convolutions = [layer for layer in net if isinstance(layer, nn.Conv2d)]
    norms = [layer for layer in net if isinstance(layer, nn.BatchNorm2d)]
    params = {}
    for k, (convolution, norm) in enumerate(zip(convolutions, norms, strict=True), start=1):
        params[f"Wconv{k}"], params[f"bconv{k}"] = fold_batch_norm(
            _array(convolution.weight),
            _array(convolution.bias),
            mean=_array(norm.running_mean),
            variance=_array(norm.running_var),
            scale=_array(norm.weight),
            shift=_array(norm.bias),
            epsilon=norm.eps,
        )
    params["Woutput"], params["boutput"] = _array(net[-1].weight).T, _array(net[-1].bias)
    return params


def _array(values: torch.Tensor) -> np.ndarray:
    return values.detach().numpy().astype(np.float64)
