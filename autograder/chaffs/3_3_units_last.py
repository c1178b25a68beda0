"""The units are on the last axis."""

FAILS = ["3.3/image_shapes", "3.3/images_of_any_layer", "3.3/images_of_columns"]


def weight_images(W):
    return W.reshape(32, 32, -1)
