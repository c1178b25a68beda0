"""Letters cut out of a page, for the checks of 4.4: how like the training images they are."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from helpers.crops import normalise_crop
from helpers.small_pages import SmallPage

LIKE = 0.8
"""Right solutions have at least 0.95, stretched letters at most 0.66."""


def black_and_white(page: SmallPage) -> np.ndarray:
    """The page without its light: ink 0 on paper 1."""
    return np.where(page.ink > 0.5, 0.0, 1.0)


def likeness(crops: Iterable[np.ndarray], others: Iterable[np.ndarray]) -> float:
    """The median correlation of each crop with another image."""
    with np.errstate(invalid="ignore", divide="ignore"):
        alike = [np.corrcoef(a, b)[0, 1] for a, b in zip(crops, others, strict=True)]
    return float(np.median(np.nan_to_num(alike)))


def how_cut(crops: np.ndarray, page: SmallPage) -> str:
    """The name of what has been done to crops that do not look like the training images."""
    bw = black_and_white(page)
    squares = page.originals.reshape(-1, 32, 32)
    dark = [normalise_crop(np.pad(bw[a:c, b:d], 4)) for a, b, c, d in page.boxes.tolist()]
    ways = {
        "the crops are read column by column, not row by row": squares.transpose(0, 2, 1),
        "the crops are upside down": squares[:, ::-1],
        "there is a dark frame around each letter: np.pad fills up with 0, which is ink": dark,
        "the crops are those of other boxes": np.roll(squares, 1, axis=0),
    }
    for sentence, others in ways.items():
        if likeness(crops, np.reshape(others, (-1, 1024))) > LIKE:
            return sentence
    blank = (crops > 0.5).all(axis=1).mean()
    return (
        "most crops have no ink in them: they are cut where no letter is; rows come first, "
        "bw[y1:y2, x1:x2]"
    ) * bool(blank > 0.5)


def two_bars() -> tuple[np.ndarray, np.ndarray]:
    """A page with an upright bar and a level one, and their boxes."""
    bw = np.ones((140, 300))
    bw[20:120, 40:52] = 0
    bw[60:72, 120:220] = 0
    return bw, np.array([[20, 40, 120, 52], [60, 120, 72, 220]])


def how_misshapen(tall: tuple[int, int], flat: tuple[int, int]) -> str | None:
    """The name of what happened to the two bars, of which these are heights and widths.

    Nothing has happened where the answer is ``None``; it is empty where nobody knows what has.
    """
    (tall_h, tall_w), (flat_h, flat_w) = tall, flat
    if tall_h > 1.7 * tall_w > 0 and flat_w > 1.7 * flat_h > 0:
        return None
    if tall_h == flat_h == 0:
        return (
            "the bars are gone: a bar fills its box, and with no paper around it nothing tells "
            "ink from paper"
        )
    if tall_h < 1.7 * tall_w < 3 * tall_h and flat_w < 1.7 * flat_h < 3 * flat_w:
        return "letters are stretched: an upright bar and a level one become squares alike"
    if tall_w > 1.7 * tall_h and flat_h > 1.7 * flat_w:
        return "rows and columns are swapped: the upright bar lies, and the level one stands"
    return ""
