"""Each image is scaled to run from 0 to 1."""

FAILS = ["3.3/images_of_any_layer", "3.3/images_of_columns"]


def weight_images(W):
    images = W.T.reshape(-1, 32, 32)
    low = images.min(axis=(1, 2), keepdims=True)
    return (images - low) / (images.max(axis=(1, 2), keepdims=True) - low)
