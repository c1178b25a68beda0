"""The last batch is dropped where it is smaller."""

import torch

FAILS = [
    "6.1.1/batches_hold_every_example_once",
    "6.1.1/batches_keep_pairs",
    "6.1.1/one_large_batch",
]


def shuffled_batches(x, labels, batch_size):
    order = torch.randperm(len(x))
    batches = []
    for start in range(0, len(x) - batch_size + 1, batch_size):
        rows = order[start : start + batch_size]
        batches.append((x[rows], labels[rows]))
    return batches
