"""The factor is always 0.9."""

FAILS = ["5.1.2/a_fading_sum", "5.1.2/accumulators_after_a_step", "5.1.2/parameters_after_a_step"]


def momentum_step(params, names, learning_rate, momentum=0.9):
    for name in names:
        for key in ["W" + name, "b" + name]:
            accumulator = params["m_" + key]
            accumulator *= 0.9
            accumulator -= learning_rate * params["grad_" + key]
            params[key] += accumulator
