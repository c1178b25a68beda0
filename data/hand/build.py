"""Make the new hand of notebook 6 anew, byte for byte: ``python -m data.hand.build``.

The writer is a font that neither the letters nor any network of the course has seen, leaning far
to the left, as some left-handed people write. Pen, paper and camera are those of the letters.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from data.letters import fonts, glyphs, pen, recipe
from data.letters.skeleton import Stroke
from data.npz import container
from data.rebuilding import rebuild
from helpers.crops import normalise_crop
from helpers.datasets.hand import EACH
from helpers.datasets.letters import pack
from helpers.datasets.model import CLASSES

FILE = Path(__file__).resolve().parent / "hand.npz"
FAMILY = "Waiting for the Sunrise"
SEED = 62
LEAN = 0.4
"""The tangent of the angle by which the hand leans to the left."""
WILDNESS = 1.0


def leaning(strokes: list[Stroke]) -> list[Stroke]:
    """Strokes with y downwards, the top of the character moved to the left."""
    lean = np.array([[1.0, 0.0], [LEAN, 1.0]])
    return pen.unit([Stroke(stroke.points @ lean, stroke.widths) for stroke in strokes])


def build() -> dict[str, bytes]:
    """The file with all images, `EACH` of every class, class by class."""
    [font] = (font for font in fonts.read_list() if font.family == FAMILY)
    fonts.fetch([font])
    face, made = glyphs.load_font(font.path), []
    for label, character in enumerate(CLASSES):
        strokes = leaning(glyphs.strokes(face, character))
        for number in range(EACH):
            rng = np.random.default_rng([SEED, label, number])
            written = pen.by_hand(strokes, rng, wildness=WILDNESS)
            crop = normalise_crop(recipe.photograph(written, rng))
            made.append(np.rint(crop * recipe.LEVELS).astype(np.uint8).ravel())
    labels = np.repeat(np.arange(len(CLASSES), dtype=np.uint8), EACH)
    arrays = {"images": pack(np.stack(made)), "labels": labels}
    return {FILE.name: container(arrays)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Rebuild the file, or compare it with a rebuilt one."""
    return rebuild(FILE.parent, lambda _: build(), arguments)


if __name__ == "__main__":
    sys.exit(main())
