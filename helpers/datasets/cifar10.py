"""CIFAR-10: small colour photographs, from the binary version of its files."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from helpers.datasets.files import Found, find_files, read_files
from helpers.datasets.model import COLOUR, SIDE, Dataset, Split, one_hot
from helpers.datasets.sources import SOURCES
from helpers.errors import DataError

SOURCE = SOURCES["cifar10"]
NAMES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
RECORD = 1 + 3 * SIDE * SIDE
"""Bytes of one record: the label, then all of red, green and blue, each row by row."""
HELD_OUT = 10
"""One in so many of the training images of each class, the last ones, is for validation."""


def load_cifar10(
    path: str | Path | None = None, dtype: type = np.float32, per_class: int | None = None
) -> Dataset:
    """Load CIFAR-10 from the six ``.bin`` files of its binary version.

    Parameters
    ----------
    path : str, Path or None
        The folder that holds the files, or ``cifar-10-binary.tar.gz``; by default
        ``data/cifar10`` beside the helpers, then what was fetched.
    dtype : type
        ``numpy.float32`` (740 MB in all) or ``numpy.float64`` (twice that).
    per_class : int or None
        Keep only so many training images of each class, the first ones: 500 make a set that
        trains in a tenth of the time.  Validation and test stay whole.

    Returns
    -------
    Dataset
        45,000 / 5,000 / 10,000 colour images in 10 classes; ``images`` have shape
        (N, 3, 32, 32), 0 (dark) to 1 (bright).

    Raises
    ------
    DataError
        If a file is missing, damaged, or not what its name says.
    """
    found = find_files(SOURCE, path)
    contents = read_files(found)
    _expect_names(found, contents["batches.meta.txt"])
    records = {
        name: _records(found, name, contents[name])
        for name in SOURCE.files
        if name.endswith(".bin")
    }
    _expect_equal(found, records)
    test = records.pop("test_batch.bin")
    training = np.concatenate(list(records.values()))
    keep, held_out = split_training(training[:, 0], per_class)
    return Dataset(
        name="cifar10",
        train=_split(training[keep], dtype),
        validation=_split(training[held_out], dtype),
        test=_split(test, dtype),
        classes=NAMES,
    )


def split_training(labels: np.ndarray, per_class: int | None) -> tuple[np.ndarray, np.ndarray]:
    """Which images are for training and which for validation.

    Parameters
    ----------
    labels : ndarray, shape (N,), integers
    per_class : int or None
        The most training images of a class.

    Returns
    -------
    keep, held_out : ndarray of int
        Places in `labels`, in their order, none in both.

    Raises
    ------
    ValueError
        If `per_class` is less than 1.

    Examples
    --------
    >>> split_training(np.repeat([1, 0], 20), per_class=3)
    (array([ 0,  1,  2, 20, 21, 22]), array([18, 19, 38, 39]))
    """
    if per_class is not None and per_class < 1:
        raise ValueError(f"per_class is {per_class}; it must be a whole number of at least 1")
    keep, held_out = [], []
    for label in np.unique(labels):
        places = np.flatnonzero(labels == label)
        last = len(places) - max(1, len(places) // HELD_OUT)
        keep.append(places[:last][:per_class])
        held_out.append(places[last:])
    return np.sort(np.concatenate(keep)), np.sort(np.concatenate(held_out))


def _records(found: Found, name: str, content: bytes) -> np.ndarray:
    """The records of one file: shape (n, 3073), uint8."""
    if not content or len(content) % RECORD:
        raise DataError(
            f"{found.place(name)} has {len(content):,} bytes, which is no whole number of records "
            f"of {RECORD} bytes: it is cut short or not the binary version; {SOURCE.remedy}"
        )
    records = np.frombuffer(content, dtype=np.uint8).reshape(-1, RECORD)
    labels = records[:, 0]
    if labels.max() >= len(NAMES):
        row = int(np.argmax(labels >= len(NAMES)))
        raise DataError(
            f"in {found.place(name)}, record {row} has label {labels[row]}; labels are 0 to "
            f"{len(NAMES) - 1}; {SOURCE.remedy}"
        )
    return records


def _expect_equal(found: Found, records: dict[str, np.ndarray]) -> None:
    counts = {name: len(part) for name, part in records.items()}
    if len(set(counts.values())) > 1:
        listed = ", ".join(f"{name} {count}" for name, count in counts.items())
        raise DataError(
            f"the files of CIFAR-10 in {found.paths[0].parent} hold unequal numbers of images "
            f"({listed}); they must hold as many each: one is cut short; {SOURCE.remedy}"
        )


def _expect_names(found: Found, content: bytes) -> None:
    names = tuple(content.decode("ascii", "replace").split())
    if names != NAMES:
        shown = " ".join(names)[:60] or "nothing"
        raise DataError(
            f"{found.place('batches.meta.txt')} names other classes ({shown!r}); they must be "
            f"{', '.join(NAMES)}; {SOURCE.remedy}"
        )


def _split(records: np.ndarray, dtype: type) -> Split:
    x = records[:, 1:].astype(dtype)
    x /= dtype(255)
    return Split(x, one_hot(records[:, 0], len(NAMES), dtype), COLOUR)
