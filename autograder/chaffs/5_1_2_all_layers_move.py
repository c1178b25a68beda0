"""All layers in params move, whichever are named."""

FAILS = ["5.1.2/only_named_layers_move"]


def momentum_step(params, names, learning_rate, momentum=0.9):
    for key in [k[2:] for k in list(params) if k.startswith("m_")]:
        if "grad_" + key in params:
            accumulator = params["m_" + key]
            accumulator *= momentum
            accumulator -= learning_rate * params["grad_" + key]
            params[key] += accumulator
