"""Convolutional networks that read letters: kept in files, run without PyTorch.

Such a network is a dict, like the networks of the earlier notebooks: ``Wconv1`` and ``bconv1``,
``Wconv2`` and ``bconv2``, and so on for its convolutions, each followed by ReLU and by max
pooling of 2 x 2; then ``Woutput`` and ``boutput``.  It sees ink as 1 and paper as 0, so that
the zeros which a convolution puts around a picture are paper too.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from pathlib import Path

import numpy as np

from helpers.activations import relu
from helpers.arrays import read_arrays, read_bytes, write_arrays
from helpers.convolution import convolve, max_pool
from helpers.datasets.folders import data_folder
from helpers.datasets.model import CLASSES, SIDE
from helpers.errors import DataError

FILE = "networks/letters_cnn.npz"
MOST_LAYERS = 5
"""A picture of 32 x 32 can be halved so often."""
PARAMETERS = tuple(
    f"{kind}{layer}"
    for layer in (*(f"conv{k}" for k in range(1, MOST_LAYERS + 1)), "output")
    for kind in "Wb"
)
AT_ONCE = 64
"""So many pictures go through the network together: the memory for more would be large."""
SHIFTS = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))
REMEDY = "save it again with helpers.convnets.save_convnet"


def load_convnet(path: str | Path | None = None) -> dict[str, np.ndarray]:
    """Load a convolutional network that reads letters.

    Parameters
    ----------
    path : str, Path or None
        An .npz file as `save_convnet` writes it; by default the course's own network.

    Returns
    -------
    dict
        ``Wconv1`` (K, 1, h, w), ``bconv1`` (K,) and so on for each convolution; ``Woutput``
        (D, 36), ``boutput`` (36,).  All float32.

    Raises
    ------
    DataError
        If the file is missing or damaged, or its arrays are not such a network's.

    Examples
    --------
    >>> params = load_convnet()
    >>> params["Wconv1"].shape[1:], params["boutput"].shape
    ((1, 3, 3), (36,))
    """
    own = path is None
    path = data_folder() / FILE if own else Path(path)
    missing = "copy it anew from the course's folder" if own else "train one in notebook 6"
    data = read_bytes(path, missing, REMEDY)
    return _checked(path, read_arrays(data, str(path), PARAMETERS, 4, REMEDY))


def is_convnet(path: str | Path) -> bool:
    """Whether a file holds a convolutional network, and not one with a hidden layer.

    Raises
    ------
    DataError
        If there is no such file, or it is no .npz file.
    """
    remedy = "save it again as in notebook 3 or 6"
    data = read_bytes(Path(path), "train one in notebook 3 or 6", remedy)
    return bool(read_arrays(data, str(path), ("Wconv1",), 4, remedy))


def save_convnet(
    params: Mapping[str, np.ndarray], path: str | Path, dtype: type = np.float16
) -> None:
    """Save the weights and biases of a convolutional network.

    Parameters
    ----------
    params : mapping of str to ndarray
        As from `load_convnet`; everything else in it is left out.
    path : str or Path
        Ends in ``.npz``.
    dtype : type
        ``numpy.float16`` makes a small file; the network reads as well.

    Raises
    ------
    DataError
        If `params` is not such a network, or the file cannot be written.
    """
    path = Path(path)
    arrays = {name: np.asarray(params[name]) for name in PARAMETERS if name in params}
    arrays = {name: array.astype(dtype) for name, array in _checked(path, arrays).items()}
    write_arrays(path, arrays)


def scores(crops: np.ndarray, params: Mapping[str, np.ndarray]) -> np.ndarray:
    """The network's scores: softmax turns them into probabilities.

    Parameters
    ----------
    crops : ndarray, shape (N, 1024)
        Letters as `helpers.crops.normalise_crop` leaves them: ink 0, paper 1.
    params : mapping of str to ndarray
        As from `load_convnet`.

    Returns
    -------
    ndarray, shape (N, 36), float32

    Examples
    --------
    >>> from helpers.datasets import CLASSES, load
    >>> test = load("letters").test
    >>> found = scores(test.x[:200], load_convnet()).argmax(axis=1)
    >>> bool((found == test.labels[:200]).mean() > 0.85)
    True
    """
    ink = 1.0 - np.asarray(crops, dtype=np.float32).reshape(-1, 1, SIDE, SIDE)
    parts = [_forward(ink[k : k + AT_ONCE], params) for k in range(0, len(ink), AT_ONCE)]
    return np.concatenate(parts) if parts else np.zeros((0, len(CLASSES)), dtype=np.float32)


def _forward(maps: np.ndarray, params: Mapping[str, np.ndarray]) -> np.ndarray:
    for layer in layers(params):
        maps = max_pool(relu(convolve(maps, params[f"W{layer}"], params[f"b{layer}"])))
    return maps.reshape(len(maps), -1) @ params["Woutput"] + params["boutput"]


def steady_scores(crops: np.ndarray, params: Mapping[str, np.ndarray]) -> np.ndarray:
    """Look at every letter five times, shifted by a pixel each way: the mean log-probabilities.

    It takes five times as long as `scores` and is a little surer.

    Parameters
    ----------
    crops : ndarray, shape (N, 1024)
    params : mapping of str to ndarray

    Returns
    -------
    ndarray, shape (N, 36), float32
    """
    pictures = np.asarray(crops, dtype=np.float32).reshape(-1, SIDE, SIDE)
    moved = (np.roll(pictures, shift, axis=(1, 2)) for shift in SHIFTS)
    looks = [log_softmax(scores(one.reshape(len(pictures), -1), params)) for one in moved]
    return np.mean(looks, axis=0)


def log_softmax(scores: np.ndarray) -> np.ndarray:
    """Logarithms of probabilities, row by row, from scores of shape (N, C).

    Examples
    --------
    >>> log_softmax(np.array([[1000.0, 1000.0]])).round(4)
    array([[-0.6931, -0.6931]])
    """
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def layers(params: Mapping[str, np.ndarray]) -> list[str]:
    """The names of a network's convolutions, in order.

    Examples
    --------
    >>> layers({"Wconv1": 0, "bconv1": 0, "Wconv2": 0, "Woutput": 0})
    ['conv1', 'conv2']
    """
    names = (f"conv{k}" for k in count(1))
    found = []
    for name in names:
        if f"W{name}" not in params:
            return found
        found.append(name)
    return found


def _checked(path: Path, arrays: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Look at names, types, shapes and values; give back float32."""
    convolutions = layers(arrays)
    wanted = [f"{kind}{layer}" for layer in (*convolutions, "output") for kind in "Wb"]
    missing = [name for name in wanted if name not in arrays]
    if not convolutions or missing:
        what = ", ".join(missing if convolutions else ["Wconv1", *missing])
        raise DataError(f"the convolutional network {path} has no {what}; {REMEDY}")
    for name in wanted:
        array = arrays[name]
        if array.dtype.kind != "f" or not np.isfinite(array).all():
            raise DataError(f"in the network {path}, {name} holds {array.dtype}, not all finite")
    _check_shapes(path, arrays, convolutions)
    return {name: arrays[name].astype(np.float32) for name in wanted}


def _check_shapes(path: Path, arrays: Mapping[str, np.ndarray], convolutions: list[str]) -> None:
    channels, side = 1, SIDE
    for layer in convolutions:
        shape = arrays[f"W{layer}"].shape
        fits = len(shape) == 4 and shape[1] == channels and all(n % 2 for n in shape[2:])
        if not fits or arrays[f"b{layer}"].shape != shape[:1]:
            raise DataError(
                f"in the network {path}, W{layer} and b{layer} have shapes {shape} and "
                f"{arrays[f'b{layer}'].shape}; allowed are (K, {channels}, odd, odd) and (K,)"
            )
        channels, side = shape[0], side // 2
    shapes = (channels * side * side, len(CLASSES)), (len(CLASSES),)
    if (arrays["Woutput"].shape, arrays["boutput"].shape) != shapes:
        raise DataError(
            f"in the network {path}, Woutput and boutput have shapes {arrays['Woutput'].shape} and "
            f"{arrays['boutput'].shape}; after these convolutions they must be "
            f"{shapes[0]} and {shapes[1]}"
        )
