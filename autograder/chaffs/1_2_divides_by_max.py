"""Step 3 divides by the largest entry in place of the total."""

import numpy as np

FAILS = ["1.2/step_3", "1.2/any_number_of_scores"]


def softmax_step_3(s, S):
    return s / np.max(s)
