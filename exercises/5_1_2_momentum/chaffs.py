"""Mistakes in exercise 5.1.2: Descent with momentum."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # zero_momentum
    Chaff("accumulators_of_ones", "The accumulators begin with ones.", """
        - params['m_' + key] = np.zeros_like(params[key])
        + params['m_' + key] = np.ones_like(params[key])
        """, fails=["accumulators_begin_at_zero", "old_accumulators_are_cleared"],
             says="it begins with ones"),
    Chaff("accumulators_without_layer", "All layers share the keys 'm_W' and 'm_b'.", """
        - params['m_' + key] = np.zeros_like(params[key])
        + params['m_' + key[0]] = np.zeros_like(params[key])
        """, fails=["accumulators_begin_at_zero", "old_accumulators_are_cleared"],
             says="For each layer an array of zeros of the shape of its W, as 'm_W' + name, and one for b."),
    Chaff("begins_with_a_copy_of_the_weights",
        "The accumulators begin as copies of the parameters.", """
        - params['m_' + key] = np.zeros_like(params[key])
        + params['m_' + key] = params[key].copy()
        """, fails=["accumulators_begin_at_zero", "old_accumulators_are_cleared"],
             says="it begins as a copy of the parameter"),
    Chaff("biases_without_accumulators", "Only the weights get accumulators, not the biases.", """
        - for key in ['W' + name, 'b' + name]:
        + for key in ['W' + name]:
              params['m_' + key] = np.zeros_like(params[key])
        """, fails=["accumulators_begin_at_zero", "old_accumulators_are_cleared"],
             says="For each layer an array of zeros of the shape of its W, as 'm_W' + name, and one for b."),
    Chaff("old_accumulators_kept", "Accumulators that are there already are kept.", """
        + if 'm_' + key in params:
        +     continue
          params['m_' + key] = np.zeros_like(params[key])
        """, fails=["old_accumulators_are_cleared"],
             says="Put zeros there, whether there was an accumulator before or not."),
    Chaff("shared_accumulators",
        "Parameters of the same shape get one and the same accumulator.", """
        + zeros = {}
          for name in names:
              for key in ['W' + name, 'b' + name]:
        -         params['m_' + key] = np.zeros_like(params[key])
        +         shape = params[key].shape
        +         params['m_' + key] = zeros.setdefault(shape, np.zeros_like(params[key]))
        """, fails=["accumulators_begin_at_zero"],
             says="two layers share one array"),
    # momentum_step
    Chaff("accumulator_forgets", "The accumulator is overwritten by the new push.", """
        - accumulator *= momentum
        - accumulator -= learning_rate * params['grad_' + key]
        + accumulator[...] = -learning_rate * params['grad_' + key]
        """, fails=["accumulators_after_a_step"],
             says="the old value is gone; momentum keeps a share of it"),
    Chaff("gradient_at_full_length", "The learning rate is missing.", """
        - accumulator -= learning_rate * params['grad_' + key]
        + accumulator -= params['grad_' + key]
        """, fails=["accumulators_after_a_step"],
             says="the learning rate is missing"),
    Chaff("rate_outside", "The learning rate multiplies the whole sum.", """
        - accumulator *= momentum
        - accumulator -= learning_rate * params['grad_' + key]
        + accumulator[:] = learning_rate * (momentum * accumulator - params['grad_' + key])
        """, fails=["accumulators_after_a_step"],
             says="the learning rate multiplies the old value too"),
    Chaff("gradients_accumulated", "M adds up gradients, and the rate comes with the step.", """
        - accumulator *= momentum
        - accumulator -= learning_rate * params['grad_' + key]
        - params[key] += accumulator
        + params['m_' + key] = accumulator * momentum + params['grad_' + key]
        + params[key] = params[key] - learning_rate * params['m_' + key]
        """, fails=["accumulators_after_a_step", "parameters_after_a_step"],
             says="the gradient is added without the learning rate; M must be the step itself"),
    Chaff("average_as_in_adam", "M is a moving average of gradients, as in Adam.", """
        - accumulator *= momentum
        - accumulator -= learning_rate * params['grad_' + key]
        - params[key] += accumulator
        + mean = momentum * accumulator + (1 - momentum) * params['grad_' + key]
        + params['m_' + key] = mean
        + params[key] = params[key] - learning_rate * mean
        """, fails=["accumulators_after_a_step", "parameters_after_a_step"],
             says="it is a moving average of gradients; M must be the step itself"),
    Chaff("parameter_becomes_m", "The parameter is replaced by the step.", """
        - params[key] += accumulator
        + params[key] = accumulator.copy()
        """, fails=["a_fading_sum", "parameters_after_a_step"],
             says="it is M itself; M must be added to what was there"),
    Chaff("accumulator_not_stored", "The new accumulator is a local variable and forgotten.", """
        - accumulator *= momentum
        - accumulator -= learning_rate * params['grad_' + key]
        + accumulator = momentum * accumulator - learning_rate * params['grad_' + key]
        """, fails=["accumulators_after_a_step"],
             says="it has not changed"),
    Chaff("accumulator_taken_off", "The accumulator is taken off the parameters, not added.", """
        - params[key] += accumulator
        + params[key] -= accumulator
        """, fails=["a_fading_sum", "parameters_after_a_step"],
             says="M is taken off, not added"),
    Chaff("all_layers_move", "All layers in params move, whichever are named.", """
        + names = [key[3:] for key in params if key.startswith('m_W')]
          for name in names:
              for key in ['W' + name, 'b' + name]:
                  accumulator = params['m_' + key]
        """, fails=["only_named_layers_move"],
             says="Loop over the names that were handed over, not over everything in params."),
    Chaff("always_09", "The factor is always 0.9.", """
        - accumulator *= momentum
        + accumulator *= 0.9
        """, fails=["accumulators_after_a_step"],
             says="the factor is #, whatever `momentum` is"),
    Chaff("another_default", "The default of momentum is 0.99.", """
        - def momentum_step(params, names, learning_rate, momentum=0.9):
        + def momentum_step(params, names, learning_rate, momentum=0.99):
        """, fails=["momentum_is_09_by_default"],
             says="The last argument has a default value: momentum=#."),
    Chaff("biases_do_not_move", "The biases make plain steps, without momentum.", """
        - for key in ['W' + name, 'b' + name]:
        + params['b' + name] -= learning_rate * params['grad_b' + name]
        + for key in ['W' + name]:
              accumulator = params['m_' + key]
        """, fails=["accumulators_after_a_step", "parameters_after_a_step"],
             says="it has not changed"),
    Chaff("gradient_twice", "Besides the accumulator the gradient is taken off once more.", """
        - params[key] += accumulator
        + params[key] += accumulator - learning_rate * params['grad_' + key]
        """, fails=["a_fading_sum", "parameters_after_a_step"],
             says="the gradient is taken off once more"),
    Chaff("learning_rate_twice", "The accumulator is multiplied by the learning rate again.", """
        - params[key] += accumulator
        + params[key] += learning_rate * accumulator
        """, fails=["a_fading_sum", "parameters_after_a_step"],
             says="M is multiplied by the learning rate again"),
    Chaff("momentum_on_the_gradient_too",
        "The new gradient is faded as well: momentum times the whole sum.", """
          accumulator = params['m_' + key]
        + accumulator -= learning_rate * params['grad_' + key]

        - accumulator -= learning_rate * params['grad_' + key]
        """, fails=["accumulators_after_a_step"],
             says="the factor is applied to the gradient as well"),
    Chaff("moving_average", "The gradient is weighed by 1 - momentum, as in a moving average.", """
        - accumulator -= learning_rate * params['grad_' + key]
        + accumulator -= (1 - momentum) * learning_rate * params['grad_' + key]
        """, fails=["accumulators_after_a_step"],
             says="the gradient is weighed by # - momentum"),
    Chaff("nothing_fades", "The accumulator keeps everything: the factor is missing.", """
        - accumulator *= momentum
        """, fails=["accumulators_after_a_step"],
             says="the whole old value is kept, without the factor"),
    Chaff("old_accumulator_added", "The parameters move by the accumulator of the step before.", """
          accumulator = params['m_' + key]
        + params[key] += accumulator

        - params[key] += accumulator
        """, fails=["a_fading_sum", "parameters_after_a_step"],
             says="the old M is added, not the new one"),
    Chaff("plain_descent", "Plain descent: the accumulator is not used.", """
        - params[key] += accumulator
        + params[key] -= learning_rate * params['grad_' + key]
        """, fails=["a_fading_sum", "parameters_after_a_step"],
             says="this is a step of plain descent"),
    Chaff("sign_of_the_gradient", "The gradient is added to the accumulator: it climbs.", """
        - accumulator -= learning_rate * params['grad_' + key]
        + accumulator += learning_rate * params['grad_' + key]
        """, fails=["accumulators_after_a_step"],
             says="the gradient has the wrong sign"),
]
