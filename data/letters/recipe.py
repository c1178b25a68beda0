"""One image from beginning to end, and which font writes which image."""

from __future__ import annotations

import numpy as np

from data.letters import camera, habits, pen
from data.letters.fonts import Font
from data.letters.skeleton import Stroke
from helpers.crops import normalise_crop

SEED = 20
LEVELS = 15
SMALLEST, LARGEST = 14, 80
"""How large a character is in the photograph, in pixels (its longer side)."""


def generator(split: str, label: int, number: int) -> np.random.Generator:
    """The randomness of one image: it depends on nothing but the image's place."""
    part = ("train", "validation", "test").index(split)
    return np.random.default_rng([SEED, part, label, number])


def photograph(character: str, strokes: list[Stroke], rng: np.random.Generator) -> np.ndarray:
    """Write a character by hand and photograph it: shape (H, W), uint8."""
    strokes = habits.with_habit(character, strokes, rng)
    strokes = pen.by_hand(strokes, rng, wildness=rng.uniform(0.4, 1.5))
    size = round(SMALLEST * (LARGEST / SMALLEST) ** rng.random())
    room = rng.uniform(0.08, 0.5, 4)
    ink = pen.draw(strokes, pen.choose_pen(rng), rng, size, room)
    return camera.photograph(ink, rng, size)


def image(character: str, strokes: list[Stroke], rng: np.random.Generator) -> np.ndarray:
    """Make one image of the data set: shape (1024,), uint8, levels 0 (ink) to 15 (paper)."""
    crop = normalise_crop(photograph(character, strokes, rng))
    return np.rint(crop * LEVELS).astype(np.uint8).ravel()


def share_out(fonts: list[Font], character: str, count: int) -> list[Font]:
    """Choose the font of each of `count` images, in proportion to the fonts' weights."""
    able = [font for font in fonts if character not in font.without]
    weights = np.array([font.weight for font in able])
    ends = np.floor(np.cumsum(weights) / weights.sum() * count + 0.5).astype(int)
    return [able[k] for k in np.searchsorted(ends, np.arange(count), side="right")]
