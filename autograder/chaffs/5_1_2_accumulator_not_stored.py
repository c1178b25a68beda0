"""The new accumulator is a local variable and forgotten."""

FAILS = ["5.1.2/a_fading_sum", "5.1.2/accumulators_after_a_step", "5.1.2/momentum_is_09_by_default"]


def momentum_step(params, names, learning_rate, momentum=0.9):
    for name in names:
        for key in ["W" + name, "b" + name]:
            accumulator = params["m_" + key]
            accumulator = momentum * accumulator - learning_rate * params["grad_" + key]
            params[key] += accumulator
