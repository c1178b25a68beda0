"""Mistakes in exercise 1.3: Layers without a bend collapse."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    Chaff("bias_as_row", "The bias comes back as a matrix with one row.", """
        - W, b = weights[0], biases[0]
        + W, b = weights[0], biases[0].reshape(1, -1)
        """, fails=["collapsed_bias", "any_number_of_layers"],
             says="Feed in X = #. The first bias passes through all the later layers, the last through none."),
    Chaff("bias_from_the_right", "The later weights multiply the bias from the wrong side.", """
        - b = b @ next_W + next_b
        + b = next_W @ b + next_b
        """, fails=["collapsed_bias", "any_number_of_layers"],
             says="the order is turned round: W @ b in place of b @ W"),
    Chaff("biases_added", "The biases are only added up; the later weights are forgotten.", """
        - b = b @ next_W + next_b
        + b = b + next_b
        """, fails=["collapsed_bias", "any_number_of_layers"],
             says="the biases are only added up; the earlier ones go through the later layers too"),
    Chaff("last_bias_alone", "Only the bias of the last layer is kept.", """
        - b = b @ next_W + next_b
        + b = next_b
        """, fails=["collapsed_bias", "any_number_of_layers"],
             says="this is the last bias alone"),
    Chaff("layers_popped", "The layers are taken out of the lists of the caller.", """
        - W, b = weights[0], biases[0]
        - for next_W, next_b in zip(weights[1:], biases[1:], strict=True):
        + W, b = weights.pop(0), biases.pop(0)
        + while weights:
        +     next_W = weights.pop(0)

        - b = b @ next_W + next_b
        + b = b @ next_W + biases.pop(0)
        """, fails=["layers_unchanged"],
             says="`W @= ...`, `b += ...` or `weights.pop()` change what belongs to the caller."),
    Chaff("no_bias",
        "A network without non-linearities is taken to be linear, so the bias is dropped.", """
        - return W, b
        + return W, np.zeros(W.shape[1])
        """, fails=["collapsed_bias", "any_number_of_layers"],
             says="Feed in X = #. The first bias passes through all the later layers, the last through none."),
    Chaff("reversed_order",
        "The matrices are multiplied in the order of the column convention.", """
        - W = W @ next_W
        + W = next_W @ W
        """, fails=["collapsed_weights", "any_number_of_layers", "square_layers"],
             says="`next_W` has shape (#, #), `W` (#, #). `next_W @ W.T` fits and has shape (#, #); `W @ next_W` fits and has shape (#, #)."),
    Chaff("three_layers", "The formula is written out for three layers.", whole="""
        def collapse(weights, biases):
            W1, W2, W3 = weights
            b1, b2, b3 = biases
            return W1 @ W2 @ W3, b1 @ W2 @ W3 + b2 @ W3 + b3
        """, fails=["any_number_of_layers"],
             says="`collapse(weights, biases)` raised ValueError: not enough values to unpack (expected #, got #)"),
    Chaff("weights_transposed", "The weights come back in the shape of the column convention.", """
        - return W, b
        + return W.T, b
        """, fails=["collapsed_weights", "any_number_of_layers", "square_layers"],
             says="this is W transposed: here a layer is X @ W + b"),
]
