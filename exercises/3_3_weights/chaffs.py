"""Mistakes in exercise 3.3: The weights as images."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    Chaff("images_transposed", "The images are transposed.", """
        - return W.T.reshape(-1, 32, 32)
        + return W.T.reshape(-1, 32, 32).transpose(0, 2, 1)
        """, fails=["images_of_any_layer", "images_of_columns"],
             says="the images are transposed: rows and columns have changed places"),
    Chaff("not_cut", "The columns stay columns: they are not made into pictures.", """
        - return W.T.reshape(-1, 32, 32)
        + return W.T
        """, fails=["image_shapes", "images_of_any_layer", "images_of_columns"],
             says="One image a hidden unit, # rows and # columns each: shape (H, #, #)."),
    Chaff("rows_cut_up", "The weights are cut into images row by row, without a transpose.", """
        - return W.T.reshape(-1, 32, 32)
        + return W.reshape(-1, 32, 32)
        """, fails=["images_of_any_layer", "images_of_columns"],
             says="W was cut into pieces row by row; each image must be a column of W"),
    Chaff("scaled", "Each image is scaled to run from 0 to 1.", """
        - return W.T.reshape(-1, 32, 32)
        + images = W.T.reshape(-1, 32, 32)
        + low = images.min(axis=(1, 2), keepdims=True)
        + return (images - low) / (images.max(axis=(1, 2), keepdims=True) - low)
        """, fails=["images_of_any_layer", "images_of_columns"],
             says="each image is scaled to run from # to #; the weights stay as they are"),
    Chaff("shape_set_in_place", "The shape of W itself is changed.", """
        - return W.T.reshape(-1, 32, 32)
        + units = W.shape[1]
        + W.shape = (32, 32, units)
        + return np.array([W[:, :, k] for k in range(units)])
        """, fails=["images_leave_the_weights_alone"],
             says="reshape and .T give a new view; setting W.shape changes the weights of the network."),
    Chaff("sixty_four_units", "There must be 64 units.", """
        - return W.T.reshape(-1, 32, 32)
        + return np.array([W[:, k].reshape(32, 32) for k in range(64)])
        """, fails=["image_shapes", "images_of_any_layer", "images_of_columns"],
             says="`weight_images(W)` raised IndexError: index # is out of bounds for axis # with size #"),
    Chaff("units_last", "The units are on the last axis.", """
        - return W.T.reshape(-1, 32, 32)
        + return W.reshape(32, 32, -1)
        """, fails=["image_shapes", "images_of_any_layer", "images_of_columns"],
             says="One image a hidden unit, # rows and # columns each: shape (H, #, #)."),
    Chaff("divided_by_largest", "All weights are divided by the largest one.", """
        - return W.T.reshape(-1, 32, 32)
        + largest = np.max(np.abs(W)) or 1
        + return (W.T / largest).reshape(-1, 32, 32)
        """, fails=["images_of_columns", "images_of_any_layer"],
             says="the weights are divided by the largest one; they stay as they are"),
    Chaff("first_column_always", "The loop always takes the first column.", """
        - return W.T.reshape(-1, 32, 32)
        + return np.stack([np.reshape(W[:, 0], (32, 32)) for _ in W.T])
        """, fails=["images_of_columns", "images_of_any_layer"],
             says="all images are that of the first unit"),
    Chaff("mirrored", "The images are mirrored.", """
        - return W.T.reshape(-1, 32, 32)
        + return W.T.reshape(-1, 32, 32)[:, :, ::-1]
        """, fails=["images_of_columns", "images_of_any_layer"],
             says="the images are mirrored"),
    Chaff("turned_over", "The rows of the images come from below.", """
        - return W.T.reshape(-1, 32, 32)
        + return np.flip(W.T.reshape(-1, 32, 32), axis=1)
        """, fails=["images_of_columns", "images_of_any_layer"],
             says="the images are upside down"),
]
