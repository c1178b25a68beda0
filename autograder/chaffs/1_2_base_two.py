"""Step 1 takes powers of two in place of powers of e."""

FAILS = ["1.2/step_1", "1.2/any_number_of_scores"]


def softmax_step_1(x):
    return 2.0**x
