"""What the course lends a student whose own answer is not there yet, so that a notebook goes on.

Each function gets the variables of the notebook and returns new ones by name. What is lent is to be
looked at, not to be handed in: `save_network` refuses a network that is lent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from helpers.networks import Borrowed, load_autoencoder, load_network


def trained_letters(namespace: Mapping[str, Any]) -> dict[str, Any]:
    """The network of 3.1: the course's own, and first weights as Xavier draws them.

    Returns
    -------
    dict
        ``params`` as from `load_network`, and ``first_weights`` (1024, 64).

    Examples
    --------
    >>> lent = trained_letters({})
    >>> lent["params"]["Wlayer1"].shape, lent["first_weights"].shape
    ((1024, 64), (1024, 64))
    """
    params = Borrowed(load_network())
    shape = params["Wlayer1"].shape
    bound = np.sqrt(6 / sum(shape))
    first = np.random.default_rng(3).uniform(-bound, bound, shape).astype(np.float32)
    return {"params": params, "first_weights": first}


def found_letters(namespace: Mapping[str, Any]) -> dict[str, Any]:
    """The boxes of 4.2 as whoever wrote the page knows them, and the page in black and white.

    Parameters
    ----------
    namespace : mapping
        With the notebook's ``sample``, a page, and ``image``, its photograph.

    Returns
    -------
    dict
        ``boxes`` (N, 4) and ``bw`` (H, W); empty where the notebook has no page yet.
    """
    if not {"sample", "image"} <= namespace.keys():
        return {}
    image = namespace["image"]
    paper = np.median(image)
    return {"boxes": namespace["sample"].boxes, "bw": np.where(image < 0.65 * paper, 0.0, 1.0)}


def trained_autoencoder(namespace: Mapping[str, Any]) -> dict[str, Any]:
    """The autoencoder of 5.2, trained with the settings of the notebook.

    Returns
    -------
    dict
        ``params`` as from `load_autoencoder`.

    Examples
    --------
    >>> trained_autoencoder({})["params"]["Whidden1"].shape
    (32, 32)
    """
    return {"params": load_autoencoder()}
