"""Step 2 returns the running totals in place of the last one."""

import numpy as np

FAILS = ["1.2/step_2", "1.2/any_number_of_scores"]


def softmax_step_2(s):
    return np.cumsum(s)
