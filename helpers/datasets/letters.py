"""The embedded letters: handwriting rendered from free fonts, three splits, 36 classes."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import numpy as np

from helpers.arrays import BROKEN
from helpers.datasets.folders import data_folder
from helpers.datasets.model import CLASSES, SIDE, Dataset, Split, one_hot
from helpers.errors import DataError

FILE = "letters/letters.npz"
SIZES = {"train": 10800, "validation": 3600, "test": 1800}
REMEDY = "copy it anew from the course's folder (data/letters/letters.npz) or ask your instructor"


def load_letters(path: str | Path | None = None, dtype: type = np.float32) -> Dataset:
    """Load the embedded letters.

    Parameters
    ----------
    path : str, Path or None
        The data file; by default the one that comes with the course.
    dtype : type
        ``numpy.float32`` (66 MB in all) or ``numpy.float64`` (twice that).

    Returns
    -------
    Dataset
        10,800 / 3,600 / 1,800 images of 32 x 32 pixels, flattened row by row, ink 0 on paper 1;
        as many of each of the 36 classes; no writer (font family) in two splits.

    Raises
    ------
    DataError
        If the file is missing, damaged, or not the letters.

    Examples
    --------
    >>> letters = load_letters()
    >>> letters.train.x.shape, letters.train.y.shape
    ((10800, 1024), (10800, 36))
    >>> letters.classes[letters.test.labels[0]] in letters.classes
    True
    """
    path = data_folder() / FILE if path is None else Path(path)
    arrays = _read(path)
    parts = {name: _split(path, arrays, name, size, dtype) for name, size in SIZES.items()}
    return Dataset(name="letters", **parts)


def _read(path: Path) -> dict[str, np.ndarray]:
    """Read the file's arrays; no pickle is ever opened."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise DataError(f"the letters are missing: there is no file {path}; {REMEDY}") from None
    except OSError as err:
        raise DataError(f"the letters cannot be read from {path} ({err.strerror})") from err
    try:
        if not raw.startswith(b"PK"):
            raise ValueError("it does not begin as an .npz file does")
        with np.load(io.BytesIO(raw), allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except BROKEN as err:
        found = f"{len(raw):,} bytes with SHA-256 {hashlib.sha256(raw).hexdigest()[:12]}..."
        raise DataError(
            f"the letters file {path} is damaged or is no .npz file ({found}): {err}; {REMEDY}"
        ) from err


def _split(path: Path, arrays: dict[str, np.ndarray], name: str, size: int, dtype: type) -> Split:
    """Unpack one split, after looking at its shapes, types and balance."""
    pixels, labels = (_array(path, arrays, f"{name}_{kind}") for kind in ("images", "labels"))
    _expect(path, f"{name}_images", pixels, (size, SIDE * SIDE // 2))
    _expect(path, f"{name}_labels", labels, (size,))
    counts = np.bincount(labels, minlength=len(CLASSES))
    if len(counts) != len(CLASSES) or np.any(counts != size // len(CLASSES)):
        raise DataError(
            f"the letters file {path} is mislabelled: {name} should hold "
            f"{size // len(CLASSES)} images of each of {len(CLASSES)} classes; {REMEDY}"
        )
    return Split(x=unpack(pixels, dtype), y=one_hot(labels, len(CLASSES), dtype))


def _array(path: Path, arrays: dict[str, np.ndarray], name: str) -> np.ndarray:
    if name not in arrays:
        raise DataError(
            f"the letters file {path} has no array '{name}' "
            f"(it holds: {', '.join(sorted(arrays)) or 'nothing'}); {REMEDY}"
        )
    return arrays[name]


def _expect(path: Path, name: str, array: np.ndarray, shape: tuple[int, ...]) -> None:
    if array.shape != shape or array.dtype != np.uint8:
        raise DataError(
            f"in the letters file {path}, '{name}' is {array.dtype} of shape {array.shape}; "
            f"it must be uint8 of shape {shape}; {REMEDY}"
        )


def pack(images: np.ndarray) -> np.ndarray:
    """Pack grey levels 0 to 15, shape (N, 1024), two pixels a byte: shape (N, 512), uint8.

    The first pixel of a pair is in the upper four bits.
    """
    levels = np.asarray(images, dtype=np.uint8)
    return (levels[:, 0::2] << 4) | levels[:, 1::2]


def unpack(packed: np.ndarray, dtype: type = np.float32) -> np.ndarray:
    """Undo `pack` and scale to 0..1: shape (N, 512), uint8, to shape (N, 1024).

    Examples
    --------
    >>> unpack(pack(np.array([[0, 15, 3, 12]])))
    array([[0. , 1. , 0.2, 0.8]], dtype=float32)
    """
    levels = np.empty((len(packed), 2 * packed.shape[1]), dtype=dtype)
    levels[:, 0::2] = packed >> 4
    levels[:, 1::2] = packed & 15
    levels /= dtype(15)
    return levels
