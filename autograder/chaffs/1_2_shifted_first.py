"""Step 1 shifts the scores, which the definition of the step does not."""

import numpy as np

FAILS = ["1.2/step_1", "1.2/any_number_of_scores"]


def softmax_step_1(x):
    return np.exp(x - np.max(x))
