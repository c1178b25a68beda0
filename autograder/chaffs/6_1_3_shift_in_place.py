"""The batch that came in is overwritten."""

import torch
from torch.nn import functional as F

FAILS = ["6.1.3/images_that_came_in_stay"]


def random_shift(images, most):
    height, width = images.shape[2:]
    wide = F.pad(images, (most, most, most, most))
    starts = torch.randint(0, 2 * most + 1, (len(images), 2)).tolist()
    for k, (y, x) in enumerate(starts):
        images[k] = wide[k, :, y : y + height, x : x + width]
    return images
