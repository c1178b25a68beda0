"""Reading idx files, the format of MNIST and EMNIST, without keeping all of one in memory."""

from __future__ import annotations

import struct
from typing import BinaryIO

import numpy as np

from helpers.datasets.files import Found, opened
from helpers.errors import DataError

LABELS, IMAGES = 2049, 2051
"""The magic numbers of files of labels and of images: unsigned bytes, one and three dimensions."""
MOST = 2_000_000
"""No file of MNIST or its offspring holds as many examples."""
CHUNK = 1000
"""So many images are read at a time."""


def read_labels(found: Found, name: str) -> np.ndarray:
    """Read a file of labels.

    Returns
    -------
    ndarray, shape (N,), uint8

    Raises
    ------
    DataError
        If it is no such file, or shorter or longer than it says.
    """
    with opened(found, name) as stream:
        count = _header(found, name, stream, LABELS, ())
        labels = stream.read(count)
        _expect_end(found, name, stream, len(labels), count)
    return np.frombuffer(labels, dtype=np.uint8)


def expect_count(found: Found, name: str, side: int, count: int) -> None:
    """Check that a file of images announces as many as there are labels.

    Raises
    ------
    DataError
        If it does not, or is no such file.
    """
    with opened(found, name) as stream:
        says = _header(found, name, stream, IMAGES, (side, side))
    if says != count:
        raise DataError(
            f"{found.place(name)} says that it holds {says:,} images, but there are "
            f"{count:,} labels; there must be as many; {found.source.remedy}"
        )


def read_images(found: Found, name: str, side: int, count: int, wanted: np.ndarray) -> np.ndarray:
    """Read some images of a file, as they are stored.

    Parameters
    ----------
    found : Found
    name : str
    side : int
        How many pixels high and wide the images must be.
    count : int
        How many there are: what `expect_count` was asked about.
    wanted : ndarray of int
        Which to keep, ascending.

    Returns
    -------
    ndarray, shape (len(wanted), side, side), uint8

    Raises
    ------
    DataError
        If it is no such file, or ends early or late.
    """
    kept = np.empty((len(wanted), side * side), dtype=np.uint8)
    with opened(found, name) as stream:
        _header(found, name, stream, IMAGES, (side, side))
        size = 0
        for start in range(0, count, CHUNK):
            chunk = stream.read(min(CHUNK, count - start) * side * side)
            size += len(chunk)
            if size < min(start + CHUNK, count) * side * side:
                break
            images = np.frombuffer(chunk, dtype=np.uint8).reshape(-1, side * side)
            first, last = np.searchsorted(wanted, [start, start + len(images)])
            kept[first:last] = images[wanted[first:last] - start]
        _expect_end(found, name, stream, size, count * side * side)
    return kept.reshape(-1, side, side)


def _header(found: Found, name: str, stream: BinaryIO, magic: int, shape: tuple[int, ...]) -> int:
    """Check what a file begins with; the number of examples that it announces."""
    raw = stream.read(4 * (2 + len(shape)))
    if len(raw) < 4 * (2 + len(shape)):
        raise DataError(
            f"{found.place(name)} is cut short: it has {len(raw)} bytes; {found.source.remedy}"
        )
    says, count, *sides = struct.unpack(f">{2 + len(shape)}I", raw)
    if says != magic:
        raise DataError(
            f"{found.place(name)} begins with {says}, where a file of "
            f"{'images' if shape else 'labels'} begins with {magic}: it is another file under "
            f"this name; {found.source.remedy}"
        )
    if tuple(sides) != shape or not 0 < count <= MOST:
        size = " x ".join(str(side) for side in (count, *sides))
        wanted = " x ".join(["N", *(str(side) for side in shape)])
        raise DataError(
            f"{found.place(name)} says that it holds {size}; it must be {wanted}, N from 1 to "
            f"{MOST:,}; {found.source.remedy}"
        )
    return count


def _expect_end(found: Found, name: str, stream: BinaryIO, size: int, says: int) -> None:
    if size < says or stream.read(1):
        what = f"only {size:,} bytes" if size < says else "more bytes"
        raise DataError(
            f"{found.place(name)} holds {what} after its header, which announces {says:,}: it is "
            f"damaged; {found.source.remedy}"
        )
