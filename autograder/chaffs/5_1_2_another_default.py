"""The default of momentum is 0.99."""

FAILS = ["5.1.2/momentum_is_09_by_default"]


def momentum_step(params, names, learning_rate, momentum=0.99):
    for name in names:
        for key in ["W" + name, "b" + name]:
            accumulator = params["m_" + key]
            accumulator *= momentum
            accumulator -= learning_rate * params["grad_" + key]
            params[key] += accumulator
