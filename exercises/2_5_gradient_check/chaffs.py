"""Mistakes in exercise 2.5: Numerical gradient check."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # numerical_gradients
    Chaff("all_entries_at_once", "All entries of a parameter are moved at once.", """
        - original = values[place]
        - values[place] = original + eps
        + values += eps

        - values[place] = original - eps
        + values -= 2 * eps

        - values[place] = original
        + values += eps
        """, fails=["central_differences", "entries_move_one_at_a_time",
                    "numerical_gradient_values"],
             says="all entries of the array are moved at once"),
    Chaff("biases_skipped", "Only the weights are looked at.", """
        - for name in [key for key in params if key.startswith(('W', 'b'))]:
        + for name in [key for key in params if key.startswith('W')]:
        """, fails=["covers_every_parameter", "one_error_for_each_parameter"],
             says="One entry for each parameter, weights and biases, under its name: an array of its shape."),
    Chaff("caches_taken_for_parameters",
        "Only names that begin with cache are left out; gradients are not.", """
        - for name in [key for key in params if key.startswith(('W', 'b'))]:
        + for name in [key for key in params if not key.startswith('cache')]:
        """, fails=["other_entries_are_left_alone"],
             says="params also holds caches and gradients, and forward puts in more: choose the names first."),
    Chaff("divided_by_eps", "The central difference is divided by eps once.", """
        - gradient[place] = (above - below) / (2 * eps)
        + gradient[place] = (above - below) / eps
        """, fails=["central_differences", "entries_move_one_at_a_time",
                    "numerical_gradient_values"],
             says="it is twice as large: how far apart are the two points?"),
    Chaff("eps_fixed", "eps is written into the code.", """
        + eps = 1e-5
          gradients = {}
        """, fails=["central_differences", "coarse_step_shows"],
             says="that is the limit for a tiny eps: the argument eps is not used"),
    Chaff("first_entry_only", "Only the first entry of each parameter is looked at.", """
        - for place in np.ndindex(values.shape):
        + for place in [(0,) * values.ndim]:
        """, fails=["central_differences", "entries_move_one_at_a_time",
                    "numerical_gradient_values"],
             says="only the first entry is filled"),
    Chaff("flattened", "The gradients are returned flat.", """
        - gradients[name] = gradient
        + gradients[name] = gradient.ravel()
        """, fails=["central_differences", "covers_every_parameter", "entries_move_one_at_a_time",
                    "numerical_gradient_values"],
             says="One entry for each parameter, weights and biases, under its name: an array of its shape."),
    Chaff("goes_through_all_of_params", "The loop goes through params itself, caches and all.", """
        - for name in [key for key in params if key.startswith(('W', 'b'))]:
        + for name in params:
        """, fails=["other_entries_are_left_alone", "one_error_for_each_parameter"],
             says="`numerical_gradients(loss, params, eps=#)` raised RuntimeError: dictionary changed size during iteration"),
    Chaff("half_restored", "eps is added, subtracted once, and taken for restored.", """
        - values[place] = original
        + values[place] += 2 * eps
        """, fails=["check_leaves_everything_alone", "coarse_step_shows",
                    "entries_move_one_at_a_time", "parameters_are_restored"],
             says="Put each entry back before you move the next one, not at the end."),
    Chaff("loop_over_growing_dict",
        "The loop goes through params while the loss puts caches into it.", """
        - for name in [key for key in params if key.startswith(('W', 'b'))]:
        -     values = params[name]
        + for key in params:
        +     if not key.startswith(('W', 'b')):
        +         continue
        +     values = params[key]

        - gradients[name] = gradient
        + gradients[key] = gradient
        """, fails=["other_entries_are_left_alone"],
             says="`numerical_gradients(loss, params, eps=#)` raised RuntimeError: dictionary changed size during iteration"),
    Chaff("not_divided", "The difference of the losses is not divided.", """
        - gradient[place] = (above - below) / (2 * eps)
        + gradient[place] = above - below
        """, fails=["central_differences", "entries_move_one_at_a_time",
                    "numerical_gradient_values"],
             says="it is the difference of the losses, not yet divided"),
    Chaff("not_restored", "The entry is not put back.", """
        - values[place] = original
        """, fails=["check_leaves_everything_alone", "coarse_step_shows",
                    "entries_move_one_at_a_time", "parameters_are_restored"],
             says="Put each entry back before you move the next one, not at the end."),
    Chaff("one_sided", "The difference is one-sided.", """
        - values[place] = original - eps
        + values[place] = original

        - gradient[place] = (above - below) / (2 * eps)
        + gradient[place] = (above - below) / eps
        """, fails=["central_differences", "coarse_step_shows"],
             says="that is the one-sided difference, (J(w + eps) - J(w)) / eps"),
    Chaff("precedence", "The difference is divided by 2 and multiplied by eps.", """
        - gradient[place] = (above - below) / (2 * eps)
        + gradient[place] = (above - below) / 2 * eps
        """, fails=["central_differences", "entries_move_one_at_a_time",
                    "numerical_gradient_values"],
             says="it is multiplied by eps, not divided by it: mind the brackets"),
    Chaff("restored_at_the_end", "The array is put back when all its entries have been moved.", """
          values = params[name]
        + before = values.copy()

        -     values[place] = original
              gradient[place] = (above - below) / (2 * eps)
        + values[...] = before
        """, fails=["coarse_step_shows", "entries_move_one_at_a_time"],
             says="Put each entry back before you move the next one, not at the end."),
    Chaff("returns_nothing", "The return is missing.", """
        - return gradients
        """, fails=["central_differences", "covers_every_parameter", "entries_move_one_at_a_time",
                    "numerical_gradient_values", "other_entries_are_left_alone"],
             says="the result is None: is a `return` missing?"),
    Chaff("sign", "The difference is taken the wrong way round.", """
        - gradient[place] = (above - below) / (2 * eps)
        + gradient[place] = (below - above) / (2 * eps)
        """, fails=["central_differences", "entries_move_one_at_a_time",
                    "numerical_gradient_values"],
             says="the sign is wrong: (above - below), not (below - above)"),
    Chaff("stored_in_params", "The gradients are written into params and nothing is returned.", """
        - gradients = {}

        -     gradients[name] = gradient
        - return gradients
        +     params['num_' + name] = gradient
        """, fails=["central_differences", "covers_every_parameter", "entries_move_one_at_a_time",
                    "numerical_gradient_values", "other_entries_are_left_alone"],
             says="the result is None: is a `return` missing?"),
    Chaff("halves_of_eps", "The two points lie eps / 2 on either side.", """
        - values[place] = original + eps
        + values[place] = original + eps / 2

        - values[place] = original - eps
        + values[place] = original - eps / 2

        - gradient[place] = (above - below) / (2 * eps)
        + gradient[place] = (above - below) / eps
        """, fails=["central_differences", "coarse_step_shows"],
             says="that is the central difference for eps / #"),
    Chaff("one_step_down_only", "eps is subtracted from what was moved up, and so undone.", """
        - values[place] = original - eps
        + values[place] -= eps
        """, fails=["numerical_gradient_values", "central_differences",
                    "entries_move_one_at_a_time"],
             says="it is half as large: how far apart are the two points?"),
    Chaff("one_sided_below", "The difference is one-sided, to the left.", """
        - values[place] = original + eps
        + values[place] = original

        - gradient[place] = (above - below) / (2 * eps)
        + gradient[place] = (above - below) / eps
        """, fails=["central_differences", "coarse_step_shows"],
             says="that is the one-sided difference, (J(w) - J(w - eps)) / eps"),
    Chaff("parameters_returned", "The parameters themselves are put into the result.", """
        - gradients[name] = gradient
        + gradients[name] = values
        """, fails=["numerical_gradient_values", "central_differences",
                    "entries_move_one_at_a_time", "covers_every_parameter"],
             says="it is the parameter itself"),
    Chaff("names_with_layer", "Every name in which a layer is named counts as a parameter.", """
        - for name in [key for key in params if key.startswith(('W', 'b'))]:
        + for name in [k for k in params if k.endswith(('layer1', 'output', 'W', 'b')) and not k.startswith('cache')]:
        """, fails=["other_entries_are_left_alone"],
             says="params also holds caches and gradients, and forward puts in more: choose the names first."),
    # relative_error
    Chaff("error_smallest", "The smallest of the errors is returned.", """
        - return np.max(np.abs(analytic - numerical) / size)
        + return np.min(np.abs(analytic - numerical) / size)
        """, fails=["relative_error_value", "coarse_step_shows", "relative_error_near_zero"],
             says="that is the smallest, not the largest"),
    Chaff("error_summed", "The errors are added up.", """
        - return np.max(np.abs(analytic - numerical) / size)
        + return np.sum(np.abs(analytic - numerical) / size)
        """, fails=["relative_error_value", "coarse_step_shows", "relative_error_near_zero"],
             says="that is the sum over the entries, not the largest"),
    Chaff("error_over_numerical", "The error is divided by the size of the numerical gradient.", """
        - size = np.maximum(np.abs(analytic) + np.abs(numerical), 1e-8)
        + size = np.maximum(np.abs(numerical), 1e-8)
        """, fails=["relative_error_value", "coarse_step_shows"],
             says="divided by |n| alone"),
    Chaff("error_over_analytic", "The error is divided by the size of the analytic gradient.", """
        - size = np.maximum(np.abs(analytic) + np.abs(numerical), 1e-8)
        + size = np.maximum(np.abs(analytic), 1e-8)
        """, fails=["relative_error_value", "coarse_step_shows"],
             says="divided by |a| alone"),
    Chaff("error_of_extremes", "Both parts of the fraction are reduced to their largest first.", """
        - size = np.maximum(np.abs(analytic) + np.abs(numerical), 1e-8)
        - return np.max(np.abs(analytic - numerical) / size)
        + size = max(np.max(np.abs(analytic) + np.abs(numerical)), 1e-8)
        + return np.max(np.abs(analytic - numerical)) / size
        """, fails=["relative_error_value", "coarse_step_shows"],
             says="the largest difference is divided by the largest sum, not entry by entry"),
    Chaff("error_absolute", "The largest absolute error is returned.", """
        - return np.max(np.abs(analytic - numerical) / size)
        + return np.max(np.abs(analytic - numerical))
        """, fails=["coarse_step_shows", "relative_error_near_zero", "relative_error_value"],
             says="that is the largest absolute error; nothing is divided"),
    Chaff("error_averaged", "The mean of the errors is returned, not the largest.", """
        - return np.max(np.abs(analytic - numerical) / size)
        + return np.mean(np.abs(analytic - numerical) / size)
        """, fails=["coarse_step_shows", "relative_error_near_zero", "relative_error_value"],
             says="that is the mean over the entries, not the largest"),
    Chaff("error_of_norms", "Norms of the whole arrays are compared.", """
        - size = np.maximum(np.abs(analytic) + np.abs(numerical), 1e-8)
        - return np.max(np.abs(analytic - numerical) / size)
        + size = max(np.linalg.norm(analytic) + np.linalg.norm(numerical), 1e-8)
        + return np.linalg.norm(analytic - numerical) / size
        """, fails=["coarse_step_shows", "relative_error_near_zero", "relative_error_value"],
             says="norms of the whole arrays are compared, not entries"),
    Chaff("error_over_larger",
        "The error is divided by the larger of the two, not by their sum.", """
        - size = np.maximum(np.abs(analytic) + np.abs(numerical), 1e-8)
        + size = np.maximum(np.maximum(np.abs(analytic), np.abs(numerical)), 1e-8)
        """, fails=["coarse_step_shows", "relative_error_value"],
             says="divided by the larger of |a| and |n|, not by their sum"),
    Chaff("error_per_entry", "The error of each entry is returned, not the largest.", """
        - return np.max(np.abs(analytic - numerical) / size)
        + return np.abs(analytic - numerical) / size
        """, fails=["relative_error_near_zero", "relative_error_value",
                    "one_error_for_each_parameter"],
             says="|a - n| divided by max(|a| + |n|, #), entry by entry; then the largest of them."),
    Chaff("error_signed",
        "The difference keeps its sign, so the largest misses the negative ones.", """
        - return np.max(np.abs(analytic - numerical) / size)
        + return np.max((analytic - numerical) / size)
        """, fails=["coarse_step_shows", "relative_error_near_zero", "relative_error_value"],
             says="the difference keeps its sign: the absolute value is missing"),
    Chaff("error_without_absolute_values",
        "The denominator adds the numbers, not their absolute values.", """
        - size = np.maximum(np.abs(analytic) + np.abs(numerical), 1e-8)
        + size = np.maximum(np.abs(analytic + numerical), 1e-8)
        """, fails=["relative_error_value"],
             says="divided by |a + n|: the absolute values come first"),
    Chaff("error_without_floor", "Nothing keeps the denominator from being zero.", """
        - size = np.maximum(np.abs(analytic) + np.abs(numerical), 1e-8)
        + size = np.abs(analytic) + np.abs(numerical)
        """, fails=["relative_error_near_zero"],
             says="Below stands the larger of |a| + |n| and #: so # / # is kept away, and nothing is added."),
    # check_gradients
    Chaff("check_gives_one_number", "One number for all parameters is returned.", """
        - return {name: relative_error(analytic[name], numerical[name]) for name in analytic}
        + return max(relative_error(analytic[name], numerical[name]) for name in analytic)
        """, fails=["one_error_for_each_parameter"],
             says="the result is a float, not a dict"),
    Chaff("check_ignores_eps", "eps is not passed on.", """
        - numerical = numerical_gradients(loss, params, eps)
        + numerical = numerical_gradients(loss, params)
        """, fails=["coarse_step_shows"],
             says="they are those of a tiny eps: is eps passed on?"),
    Chaff("check_of_accuracy", "The accuracy is differentiated, not the loss.", """
        - return compute_loss_and_acc(y, predict(params))[0]
        + return compute_loss_and_acc(y, predict(params))[1]
        """, fails=["right_gradients_pass"],
             says="the gradients have opposite signs, or one is nothing beside the other"),
    Chaff("check_of_itself", "The numerical gradient is compared with itself.", """
        - return {name: relative_error(analytic[name], numerical[name]) for name in analytic}
        + return {name: relative_error(numerical[name], numerical[name]) for name in analytic}
        """, fails=["coarse_step_shows"],
             says="something is compared with itself"),
    Chaff("check_of_mean_loss", "The numerical gradient is that of the mean loss.", """
        - return compute_loss_and_acc(y, predict(params))[0]
        + return compute_loss_and_acc(y, predict(params))[0] / len(x)
        """, fails=["right_gradients_pass"],
             says="one gradient is N times the other: is the loss a sum, as here?"),
    Chaff("check_of_output_only", "Only the output layer is compared.", """
