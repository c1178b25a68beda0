"""There is a list of rows for each class."""

import numpy as np

FAILS = ["5.3.1/classes_that_were_chosen", "5.3.1/examples_differ", "5.3.1/one_of_each_class"]


def pick_examples(labels, chosen, each):
    return list([list(np.flatnonzero(labels == k)[:each]) for k in chosen])
