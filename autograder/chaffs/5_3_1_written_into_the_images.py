"""The reconstructions are written into x."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np

FAILS = ["5.3.1/images_are_left_alone"]


def side_by_side(x, params, rows):
    shown = x[rows]
    remade = forward_autoencoder(shown, params)
    x[rows] = remade
    return np.stack([shown, remade], axis=1).reshape(-1, 2, 32, 32)
