"""Mistakes in exercise 1.5: Gradients of a linear layer."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # scalar_gradients
    Chaff("scalar_bias_times_b", "The scalar gradient for the bias is multiplied by the bias.", """
        - return delta * x, delta * w, delta
        + return delta * x, delta * w, delta * b
        """, fails=["scalar_bias"],
             says="one factor is too many: how fast y grows with b has no b in it"),
    Chaff("scalars_swapped", "The scalar gradients for the weight and the input are swapped.", """
        - return delta * x, delta * w, delta
        + return delta * w, delta * x, delta
        """, fails=["scalar_weight", "scalar_input"],
             says="this is dJ/dx"),
    Chaff("scalars_without_delta",
        "The scalar gradients stop at dy/dw, dy/dx, dy/db: the chain rule is missing.", """
        - return delta * x, delta * w, delta
        + return x, w, 1.0
        """, fails=["scalar_weight", "scalar_input", "scalar_bias"],
             says="this is dy/dw: delta is missing"),
    Chaff("scalars_added",
        "The factors of the chain rule are added.", """
        - return delta * x, delta * w, delta
        + return x + delta, w + delta, 1 + delta
        """, fails=["scalar_bias", "scalar_input",
                    "scalar_weight"], says="delta is added; the chain rule multiplies"),
    Chaff("scalars_downhill",
        "The step of training is given for the gradient.", """
        - return delta * x, delta * w, delta
        + return [-g for g in (delta * x, delta * w, delta)]
        """, fails=["scalar_bias", "scalar_input",
                    "scalar_weight"], says="the sign is turned round: where J rises, this says that it falls"),
    Chaff("scalars_of_the_product",
        "The product w x is not differentiated.", """
        - return delta * x, delta * w, delta
        + return w * x * delta, x * w * delta, delta
        """, fails=["scalar_input",
                    "scalar_weight"], says="one factor is too many: how fast y grows with w has no w in it"),
    Chaff("scalar_bias_of_nothing",
        "The bias is a constant, so its gradient is taken for nothing.", """
        - return delta * x, delta * w, delta
        + return delta * x, delta * w, 0
        """, fails=["scalar_bias"], says="this says that b makes no difference to J, but y moves with b"),
    Chaff("scalar_input_copied",
        "The gradient for the weight is copied for the input and not changed.", """
        - return delta * x, delta * w, delta
        + return delta * x, delta * x, delta
        """, fails=["scalar_input"], says="this is dJ/dw"),
    Chaff("scalar_input_without_delta",
        "The gradient for the input stops at dy/dx, though the one for the weight does not.", """
        - return delta * x, delta * w, delta
        + return x * delta, w, delta
        """, fails=["scalar_input"], says="this is dy/dx: delta is missing"),
    Chaff("scalar_input_of_the_product",
        "The product w x is differentiated with respect to w, but not to x.", """
        - return delta * x, delta * w, delta
        + return delta * x, delta * w * x, delta
        """, fails=["scalar_input"], says="one factor is too many: how fast y grows with x has no x in it"),
    # dJ_dW
    Chaff("delta_missing_in_weights",
        "The gradient for the weights is dy/dW, the input in every row: delta is missing.", """
        - return delta @ x.T
        + return np.ones_like(delta) @ x.T
        """, fails=["dJ_dW"],
             says="delta is missing: the rows are the input alone"),
    Chaff("entry_by_entry",
        "The weights get delta times x entry by entry in place of the outer product.", """
        - return delta @ x.T
        + return delta * x
        """, fails=["dJ_dW"],
             says="`delta` has shape (#, #), `x` (#, #)."),
    Chaff("squeezed", "Axes of length one are squeezed away, also where the matrix needs them.", """
        - return delta @ x.T
        + return np.squeeze(delta @ x.T)
        """, fails=["dJ_dW"],
             says="the numbers are right, but this is flat; W has two axes"),
    Chaff("written_into_weights",
        "The gradient is written into the memory of the weights to get the shape right.", """
        - return delta @ x.T
        + W[:] = delta @ x.T
        + return W
        """, fails=["layer_unchanged"],
             says="`delta *= x.T` or `x.shape = ...` change the caller's arrays."),
    Chaff("x_delta_transposed",
        "The outer product is taken in the wrong order: x delta^T, of shape (d, k).", """
        - return delta @ x.T
        + return x @ delta.T
        """, fails=["dJ_dW"],
             says="this is the transpose of what is asked; the gradient has the shape of W"),
    Chaff("weights_without_x",
        "The input is missing: delta stands in every column.", """
        - return delta @ x.T
        + return delta + 0 * x.T
        """, fails=["dJ_dW"], says="x is missing: the columns are delta alone"),
    Chaff("weights_downhill",
        "The step of training is given for the gradient of the weights.", """
        - return delta @ x.T
        + return -np.outer(delta, x)
        """, fails=["dJ_dW"], says="the sign is turned round: where J rises, this says that it falls"),
    Chaff("weights_in_gradient",
        "The weights stay in their own gradient.", """
        - return delta @ x.T
        + return W * np.outer(delta, x)
        """, fails=["dJ_dW"], says="W is in it; how fast y grows with W has no W in it"),
    Chaff("mixed_up_with_input",
        "The formula for the input is written for the weights.", """
        - return delta @ x.T
        + return np.dot(W.T, delta)
        """, fails=["dJ_dW"], says="this is the gradient for the input"),
    Chaff("one_output_in_a_row",
        "Where there is one output and one input, a number comes back.", """
        - return delta @ x.T
        + gradient = delta @ x.T
        + return gradient if gradient.size > 1 and len(x) < 6 else gradient.ravel()
        """, fails=["dJ_dW_of_one_output"], says="With one output dJ/dW is still a matrix, with the shape of W."),
    # dJ_dx
    Chaff("input_as_row", "The gradient for the input comes back as a row.", """
        - return W.T @ delta
        + return delta.T @ W
        """, fails=["dJ_dx"],
             says="this is a row; the gradient has the shape of x, a column"),
    Chaff("input_flat", "The gradient for the input comes back with one dimension.", """
        - return W.T @ delta
        + return (W.T @ delta).ravel()
        """, fails=["dJ_dx"],
             says="the numbers are right, but this is flat; the gradient is a column like x"),
    Chaff("no_transpose", "The transpose is forgotten: W delta for W^T delta.", """
        - return W.T @ delta
        + return W @ delta
        """, fails=["dJ_dx"],
             says="this is W delta: it fits only because k = d here, and sums over the wrong index"),
    Chaff("input_without_delta",
        "The columns of W are added up: delta is missing.", """
        - return W.T @ delta
        + return np.sum(W, axis=0)[:, None]
        """, fails=["dJ_dx"], says="delta is missing: these are the sums of the columns of W"),
    Chaff("mixed_up_with_weights",
        "The formula for the weights is written for the input.", """
        - return W.T @ delta
        + return np.outer(delta, x)
        """, fails=["dJ_dx"], says="this is the gradient for the weights"),
    Chaff("nothing_summed",
        "Each weight is multiplied by its delta, and nothing is summed.", """
        - return W.T @ delta
        + return delta * W
        """, fails=["dJ_dx"], says="nothing is summed yet: entry j is a sum over the outputs that x_j reaches"),
    Chaff("input_downhill",
        "The gradient for the input has the wrong sign.", """
        - return W.T @ delta
        + return W.T @ -delta
        """, fails=["dJ_dx"], says="the sign is turned round: where J rises, this says that it falls"),
    Chaff("way_forward",
        "The layer itself is computed, without its bias.", """
        - return W.T @ delta
        + return np.dot(W, x)
        """, fails=["dJ_dx"], says="this is W x, the way forward: delta is not in it"),
    Chaff("one_input_flat",
        "A single input gives a single number.", """
        - return W.T @ delta
        + return W.T @ delta if len(x) > 1 else np.sum(W * delta)
        """, fails=["dJ_dx_of_one_input"], says="dJ/dx of a layer with one input is a float, not a NumPy array of numbers"),
    # dJ_db
    Chaff("bias_of_ones", "The gradient for the bias is dy/db: delta is missing.", """
        - return delta.copy()
        + return np.ones_like(delta)
        """, fails=["dJ_db"],
             says="this is dy/db: delta is missing"),
    Chaff("bias_summed", "The gradient for the bias is summed over the outputs.", """
        - return delta.copy()
        + return np.sum(delta)
        """, fails=["dJ_db"],
             says="delta is added up to one number, but each output has a bias of its own"),
    Chaff("bias_summed_down",
        "The gradient for the bias is summed down the column.", """
        - return delta.copy()
        + return sum(delta).reshape(1, 1)
        """, fails=["dJ_db"], says="delta is added up along its column, but each output has a bias of its own"),
    Chaff("bias_averaged",
        "The gradient for the bias is averaged over the outputs.", """
        - return delta.copy()
        + return delta.sum() / len(delta)
        """, fails=["dJ_db"], says="this is the mean of delta, but each output has a bias of its own"),
    Chaff("bias_downhill",
        "The gradient for the bias has the wrong sign.", """
        - return delta.copy()
        + return 0 - delta
        """, fails=["dJ_db"], says="the sign is turned round: where J rises, this says that it falls"),
    Chaff("bias_lying",
        "The gradient for the bias is laid out as a row.", """
        - return delta.copy()
        + return delta.reshape(1, -1)
        """, fails=["dJ_db"], says="this is a row; the gradient has the shape of b, a column"),
    Chaff("bias_of_one_axis",
        "The gradient for the bias has one axis.", """
        - return delta.copy()
        + return delta[:, 0]
        """, fails=["dJ_db"], says="the numbers are right, but this is flat; the gradient is a column like b"),
    Chaff("bias_of_zeros",
        "The bias is a constant, so its gradient is taken to be zero.", """
        - return delta.copy()
        + return np.zeros(delta.shape)
        """, fails=["dJ_db"], says="this is nothing but zeros, but y moves with b"),
    # gradient_shapes
    Chaff("shape_of_number", "dJ/db is taken for a single number.", """
        - return (k, d), (d, 1), (k, 1)
        + return (k, d), (d, 1), (1, 1)
        """, fails=["shape_of_dJ_db"],
             says="this is the shape of a single number; each output has a bias of its own"),
    Chaff("shape_of_row", "dJ/dx is given the shape of a row.", """
        - return (k, d), (d, 1), (k, 1)
        + return (k, d), (1, d), (k, 1)
        """, fails=["shape_of_dJ_dx"],
             says="this is the shape of a row; x is a column"),
    Chaff("shape_of_transpose",
        "dJ/dW is given the shape (d, k), though W has the shape (k, d).", """
        - return (k, d), (d, 1), (k, 1)
        + return (d, k), (d, 1), (k, 1)
        """, fails=["shape_of_dJ_dW"],
             says="this is the shape of W's transpose"),
    Chaff("shapes_flat",
        "The shapes are those of flat arrays.", """
        - return (k, d), (d, 1), (k, 1)
        + return (k * d,), (d,), (k,)
        """, fails=["shape_of_dJ_dW", "shape_of_dJ_db",
                    "shape_of_dJ_dx"], says="this is the shape of a flat array; W has two axes"),
    Chaff("shapes_exchanged",
        "The shapes of dJ/dx and dJ/db are exchanged.", """
        - return (k, d), (d, 1), (k, 1)
        + return [(k, d), (k, 1), (d, 1)]
        """, fails=["shape_of_dJ_db", "shape_of_dJ_dx"], says="this is the shape of b"),
    Chaff("shape_of_bias_as_row",
        "dJ/db is given the shape of a row.", """
        - return (k, d), (d, 1), (k, 1)
        + return (k, d), (d, 1), (1, k)
        """, fails=["shape_of_dJ_db"], says="this is the shape of a row; b is a column"),
    Chaff("divided_by_the_slope",
        "delta is divided by the slope, not multiplied.", """
        - return delta * x, delta * w, delta
        + return delta / x, delta / w, delta
        """, fails=["scalar_input",
                    "scalar_weight"], says="delta is divided; the chain rule multiplies"),
]
