"""Paper stays 1, though padding is 0."""

import torch

FAILS = ["6.1.2/images_are_inverted", "6.1.2/one_image_in_double_precision"]


def to_images(x):
    return torch.tensor(x, dtype=torch.float32).reshape(-1, 1, 32, 32)
