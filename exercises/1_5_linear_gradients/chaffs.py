"""Mistakes in exercise 1.5: Gradients of a linear layer."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    # scalar_gradients
    Chaff("scalar_bias_times_b", "The scalar gradient for the bias is multiplied by the bias.", """
        - return delta * x, delta * w, delta
        + return delta * x, delta * w, delta * b
        """, fails=["scalar_bias"],
             says="Chain rule: dJ/db = dJ/dy dy/db. How fast does w x + b grow with b?"),
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
    # dJ_dW
    Chaff("delta_missing_in_weights",
        "The gradient for the weights is dy/dW, the input in every row: delta is missing.", """
        - return delta @ x.T
        + return np.ones_like(delta) @ x.T
        """, fails=["dJ_dW", "dJ_dW_of_one_output"],
             says="dJ/dW has the shape of W, (k, d). Entry (i, j) is delta_i x_j: one column times one row."),
    Chaff("entry_by_entry",
        "The weights get delta times x entry by entry in place of the outer product.", """
        - return delta @ x.T
        + return delta * x
        """, fails=["dJ_dW", "dJ_dW_of_one_output"],
             says="`delta` has shape (#, #), `x` (#, #)."),
    Chaff("squeezed", "Axes of length one are squeezed away, also where the matrix needs them.", """
        - return delta @ x.T
        + return np.squeeze(delta @ x.T)
        """, fails=["dJ_dW_of_one_output"],
             says="With one output dJ/dW is still a matrix, of shape (#, d)."),
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
        """, fails=["dJ_dW", "dJ_dW_of_one_output"],
             says="this is x delta^T of shape (d, k), the transpose of what is asked"),
    # dJ_dx
    Chaff("input_as_row", "The gradient for the input comes back as a row.", """
        - return W.T @ delta
        + return delta.T @ W
        """, fails=["dJ_dx"],
             says="this is a row; the gradient has the shape of x, a column"),
    Chaff("input_flat", "The gradient for the input comes back with one dimension.", """
        - return W.T @ delta
        + return (W.T @ delta).ravel()
        """, fails=["dJ_dx", "dJ_dx_of_one_input"],
             says="dJ/dx has the shape of x, (d, #). Input j reaches every output: sum over the rows of W."),
    Chaff("no_transpose", "The transpose is forgotten: W delta for W^T delta.", """
        - return W.T @ delta
        + return W @ delta
        """, fails=["dJ_dx", "dJ_dx_of_one_input"],
             says="this is W delta: it fits only because k = d here, and sums over the wrong index"),
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
             says="nothing is summed here: there is one example, and each output has its own bias"),
    # gradient_shapes
    Chaff("shape_of_number", "dJ/db is taken for a single number.", """
        - return (k, d), (d, 1), (k, 1)
        + return (k, d), (d, 1), (1, 1)
        """, fails=["shape_of_dJ_db"],
             says="A gradient has the shape of what it is the gradient of."),
    Chaff("shape_of_row", "dJ/dx is given the shape of a row.", """
        - return (k, d), (d, 1), (k, 1)
        + return (k, d), (1, d), (k, 1)
        """, fails=["shape_of_dJ_dx"],
             says="A gradient has the shape of what it is the gradient of."),
    Chaff("shape_of_transpose",
        "dJ/dW is given the shape (d, k), though W has the shape (k, d).", """
        - return (k, d), (d, 1), (k, 1)
        + return (d, k), (d, 1), (k, 1)
        """, fails=["shape_of_dJ_dW"],
             says="J is one number. Its slope along each entry of W makes as many numbers as W has, in W's form."),
]
