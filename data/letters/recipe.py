"""One image from beginning to end, and which font writes which image."""

from __future__ import annotations

import numpy as np

from data.letters import camera, habits, models, pen
from data.letters.fonts import Font
from data.letters.skeleton import Stroke
from helpers.crops import normalise_crop

SEED = 20
LEVELS = 15
WILD, ORDINARY = (0.4, 1.5), (0.2, 1.0)
"""How freely training hands write, and those of validation and test: see `pen.by_hand`."""
SMALLEST, LARGEST = 14, 80
"""How large a character is in the photograph, in pixels (its longer side)."""


def generator(split: str, label: int, number: int) -> np.random.Generator:
    """The randomness of one image: it depends on nothing but the image's place."""
    part = ("train", "validation", "test").index(split)
    return np.random.default_rng([SEED, part, label, number])


def written(
    split: str, character: str, strokes: list[Stroke], rng: np.random.Generator
) -> list[Stroke]:
    """Write a character by hand.

    Training hands are wilder than ordinary ones, and some write after `models`: a network that
    has seen more than it will meet reads better.  Validation and test hands are ordinary.
    """
    train = split == "train"
    if train and character in models.MODELS and rng.random() < models.SHARE:
        strokes = models.write(character, rng)
    else:
        strokes = habits.with_habit(character, strokes, rng)
    return pen.by_hand(strokes, rng, wildness=rng.uniform(*(WILD if train else ORDINARY)))


def photograph(strokes: list[Stroke], rng: np.random.Generator) -> np.ndarray:
    """Draw strokes with a pen on paper and photograph them: shape (H, W), uint8."""
    size = round(SMALLEST * (LARGEST / SMALLEST) ** rng.random())
    room = rng.uniform(0.08, 0.5, 4)
    ink = pen.draw(strokes, pen.choose_pen(rng), rng, size, room)
    return camera.photograph(ink, rng, size)


def image(
    split: str, character: str, strokes: list[Stroke], rng: np.random.Generator
) -> np.ndarray:
    """Make one image of the data set.

    Parameters
    ----------
    split, character : str
    strokes : list of Stroke
        How the image's font writes the character.
    rng : numpy.random.Generator
        See `generator`.

    Returns
    -------
    ndarray, shape (1024,), uint8
        Levels from 0 (ink) to 15 (paper).
    """
    crop = normalise_crop(photograph(written(split, character, strokes, rng), rng))
    return np.rint(crop * LEVELS).astype(np.uint8).ravel()


def share_out(fonts: list[Font], character: str, count: int) -> list[Font]:
    """Choose the font of each of `count` images, in proportion to the fonts' weights."""
    able = [font for font in fonts if character not in font.without]
    weights = np.array([font.weight for font in able])
    ends = np.floor(np.cumsum(weights) / weights.sum() * count + 0.5).astype(int)
    return [able[k] for k in np.searchsorted(ends, np.arange(count), side="right")]
