"""As many examples are drawn in all, whatever their classes."""

import torch

FAILS = ["6.2/as_many_of_each_class", "6.2/classes_that_occur"]


def few_of_each(labels, each):
    return torch.randperm(len(labels))[: each * len(labels.unique())]
