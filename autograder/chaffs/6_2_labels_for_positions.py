"""The labels come back, not the positions."""

import torch

FAILS = ["6.2/as_many_of_each_class", "6.2/no_example_is_chosen_twice", "6.2/classes_that_occur"]


def few_of_each(labels, each):
    chosen = []
    for label in labels.unique():
        own = torch.nonzero(labels == label)[:, 0]
        chosen.append(own[torch.randperm(len(own))[:each]])
    return labels[torch.cat(chosen)]
