"""NIST36, the original course's handwriting, from its MATLAB files."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from helpers.datasets.files import Found, find_files, read_files
from helpers.datasets.mat import NUMBERS, Matrix, read_mat
from helpers.datasets.model import CLASSES, SIDE, Dataset, Split
from helpers.datasets.sources import SOURCES
from helpers.errors import DataError

SOURCE = SOURCES["nist36"]
PARTS = {"train": "train", "validation": "valid", "test": "test"}
"""Our names of the splits, and those in the files."""
SLACK = 1e-6
"""How far outside 0..1 rounding may have put a pixel."""


def load_nist36(path: str | Path | None = None, dtype: type = np.float32) -> Dataset:
    """Load NIST36 from ``nist36_train.mat``, ``nist36_valid.mat`` and ``nist36_test.mat``.

    In the files each image is stored column by column; here it is turned upright and laid out
    row by row, like the letters.

    Parameters
    ----------
    path : str, Path or None
        The folder that holds the files, or the zip archive; by default ``data/nist36`` beside
        the helpers.
    dtype : type
        ``numpy.float32`` or ``numpy.float64``.

    Returns
    -------
    Dataset
        The original: 10,800 / 3,600 / 1,800 images of 32 x 32 pixels, ink 0 on paper 1.

    Raises
    ------
    DataError
        If a file is missing, damaged, or not what its name says.
    """
    found = find_files(SOURCE, path)
    contents = read_files(found)
    splits = {}
    for file, (split, key) in zip(SOURCE.files, PARTS.items(), strict=True):
        images, labels = _arrays(found, file, contents[file], (f"{key}_data", f"{key}_labels"))
        upright = images.reshape(-1, SIDE, SIDE).transpose(0, 2, 1).reshape(len(images), -1)
        splits[split] = Split(upright.astype(dtype), labels.astype(dtype))
    return Dataset(name="nist36", **splits)


def _arrays(
    found: Found, file: str, content: bytes, keys: tuple[str, str]
) -> tuple[np.ndarray, np.ndarray]:
    """The images and the one-hot labels of one file, looked at from all sides."""
    place = found.place(file)
    try:
        matrices = read_mat(content, keys, SOURCE.most)
    except ValueError as error:
        raise DataError(
            f"{place} is damaged or no MATLAB 5 file ({error}); {SOURCE.remedy}"
        ) from error
    _expect_keys(place, matrices, keys)
    images, labels = (matrices[key].numbers.astype(float) for key in keys)
    _expect_values(place, keys, images, labels)
    return np.clip(images, 0.0, 1.0), labels


def _expect_keys(place: str, matrices: dict[str, Matrix], keys: tuple[str, str]) -> None:
    for key, width in zip(keys, (SIDE * SIDE, len(CLASSES)), strict=True):
        if key not in matrices:
            held = ", ".join(sorted(matrices)) or "nothing"
            raise DataError(f"{place} has no array '{key}' (it holds: {held}); {SOURCE.remedy}")
        kind, shape = matrices[key].kind, matrices[key].shape
        if kind not in NUMBERS or len(shape) != 2 or shape[1] != width or shape[0] < 1:
            raise DataError(
                f"in {place}, '{key}' is {kind} of shape {shape}; it must be numbers of shape "
                f"(N, {width}), N at least 1; {SOURCE.remedy}"
            )
    rows = [matrices[key].shape[0] for key in keys]
    if rows[0] != rows[1]:
        raise DataError(
            f"in {place} there are {rows[0]} images but {rows[1]} labels; there must be as many; "
            f"{SOURCE.remedy}"
        )


def _expect_values(
    place: str, keys: tuple[str, str], images: np.ndarray, labels: np.ndarray
) -> None:
    low, high = images.min(), images.max()
    if not (low >= -SLACK and high <= 1 + SLACK):  # not a number fails as well
        raise DataError(
            f"in {place}, '{keys[0]}' runs from {low:g} to {high:g}; pixels must be from 0 (ink) "
            f"to 1 (paper); {SOURCE.remedy}"
        )
    frame = images.reshape(-1, SIDE, SIDE)[:, [0, -1], :].mean()
    if frame < 0.5:  # hardly any ink comes near the edge
        raise DataError(
            f"in {place}, the edges of '{keys[0]}' are dark (mean {frame:.2f}); ink must be 0 on "
            f"paper 1, so these are negatives; {SOURCE.remedy}"
        )
    wrong = np.any((labels != 0) & (labels != 1), axis=1) | (labels.sum(axis=1) != 1)
    if wrong.any():
        raise DataError(
            f"in {place}, row {int(np.argmax(wrong))} of '{keys[1]}' is not one-hot "
            f"({int(wrong.sum())} rows are not); each must be 0 but for a single 1; "
            f"{SOURCE.remedy}"
        )
