"""Mistakes in exercise 2.3.1: Backpropagation through one layer."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    Chaff("averaged", "The gradients are averaged over the batch.", """
        - params['grad_W' + name] = X.T @ grad_pre_act
        - params['grad_b' + name] = np.sum(grad_pre_act, axis=0)
        + params['grad_W' + name] = X.T @ grad_pre_act / len(X)
        + params['grad_b' + name] = np.mean(grad_pre_act, axis=0)
        """, fails=["gradient_of_bias", "gradient_of_weights", "gradients_are_summed",
                    "square_layer"],
             says="that is the mean over the batch; gradients are summed"),
    Chaff("bias_averaged", "The gradient of the bias is averaged over the batch.", """
        - params['grad_b' + name] = np.sum(grad_pre_act, axis=0)
        + params['grad_b' + name] = np.mean(grad_pre_act, axis=0)
        """, fails=["gradient_of_bias", "gradients_are_summed", "square_layer"],
             says="that is the mean over the batch; gradients are summed"),
    Chaff("bias_axis", "The gradient of the bias is summed over the units.", """
        - params['grad_b' + name] = np.sum(grad_pre_act, axis=0)
        + params['grad_b' + name] = np.sum(grad_pre_act, axis=1)
        """, fails=["gradient_of_bias", "gradients_are_summed", "single_example", "square_layer"],
             says="the sum runs over the units, not over the examples"),
    Chaff("bias_gradient_is_a_row", "The gradient of the bias has two axes.", """
        - params['grad_b' + name] = np.sum(grad_pre_act, axis=0)
        + params['grad_b' + name] = np.sum(grad_pre_act, axis=0, keepdims=True)
        """, fails=["gradient_of_bias", "single_example", "square_layer"],
             says="it has two axes; a bias has one"),
    Chaff("bias_not_summed", "The gradient of the bias is not summed over the batch.", """
        - params['grad_b' + name] = np.sum(grad_pre_act, axis=0)
        + params['grad_b' + name] = grad_pre_act
        """, fails=["gradient_of_bias", "gradients_are_summed", "single_example", "square_layer"],
             says="it is not summed over the batch"),
    Chaff("cache_dropped", "The cache is removed after use.", """
        - X, pre_act, post_act = params['cache_' + name]
        + X, pre_act, post_act = params.pop('cache_' + name)
        """, fails=["leaves_weights_and_cache"],
             says="backwards only measures: the weights, the bias and the cache stay as they were."),
    Chaff("cache_of_first_layer", "The cache of layer1 is used for every layer.", """
        - X, pre_act, post_act = params['cache_' + name]
        + X, pre_act, post_act = params['cache_layer1']
        """, fails=["layers_by_name"],
             says="that is computed with the cache of the layer called 'layer1'"),
    Chaff("weights_of_first_layer", "dJ/dX goes through the weights of layer1 in every layer.", """
        - return grad_pre_act @ params['W' + name].T
        + return grad_pre_act @ params['Wlayer1'].T
        """, fails=["layers_by_name"], says="that is computed with the weights of the layer called 'layer1'"),
    Chaff("cache_overwritten", "post_act is turned into the derivative inside the cache.", """
        - grad_pre_act = delta * activation_deriv(post_act)
        + post_act *= 1 - post_act
        + grad_pre_act = delta * post_act
        """, fails=["layers_by_name", "leaves_weights_and_cache", "single_example", "square_layer",
                    "uses_its_derivative"],
             says="Multiply delta, once, by activation_deriv(post_act), whatever function is passed."),
    Chaff("delta_in_place", "delta is multiplied in place.", """
        - grad_pre_act = delta * activation_deriv(post_act)
        + delta *= activation_deriv(post_act)
        + grad_pre_act = delta
        """, fails=["argument_unchanged"],
             says="Work on new arrays: `delta *= ...` changes the caller's delta."),
    Chaff("derivative_at_pre_act", "The derivative is taken at the pre-activation.", """
        - grad_pre_act = delta * activation_deriv(post_act)
        + grad_pre_act = delta * activation_deriv(pre_act)
        """, fails=["gradient_of_bias", "gradient_of_inputs", "gradient_of_weights",
                    "single_example", "square_layer", "uses_its_derivative"],
             says="the derivative is taken at the pre-activation; it takes post_act"),
    Chaff("derivative_forgotten", "delta is not multiplied by the activation's derivative.", """
        - grad_pre_act = delta * activation_deriv(post_act)
        + grad_pre_act = delta
        """, fails=["gradient_of_bias", "gradient_of_inputs", "gradient_of_weights",
                    "single_example", "square_layer", "uses_its_derivative"],
             says="delta is not multiplied by the activation's derivative"),
    Chaff("derivative_ignored", "sigmoid_deriv is used whatever is passed.", """
        - grad_pre_act = delta * activation_deriv(post_act)
        + grad_pre_act = delta * sigmoid_deriv(post_act)
        """, fails=["layers_by_name", "single_example", "square_layer", "uses_its_derivative"],
             says="Multiply delta, once, by activation_deriv(post_act), whatever function is passed."),
    Chaff("derivative_missing_in_bias", "The gradient of the bias is made from delta itself.", """
        - params['grad_b' + name] = np.sum(grad_pre_act, axis=0)
        + params['grad_b' + name] = np.sum(delta, axis=0)
        """, fails=["gradient_of_bias", "single_example", "square_layer"],
             says="delta is not multiplied by the activation's derivative"),
    Chaff("derivative_not_passed_on",
        "The gradients are right, but dJ/dX is made from delta itself.", """
        - return grad_pre_act @ params['W' + name].T
        + return delta @ params['W' + name].T
        """, fails=["gradient_of_inputs", "single_example", "square_layer", "uses_its_derivative"],
             says="delta is not multiplied by the activation's derivative"),
    Chaff("derivative_twice", "The derivative is multiplied in twice.", """
          grad_pre_act = delta * activation_deriv(post_act)
        + grad_pre_act *= activation_deriv(post_act)
        """, fails=["gradient_of_bias", "gradient_of_inputs", "gradient_of_weights",
                    "single_example", "square_layer", "uses_its_derivative"],
             says="delta is multiplied by the activation's derivative twice"),
    Chaff("gradients_pile_up", "The gradients are added to those that are there already.", """
        - params['grad_W' + name] = X.T @ grad_pre_act
        - params['grad_b' + name] = np.sum(grad_pre_act, axis=0)
        + params['grad_W' + name] = params.get('grad_W' + name, 0) + X.T @ grad_pre_act
        + params['grad_b' + name] = params.get('grad_b' + name, 0) + np.sum(grad_pre_act, axis=0)
        """, fails=["gradients_are_replaced"],
             says="A second call replaces the gradients of the first: store them, do not add to what is there."),
    Chaff("gradients_without_name",
        "The gradients of all layers are stored under the same keys.", """
        - params['grad_W' + name] = X.T @ grad_pre_act
        - params['grad_b' + name] = np.sum(grad_pre_act, axis=0)
        + params['grad_Wlayer1'] = X.T @ grad_pre_act
        + params['grad_blayer1'] = np.sum(grad_pre_act, axis=0)
        """, fails=["layers_by_name"],
             says="Read and write the entries that bear the name; the default name is ''."),
    Chaff("key_names", "The gradients are stored as dW and db.", """
        - params['grad_W' + name] = X.T @ grad_pre_act
        - params['grad_b' + name] = np.sum(grad_pre_act, axis=0)
        + params['dW' + name] = X.T @ grad_pre_act
        + params['db' + name] = np.sum(grad_pre_act, axis=0)
        """, fails=["gradient_of_bias", "gradient_of_weights", "leaves_both_gradients"],
             says="Look at the keys of `params` after the call: 'grad_Wlayer1' and 'grad_blayer1' for layer1."),
    Chaff("post_act_as_derivative",
        "delta is multiplied by the activation, not by its derivative.", """
        - grad_pre_act = delta * activation_deriv(post_act)
        + grad_pre_act = delta * post_act
        """, fails=["gradient_of_bias", "gradient_of_inputs", "gradient_of_weights",
                    "layers_by_name", "single_example", "square_layer", "uses_its_derivative"],
             says="delta is multiplied by post_act, not by the derivative there"),
    Chaff("returns_nothing", "dJ/dX is not returned.", """
        - return grad_pre_act @ params['W' + name].T
        + grad_pre_act @ params['W' + name].T
        """, fails=["gradient_of_inputs", "layers_by_name", "single_example", "square_layer",
                    "uses_its_derivative"],
             says="the returned dJ/dX is None: is a `return` missing?"),
    Chaff("sign", "The gradients have the wrong sign, so that they can be added later.", """
        - params['grad_W' + name] = X.T @ grad_pre_act
        - params['grad_b' + name] = np.sum(grad_pre_act, axis=0)
        + params['grad_W' + name] = -X.T @ grad_pre_act
        + params['grad_b' + name] = -np.sum(grad_pre_act, axis=0)
        """, fails=["gradient_of_bias", "gradient_of_weights", "single_example", "square_layer"],
             says="the sign is wrong"),
    Chaff("weights_gradient_transposed", "The gradient of W is transposed.", """
        - params['grad_W' + name] = X.T @ grad_pre_act
        + params['grad_W' + name] = grad_pre_act.T @ X
        """, fails=["gradient_of_weights", "single_example", "square_layer"],
             says="it is transposed"),
    Chaff("bias_summed_twice", "np.sum without an axis makes one number of the bias.", """
        - params['grad_b' + name] = np.sum(grad_pre_act, axis=0)
        + params['grad_b' + name] = np.sum(grad_pre_act)
        """, fails=["gradient_of_bias", "gradients_are_replaced", "gradients_are_summed",
                    "layers_by_name", "single_example", "square_layer"],
             says="it is summed over the units as well as over the examples"),
    Chaff("grad_of_w_returned", "The gradient of W is returned.", """
        - return grad_pre_act @ params['W' + name].T
        + return params['grad_W' + name]
        """, fails=["gradient_of_inputs", "layers_by_name", "single_example", "square_layer",
                    "uses_its_derivative"],
             says="that is the gradient of W"),
    Chaff("grad_of_pre_act_returned", "The gradient at the pre-activation is handed on.", """
        - return grad_pre_act @ params['W' + name].T
        + return grad_pre_act
        """, fails=["gradient_of_inputs", "layers_by_name", "single_example", "square_layer",
                    "uses_its_derivative"],
             says="that is the gradient at the pre-activation; it has not gone through W yet"),
    Chaff("all_returned", "A tuple of three gradients is returned, and nothing is stored.", """
        - params['grad_W' + name] = X.T @ grad_pre_act
        - params['grad_b' + name] = np.sum(grad_pre_act, axis=0)
        - return grad_pre_act @ params['W' + name].T
        + return X.T @ grad_pre_act, np.sum(grad_pre_act, axis=0), grad_pre_act @ params['W' + name].T
        """, fails=["leaves_both_gradients", "gradient_of_bias", "gradient_of_inputs",
                    "gradient_of_weights", "uses_its_derivative"],
             says="all gradients are returned; those of W and b belong into `params`"),
    Chaff("doubled", "The gradients are those of a loss without its one half: twice as large.", """
        - params['grad_W' + name] = X.T @ grad_pre_act
        - params['grad_b' + name] = np.sum(grad_pre_act, axis=0)
        + params['grad_W' + name] = 2 * X.T @ grad_pre_act
        + params['grad_b' + name] = 2 * np.sum(grad_pre_act, axis=0)
        """, fails=["gradient_of_weights", "gradient_of_bias", "single_example", "square_layer"],
             says="it is # times what it must be"),
    Chaff("weights_moved", "The weights are moved as well, after dJ/dX is known.", """
        - return grad_pre_act @ params['W' + name].T
        + grad_X = grad_pre_act @ params['W' + name].T
        + params['W' + name] = params['W' + name] - 0.01 * params['grad_W' + name]
        + params['b' + name] = params['b' + name] - 0.01 * params['grad_b' + name]
        + return grad_X
        """, fails=["leaves_weights_and_cache"],
             says="backwards only measures: the weights, the bias and the cache stay as they were."),
    Chaff("weights_moved_first", "The weights are moved before delta goes through them.", """
          params['grad_b' + name] = np.sum(grad_pre_act, axis=0)
        + params['W' + name] = params['W' + name] - 0.01 * params['grad_W' + name]
        """, fails=["gradient_of_inputs", "layers_by_name", "leaves_weights_and_cache",
                    "single_example", "square_layer"],
             says="W has been moved before dJ/dX was computed from it"),
    Chaff("weights_not_transposed",
        "dJ/dX is made with W, not with its transpose: runs only where W is square.", """
        - return grad_pre_act @ params['W' + name].T
        + return grad_pre_act @ params['W' + name]
        """, fails=["gradient_of_inputs", "uses_its_derivative", "gradients_are_replaced",
                    "layers_by_name", "single_example", "square_layer"],
             says="`grad_pre_act` has shape (#, #), `params['W' + name]` (#, #). `grad_pre_act @ params['W' + name].T` fits and has shape (#, #)."),
]
