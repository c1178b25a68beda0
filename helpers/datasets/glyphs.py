"""The embedded glyphs: ten things drawn by many hands, in colour, on clutter."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from helpers.datasets.folders import data_folder
from helpers.datasets.model import COLOUR, SIDE, Dataset, Split, one_hot
from helpers.errors import DataError

FOLDER = "glyphs"
CLASSES = (
    "anchor", "bell", "bicycle", "car", "fish", "key", "leaf", "plane", "rocket", "umbrella",
)  # fmt: skip
"""What the ten labels mean, 0 to 9."""
SIZES = {"train": 8000, "validation": 1000, "test": 1000}
COLUMNS = 100
"""How many pictures lie side by side on a sheet.  Picture k shows class k % 10."""
REMEDY = "copy the folder data/glyphs anew from the course's folder or ask your instructor"


def load_glyphs(
    path: str | Path | None = None, dtype: type = np.float32, per_class: int | None = None
) -> Dataset:
    """Load the embedded colour pictures.

    Parameters
    ----------
    path : str, Path or None
        The folder with the three sheets; by default the one that comes with the course.
    dtype : type
        ``numpy.float32`` (123 MB in all) or ``numpy.float64`` (twice that).
    per_class : int or None
        Keep only so many training pictures of each class; validation and test stay whole.

    Returns
    -------
    Dataset
        8,000 / 1,000 / 1,000 pictures of 3 x 32 x 32 values, 0 dark to 1 bright; as many of each
        of the 10 classes; no artist (icon set) in two splits.

    Raises
    ------
    DataError
        If a sheet is missing, damaged, or of another size, or `per_class` is out of range.

    Examples
    --------
    >>> glyphs = load_glyphs(per_class=20)
    >>> glyphs.train.images.shape, glyphs.test.y.shape
    ((200, 3, 32, 32), (1000, 10))
    >>> glyphs.classes[glyphs.train.labels[3]]
    'car'
    """
    folder = data_folder() / FOLDER if path is None else Path(path)
    most = SIZES["train"] // len(CLASSES)
    if per_class is not None and not 1 <= per_class <= most:
        raise DataError(f"per_class is {per_class}; the glyphs have 1 to {most} of each class")
    parts = {name: _split(folder, name, size, dtype) for name, size in SIZES.items()}
    if per_class is not None:
        few = per_class * len(CLASSES)
        train = parts["train"]
        parts["train"] = Split(train.x[:few].copy(), train.y[:few].copy(), COLOUR)
    return Dataset(name="glyphs", classes=CLASSES, **parts)


def _split(folder: Path, name: str, size: int, dtype: type) -> Split:
    pictures = cut(_read(folder / f"{name}.jpg", size))
    x = pictures.transpose(0, 3, 1, 2).reshape(size, -1).astype(dtype)
    x /= dtype(255)
    return Split(x, one_hot(np.arange(size) % len(CLASSES), len(CLASSES), dtype), COLOUR)


def _read(path: Path, size: int) -> np.ndarray:
    """A sheet's pixels, shape (H, W, 3), uint8."""
    wanted = (COLUMNS * SIDE, size // COLUMNS * SIDE)
    try:
        with Image.open(path, formats=["JPEG"]) as picture:
            if picture.size != wanted or picture.mode != "RGB":
                width, height = picture.size
                raise DataError(
                    f"the glyphs' sheet {path} is {picture.mode} of {width} x {height} pixels; it "
                    f"must be RGB of {wanted[0]} x {wanted[1]}; {REMEDY}"
                )
            return np.asarray(picture)
    except FileNotFoundError:
        raise DataError(f"the glyphs are missing: there is no file {path}; {REMEDY}") from None
    except (
        OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError
    ) as err:  # fmt: skip
        raise DataError(f"the glyphs' sheet {path} is damaged ({err}); {REMEDY}") from err


def sheet(pictures: np.ndarray) -> np.ndarray:
    """Lay pictures side by side, `COLUMNS` a row: (N, 32, 32, 3) to (N / 100 * 32, 3200, 3).

    Examples
    --------
    >>> pictures = np.arange(200 * 32 * 32 * 3, dtype=np.uint32).reshape(200, 32, 32, 3)
    >>> sheet(pictures).shape, bool((cut(sheet(pictures)) == pictures).all())
    ((64, 3200, 3), True)
    """
    grid = pictures.reshape(-1, COLUMNS, SIDE, SIDE, 3).transpose(0, 2, 1, 3, 4)
    return grid.reshape(-1, COLUMNS * SIDE, 3)


def cut(whole: np.ndarray) -> np.ndarray:
    """Undo `sheet`: the pictures, row by row."""
    grid = whole.reshape(-1, SIDE, COLUMNS, SIDE, 3).transpose(0, 2, 1, 3, 4)
    return grid.reshape(-1, SIDE, SIDE, 3)
