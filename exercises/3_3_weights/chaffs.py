"""Mistakes in exercise 3.3: The weights as images."""

from autograder.judging.chaffs import Chaff

CHAFFS = [
    Chaff("images_transposed", "The images are transposed.", """
        - return W.T.reshape(-1, 32, 32)
        + return W.T.reshape(-1, 32, 32).transpose(0, 2, 1)
        """, fails=["images_of_any_layer", "images_of_columns"]),
    Chaff("not_cut", "The columns stay columns: they are not made into pictures.", """
        - return W.T.reshape(-1, 32, 32)
        + return W.T
        """, fails=["image_shapes", "images_of_any_layer", "images_of_columns"]),
    Chaff("rows_cut_up", "The weights are cut into images row by row, without a transpose.", """
        - return W.T.reshape(-1, 32, 32)
        + return W.reshape(-1, 32, 32)
        """, fails=["images_of_any_layer", "images_of_columns"]),
    Chaff("scaled", "Each image is scaled to run from 0 to 1.", """
        - return W.T.reshape(-1, 32, 32)
        + images = W.T.reshape(-1, 32, 32)
        + low = images.min(axis=(1, 2), keepdims=True)
        + return (images - low) / (images.max(axis=(1, 2), keepdims=True) - low)
        """, fails=["images_of_any_layer", "images_of_columns"]),
    Chaff("shape_set_in_place", "The shape of W itself is changed.", """
        - return W.T.reshape(-1, 32, 32)
        + units = W.shape[1]
        + W.shape = (32, 32, units)
        + return np.array([W[:, :, k] for k in range(units)])
        """, fails=["images_leave_the_weights_alone"]),
    Chaff("sixty_four_units", "There must be 64 units.", """
        - return W.T.reshape(-1, 32, 32)
        + return np.array([W[:, k].reshape(32, 32) for k in range(64)])
        """, fails=["image_shapes", "images_of_any_layer", "images_of_columns"]),
    Chaff("units_last", "The units are on the last axis.", """
        - return W.T.reshape(-1, 32, 32)
        + return W.reshape(32, 32, -1)
        """, fails=["image_shapes", "images_of_any_layer", "images_of_columns"]),
]
