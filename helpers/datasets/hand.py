"""The new hand of notebook 6: one writer that no network of the course has seen."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from helpers.arrays import BROKEN
from helpers.datasets.folders import data_folder
from helpers.datasets.letters import unpack
from helpers.datasets.model import CLASSES, SIDE, Split, one_hot
from helpers.errors import DataError

FILE = "hand/hand.npz"
EACH = 20
REMEDY = "copy it anew from the course's folder (data/hand/hand.npz) or ask your instructor"


def load_hand(path: str | Path | None = None, dtype: type = np.float32) -> Split:
    """Load the new hand: 20 images of each class, class by class, in the letters' format.

    Parameters
    ----------
    path : str, Path or None
        The data file; by default the one that comes with the course.
    dtype : type
        ``numpy.float32`` or ``numpy.float64``.

    Returns
    -------
    Split

    Raises
    ------
    DataError
        If the file is missing, damaged, or something else.

    Examples
    --------
    >>> hand = load_hand()
    >>> hand.x.shape, int(hand.labels[20])
    ((720, 1024), 1)
    """
    path = data_folder() / FILE if path is None else Path(path)
    count = EACH * len(CLASSES)
    try:
        with np.load(path, allow_pickle=False) as archive:
            images, labels = archive["images"], archive["labels"]
    except FileNotFoundError:
        raise DataError(f"the new hand is missing: there is no file {path}; {REMEDY}") from None
    except BROKEN as err:
        raise DataError(f"the new hand in {path} is damaged: {err}; {REMEDY}") from err
    if images.shape != (count, SIDE * SIDE // 2) or images.dtype != np.uint8:
        raise DataError(
            f"{path} holds images of {images.dtype} and shape {images.shape}; they must be uint8 "
            f"of shape ({count}, {SIDE * SIDE // 2}); {REMEDY}"
        )
    if not np.array_equal(labels, np.repeat(np.arange(len(CLASSES)), EACH)):
        raise DataError(f"the labels in {path} are not {EACH} of each class in turn; {REMEDY}")
    return Split(x=unpack(images, dtype), y=one_hot(labels.astype(int), len(CLASSES), dtype))
