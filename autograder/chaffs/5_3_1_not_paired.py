"""First come all originals, then all reconstructions, cut into pairs."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np

FAILS = ["5.3.1/originals", "5.3.1/reconstructions"]


def side_by_side(x, params, rows):
    shown = x[rows]
    remade = forward_autoencoder(shown, params)
    return np.concatenate([shown, remade]).reshape(-1, 2, 32, 32)
