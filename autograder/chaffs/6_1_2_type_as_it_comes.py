"""The images have the type of the array, which may be double precision."""

import torch

FAILS = ["6.1.2/images_have_one_channel", "6.1.2/one_image_in_double_precision"]


def to_images(x):
    return 1 - torch.tensor(x).reshape(-1, 1, 32, 32)
