"""One mean and one deviation serve all channels."""

import torch

FAILS = [
    "6.1.3/training_set_is_standardised",
    "6.1.3/other_sets_use_the_same_numbers",
    "6.1.3/sets_of_other_sizes",
]


def prepare(train, validation, test):
    mean = train.mean()
    deviation = train.std()
    return tuple(
        torch.tensor((images - mean) / deviation, dtype=torch.float32)
        for images in (train, validation, test)
    )
