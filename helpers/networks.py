"""Trained networks in files: plain .npz archives, never pickled."""

from __future__ import annotations

import io
import math
import tokenize
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from helpers.datasets.model import CLASSES, SIDE
from helpers.datasets.places import data_folder
from helpers.errors import DataError

FILE = "networks/letters64.npz"
PARAMETERS = ("Wlayer1", "blayer1", "Woutput", "boutput")
LARGEST = 64 * 2**20
"""A file, or an array in it, of more bytes than this is no network of this course."""
MOST_MEMBERS = 64
BROKEN = (
    ValueError, OSError, EOFError, KeyError, TypeError, AttributeError, MemoryError, RuntimeError,
    NotImplementedError, SyntaxError, RecursionError, zipfile.BadZipFile, zlib.error,
    tokenize.TokenError,
)  # fmt: skip
"""What zipfile and NumPy raise on a file that is cut off, altered, or something else."""
REMEDY = "save it again with helpers.networks.save_network"


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
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except FileNotFoundError:
        raise DataError(f"there is no network {path}; train one in notebook 3") from None
    except OSError as err:
        raise DataError(f"the network {path} cannot be read ({err.strerror}); {REMEDY}") from err
    if size > LARGEST:
        raise DataError(f"{path} has {size:,} bytes: no network is so large; {REMEDY}")
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
    if len(data) > LARGEST:
        raise DataError(f"{name} has {len(data):,} bytes: no network is so large; {REMEDY}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {info.filename: info for info in archive.infolist()[: MOST_MEMBERS + 1]}
            if len(members) > MOST_MEMBERS:
                raise ValueError("it holds too many arrays")
            arrays = {
                parameter: _read_array(archive, members[f"{parameter}.npy"])
                for parameter in PARAMETERS
                if f"{parameter}.npy" in members
            }
    except BROKEN as err:
        why = str(err).strip() or type(err).__name__
        raise DataError(f"{name} is no .npz file with a network ({why[:200]}); {REMEDY}") from err
    return _checked(Path(name), arrays)


def _read_array(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> np.ndarray:
    """One array: its header first, then as many bytes as the header asks for."""
    if member.file_size > LARGEST:
        raise ValueError(f"{member.filename} would take {member.file_size:,} bytes")
    with archive.open(member) as file:
        version = np.lib.format.read_magic(file)
        if version not in ((1, 0), (2, 0)):
            raise ValueError(f"{member.filename} is of version {version}")
        read_header = (
            np.lib.format.read_array_header_1_0 if version == (1, 0)
            else np.lib.format.read_array_header_2_0
        )  # fmt: skip
        shape, by_columns, dtype = read_header(file)
        if dtype.kind != "f" or dtype.itemsize > 8 or len(shape) > 2:
            raise ValueError(f"{member.filename} holds {dtype} of shape {shape}")
        size = math.prod(shape) * dtype.itemsize
        if not 0 <= size <= member.file_size:
            raise ValueError(f"{member.filename} is shorter than its shape {shape} says")
        raw = file.read(size)
        file.read(1)  # at the end, the checksum is looked at
    if len(raw) != size:
        raise ValueError(f"{member.filename} is cut off")
    values = np.frombuffer(raw, dtype).reshape(shape, order="F" if by_columns else "C")
    return np.array(values, dtype=dtype.newbyteorder("="), order="C")


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
    """
    path = Path(path)
    found = {name: np.asarray(params[name]) for name in PARAMETERS if name in params}
    arrays = _checked(path, found)
    try:
        with path.open("wb") as file:
            np.savez(file, **arrays)
    except OSError as err:
        raise DataError(f"the network cannot be written to {path} ({err.strerror})") from err


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
