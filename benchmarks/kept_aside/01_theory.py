"""Typical mistakes in notebook 1, from how students work these exercises on paper and in code.

Slips of the derivation (a factor lost, the wrong neighbour of the right formula), values handed
back in another form than was asked, and ranges of a neighbouring expression.

``MISTAKES`` as first written came after the old checks had been read, and the checks were mended
with its result in view: many a chaff has the same value by now. ``LATER`` came after that.
"""

from autograder.judging.chaffs import Chaff


def one(name, mistake, old, new, says):
    """A mistake that puts one or several lines in place of one line of the solution."""
    come = "\n".join(f"+ {line}" for line in new.splitlines())
    return Chaff(name, mistake, f"- {old}\n{come}", fails=["?"], says=says)


SHIFT = "return -np.max(scores)"
BIAS = "b = b @ next_W + next_b"
SLOPES = "return 0.25, 1.0"
TANH = "return 2.0, 2.0, -1.0"
BOUND = "return (slope * weight) ** n"
SHAPES = "return (k, d), (d, 1), (k, 1)"
SCALARS = "return delta * x, delta * w, delta"
SUM = 'return f"(1, {d}]"'

MISTAKES = {
    "1.1": [
        one("first_score", "The first score is taken for the largest.",
            SHIFT, "return -scores[0]", r"first|another is larger"),
        one("place_of_largest", "The place of the largest score is given, not the score.",
            SHIFT, "return -np.argmax(scores)", r"place|index|position"),
        one("all_together", "The sum of the scores is subtracted.",
            SHIFT, "return -np.sum(scores)", r"\bsum\b|added up"),
        one("shifted_scores", "The shifted scores are returned, not the shift.",
            SHIFT, "return scores - np.max(scores)", r"shifted scores|one number"),
        one("exp_from_one", "The scores are taken to be positive, so that exp begins at 1.",
            'return "(0, inf)"', 'return "(1, inf)"', r"negative|smaller"),
        one("exp_closed_twice", "Both ends of exp's range are counted in.",
            'return "(0, inf)"', 'return "[0, inf]"', r"no solution|infinity"),
        one("shifted_scores_range", "The range of the shifted scores, not of their exponentials.",
            'return "(0, 1]"', 'return "(-inf, 0]"', r"scores themselves|before exp|exponential"),
        one("d_as_letter", "The letter d stands in the text, not its value.",
            SUM, 'return "(1, d]"', r"value of d|no number|not a number"),
        one("sum_open_above", "The upper end of the sum is left out.",
            SUM, 'return f"(1, {d})"', r"equal"),
        one("sum_of_all_exps", "The sum is taken to be unbounded.",
            SUM, 'return "(1, inf)"', r"upper end"),
        one("sum_beside_largest", "Only the other entries are counted, without the largest.",
            SUM, 'return f"(0, {d - 1}]"', r"fixed|largest (score|entry)"),
    ],
    "1.2": [
        one("negative_exponent", "Step 1 takes exp(-x), as the sigmoid does.",
            "return np.exp(x)", "return np.exp(-x)", r"sign|-x"),
        one("power_turned_round", "Step 1 takes x to the power of e.",
            "return np.exp(x)", "return np.abs(x) ** np.e", r"power of|base and|turned round"),
        one("list_of_exps", "Step 1 returns a list.",
            "return np.exp(x)", "return [float(np.exp(v)) for v in x]", r"list"),
        one("product", "Step 2 multiplies.",
            "return np.sum(s)", "return np.prod(s)", r"product|multipl"),
        one("largest", "Step 2 takes the largest entry.",
            "return np.sum(s)", "return np.max(s)", r"largest"),
        one("exp_again", "Step 3 takes the exponential once more.",
            "return s / S", "return np.exp(s) / S", r"exponential"),
        one("difference", "Step 3 subtracts the total.",
            "return s / S", "return s - S", r"divi|share|subtract|difference"),
        one("over_number_of_entries", "Step 3 divides by the number of entries.",
            "return s / S", "return s / len(s)", r"number of|how many"),
        one("minus_one_to_one", "The range of tanh is given for softmax.",
            'return "(0, 1)"', 'return "(-1, 1)"', r"positive|smaller|sign|negative"),
        one("sum_is_d", "The entries are taken to be 1 each.",
            "return 1.0", "return 3.0", r"common denominator"),
    ],
    "1.3": [
        Chaff("two_layers", "Only the first two layers are collapsed.", whole="""
            def collapse(weights, biases):
                return weights[0] @ weights[1], biases[0] @ weights[1] + biases[1]
            """, fails=["?"], says=r"two layers"),
        one("bias_before_weights", "The next bias is added before the weights are applied.",
            BIAS, "b = (b + next_b) @ next_W", r"one (layer|matrix) too|own weights|after"),
        one("first_bias_alone", "Only the first bias is carried on, and the later ones forgotten.",
            BIAS, "b = b @ next_W", r"first bias alone|(later|other) biases are"),
        Chaff("swapped_results", "The bias is returned first.", """
            - return W, b
            + return b, W
            """, fails=["?"], says=r"swapped|first"),
        Chaff("matrix_alone", "Only the matrix is returned.", """
            - return W, b
            + return W
            """, fails=["?"], says=r"not a list or tuple|two"),
        one("entry_by_entry", "The matrices are multiplied entry by entry.",
            "W = W @ next_W", "W = W * next_W", r"entry by entry|@|shape"),
        one("bias_overtaken", "W is updated first, and the bias multiplied by the product.",
            BIAS, "b = b @ W + next_b", r"product|shape|later (layers|weights)"),
        Chaff("with_sigmoid", "A sigmoid is put on the weights between the layers.", """
            - W = W @ next_W
            + W = 1 / (1 + np.exp(-(W @ next_W)))
            """, fails=["?"], says=r"sigmoid|non-linear"),
    ],
    "1.4": [
        one("square_inside", "The value inside the bracket is squared.",
            "return s * (1 - s)", "return s * (1 - s**2)", r"s²|square"),
        one("other_factor", "One of the two factors is left out.",
            "return s * (1 - s)", "return 1 - s", r"factor|1 - s"),
        one("square_of_sigmoid", "The square of the value, as from (1 + e^-x)^-2.",
            "return s * (1 - s)", "return s**2", r"s²|inner|square"),
        one("scalar_product", "The product of two vectors is taken with @.",
            "return s * (1 - s)", "return s @ (1 - s)", r"added up|entry by entry"),
        one("derived_again", "The slope is derived by s: 1 - 2s.",
            "return s * (1 - s)", "return 1 - 2 * s", r"2\s?s|derivative|with respect"),
    ],
    "1.5": [
        one("product_of_all", "Every factor is kept: delta w x.",
            SCALARS, "return delta * w * x, delta * w * x, delta",
            r"depend|too many|both|twice|not in"),
        one("no_gradient_for_bias", "The constant b is taken to have the gradient 0.",
            SCALARS, "return delta * x, delta * w, 0.0", r"no difference"),
        one("delta_added", "delta is added in place of multiplied.",
            SCALARS, "return delta + x, delta + w, delta + 1", r"add|multipl"),
        one("weights_for_input", "dJ/dW is mixed up with dJ/dx.",
            "return delta @ x.T", "return W.T @ delta", r"dJ/dx|gradient for the input"),
        one("inner_product", "delta^T x is taken for the weights.",
            "return delta @ x.T", "return delta.T @ x", r"shape"),
        one("delta_missing_input", "dJ/dx is dy/dx: delta is missing.",
            "return W.T @ delta", "return W.T.sum(axis=1, keepdims=True)", r"delta is missing"),
        one("x_for_delta", "The input stands where delta must.",
            "return W.T @ delta", "return W @ x", r"\bx\b.*delta|delta.*\bx\b|forward"),
        one("bias_flat", "The gradient of the bias is flat.",
            "return delta.copy()", "return delta.ravel()", r"column|dimension|\(k, 1\)|\(k, #\)"),
        one("bias_mean", "The gradient of the bias is the mean of delta.",
            "return delta.copy()", "return np.mean(delta)", r"mean"),
        one("bias_row", "The gradient of the bias comes back as a row.",
            "return delta.copy()", "return delta.T", r"row"),
        one("bias_kept_summed", "delta is summed with keepdims, as over a batch.",
            "return delta.copy()", "return np.sum(delta, axis=0, keepdims=True)",
            r"\bsum\b|added up"),
        one("flat_shapes", "The shapes of vectors are given with one number.",
            SHAPES, "return (k, d), (d,), (k,)", r"column|two|dimension"),
        one("shapes_in_other_order", "The shapes of x and b are given in the other order.",
            SHAPES, "return (k, d), (k, 1), (d, 1)", r"order|that of b|shape of b"),
    ],
    "1.6": [
        one("closed_below", "Zero is counted among the sigmoid's values.",
            'return "(0, 1)"', 'return "[0, 1)"', r"numerator|never #"),
        one("tanh_unbounded", "Tanh is given all real numbers.",
            'return "(-1, 1)"', 'return "(-inf, inf)"', r"levels off"),
        one("square_of_difference", "The whole of 1 - t is squared.",
            "return 1 - t**2", "return (1 - t) ** 2", r"\(# - t\)|whole|square"),
        one("not_squared", "The square is forgotten.",
            "return 1 - t**2", "return 1 - t", r"# - t\b|square"),
        one("rule_of_arctan", "The rule for arctan is used.",
            "return 1 - t**2", "return 1 / (1 + t**2)", r"arctan|arc"),
        one("slopes_swapped", "The two largest slopes are given in the other order.",
            SLOPES, "return 1.0, 0.25", r"order|swapped|tanh's"),
        one("same_for_both", "Both functions are given the sigmoid's largest slope.",
            SLOPES, "return 0.25, 0.25", r"same slope"),
        one("place_of_tanh", "Tanh's slope is given where it is largest, not how large.",
            SLOPES, "return 0.25, 0.0", r"value at which"),
        one("not_doubled", "The sigmoid is moved, but not stretched.",
            TANH, "return 1.0, 2.0, -0.5", r"stretch|height is not"),
        one("half_argument", "The argument is halved in place of doubled.",
            TANH, "return 2.0, 0.5, -1.0", r"argument"),
        one("moved_by_half", "The stretched sigmoid is moved down by a half.",
            TANH, "return 2.0, 2.0, -0.5", r"height is that of tanh, but"),
        one("quarter_for_slope", "The bound of the sigmoid is given, whatever the slope is.",
            BOUND, "return (weight / 4) ** n", r"`slope`|sigmoid|1/4"),
        one("one_slope", "The slope counts once, not once a layer.",
            BOUND, "return slope * weight**n", r"slope counts once|slopes are left"),
        one("single_layer", "The bound of one layer is given, whatever n is.",
            BOUND, "return slope * weight", r"one layer|n layers|whatever n"),
        one("weights_alone", "The slopes are left out.",
            BOUND, "return weight**n", r"slopes are left out"),
        one("factors_summed_inside", "Slope and weight are added in each layer.",
            BOUND, "return (slope + weight) ** n", r"add"),
    ],
}  # fmt: skip

