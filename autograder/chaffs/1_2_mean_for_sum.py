"""Step 2 takes the mean in place of the sum."""

import numpy as np

FAILS = ["1.2/step_2", "1.2/any_number_of_scores"]


def softmax_step_2(s):
    return np.mean(s)
