"""The first rows are taken, whatever their class."""

import numpy as np

FAILS = ["5.3.1/classes_that_were_chosen", "5.3.1/one_of_each_class"]


def pick_examples(labels, chosen, each):
    return np.arange(each * len(chosen))
