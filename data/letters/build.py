"""Rebuild the letters, byte for byte: ``python -m data.letters.build [--check]``."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np

from data.letters import fonts, glyphs, recipe
from data.npz import container
from data.rebuilding import rebuild
from helpers.datasets.letters import SIZES, pack
from helpers.datasets.model import CLASSES

FILE = Path(__file__).resolve().parent / "letters.npz"


def build_class(split: str, label: int, *, family: list[fonts.Font], count: int) -> np.ndarray:
    """Make all images of one class of one split: shape (count, 1024), uint8, levels 0 to 15."""
    character = CLASSES[label]
    writers = recipe.share_out(family, character, count)
    shapes = {
        font.family: glyphs.strokes(glyphs.load_font(font.path), character)
        for font in dict.fromkeys(writers)
    }
    made = [
        recipe.image(split, character, shapes[font.family], recipe.generator(split, label, k))
        for k, font in enumerate(writers)
    ]
    return np.stack(made)


def build_split(
    split: str, family: list[fonts.Font], count: int, run: Callable = map
) -> dict[str, np.ndarray]:
    """Make one split: `count` images of every class, in an order fixed by the seed.

    Parameters
    ----------
    split : str
        ``train``, ``validation`` or ``test``.
    family : list of Font
        The fonts of this split.
    count : int
        Images of each class.
    run : callable
        ``map``, or that of a pool of processes: the result is the same.

    Returns
    -------
    dict
        ``{split}_images``, shape (N, 512), uint8, two pixels a byte, and ``{split}_labels``,
        shape (N,), uint8.
    """
    labels = range(len(CLASSES))
    work = partial(build_class, split, family=family, count=count)
    images = []
    for made in run(work, labels):
        images.append(made)
        _progress(split, len(images))
    whole = np.concatenate(images)
    order = np.random.default_rng([recipe.SEED, len(whole)]).permutation(len(whole))
    numbers = np.repeat(np.array(labels, dtype=np.uint8), count)
    return {f"{split}_images": pack(whole)[order], f"{split}_labels": numbers[order]}


def _progress(split: str, done: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == len(CLASSES) else ""
        print(f"\r{split:12s}{done:3d} of {len(CLASSES)} classes", end=end, file=sys.stderr)


def build(workers: int = 1) -> dict[str, bytes]:
    """Fetch the fonts and make the whole file, in one process or several."""
    used = [font for font in fonts.read_list() if font.split in SIZES]
    fonts.fetch(used)
    arrays: dict[str, np.ndarray] = {}
    with ProcessPoolExecutor(workers) as pool:
        for split, size in SIZES.items():
            family = [font for font in used if font.split == split]
            run = map if workers == 1 else pool.map
            arrays |= build_split(split, family, size // len(CLASSES), run)
    return {FILE.name: container(arrays, zipfile.ZIP_BZIP2)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Rebuild the file, or compare it with a rebuilt one."""
    return rebuild(FILE.parent, build, arguments)


if __name__ == "__main__":
    sys.exit(main())
