"""Step 3 divides in place and so changes its input."""

FAILS = ["1.2/inputs_unchanged"]


def softmax_step_3(s, S):
    s /= S
    return s