- analytic = {name: params['grad_' + name] for name in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']}
+ analytic = {name: params['grad_' + name] for name in ['Woutput', 'boutput']}
        """, fails=["one_error_for_each_parameter"],
             says="One number for each of the four parameters, under its name: 'Wlayer1', and so on."),
    Chaff("check_of_parameters",
        "The parameters before and after are compared, not the gradients.", """
        - numerical = numerical_gradients(loss, params, eps)
        - return {name: relative_error(analytic[name], numerical[name]) for name in analytic}
        + before = {name: params[name].copy() for name in analytic}
        + numerical_gradients(loss, params, eps)
        + return {name: relative_error(params[name], before[name]) for name in analytic}
        """, fails=["coarse_step_shows"],
             says="something is compared with itself"),
    Chaff("check_steps_afterwards", "A training step is taken once the comparison is done.", """
        - return {name: relative_error(analytic[name], numerical[name]) for name in analytic}
        + errors = {name: relative_error(analytic[name], numerical[name]) for name in analytic}
        + for name in analytic:
        +     params[name] = params[name] - 0.01 * analytic[name]
        + return errors
        """, fails=["check_leaves_everything_alone"],
             says="Measuring must not move anything: weights, biases and data are as before afterwards."),
    Chaff("check_layer1_with_linear_deriv", "The hidden layer goes backwards with linear_deriv.", """
        - backwards(delta, params, 'layer1', sigmoid_deriv)
        + backwards(delta, params, 'layer1', linear_deriv)
        """, fails=["right_gradients_pass"],
             says="layer1 goes back with linear_deriv"),
    Chaff("check_of_opposite_signs", "The loss that is differentiated lacks its minus sign.", """
        - return compute_loss_and_acc(y, predict(params))[0]
        + return -compute_loss_and_acc(y, predict(params))[0]
        """, fails=["right_gradients_pass"],
             says="the gradients have opposite signs, or one is nothing beside the other"),
    Chaff("check_takes_a_step", "A step is taken before the comparison.", """
  analytic = {name: params['grad_' + name] for name in ['Wlayer1', 'blayer1', 'Woutput', 'boutput']}
+ for name in analytic:
+     params[name] = params[name] - 0.1 * analytic[name]
        """, fails=["right_gradients_pass"],
             says="Two gradients of the same loss at the same weights: has anything moved in between?"),
    Chaff("check_with_fixed_probabilities",
        "The loss is that of the first forward pass, whatever the parameters are.", """
        - return compute_loss_and_acc(y, predict(params))[0]
        + return compute_loss_and_acc(y, probs)[0]

        - delta = backwards(predict(params) - y, params, 'output', linear_deriv)
        + probs = predict(params)
        + delta = backwards(probs - y, params, 'output', linear_deriv)
        """, fails=["right_gradients_pass"],
             says="the gradients have opposite signs, or one is nothing beside the other"),
    Chaff("check_wrong_derivative_at_output",
        "The output layer goes backwards with sigmoid_deriv.", """
        - delta = backwards(predict(params) - y, params, 'output', linear_deriv)
        + delta = backwards(predict(params) - y, params, 'output', sigmoid_deriv)
        """, fails=["right_gradients_pass"],
             says="the output layer goes back with sigmoid_deriv"),
]
