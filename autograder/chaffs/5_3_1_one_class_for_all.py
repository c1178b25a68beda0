"""All examples come from the first of the chosen classes."""

import numpy as np

FAILS = ["5.3.1/classes_that_were_chosen", "5.3.1/examples_differ", "5.3.1/one_of_each_class"]


def pick_examples(labels, chosen, each):
    return np.concatenate([np.flatnonzero(labels == chosen[0])[:each] for k in chosen])
