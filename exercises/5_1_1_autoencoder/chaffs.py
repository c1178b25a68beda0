"""Mistakes in exercise 5.1.1: An autoencoder, there and back."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # initialize_autoencoder
    Chaff("double_precision", "All arrays are in double precision.", """
        - return {key: values.astype(np.float32) for key, values in params.items()}
        + return params
        """, fails=["network_shapes"],
             says="the numbers are float64; the text asks for float32"),
    Chaff("layer_left_out", "There are only three layers: 'hidden2' is forgotten.", """
        - initialize_weights(in_size, out_size, params, name)
        + if name != 'hidden2':
        +     initialize_weights(in_size, out_size, params, name)
        """, fails=["layers_have_their_own_weights", "network_begins_with_xavier",
                    "network_shapes"],
             says="From how many numbers to how many does each of the four layers go? Each has a W and a b."),
    Chaff("one_bound_for_all_layers", "The bound of the first layer is used for all layers.", """
              initialize_weights(in_size, out_size, params, name)
        + bound = np.sqrt(6 / (size + hidden_size))
        + for name in ['hidden1', 'hidden2']:
        +     params['W' + name] = np.random.uniform(-bound, bound, (hidden_size, hidden_size))
        """, fails=["network_begins_with_xavier"],
             says="the bound is that of the first layer"),
    Chaff("output_begins_at_zero", "The output layer begins with zeros.", """
              initialize_weights(in_size, out_size, params, name)
        + params['Woutput'] = np.zeros((hidden_size, size))
        """, fails=["network_begins_with_xavier"],
             says="all weights of a layer are alike"),
    Chaff("output_has_the_sizes_of_the_first_layer",
        "The output layer gets the sizes of the first one.", """
        - sizes = [size, hidden_size, hidden_size, hidden_size, size]
        + sizes = [size, hidden_size, hidden_size, hidden_size, hidden_size]

              initialize_weights(in_size, out_size, params, name)
        + initialize_weights(size, hidden_size, params, 'output')
        """, fails=["network_begins_with_xavier", "network_shapes"],
             says="the two sizes of a layer have changed places"),
    Chaff("same_weights_twice", "'hidden2' gets the very weights of 'hidden1'.", """
              initialize_weights(in_size, out_size, params, name)
        + params['Whidden2'] = params['Whidden1']
        """, fails=["layers_have_their_own_weights"],
             says="Draw the weights of every layer anew."),
    Chaff("sizes_turned_round", "initialize_weights gets the sizes in the wrong order.", """
        - for name, in_size, out_size in zip(LAYERS, sizes[:-1], sizes[1:]):
        + for name, out_size, in_size in zip(LAYERS, sizes[:-1], sizes[1:]):
        """, fails=["network_begins_with_xavier", "network_shapes"],
             says="the two sizes of a layer have changed places"),
    # forward_autoencoder
    Chaff("softmax_at_the_end", "The last step is a softmax, as for classes.", """
        - return forward(hidden, params, 'output', sigmoid)
        + scores = forward(hidden, params, 'output', lambda sums: sums)
        + exponentials = np.exp(scores - scores.max(axis=1, keepdims=True))
        + return exponentials / exponentials.sum(axis=1, keepdims=True)
        """, fails=["another_activation", "caches_are_left", "reconstruction"],
             says="the output has a softmax; it must be a sigmoid"),
    Chaff("hidden_layers_linear", "The hidden layers have no bend at all.", """
        - hidden = forward(x, params, 'layer1', activation)
        - hidden = forward(hidden, params, 'hidden1', activation)
        - hidden = forward(hidden, params, 'hidden2', activation)
        + hidden = x
        + for name in LAYERS[:3]:
        +     hidden = forward(hidden, params, name, lambda sums: sums)
        """, fails=["another_activation", "caches_are_left", "reconstruction"],
             says="there is no ReLU in any of the hidden layers"),
    Chaff("layer_skipped", "The layer 'hidden2' is skipped on the way forward.", """
        - hidden = forward(hidden, params, 'hidden2', activation)
        """, fails=["another_activation", "caches_are_left", "reconstruction"],
             says="the layer 'hidden2' is left out"),
    Chaff("activation_ignored", "The hidden layers have a ReLU, whatever the activation is.", """
        - hidden = forward(x, params, 'layer1', activation)
        - hidden = forward(hidden, params, 'hidden1', activation)
        - hidden = forward(hidden, params, 'hidden2', activation)
        + hidden = forward(x, params, 'layer1', relu)
        + hidden = forward(hidden, params, 'hidden1', relu)
        + hidden = forward(hidden, params, 'hidden2', relu)
        """, fails=["another_activation"],
             says="the hidden layers have a ReLU, whatever `activation` is"),
    Chaff("activation_on_the_output_too",
        "The output has the activation of the hidden layers where one is given.", """
        - return forward(hidden, params, 'output', sigmoid)
        + return forward(hidden, params, 'output', sigmoid if activation is relu else activation)
        """, fails=["another_activation"],
             says="the output has `activation` too; it must keep its sigmoid"),
    Chaff("caches_missing", "The way forward is written anew and leaves no caches.", whole="""
        def forward_autoencoder(x, params, activation=relu):
            for name in LAYERS[:3]:
                x = activation(x @ params["W" + name] + params["b" + name])
            return sigmoid(x @ params["Woutput"] + params["boutput"])
        """, fails=["caches_are_left"],
             says="forward leaves (X, pre_act, post_act) of every layer under the name of this layer."),
    Chaff("layer_used_twice", "The layer 'hidden1' is used twice, 'hidden2' not at all.", """
        - hidden = forward(hidden, params, 'hidden2', activation)
        + hidden = forward(hidden, params, 'hidden1', activation)
        """, fails=["another_activation", "caches_are_left", "reconstruction"],
             says="'hidden1' is used twice, 'hidden2' not at all"),
    Chaff("linear_output", "The output has no activation.", """
        - return forward(hidden, params, 'output', sigmoid)
        + return forward(hidden, params, 'output', lambda sums: sums)
        """, fails=["another_activation", "caches_are_left", "reconstruction"],
             says="there is no activation on the output; it must be a sigmoid"),
    Chaff("relu_on_the_output", "The output has a ReLU like all other layers.", """
        - return forward(hidden, params, 'output', sigmoid)
        + return forward(hidden, params, 'output', relu)
        """, fails=["another_activation", "caches_are_left", "reconstruction"],
             says="the output has a ReLU; it must be a sigmoid"),
    Chaff("sigmoid_everywhere", "All layers have a sigmoid, whatever the activation is.", """
        - hidden = forward(x, params, 'layer1', activation)
        - hidden = forward(hidden, params, 'hidden1', activation)
        - hidden = forward(hidden, params, 'hidden2', activation)
        + hidden = forward(x, params, 'layer1', sigmoid)
        + hidden = forward(hidden, params, 'hidden1', sigmoid)
        + hidden = forward(hidden, params, 'hidden2', sigmoid)
        """, fails=["another_activation", "caches_are_left", "reconstruction"],
             says="all four layers have a sigmoid"),
    Chaff("third_layer_linear", "The layer 'hidden2' has no activation.", """
        - hidden = forward(hidden, params, 'hidden2', activation)
        + hidden = forward(hidden, params, 'hidden2', lambda sums: sums)
        """, fails=["another_activation", "caches_are_left", "reconstruction"],
             says="the third layer has no ReLU"),
    # squared_error
    Chaff("difference_in_place", "The loss writes the differences into the output.", """
        - return np.sum((output - x) ** 2)
        + output -= x
        + return np.sum(output**2)
        """, fails=["arguments_are_left_alone"],
             says="No -= and no *= on what was handed over: make new arrays."),
    Chaff("loss_absolute", "The loss adds up absolute differences.", """
        - return np.sum((output - x) ** 2)
        + return np.sum(np.abs(output - x))
        """, fails=["loss_is_the_total", "loss_of_any_shape"],
             says="these are absolute values, not squares"),
    Chaff("loss_averaged_over_examples", "The loss is the mean over the images.", """
        - return np.sum((output - x) ** 2)
        + return np.sum((output - x) ** 2) / len(x)
        """, fails=["loss_is_the_total", "loss_of_any_shape"],
             says="it is the mean over the images; the loss is the sum"),
    Chaff("loss_averaged_over_pixels", "The loss is the mean over all pixels.", """
        - return np.sum((output - x) ** 2)
        + return np.mean((output - x) ** 2)
        """, fails=["loss_is_the_total", "loss_of_any_shape"],
             says="it is the mean over all pixels; the loss is the sum"),
    Chaff("loss_halved", "The loss is halved.", """
        - return np.sum((output - x) ** 2)
        + return 0.5 * np.sum((output - x) ** 2)
        """, fails=["loss_is_the_total", "loss_of_any_shape"],
             says="it is halved"),
    Chaff("loss_is_a_norm", "The loss is the root of the sum of squares.", """
        - return np.sum((output - x) ** 2)
        + return np.linalg.norm(output - x)
        """, fails=["loss_is_the_total", "loss_of_any_shape"],
             says="it is the square root of the loss"),
    Chaff("loss_is_cross_entropy", "The loss is the cross-entropy of notebook 2.", """
        - return np.sum((output - x) ** 2)
        + return -np.sum(x * np.log(np.abs(output) + 1e-12))
        """, fails=["loss_is_the_total", "loss_of_any_shape"],
             says="it is a cross-entropy"),
    Chaff("loss_per_image", "The loss is one number for each image.", """
        - return np.sum((output - x) ** 2)
        + return np.sum((output - x) ** 2, axis=1)
        """, fails=["loss_is_the_total", "loss_of_any_shape"],
             says="there is one number for each image; the loss is their sum"),
    Chaff("differences_added_up", "The differences are added up and never squared.", """
        - return np.sum((output - x) ** 2)
        + return np.sum(output - x)
        """, fails=["loss_is_the_total", "loss_of_any_shape"],
             says="the differences are not squared"),
    Chaff("total_squared", "The total of the differences is squared.", """
        - return np.sum((output - x) ** 2)
        + difference = output - x
        + return float(difference.sum()) ** 2
        """, fails=["loss_is_the_total", "loss_of_any_shape"],
             says="the differences are squared after they are added up"),
    Chaff("pixels_averaged", "The squares are averaged over the pixels of each image.", """
        - return np.sum((output - x) ** 2)
        + return np.sum(np.mean((output - x) ** 2, axis=1))
        """, fails=["loss_is_the_total", "loss_of_any_shape"],
             says="it is divided by the number of pixels of an image"),
    Chaff("squares_returned", "The squares are returned, entry by entry.", """
        - return np.sum((output - x) ** 2)
        + return (output - x) ** 2
        """, fails=["loss_is_the_total", "loss_of_any_shape"],
             says="nothing is added up"),
    # squared_error_deriv
    Chaff("slope_of_the_mean", "The slope is that of the mean over all entries.", """
        - return 2 * (output - x)
        + n_images, n_pixels = x.shape
        + return 2 * (output - x) / (n_images * n_pixels)
        """, fails=["slope_of_the_loss"],
             says="it is divided by the number of all entries"),
    Chaff("factor_two_missing", "The slope of the loss lacks the factor 2.", """
        - return 2 * (output - x)
        + return output - x
        """, fails=["slope_of_the_loss"],
             says="the factor # is missing"),
    Chaff("slope_averaged", "The slope of the loss is divided by the number of images.", """
        - return 2 * (output - x)
        + return 2 * (output - x) / len(x)
        """, fails=["slope_of_the_loss"],
             says="it is divided by the number of images"),
    Chaff("slope_through_the_sigmoid_already",
        "The slope of the loss goes through the sigmoid, which `backwards` does once more.", """
        - return 2 * (output - x)
        + return 2 * (output - x) * output * (1 - output)
        """, fails=["slope_of_the_loss"],
             says="it goes through the sigmoid already; that is left to `backwards`"),
    Chaff("slope_turned_round", "The slope of the loss has the wrong sign.", """
        - return 2 * (output - x)
        + return 2 * (x - output)
        """, fails=["slope_of_the_loss"],
             says="the sign is wrong: it is the slope in the output, not in x"),
    # backwards_autoencoder
    Chaff("delta_through_the_sigmoid_before", "The delta goes through the sigmoid twice.", """
        - delta = backwards(delta, params, 'output', sigmoid_deriv)
        + through = delta * sigmoid_deriv(params['cache_output'][2])
        + delta = backwards(through, params, 'output', sigmoid_deriv)
        """, fails=["gradients_of_other_sizes", "gradients_of_the_output", "another_derivative"],
             says="the derivative of the sigmoid is there twice"),
    Chaff("hidden_layers_taken_for_linear", "No hidden layer has a derivative.", """
        - delta = backwards(delta, params, 'hidden2', activation_deriv)
        - delta = backwards(delta, params, 'hidden1', activation_deriv)
        - backwards(delta, params, 'layer1', activation_deriv)
        + for name in ['hidden2', 'hidden1', 'layer1']:
        +     delta = backwards(delta, params, name, lambda post_act: 1)
        """, fails=["gradients_of_other_sizes", "gradients_of_the_hidden_layers"],
             says="the hidden layers have no derivative"),
    Chaff("layers_in_another_order", "The way back visits hidden1 before hidden2.", """
        - delta = backwards(delta, params, 'hidden2', activation_deriv)
        - delta = backwards(delta, params, 'hidden1', activation_deriv)
        - backwards(delta, params, 'layer1', activation_deriv)
        + for name in ['hidden1', 'hidden2', 'layer1']:
        +     delta = backwards(delta, params, name, activation_deriv)
        """, fails=["gradients_of_other_sizes", "gradients_of_the_hidden_layers"],
             says="the layers are visited in another order: 'hidden1' before 'hidden2'"),
    Chaff("delta_in_place", "The delta that was handed over is multiplied in place.", """
        - delta = backwards(delta, params, 'output', sigmoid_deriv)
        + delta *= sigmoid_deriv(params['cache_output'][2])
        + delta = backwards(delta, params, 'output', np.ones_like)
        """, fails=["arguments_are_left_alone"],
             says="No -= and no *= on what was handed over: make new arrays."),
    Chaff("delta_not_passed_on", "Every layer gets the delta of the output.", """
        - delta = backwards(delta, params, 'hidden2', activation_deriv)
        - delta = backwards(delta, params, 'hidden1', activation_deriv)
        + backwards(delta, params, 'hidden2', activation_deriv)
        + backwards(delta, params, 'hidden1', activation_deriv)
        """, fails=["gradients_of_other_sizes", "gradients_of_the_hidden_layers"],
             says="every hidden layer gets the delta that `backwards` returned for the output"),
    Chaff("derivative_at_the_sums",
        "The derivatives are taken at the sums before the activation, which only ReLU "
        "forgives.", whole="""
        def backwards_autoencoder(delta, params, activation_deriv=relu_deriv):
            for name in LAYERS[::-1]:
                X, pre_act, post_act = params["cache_" + name]
                deriv = sigmoid_deriv if name == "output" else activation_deriv
                delta = delta * deriv(pre_act)
                params["grad_W" + name] = X.T @ delta
                params["grad_b" + name] = np.sum(delta, axis=0)
                delta = delta @ params["W" + name].T
        """, fails=["gradients_of_other_sizes", "gradients_of_the_hidden_layers",
                    "gradients_of_the_output"],
             says="the derivative of the sigmoid is taken at the sums, not at the output"),
    Chaff("derivative_ignored",
        "The hidden layers have the derivative of a ReLU, whatever is asked for.", """
        - delta = backwards(delta, params, 'hidden2', activation_deriv)
        - delta = backwards(delta, params, 'hidden1', activation_deriv)
        - backwards(delta, params, 'layer1', activation_deriv)
        + delta = backwards(delta, params, 'hidden2', relu_deriv)
        + delta = backwards(delta, params, 'hidden1', relu_deriv)
        + backwards(delta, params, 'layer1', relu_deriv)
        """, fails=["another_derivative"],
             says="the hidden layers have the derivative of a ReLU, whatever `activation_deriv` is"),
    Chaff("first_layer_forgotten", "The way back ends before the first layer.", """
        - backwards(delta, params, 'layer1', activation_deriv)
        """, fails=["gradients_of_other_sizes", "gradients_of_the_hidden_layers"],
             says="there is no gradient for Wlayer1, blayer1"),
    Chaff("mask_of_the_input",
        "Each delta is masked by the input of its layer after its use: hidden2 has no mask.", """
        - delta = backwards(delta, params, 'hidden2', activation_deriv)
        - delta = backwards(delta, params, 'hidden1', activation_deriv)
        - backwards(delta, params, 'layer1', activation_deriv)
        + for name in ['hidden2', 'hidden1', 'layer1']:
        +     X, pre_act, post_act = params['cache_' + name]
        +     params['grad_W' + name] = X.T @ delta
        +     params['grad_b' + name] = np.sum(delta, axis=0)
        +     delta = (delta @ params['W' + name].T) * activation_deriv(X)
        """, fails=["gradients_of_other_sizes", "gradients_of_the_hidden_layers"],
             says="the derivative of 'hidden2' is missing"),
    Chaff("relu_derivative_at_the_output", "The output layer has the derivative of a ReLU.", """
        - delta = backwards(delta, params, 'output', sigmoid_deriv)
        + delta = backwards(delta, params, 'output', relu_deriv)
        """, fails=["gradients_of_other_sizes", "gradients_of_the_output", "another_derivative"],
             says="the derivative of the sigmoid is missing"),
    Chaff("sigmoid_derivative_everywhere", "All layers have the derivative of the sigmoid.", """
        - delta = backwards(delta, params, 'hidden2', activation_deriv)
        - delta = backwards(delta, params, 'hidden1', activation_deriv)
        - backwards(delta, params, 'layer1', activation_deriv)
        + delta = backwards(delta, params, 'hidden2', sigmoid_deriv)
        + delta = backwards(delta, params, 'hidden1', sigmoid_deriv)
        + backwards(delta, params, 'layer1', sigmoid_deriv)
        """, fails=["gradients_of_other_sizes", "gradients_of_the_hidden_layers"],
             says="the hidden layers have the derivative of a sigmoid"),
    Chaff("sigmoid_derivative_missing",
        "The output layer is taken for linear on the way back, as in notebook 3.", """
        - delta = backwards(delta, params, 'output', sigmoid_deriv)
        + delta = backwards(delta, params, 'output', np.ones_like)
        """, fails=["gradients_of_other_sizes", "gradients_of_the_output", "another_derivative"],
             says="the derivative of the sigmoid is missing"),
]
