"""Rebuild the letters, byte for byte: ``python -m data.letters.build [--check]``."""

from __future__ import annotations

import argparse
import hashlib
import io
import sys
import zipfile
from pathlib import Path

import numpy as np

from data.letters import fonts, glyphs, recipe
from helpers.datasets.letters import SIZES, pack
from helpers.datasets.model import CLASSES
from helpers.errors import DataError

FILE = Path(__file__).resolve().parent / "letters.npz"


def build_split(split: str, family: list[fonts.Font], count: int) -> dict[str, np.ndarray]:
    """Make one split: `count` images of every class, in an order fixed by the seed.

    Parameters
    ----------
    split : str
        ``train``, ``validation`` or ``test``.
    family : list of Font
        The fonts of this split.
    count : int
        Images of each class.

    Returns
    -------
    dict
        ``{split}_images``, shape (N, 512), uint8, two pixels a byte, and ``{split}_labels``,
        shape (N,), uint8.
    """
    faces = {font.family: glyphs.load_font(font.path) for font in family}
    images, labels = [], []
    for label, character in enumerate(CLASSES):
        shapes = {name: glyphs.strokes(face, character) for name, face in faces.items()}
        for number, font in enumerate(recipe.share_out(family, character, count)):
            rng = recipe.generator(split, label, number)
            images.append(recipe.image(character, shapes[font.family], rng))
            labels.append(label)
        _progress(split, label + 1)
    order = np.random.default_rng([recipe.SEED, len(images)]).permutation(len(images))
    return {
        f"{split}_images": pack(np.stack(images))[order],
        f"{split}_labels": np.array(labels, dtype=np.uint8)[order],
    }


def _progress(split: str, done: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{split:12s}{done:3d} of {len(CLASSES)} classes", end="", file=sys.stderr)


def container(arrays: dict[str, np.ndarray]) -> bytes:
    """Write arrays as an .npz file whose bytes depend on nothing but the arrays.

    Nothing is compressed: different builds of zlib compress differently.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, array, version=(1, 0), allow_pickle=False)
            info = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16
            archive.writestr(info, member.getvalue())
    return out.getvalue()


def build() -> bytes:
    """Fetch the fonts and make the whole file."""
    every = fonts.read_list()
    used = [font for font in every if font.split in SIZES]
    fonts.fetch(used)
    arrays: dict[str, np.ndarray] = {}
    for split, size in SIZES.items():
        family = [font for font in used if font.split == split]
        arrays |= build_split(split, family, size // len(CLASSES))
    return container(arrays)


def main(arguments: list[str] | None = None) -> int:
    """Rebuild the file, or compare it with a rebuilt one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args(arguments)
    try:
        raw = build()
    except DataError as err:
        print(f"error: {err}", file=sys.stderr)
        return 1
    digest = hashlib.sha256(raw).hexdigest()
    if options.check:
        same = FILE.is_file() and FILE.read_bytes() == raw
        print(f"{FILE.name}: {'the same, byte for byte' if same else 'DIFFERENT'} ({digest})")
        return 0 if same else 1
    FILE.write_bytes(raw)
    print(f"{FILE.name}: {len(raw):,} bytes, SHA-256 {digest}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
