"""Trained networks in files: plain .npz archives, never pickled."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from helpers.arrays import read_arrays, read_bytes, write_arrays
from helpers.datasets.folders import data_folder
from helpers.datasets.model import CLASSES, SIDE
from helpers.errors import DataError, StandInError

FILE = "networks/letters64.npz"
AUTOENCODER = "networks/autoencoder32.npz"
PARAMETERS = ("Wlayer1", "blayer1", "Woutput", "boutput")
AUTOENCODER_PARAMETERS = tuple(
    f"{kind}{layer}" for layer in ("layer1", "hidden1", "hidden2", "output") for kind in "Wb"
)
REMEDY = "save it again with helpers.networks.save_network"


class Borrowed(dict):
    """The parameters of a network that the course lends: to look at, not to hand in."""


def load_network(path: str | Path | None = None) -> dict[str, np.ndarray]:
    """Load a network of one hidden layer that reads letters.

    Parameters
    ----------
    path : str, Path or None
        An .npz file as `save_network` writes it; by default the course's own network, 64
        sigmoid units trained on the letters.

    Returns
    -------
    dict
        ``Wlayer1`` (1024, H), ``blayer1`` (H,), ``Woutput`` (H, 36), ``boutput`` (36,).

    Raises
    ------
    DataError
        If the file is missing or damaged, or its arrays are not such a network's.

    Examples
    --------
    >>> params = load_network()
    >>> params["Wlayer1"].shape, params["boutput"].shape
    ((1024, 64), (36,))
    """
    path = data_folder() / FILE if path is None else Path(path)
    data = read_bytes(path, "train one in notebook 3", REMEDY)
    return read_network(data, str(path))


def read_network(data: bytes, name: str = "the file") -> dict[str, np.ndarray]:
    """Read a network from the bytes of an .npz file, whoever made it.

    Nothing is unpickled, and nothing is unpacked before its size is known: the file may be
    somebody's trap.

    Parameters
    ----------
    data : bytes
    name : str
        What messages call it.

    Returns
    -------
    dict
        As from `load_network`.

    Raises
    ------
    DataError
        If it is no .npz file, is damaged, or its arrays are not such a network's.
    """
    return _checked(Path(name), read_arrays(data, name, PARAMETERS, 2, REMEDY))


def load_autoencoder() -> dict[str, np.ndarray]:
    """Load the course's own autoencoder of letters: four layers, 32 units in each hidden one.

    Returns
    -------
    dict
        ``Wlayer1`` (1024, 32), ``Whidden1`` (32, 32), ``Whidden2`` (32, 32), ``Woutput`` (32, 1024)
        and the biases ``blayer1`` and so on, float32.

    Raises
    ------
    DataError
        If the file is missing or damaged.

    Examples
    --------
    >>> load_autoencoder()["Woutput"].shape
    (32, 1024)
    """
    path = data_folder() / AUTOENCODER
    remedy = "make it again with python -m data.networks.build --only autoencoder"
    data = read_bytes(path, remedy, remedy)
    arrays = read_arrays(data, str(path), AUTOENCODER_PARAMETERS, 2, remedy)
    return {name: values.astype(np.float32) for name, values in arrays.items()}


def save_network(params: Mapping[str, np.ndarray], path: str | Path) -> None:
    """Save the weights and biases of a network; everything else in `params` is left out.

    Parameters
    ----------
    params : mapping of str to ndarray
        At least ``Wlayer1``, ``blayer1``, ``Woutput``, ``boutput``.
    path : str or Path
        Ends in ``.npz``.

    Raises
    ------
    DataError
        If `params` is not such a network, or the file cannot be written.
    StandInError
        If the network is the course's, lent to a student who has none yet.
    """
    path = Path(path)
    if isinstance(params, Borrowed):
        raise StandInError(
            f"{path.name} is not written: this network is the course's own. Train yours in "
            "exercise 3.1 first."
        )
    found = {name: np.asarray(params[name]) for name in PARAMETERS if name in params}
    arrays = _checked(path, found)
    write_arrays(path, arrays)


def _checked(path: Path, arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Look at names, types, shapes and values."""
    missing = [name for name in PARAMETERS if name not in arrays]
    if missing:
        raise DataError(f"the network {path} has no {', '.join(missing)}; {REMEDY}")
    for name, array in arrays.items():
        if array.dtype.kind != "f" or not np.isfinite(array).all():
            raise DataError(f"in the network {path}, {name} holds {array.dtype}, not all finite")
    units = arrays["Wlayer1"].shape[-1] if arrays["Wlayer1"].ndim == 2 else 0
    n_in, n_out = SIDE * SIDE, len(CLASSES)
    wanted = ((n_in, units), (units,), (units, n_out), (n_out,))
    for name, shape in zip(PARAMETERS, wanted, strict=True):
        if arrays[name].shape != shape:
            raise DataError(
                f"in the network {path}, {name} has shape {arrays[name].shape}; a network with "
                f"{units} hidden units that reads letters has {shape} there"
            )
    return arrays
