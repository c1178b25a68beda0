"""Rebuild the glyphs, byte for byte: ``python -m data.glyphs.build [--check]``."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from data.glyphs import icons, scene
from data.rebuilding import rebuild
from helpers.datasets.glyphs import CLASSES, SIZES, sheet

HERE = Path(__file__).resolve().parent
SEED = 10
QUALITY = 50

Palette = list[list[list[np.ndarray]]]
"""For each class a list of sets, for each set its drawings."""


def draw_split(sets: list[icons.IconSet], split: str) -> Palette:
    """Draw every icon of a split."""
    own = [one for one in sets if one.split == split]
    return [[icons.drawings(one, kind) for one in own if kind in one.icons] for kind in CLASSES]


def pick(drawings: list[list[np.ndarray]], rng: np.random.Generator) -> np.ndarray:
    """Draw a set, then one of its drawings: small sets are as frequent as large ones."""
    own = drawings[rng.integers(len(drawings))]
    return own[rng.integers(len(own))]


def build_picture(number: int, *, palette: Palette, part: int) -> np.ndarray:
    """Picture `number` of a split shows class ``number % 10``: shape (32, 32, 3), uint8."""
    rng = np.random.default_rng([SEED, part, number])
    label, strangers = number % len(CLASSES), rng.choice(3, p=[0.45, 0.4, 0.15])
    others = [pick(palette[rng.integers(len(CLASSES))], rng) for _ in range(strangers)]
    return scene.picture(CLASSES[label], pick(palette[label], rng), others, rng)


def build(workers: int = 1) -> dict[str, bytes]:
    """Fetch the icons and make every sheet: name to content."""
    sets = icons.read_list()
    icons.fetch(sets)
    files = {}
    with ProcessPoolExecutor(workers) as pool:
        for part, (split, size) in enumerate(SIZES.items()):
            work = partial(build_picture, palette=draw_split(sets, split), part=part)
            run = map if workers == 1 else partial(pool.map, chunksize=100)
            files[f"{split}.jpg"] = _as_jpeg(sheet(np.stack(list(run(work, range(size))))))
    return files


def _as_jpeg(pixels: np.ndarray) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Rebuild the sheets, or compare them with rebuilt ones."""
    return rebuild(HERE, build, arguments)


if __name__ == "__main__":
    sys.exit(main())
