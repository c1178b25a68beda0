"""The random order is the same in every call."""

import torch

FAILS = ["6.1.1/batches_are_random"]


def shuffled_batches(x, labels, batch_size):
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(0))
    return [(x[rows], labels[rows]) for rows in order.split(batch_size)]
