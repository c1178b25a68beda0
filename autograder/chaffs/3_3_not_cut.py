"""The columns stay columns: they are not made into pictures."""

FAILS = ["3.3/image_shapes", "3.3/images_of_any_layer", "3.3/images_of_columns"]


def weight_images(W):
    return W.T
