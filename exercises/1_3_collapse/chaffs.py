"""Mistakes in exercise 1.3: Layers without a bend collapse."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    Chaff("bias_as_row", "The bias comes back as a matrix with one row.", """
        - W, b = weights[0], biases[0]
        + W, b = weights[0], biases[0].reshape(1, -1)
        """, fails=["collapsed_bias"],
             says="this is a matrix with one row; a bias has one axis"),
    Chaff("bias_from_the_right", "The later weights multiply the bias from the wrong side.", """
        - b = b @ next_W + next_b
        + b = next_W @ b + next_b
        """, fails=["collapsed_bias"],
             says="the order is turned round: W @ b in place of b @ W"),
    Chaff("biases_added", "The biases are only added up; the later weights are forgotten.", """
        - b = b @ next_W + next_b
        + b = b + next_b
        """, fails=["collapsed_bias"],
             says="the biases are only added up; the earlier ones go through later layers too"),
    Chaff("last_bias_alone", "Only the bias of the last layer is kept.", """
        - b = b @ next_W + next_b
        + b = next_b
        """, fails=["collapsed_bias"],
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
        """, fails=["collapsed_bias"],
             says="this is nothing but zeros; a bias stays when X is #"),
    Chaff("reversed_order",
        "The matrices are multiplied in the order of the column convention.", """
        - W = W @ next_W
        + W = next_W @ W
        """, fails=["collapsed_weights", "any_number_of_layers", "one_layer_and_five",
                    "square_layers"],
             says="the matrices are multiplied in the reverse order"),
    Chaff("three_layers", "The formula is written out for three layers.", whole="""
        def collapse(weights, biases):
            W1, W2, W3 = weights
            b1, b2, b3 = biases
            return W1 @ W2 @ W3, b1 @ W2 @ W3 + b2 @ W3 + b3
        """, fails=["any_number_of_layers", "one_layer_and_five"],
             says="`collapse(weights, biases)` raised ValueError: not enough values to unpack (expected #, got #)"),
    Chaff("weights_transposed", "The weights come back in the shape of the column convention.", """
        - return W, b
        + return W.T, b
        """, fails=["collapsed_weights", "any_number_of_layers", "one_layer_and_five",
                    "square_layers"],
             says="this is W transposed: here a layer is X @ W + b"),
    Chaff("first_two", "The layers are multiplied out for two, and the others forgotten.", whole="""
        def collapse(weights, biases):
            W1, W2 = weights[:2]
            b1, b2 = biases[:2]
            return np.dot(W1, W2), np.dot(b1, W2) + b2
        """, fails=["collapsed_bias", "collapsed_weights",
                    "square_layers"], says="only the first two layers are in this"),
    Chaff("ends_alone", "The layers between the first and the last are skipped.", whole="""
        def collapse(weights, biases):
            return weights[0] @ weights[-1], biases[0] @ weights[-1] + biases[-1]
        """, fails=["collapsed_bias", "collapsed_weights",
                    "square_layers"], says="only the first and the last layer are in this"),
    Chaff("returned_in_loop", "The return stands inside the loop, which ends after its first round.", whole="""
        def collapse(weights, biases):
            W, b = weights[0], biases[0]
            for next_W, next_b in zip(weights[1:], biases[1:], strict=True):
                W, b = W @ next_W, b @ next_W + next_b
                return W, b
            return W, b
        """, fails=["collapsed_bias", "collapsed_weights",
                    "square_layers"], says="only the first two layers are in this"),
    Chaff("first_layer", "The first layer is returned, and the loop goes nowhere.", whole="""
        def collapse(weights, biases):
            W, b = weights[0], biases[0]
            for next_W, next_b in zip(weights[1:], biases[1:], strict=True):
                product, carried = W @ next_W, b @ next_W + next_b
            return W, b
        """, fails=["collapsed_bias", "collapsed_weights",
                    "square_layers"], says="only the first layer is in this"),
    Chaff("last_two_turned", "The later matrices are collapsed from the wrong end.", whole="""
        def collapse(weights, biases):
            W = weights[0]
            for later in weights[:0:-1]:
                W = W @ later
            b = biases[0]
            for next_W, next_b in zip(weights[1:], biases[1:], strict=True):
                b = b @ next_W + next_b
            return W, b
        """, fails=["any_number_of_layers", "collapsed_weights", "one_layer_and_five",
                    "square_layers"], says="the last two matrices are in the wrong order"),
    Chaff("bias_first", "The bias is returned before the matrix.", whole="""
        def collapse(weights, biases):
            W, b = weights[0], biases[0]
            for next_W, next_b in zip(weights[1:], biases[1:], strict=True):
                W, b = W @ next_W, b @ next_W + next_b
            return b, W
        """, fails=["collapsed_bias", "collapsed_weights",
                    "square_layers"], says="this is b; W comes first, and b second"),
    Chaff("later_biases_lost",
        "The later biases are not added.", """
        - b = b @ next_W + next_b
        + b = np.dot(b, next_W)
        """, fails=["collapsed_bias"], says="this is the first bias alone, carried on; the later biases are missing"),
    Chaff("one_layer_further", "Each bias is carried through the next layer only.", whole="""
        def collapse(weights, biases):
            W = weights[0]
            b = biases[-1]
            for next_W, bias in zip(weights[1:], biases[:-1], strict=True):
                W = W @ next_W
                b = b + bias @ next_W
            return W, b
        """, fails=["collapsed_bias"], says="each bias goes through one layer more, not through all the later ones"),
    Chaff("added_too_early",
        "The next bias is added before the next matrix.", """
        - b = b @ next_W + next_b
        + b += next_b
        + b = b @ next_W
        """, fails=["collapsed_bias",
                    "layers_unchanged"], says="a bias is multiplied by its own layer's matrix; it is added after that"),
    Chaff("through_own_layers", "Every bias goes through its own layer as well, as if it were an input.", whole="""
        def collapse(weights, biases):
            W, b = np.eye(len(weights[0])), np.zeros(len(weights[0]))
            for next_W, next_b in zip(weights, biases, strict=True):
                W = W @ next_W
                b = (b + next_b) @ next_W if next_W.shape[0] == next_W.shape[1] else b @ next_W + next_b
            return W, b
        """, fails=["collapsed_bias"], says="all biases are multiplied by their own layers' matrices; they are added after those"),
    Chaff("through_the_product",
        "The bias is multiplied by all that W has become by then.", """
        - b = b @ next_W + next_b
        + b = b @ W + next_b
        """, fails=["collapsed_bias"], says="a bias has met the product of all the matrices, not the later ones alone"),
    Chaff("starred",
        "The matrices are multiplied with a star.", """
        - W = W @ next_W
        + W *= next_W
        """, fails=["any_number_of_layers", "collapsed_weights", "layers_unchanged",
                    "one_layer_and_five",
                    "square_layers"], says="this multiplies entry by entry; the matrix product is wanted"),
    Chaff("four_square_layers", "Only four layers of one size are thought of.", whole="""
        def collapse(weights, biases):
            W, b = np.eye(3), np.zeros(3)
            for next_W, next_b in zip(weights[:4], biases[:4], strict=True):
                W = W @ next_W if next_W.shape[0] == W.shape[1] else next_W
                b = b @ next_W + next_b if next_W.shape[0] == b.size else next_b
            return W, b
        """, fails=["any_number_of_layers",
                    "one_layer_and_five"], says="How many layers there are is for the lists to say. What if there is only one?"),
    Chaff("added_matrices",
        "The matrices are added up.", """
        - W = W @ next_W
        + W = W + next_W
        """, fails=["any_number_of_layers", "collapsed_weights", "one_layer_and_five",
                    "square_layers"], says="the matrices are added; x meets one after the other, as a product"),
    Chaff("subtracted_bias",
        "Later biases are taken off.", """
        - b = b @ next_W + next_b
        + b = b @ next_W - next_b
        """, fails=["collapsed_bias"], says="a bias is subtracted: there is a wrong sign"),
    Chaff("doubled_bias",
        "Later biases are added twice.", """
        - b = b @ next_W + next_b
        + b = b @ next_W + next_b + next_b
        """, fails=["collapsed_bias"], says="the later biases are in it twice"),
]
