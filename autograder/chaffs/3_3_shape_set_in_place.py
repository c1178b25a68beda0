"""The shape of W itself is changed."""

import numpy as np

FAILS = ["3.3/images_leave_the_weights_alone"]


def weight_images(W):
    units = W.shape[1]
    W.shape = (32, 32, units)
    return np.array([W[:, :, k] for k in range(units)])
