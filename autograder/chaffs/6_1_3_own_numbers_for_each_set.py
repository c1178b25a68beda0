"""Each set is standardised by its own mean and deviation."""

import torch

FAILS = ["6.1.3/other_sets_use_the_same_numbers", "6.1.3/sets_of_other_sizes"]


def prepare(train, validation, test):
    return tuple(
        torch.tensor(
            (images - images.mean(axis=(0, 2, 3), keepdims=True))
            / images.std(axis=(0, 2, 3), keepdims=True),
            dtype=torch.float32,
        )
        for images in (train, validation, test)
    )
