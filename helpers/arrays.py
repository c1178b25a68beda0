"""Arrays of numbers out of .npz files that anybody may have made, a joker included."""

from __future__ import annotations

import io
import math
import tokenize
import zipfile
import zlib
from collections.abc import Collection, Mapping
from pathlib import Path

import numpy as np

from helpers.errors import DataError

LARGEST = 64 * 2**20
"""A file, or an array in it, of more bytes than this is no network of this course."""
MOST_MEMBERS = 64
BROKEN = (
    ValueError, OSError, EOFError, KeyError, TypeError, AttributeError, MemoryError, RuntimeError,
    NotImplementedError, SyntaxError, RecursionError, zipfile.BadZipFile, zlib.error,
    tokenize.TokenError,
)  # fmt: skip
"""What zipfile and NumPy raise on a file that is cut off, altered, or something else."""


def read_bytes(path: Path, missing: str, remedy: str) -> bytes:
    """Read a network's file, unless it is too large for one.

    Parameters
    ----------
    path : Path
    missing : str
        What to do if there is no such file, for the message.
    remedy : str
        What to do if it cannot be read, for the message.

    Raises
    ------
    DataError
        If it is not there, cannot be read, or has more than `LARGEST` bytes.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except FileNotFoundError:
        raise DataError(f"there is no network {path}; {missing}") from None
    except OSError as err:
        raise DataError(f"the network {path} cannot be read ({err.strerror}); {remedy}") from err
    if size > LARGEST:
        raise DataError(f"{path} has {size:,} bytes: no network is so large; {remedy}")
    return data


def read_arrays(
    data: bytes, name: str, wanted: Collection[str], dimensions: int, remedy: str
) -> dict[str, np.ndarray]:
    """Read arrays of floating-point numbers from the bytes of an .npz file.

    Nothing is unpickled, and nothing is unpacked before its size is known: the file may be
    somebody's trap.

    Parameters
    ----------
    data : bytes
    name : str
        What messages call the file.
    wanted : collection of str
        The names of the arrays to read; others are left alone.
    dimensions : int
        How many axes an array has at most.
    remedy : str
        What to do about a bad file, for the message.

    Returns
    -------
    dict
        Those of the wanted arrays that are there.

    Raises
    ------
    DataError
        If it is no .npz file, is damaged, or a wanted array holds anything else.
    """
    if len(data) > LARGEST:
        raise DataError(f"{name} has {len(data):,} bytes: no network is so large; {remedy}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {info.filename: info for info in archive.infolist()[: MOST_MEMBERS + 1]}
            if len(members) > MOST_MEMBERS:
                raise ValueError("it holds too many arrays")
            return {
                array: _read_array(archive, members[f"{array}.npy"], dimensions)
                for array in wanted
                if f"{array}.npy" in members
            }
    except BROKEN as err:
        why = str(err).strip() or type(err).__name__
        raise DataError(f"{name} is no .npz file with a network ({why[:200]}); {remedy}") from err


def _read_array(archive: zipfile.ZipFile, member: zipfile.ZipInfo, dimensions: int) -> np.ndarray:
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
        if dtype.kind != "f" or dtype.itemsize > 8 or len(shape) > dimensions:
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


def write_arrays(path: Path, arrays: Mapping[str, np.ndarray]) -> None:
    """Write a network's arrays as an .npz file.

    Raises
    ------
    DataError
        If the file cannot be written.
    """
    try:
        with path.open("wb") as file:
            np.savez(file, **arrays)
    except OSError as err:
        raise DataError(f"the network cannot be written to {path} ({err.strerror})") from err
