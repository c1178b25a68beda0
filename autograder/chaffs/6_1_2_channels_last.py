"""The channel comes last, as in pictures that Matplotlib shows."""

import torch

FAILS = [
    "6.1.2/images_have_one_channel",
    "6.1.2/images_are_inverted",
    "6.1.2/one_image_in_double_precision",
]


def to_images(x):
    return 1 - torch.tensor(x, dtype=torch.float32).reshape(-1, 32, 32, 1)
