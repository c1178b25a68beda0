"""The first examples of each class are taken, in every call."""

import torch

FAILS = ["6.2/the_choice_is_random"]


def few_of_each(labels, each):
    chosen = []
    for label in labels.unique():
        own = torch.nonzero(labels == label)[:, 0]
        chosen.append(own[:each])
    return torch.cat(chosen)
