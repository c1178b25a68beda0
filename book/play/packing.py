"""Weights as text for a browser: whole numbers of a few bits, one scale for each unit."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np


def quantise(weights: np.ndarray, bits: int, carry: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Round weights to whole multiples of a scale, one scale for each column.

    Parameters
    ----------
    weights : ndarray, shape (R, C)
    bits : int
        Of the whole numbers, with their sign.
    carry : bool
        Whether what rounding one weight leaves over is added to the next weight of its column.
        Neighbouring pixels have nearly the same value, so the errors of their weights then
        cancel (error diffusion, as in printing grey with dots).

    Returns
    -------
    whole : ndarray of int, shape (R, C)
    scales : ndarray, shape (C,)

    Examples
    --------
    >>> whole, scales = quantise(np.array([[0.3], [0.3], [0.3], [1.0]]), 3, carry=True)
    >>> (whole * scales).sum(axis=0)
    array([2.])
    """
    top = 2 ** (bits - 1) - 2
    scales = np.abs(weights).max(axis=0) / top
    scales = np.where(scales > 0, scales, 1.0)
    whole = np.empty(weights.shape, dtype=int)
    left = np.zeros(weights.shape[1])
    for row, exact in enumerate(weights / scales):
        whole[row] = np.rint(exact + left)
        if carry:
            left += exact - whole[row]
    return whole, scales


def pack_integers(whole: np.ndarray, bits: int) -> str:
    """Whole numbers in two's complement, lowest bit first, in base64.

    Examples
    --------
    >>> pack_integers(np.array([1, -1]), 4)
    '8Q=='
    """
    bit = (np.ravel(whole)[:, np.newaxis] >> np.arange(bits)) & 1
    packed = np.packbits(bit.astype(np.uint8).ravel(), bitorder="little")
    return base64.b64encode(packed.tobytes()).decode()


def pack_layer(
    weights: np.ndarray, bias: np.ndarray, bits: int, paper: bool = False
) -> dict[str, Any]:
    """One layer for ``Play.unpackLayer``.

    Parameters
    ----------
    weights : ndarray, shape (R, C)
    bias : ndarray, shape (C,)
    bits : int
    paper : bool
        Whether the input is a picture, most of it paper, that is 1. Then rounding errors are
        carried on, and the bias makes good what is left of them on an empty sheet.

    Returns
    -------
    dict
        Plain data, to be written as JSON.
    """
    weights, bias = np.asarray(weights, dtype=float), np.asarray(bias, dtype=float)
    whole, scales = quantise(weights, bits, carry=paper)
    scales = np.array([float(f"{scale:.6g}") for scale in scales])
    if paper:
        bias = bias + (weights - whole * scales).sum(axis=0)
    rows, columns = weights.shape
    return {
        "rows": rows,
        "columns": columns,
        "bits": bits,
        "scales": scales.tolist(),
        "bias": [float(f"{value:.6g}") for value in bias],
        "weights": pack_integers(whole, bits),
    }


def as_script(name: str, data: Any) -> str:
    """A script that puts data in its place: pages opened from a folder may not fetch any."""
    text = json.dumps(data, separators=(",", ":"), allow_nan=False)
    return f'"use strict";\nPlay.data.{name} = {text};\n'