LATER = {
    "1.1": [
        one("exp_of_largest", "The factor e^c is returned, not c.",
            SHIFT, "return np.exp(-np.max(scores))", r"exponential|e\^c|exp"),
        one("width", "The distance of the largest score from the smallest is taken off.",
            SHIFT, "return np.min(scores) - np.max(scores)", r"smallest|difference|distance|width"),
        one("shifted_exp_below_e", "The exponentials are taken to lie between 0 and e.",
            'return "(0, 1]"', 'return "(0, 2.718]"', r"after the shift"),
        one("sum_half_open_wrong_way", "The brackets of the sum are exchanged.",
            SUM, 'return f"[1, {d})"', r"more than|equal"),
        one("sum_up_to_infinity_from_zero", "The range without a shift is given for the sum.",
            SUM, 'return "(0, inf)"', r"upper end|shift"),
    ],
    "1.2": [
        one("log_for_exp", "The logarithm is taken for the exponential.",
            "return np.exp(x)", "return np.log(np.abs(x))", r"logarithm"),
        one("size_for_sum", "The length of the vector is taken for the total.",
            "return np.sum(s)", "return np.linalg.norm(s)", r"length|root|square"),
        one("share_with_epsilon", "A constant is added below the line against division by zero.",
            "return s / S", "return s / (S + 0.1)", r"constant|added|share of the total"),
        one("closed_at_zero", "Zero is counted in.",
            'return "(0, 1)"', 'return "[0, 1)"', r"share of # needs"),
    ],
    "1.3": [
        one("bias_twice", "The next bias is added twice.",
            BIAS, "b = b @ next_W + 2 * next_b", r"twice|later bias"),
        one("first_bias_forgotten", "The first bias is left out.",
            BIAS, "b = (b if len(weights) == 0 else 0 * b) @ next_W + next_b", r"bias"),
        one("bias_minus", "The bias is subtracted.",
            BIAS, "b = b @ next_W - next_b", r"sign|subtract"),
        Chaff("sum_of_matrices", "The matrices are added.", """
            - W = W @ next_W
            + W = W + next_W
            """, fails=["?"], says=r"added"),
    ],
    "1.4": [
        one("with_exponential", "The argument is taken for x.",
            "return s * (1 - s)", "return np.exp(-s) / (1 + np.exp(-s)) ** 2", r"second time"),
        one("twice_the_slope", "A factor 2 slips in.",
            "return s * (1 - s)", "return 2 * s * (1 - s)", r"factor|twice"),
        one("square_all", "The whole slope is squared.",
            "return s * (1 - s)", "return (s * (1 - s)) ** 2", r"square"),
    ],
    "1.5": [
        one("divided", "delta is divided by the factor.",
            SCALARS, "return delta / x, delta / w, delta", r"divi"),
        one("signs", "Every gradient has a minus, as in the step downhill.",
            SCALARS, "return -delta * x, -delta * w, -delta", r"sign|minus"),
        one("weights_negative", "The step downhill is returned, not the gradient.",
            "return delta @ x.T", "return -delta @ x.T", r"sign|minus"),
        one("input_mean", "The outputs are averaged.",
            "return W.T @ delta", "return W.T @ delta / len(delta)", r"mean|number of outputs"),
        one("bias_through_weights", "The bias is given the gradient for the input.",
            "return delta.copy()", "return W.T @ delta", r"input|shape of b|dJ/dx"),
        one("k_and_d", "k and d are mixed up throughout.",
            SHAPES, "return (d, k), (k, 1), (d, 1)", r"transpose"),
    ],
    "1.6": [
        one("root", "The root of the right slope is taken.",
            "return 1 - t**2", "return np.sqrt(1 - t**2)", r"root"),
        one("doubled_square", "2t is written for the square of t.",
            "return 1 - t**2", "return 1 - 2 * t", r"2t|square"),
        one("four_times_too_large", "The sigmoid's largest slope is given for each.",
            SLOPES, "return 1 / 4, 4.0", r"steep|largest"),
        one("no_shift", "The sigmoid is stretched and not moved.",
            TANH, "return 2.0, 2.0, 0.0", r"height is that of tanh, but"),
        one("divided_by_weight", "The slope is divided by the weight.",
            BOUND, "return (slope / weight) ** n", r"divi"),
        one("product_with_n", "The number of layers is one more factor.",
            BOUND, "return n * (slope * weight) ** n", r"number of layers|\bn\b.*factor|factor"),
    ],
}  # fmt: skip
for exercise, mistakes in LATER.items():
    MISTAKES[exercise] += mistakes
