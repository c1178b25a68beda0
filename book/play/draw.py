"""The network of notebook 3, for a browser."""

from __future__ import annotations

from typing import Any

from book.play.packing import pack_layer
from book.play.samples import sample_letters
from helpers.datasets import load
from helpers.datasets.model import CLASSES
from helpers.networks import load_network


def draw_data() -> dict[str, Any]:
    """Weights, classes, and a few letters to begin with.

    With 12 bits a weight, and 16 in the output layer, probabilities of letters differ from those
    of the exact weights by less than 0.001; tests/test_play.py holds that.
    """
    params = load_network()
    return {
        "classes": CLASSES,
        "samples": sample_letters(load("letters").validation, params),
        "layers": [
            pack_layer(params["Wlayer1"], params["blayer1"], bits=12, paper=True),
            pack_layer(params["Woutput"], params["boutput"], bits=16),
        ],
    }
