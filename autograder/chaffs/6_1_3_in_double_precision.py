"""The tensors have the type of the arithmetic, which is double precision here."""

import torch

FAILS = ["6.1.3/training_set_is_standardised"]


def prepare(train, validation, test):
    mean = train.astype(float).mean(axis=(0, 2, 3), keepdims=True)
    deviation = train.astype(float).std(axis=(0, 2, 3), keepdims=True)
    return tuple(
        torch.from_numpy((images - mean) / deviation) for images in (train, validation, test)
    )
