"""Mistakes in exercise 2.1.2: Xavier initialisation."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    Chaff("bias_is_a_column", "The bias has two axes, (out_size, 1).", """
        - params['b' + name] = np.zeros(out_size)
        + params['b' + name] = np.zeros((out_size, 1))
        """, fails=["bias_is_zeros"],
             says="One bias per unit, all zero, and one axis only: np.zeros(#) has the shape (#,)."),
    Chaff("bias_is_a_row", "The bias has two axes, (1, out_size).", """
        - params['b' + name] = np.zeros(out_size)
        + params['b' + name] = np.zeros((1, out_size))
        """, fails=["bias_is_zeros"],
             says="One bias per unit, all zero, and one axis only: np.zeros(#) has the shape (#,)."),
    Chaff("bias_of_inputs", "There is one bias per input, not one per unit.", """
        - params['b' + name] = np.zeros(out_size)
        + params['b' + name] = np.zeros(in_size)
        """, fails=["bias_is_zeros"],
             says="One bias per unit, all zero, and one axis only: np.zeros(#) has the shape (#,)."),
    Chaff("bias_random", "The biases are drawn at random like the weights.", """
        - params['b' + name] = np.zeros(out_size)
        + params['b' + name] = np.random.uniform(-bound, bound, size=out_size)
        """, fails=["bias_is_zeros"],
             says="One bias per unit, all zero, and one axis only: np.zeros(#) has the shape (#,)."),
    Chaff("deviation_as_bound",
        "The standard deviation of Xavier is taken for the bound of the uniform distribution.", """
        - bound = np.sqrt(6 / (in_size + out_size))
        + bound = np.sqrt(2 / (in_size + out_size))
        """, fails=["variance", "variance_follows_both_sizes"],
             says="it is a third of that: is a standard deviation taken for a?"),
    Chaff("empties_params", "params is emptied first, so that only the last layer is left.", """
        + params.clear()
          bound = np.sqrt(6 / (in_size + out_size))
        """, fails=["layers_live_side_by_side"],
             says="The keys are 'W' + name and 'b' + name; whatever else is in the dict stays there."),
    Chaff("inputs_only",
        "The bound looks at the number of inputs only: the variance is 1 / in_size.", """
        - bound = np.sqrt(6 / (in_size + out_size))
        + bound = np.sqrt(3 / in_size)
        """, fails=["variance", "variance_follows_both_sizes"],
             says="its size does not depend on out_size"),
    Chaff("name_ignored", "The name is ignored: every layer is called layer1.", """
        - params['W' + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
        - params['b' + name] = np.zeros(out_size)
        + params['Wlayer1'] = np.random.uniform(-bound, bound, size=(in_size, out_size))
        + params['blayer1'] = np.zeros(out_size)
        """, fails=["layers_live_side_by_side"],
             says="The keys are 'W' + name and 'b' + name; whatever else is in the dict stays there."),
    Chaff("normal",
        "The variance is right, but the weights are drawn from a normal distribution.", """
        - bound = np.sqrt(6 / (in_size + out_size))
        - params['W' + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
        + std = np.sqrt(2 / (in_size + out_size))
        + params['W' + name] = np.random.normal(0, std, size=(in_size, out_size))
        """, fails=["spread_evenly"],
             says="Uniform means: every value between the two bounds is equally likely, none lies beyond."),
    Chaff("not_scaled",
        "The weights are drawn between -0.5 and 0.5, whatever the size of the layer.", """
        - bound = np.sqrt(6 / (in_size + out_size))
        + bound = 0.5
        """, fails=["variance", "variance_follows_both_sizes"],
             says="it is the same for layers of all sizes"),
    Chaff("one_sided", "The weights are drawn between 0 and the bound: none is negative.", """
        - params['W' + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
        + params['W' + name] = np.random.uniform(0, bound, size=(in_size, out_size))
        """, fails=["mean_is_zero", "variance", "variance_follows_both_sizes"],
             says="The weights must be as often negative as positive: draw between -a and +a."),
    Chaff("random_sample_times_bound", "np.random.rand is taken to be centred on zero.", """
        - params['W' + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
        + params['W' + name] = np.random.rand(in_size, out_size) * 2 * bound
        """, fails=["mean_is_zero"],
             says="The weights must be as often negative as positive: draw between -a and +a."),
    Chaff("returns_only", "The arrays are returned and never put into params.", """
        - params['W' + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
        - params['b' + name] = np.zeros(out_size)
        + W = np.random.uniform(-bound, bound, size=(in_size, out_size))
        + b = np.zeros(out_size)
        + return W, b
        """, fails=["layers_live_side_by_side", "variance_follows_both_sizes",
                    "both_arrays_are_in_params"],
             says="the arrays are returned, and nothing is put into `params`"),
    Chaff("seed_in_the_function",
        "A seed is set in the function, so that all layers of one size begin alike.", """
        + np.random.seed(0)
          bound = np.sqrt(6 / (in_size + out_size))
        """, fails=["no_two_layers_begin_alike"],
             says="Are the weights drawn anew at every call? No seed, no default made once, no zeros."),
    Chaff("sizes_written_into_code",
        "The bound is that of the first layer of the letters, 1024 and 64, for every layer.", """
        - bound = np.sqrt(6 / (in_size + out_size))
        + bound = np.sqrt(6 / (1024 + 64))
        """, fails=["variance", "variance_follows_both_sizes"],
             says="it is the same for layers of all sizes"),
    Chaff("square_root_missing", "The bound is 6 / (in + out), without the square root.", """
        - bound = np.sqrt(6 / (in_size + out_size))
        + bound = 6 / (in_size + out_size)
        """, fails=["variance", "variance_follows_both_sizes"],
             says="a is as large as its square should be: a root is missing"),
    Chaff("transposed", "The weights have the shape (out_size, in_size).", """
        - params['W' + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
        + params['W' + name] = np.random.uniform(-bound, bound, size=(out_size, in_size))
        """, fails=["layers_live_side_by_side", "weight_shape"],
             says="A row of X (N, in_size) times W must give out_size numbers: X @ W."),
    Chaff("two_values",
        "Every weight is plus or minus one number: right mean and variance, wrong "
        "distribution.", """
    - params['W' + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
    + params['W' + name] = np.random.choice([-1, 1], size=(in_size, out_size)) * bound / np.sqrt(3)
        """, fails=["spread_evenly"],
             says="Uniform means: every value between the two bounds is equally likely, none lies beyond."),
    Chaff("root_of_the_number_above", "The square root is taken of the 6 alone.", """
        - bound = np.sqrt(6 / (in_size + out_size))
        + bound = np.sqrt(6) / (in_size + out_size)
        """, fails=["variance", "variance_follows_both_sizes"],
             says="the root is taken of the number above alone, not of the whole fraction"),
    Chaff("two_forgotten", "The variance is 1 / (in + out), without the 2.", """
        - bound = np.sqrt(6 / (in_size + out_size))
        + bound = np.sqrt(3 / (in_size + out_size))
        """, fails=["variance", "variance_follows_both_sizes"],
             says="it is half as large as it must be"),
    Chaff("normal_with_the_bound", "The bound is the standard deviation of normal weights.", """
        - params['W' + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
        + params['W' + name] = np.random.normal(0, bound, size=(in_size, out_size))
        """, fails=["variance", "spread_evenly", "variance_follows_both_sizes"],
             says="it is three times as large: is a taken for a standard deviation?"),
    Chaff("outputs_only", "The bound looks at the number of units only.", """
        - bound = np.sqrt(6 / (in_size + out_size))
        + bound = np.sqrt(6 / out_size)
        """, fails=["variance", "variance_follows_both_sizes"],
             says="its size does not depend on in_size"),
    Chaff("underscore_in_key", "The keys are W_<name> and b_<name>.", """
        - params['W' + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
        - params['b' + name] = np.zeros(out_size)
        + params['W_' + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
        + params['b_' + name] = np.zeros(out_size)
        """, fails=["layers_live_side_by_side", "variance_follows_both_sizes",
                    "both_arrays_are_in_params"],
             says="Look at the keys of `params` after a call with the name 'layer1': are 'Wlayer1' and 'blayer1' among them? What is only returned, or has another key, no layer will find."),
    Chaff("zeros", "All weights begin at zero.", """
        - params['W' + name] = np.random.uniform(-bound, bound, size=(in_size, out_size))
        + params['W' + name] = np.zeros((in_size, out_size))
        """, fails=["no_two_layers_begin_alike", "spread_evenly", "variance",
                    "variance_follows_both_sizes"],
             says="all weights are the same number"),
]
