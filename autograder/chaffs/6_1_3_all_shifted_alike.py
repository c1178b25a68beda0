"""All images of a batch are shifted by the same amount."""

import torch
from torch.nn import functional as F

FAILS = ["6.1.3/each_image_has_its_own_shift", "6.1.3/all_shifts_occur"]


def random_shift(images, most):
    height, width = images.shape[2:]
    wide = F.pad(images, (most, most, most, most))
    y, x = torch.randint(0, 2 * most + 1, (2,)).tolist()
    return wide[:, :, y : y + height, x : x + width].clone()
