"""Mistakes in exercise 2.2.1: Sigmoid and the forward pass."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # sigmoid
    Chaff("sigmoid_clipped_hard",
        "The argument is clipped to -10 .. 10 against overflow, which changes values.", """
        - return np.where(x >= 0, 1, shrunk) / (1 + shrunk)
        + return 1 / (1 + np.exp(-np.clip(x, -10, 10)))
        """, fails=["sigmoid_of_large_numbers"],
             says="x is cut off too near to #, where the sigmoid still changes"),
    Chaff("sigmoid_derivative", "The sigmoid returns its derivative.", """
        - return np.where(x >= 0, 1, shrunk) / (1 + shrunk)
        + s = 1 / (1 + np.exp(-x))
        + return s * (1 - s)
        """, fails=["sigmoid_of_any_shape", "sigmoid_values"],
             says="that is the derivative of the sigmoid"),
    Chaff("sigmoid_in_place", "The sigmoid turns the sign of its argument in place.", """
        - return np.where(x >= 0, 1, shrunk) / (1 + shrunk)
        + x *= -1
        + return 1 / (1 + np.exp(x))
        """, fails=["sigmoid_leaves_its_argument_alone"],
             says="Work on a copy: `x = -x` makes a new array, `x *= #` changes the caller's."),
    Chaff("sigmoid_is_tanh", "tanh is taken for the sigmoid.", """
        - return np.where(x >= 0, 1, shrunk) / (1 + shrunk)
        + return np.tanh(x)
        """, fails=["sigmoid_of_any_shape", "sigmoid_values"],
             says="that is tanh(x)"),
    Chaff("sigmoid_loops_over_rows",
        "The sigmoid loops over two axes and fails for arrays with one or three.", """
        - return np.where(x >= 0, 1, shrunk) / (1 + shrunk)
        + result = np.zeros(x.shape)
        + for i in range(x.shape[0]):
        +     for j in range(x.shape[1]):
        +         result[i, j] = 1 / (1 + np.exp(-x[i, j]))
        + return result
        """, fails=["sigmoid_of_any_shape"],
             says="`sigmoid(x)` raised IndexError: tuple index out of range"),
    Chaff("sigmoid_not_inverted", "The sigmoid is not one divided by the sum, but the sum.", """
        - return np.where(x >= 0, 1, shrunk) / (1 + shrunk)
        + return 1 + np.exp(-x)
        """, fails=["sigmoid_of_any_shape", "sigmoid_values"],
             says="that is # + exp(-x): the sigmoid is one divided by it"),
    Chaff("sigmoid_overflows", "exp(x) / (1 + exp(x)) is used for all x, so large x give nan.", """
        - return np.where(x >= 0, 1, shrunk) / (1 + shrunk)
        + return np.exp(x) / (1 + np.exp(x))
        """, fails=["sigmoid_of_large_numbers"],
             says="Does an exponential grow here until it is infinite? exp(-x) grows for x < #, exp(x) for x > #: each is harmless on the other side."),
    Chaff("sigmoid_sign", "The minus sign in the exponent is missing.", """
        - return np.where(x >= 0, 1, shrunk) / (1 + shrunk)
        + return 1 / (1 + np.exp(x))
        """, fails=["sigmoid_of_any_shape", "sigmoid_values"],
             says="that is sigmoid(-x): a sign is wrong"),
    # forward
    Chaff("activation_ignored", "The activation function is always the sigmoid.", """
        - post_act = activation(pre_act)
        + post_act = sigmoid(pre_act)
        """, fails=["forward_cache", "forward_knows_layers_by_name",
                    "forward_through_a_square_layer", "forward_uses_its_activation",
                    "forward_values"],
             says="that is the sigmoid of the pre-activation: the argument `activation` is ignored"),
    Chaff("activation_before_weights",
        "The activation function is applied to X, and the weights come after it.", """
        - pre_act = X @ params['W' + name] + params['b' + name]
        - post_act = activation(pre_act)
        + pre_act = X @ params['W' + name] + params['b' + name]
        + post_act = activation(X) @ params['W' + name] + params['b' + name]
        """, fails=["forward_values", "forward_activates_with_sigmoid_by_default", "forward_cache",
                    "forward_uses_its_activation"],
             says="the activation function is applied to X, before the weights"),
    Chaff("activated_twice", "The result is activated once more on its way out.", """
        - return post_act
        + return activation(post_act)
        """, fails=["forward_values", "forward_activates_with_sigmoid_by_default",
                    "forward_uses_its_activation"],
             says="the activation function is applied twice"),
    Chaff("bias_subtracted", "The bias is a threshold: it is subtracted.", """
        - pre_act = X @ params['W' + name] + params['b' + name]
        + pre_act = X @ params['W' + name] - params['b' + name]
        """, fails=["forward_values", "forward_activates_with_sigmoid_by_default", "forward_cache",
                    "forward_knows_layers_by_name", "forward_through_a_square_layer"],
             says="the bias is subtracted"),
    Chaff("cache_reversed", "The cache holds (post_act, pre_act, X).", """
        - params['cache_' + name] = (X, pre_act, post_act)
        + params['cache_' + name] = (post_act, pre_act, X)
        """, fails=["forward_cache"],
             says="that is the post-activation"),
    Chaff("cache_without_pre_act", "The cache holds X twice: the first variable was overwritten.", """
        - params['cache_' + name] = (X, pre_act, post_act)
        + params['cache_' + name] = (X, X, post_act)
        """, fails=["forward_cache"],
             says="that is X"),
    Chaff("bias_after_activation", "The bias is added after the activation function.", """
        - pre_act = X @ params['W' + name] + params['b' + name]
        - post_act = activation(pre_act)
        + pre_act = X @ params['W' + name]
        + post_act = activation(pre_act) + params['b' + name]
        """, fails=["forward_activates_with_sigmoid_by_default", "forward_cache",
                    "forward_uses_its_activation", "forward_values"],
             says="the bias is added after the activation function"),
    Chaff("bias_forgotten", "The bias is not added.", """
        - pre_act = X @ params['W' + name] + params['b' + name]
        + pre_act = X @ params['W' + name]
        """, fails=["forward_activates_with_sigmoid_by_default", "forward_cache",
                    "forward_knows_layers_by_name", "forward_through_a_square_layer",
                    "forward_values"],
             says="the bias is not added"),
    Chaff("cache_missing", "No cache is left.", """
        - params['cache_' + name] = (X, pre_act, post_act)
        """, fails=["forward_cache", "forward_knows_layers_by_name"],
             says="Store the tuple (X, pre_act, post_act), in this order, under 'cache_' + name."),
    Chaff("cache_order", "The cache holds (X, post_act, pre_act).", """
        - params['cache_' + name] = (X, pre_act, post_act)
        + params['cache_' + name] = (X, post_act, pre_act)
        """, fails=["forward_cache"],
             says="that is the post-activation"),
    Chaff("cache_post_act_twice", "The cache holds post_act in place of pre_act.", """
        - params['cache_' + name] = (X, pre_act, post_act)
        + params['cache_' + name] = (X, post_act, post_act)
        """, fails=["forward_cache"],
             says="that is the post-activation"),
    Chaff("cache_pre_act_twice", "The cache holds pre_act in place of post_act.", """
        - params['cache_' + name] = (X, pre_act, post_act)
        + params['cache_' + name] = (X, pre_act, pre_act)
        """, fails=["forward_cache"],
             says="that is the pre-activation"),
    Chaff("cache_without_name", "Every layer leaves its cache under the same key.", """
        - params['cache_' + name] = (X, pre_act, post_act)
        + params['cache'] = (X, pre_act, post_act)
        """, fails=["forward_cache", "forward_knows_layers_by_name"],
             says="Store the tuple (X, pre_act, post_act), in this order, under 'cache_' + name."),
    Chaff("name_ignored", "The weights of layer1 are used for every layer.", """
        - pre_act = X @ params['W' + name] + params['b' + name]
        + pre_act = X @ params['Wlayer1'] + params['blayer1']
        """, fails=["forward_knows_layers_by_name"],
             says="that is the output of the layer called 'layer1'"),
    Chaff("returns_nothing", "The return is missing.", """
        - return post_act
        """, fails=["forward_activates_with_sigmoid_by_default", "forward_knows_layers_by_name",
                    "forward_through_a_square_layer", "forward_uses_its_activation",
                    "forward_values"],
             says="forward(X, params, 'layer1', tanh) is None: is a `return` missing?"),
    Chaff("returns_pre_act", "The pre-activation is returned.", """
        - return post_act
        + return pre_act
        """, fails=["forward_activates_with_sigmoid_by_default", "forward_uses_its_activation",
                    "forward_values"],
             says="the activation function is not applied"),
    Chaff("standardises_in_place", "The batch is centred in place before it is used.", """
        + X -= X.mean(axis=0)
          pre_act = X @ params['W' + name] + params['b' + name]
        """, fails=["forward_activates_with_sigmoid_by_default", "forward_cache",
                    "forward_knows_layers_by_name", "forward_through_a_square_layer",
                    "forward_values"],
             says="The pre-activation is X times W plus b, with the entries of `params` that bear the name."),
    Chaff("always_tanh", "The layer has tanh, whatever function is passed.", """
        - post_act = activation(pre_act)
        + post_act = np.tanh(pre_act)
        """, fails=["forward_uses_its_activation", "forward_activates_with_sigmoid_by_default",
                    "forward_knows_layers_by_name", "forward_through_a_square_layer"],
             says="the argument `activation` is ignored"),
    Chaff("tanh_by_default", "The default activation is tanh.", """
        - def forward(X, params, name='', activation=sigmoid):
        + def forward(X, params, name='', activation=np.tanh):
        """, fails=["forward_activates_with_sigmoid_by_default"],
             says="The default of the argument `activation` is your own `sigmoid`."),
    Chaff("weights_shrink",
        "The weights are shrunk a little on every call: weight decay in the wrong place.", """
          params['cache_' + name] = (X, pre_act, post_act)
        + params['W' + name] = 0.999 * params['W' + name]
        """, fails=["forward_leaves_its_arguments_alone"],
             says="`X`, the weights and the bias are only read: make new arrays, use no operator such as +=."),
    Chaff("weights_transposed", "W is transposed: X @ W.T, which runs only where W is square.", """
        - pre_act = X @ params['W' + name] + params['b' + name]
        + pre_act = X @ params['W' + name].T + params['b' + name]
        """, fails=["forward_activates_with_sigmoid_by_default", "forward_cache",
                    "forward_knows_layers_by_name", "forward_through_a_square_layer",
                    "forward_uses_its_activation", "forward_values"],
             says="`X` has shape (#, #), `params['W' + name].T` (#, #). `X @ params['W' + name].T.T` fits and has shape (#, #)."),
]
