"""EMNIST: upper case and digits of the ByClass files, made to look like the letters."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage
from tqdm import tqdm

from helpers.crops import main_ink, place, redraw
from helpers.datasets.files import Found, find_files
from helpers.datasets.folders import cache_folder
from helpers.datasets.idx import expect_count, read_images, read_labels
from helpers.datasets.letters import pack, unpack
from helpers.datasets.model import CLASSES, SIDE, Dataset, Split, one_hot
from helpers.datasets.sources import SOURCES
from helpers.errors import DataError

SOURCE = SOURCES["emnist"]
THEIR_SIDE = 28
THEIR_CLASSES = 62
"""Digits 0 to 9 are their labels 0 to 9, A to Z are 10 to 35, a to z are 36 to 61."""
PER_CLASS = (300, 100, 50)
"""Training, validation and test images of each class: the sizes of NIST36."""
SPARE = 10
"""So many images more of each class are looked at, for blank ones and repeated ones."""
FINE = 2
"""Images are enlarged so much before they are set and redrawn."""
VERSION = 1
"""Raise it where this module changes what comes out, so that nobody gets old results."""


def load_emnist(
    path: str | Path | None = None,
    dtype: type = np.float32,
    per_class: tuple[int, int, int] = PER_CLASS,
) -> Dataset:
    """Load as many EMNIST images as NIST36 has, in the look of the letters.

    Of the ByClass files the digits and the upper case are taken, training and validation from
    the training file (the validation images from its end), test from the test file, always the
    same ones.  Each is turned upright, set by its centre of mass and its spread, and redrawn
    with strokes of one width, as `helpers.crops.normalise_crop` does with a photograph.

    The first call takes a minute or two; what it makes is kept in the cache.

    Parameters
    ----------
    path : str, Path or None
        The folder that holds the four files, plain or gzipped, or ``gzip.zip``; by default
        ``data/emnist`` beside the helpers, then what was fetched.
    dtype : type
        ``numpy.float32`` or ``numpy.float64``.
    per_class : tuple of three ints
        Training, validation and test images of each of the 36 classes.

    Returns
    -------
    Dataset
        10,800 / 3,600 / 1,800 images of 32 x 32 pixels, ink 0 on paper 1, as many of each class.

    Raises
    ------
    DataError
        If a file is missing, damaged, not what its name says, or has too few images.
    """
    if len(per_class) != 3 or min(per_class) < 1:
        raise ValueError(f"per_class is {per_class}; it must be three whole numbers above 0")
    found = find_files(SOURCE, path)
    kept = cache_folder() / SOURCE.name / f"prepared-{_key(found, per_class)}.npz"
    packed = _read_kept(kept, per_class)
    if packed is None:
        packed = _prepare(found, per_class)
        _keep(kept, packed)
    labels = np.arange(len(CLASSES))
    splits = {
        name: Split(unpack(packed[name], dtype), one_hot(np.tile(labels, n), len(labels), dtype))
        for name, n in zip(("train", "validation", "test"), per_class, strict=True)
    }
    return Dataset(name="emnist", **splits)


def like_letters(image: np.ndarray) -> np.ndarray:
    """Make an EMNIST image look like one of the letters.

    Parameters
    ----------
    image : ndarray, shape (28, 28), uint8
        Upright, ink 255 on paper 0.

    Returns
    -------
    ndarray, shape (32, 32), float64, in 0..1
        Ink 0 on paper 1; all 1 if there is no ink.

    Examples
    --------
    >>> stroke = np.zeros((28, 28), np.uint8)
    >>> stroke[4:24, 13:16] = 255
    >>> small = like_letters(stroke)
    >>> small.shape, bool(small[16, 16] < 0.1), bool(small[:, 0].min() == 1)
    ((32, 32), True, True)
    """
    framed = Image.fromarray(np.pad(image, 2))
    side = FINE * (THEIR_SIDE + 4)
    ink = np.asarray(framed.resize((side, side), Image.Resampling.BICUBIC)) / 255.0
    shape = main_ink(ink > 0.5)
    if not shape.any():
        return np.ones((SIDE, SIDE))
    return 1.0 - redraw(place(ink * ndimage.binary_dilation(shape, iterations=2), shape))


def candidates(labels: np.ndarray, wanted: int, place: str) -> list[np.ndarray]:
    """Choose images of each class, evenly over the whole file.

    Parameters
    ----------
    labels : ndarray, shape (N,), EMNIST's numbers
    wanted : int
        How many of each class are needed.
    place : str
        The file, for a message.

    Returns
    -------
    list of 36 ndarrays of int
        Places in the file, ascending; up to `SPARE` more than wanted.

    Raises
    ------
    DataError
        If the labels are no ByClass labels, or there are too few of a class.
    """
    if labels.max() >= THEIR_CLASSES:
        row = int(np.argmax(labels >= THEIR_CLASSES))
        raise DataError(
            f"in {place}, label {row} is {labels[row]}; those of ByClass are 0 to "
            f"{THEIR_CLASSES - 1}; {SOURCE.remedy}"
        )
    chosen = []
    for label, character in enumerate(CLASSES):
        places = np.flatnonzero(labels == (label + 10) % len(CLASSES))
        if len(places) < wanted:
            raise _too_few(place, character, len(places), wanted)
        count = min(len(places), wanted + SPARE)
        chosen.append(places[np.linspace(0, len(places) - 1, count).round().astype(int)])
    return chosen


def _too_few(place: str, character: str, there: int, wanted: int) -> DataError:
    return DataError(
        f"{place} has {there} different images of '{character}'; {wanted} are needed: take the "
        "ByClass files, or ask for fewer with per_class"
    )


def _prepare(found: Found, per_class: tuple[int, int, int]) -> dict[str, np.ndarray]:
    """The three splits, packed as the letters are; class after class takes its turn."""
    seen: set[bytes] = set()
    training = _choose(found, "train", per_class[0] + per_class[1], seen)
    chosen = {
        "train": training[:, : per_class[0]],
        "validation": training[:, per_class[0] :],
        "test": _choose(found, "test", per_class[2], seen),
    }
    total = sum(part.shape[0] * part.shape[1] for part in chosen.values())
    with tqdm(total=total, desc="preparing EMNIST", unit="image", ncols=79, delay=1) as bar:
        return {name: pack(_levels(part, bar)) for name, part in chosen.items()}


def _choose(found: Found, part: str, wanted: int, seen: set[bytes]) -> np.ndarray:
    """Images of one file, upright: shape (36, wanted, 28, 28); blank and seen ones left out."""
    files = [name for name in SOURCE.files if f"-{part}-" in name]
    labels = read_labels(found, files[1])
    expect_count(found, files[0], THEIR_SIDE, len(labels))
    places = candidates(labels, wanted, found.place(files[1]))
    order = np.sort(np.concatenate(places))
    images = read_images(found, files[0], THEIR_SIDE, len(labels), order).transpose(0, 2, 1)
    if images.mean() > 128:
        raise DataError(
            f"the images in {found.place(files[0])} are bright (mean {images.mean():.0f} of 255); "
            f"EMNIST has ink 255 on paper 0, so these are negatives; {SOURCE.remedy}"
        )
    chosen = np.empty((len(CLASSES), wanted, THEIR_SIDE, THEIR_SIDE), dtype=np.uint8)
    for label, character in enumerate(CLASSES):
        fresh = []
        for image in images[np.searchsorted(order, places[label])]:
            if image.max() > 128 and image.tobytes() not in seen:
                seen.add(image.tobytes())
                fresh.append(image)
        if len(fresh) < wanted:
            raise _too_few(found.place(files[0]), character, len(fresh), wanted)
        chosen[label] = np.stack(fresh[:wanted])
    return chosen


def _levels(part: np.ndarray, bar: tqdm) -> np.ndarray:
    """Sixteen shades, as the letters have: shape (n * 36, 1024), uint8."""
    levels = []
    for image in part.swapaxes(0, 1).reshape(-1, THEIR_SIDE, THEIR_SIDE):
        levels.append(np.rint(like_letters(image).ravel() * 15).astype(np.uint8))
        bar.update()
    return np.stack(levels)


# --- What was prepared before ---------------------------------------------------------------


def _key(found: Found, per_class: tuple[int, int, int]) -> str:
    """A name for what comes of these files; another one as soon as any of them changes."""
    stats = [(str(path.resolve()), path.stat()) for path in found.paths]
    facts = [VERSION, per_class, *((path, s.st_size, s.st_mtime_ns) for path, s in stats)]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def _read_kept(path: Path, per_class: tuple[int, int, int]) -> dict[str, np.ndarray] | None:
    """What an earlier call kept; None if there is nothing, or nothing sound."""
    shapes = {
        name: (n * len(CLASSES), SIDE * SIDE // 2)
        for name, n in zip(("train", "validation", "test"), per_class, strict=True)
    }
    try:
        with np.load(path, allow_pickle=False) as archive:
            packed = {name: archive[name] for name in shapes}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error):
        return None
    sound = all(a.shape == shapes[name] and a.dtype == np.uint8 for name, a in packed.items())
    return packed if sound else None


def _keep(path: Path, packed: dict[str, np.ndarray]) -> None:
    """Write for the next time, all or nothing; where that is not possible, go without."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez_compressed(file, **packed)
            os.replace(name, path)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(name)
