"""Letters of the validation set as strokes, for a figure to write."""

from __future__ import annotations

from typing import Any

import numpy as np
from PIL import Image, ImageDraw
from scipy import ndimage

from data.letters.skeleton import trace
from data.networks.build import probabilities
from helpers.crops import normalise_crop
from helpers.datasets import Split
from helpers.datasets.model import CLASSES, SIDE

CHARACTERS = "R8QKA5GW"
SURE = 0.9
PEN = 0.055
"""The pen's width, in parts of the sheet: what the figure begins with."""
SHEET = 160
FINE = 4


def sample_letters(
    split: Split, params: dict[str, np.ndarray], characters: str = CHARACTERS
) -> list[dict[str, Any]]:
    """For each character the first example of it that the network still reads from its strokes.

    Parameters
    ----------
    split : Split
    params : dict
        The network of notebook 3.
    characters : str

    Returns
    -------
    list of dict
        ``character``, and ``strokes``: for each a list x, y, x, y, ... in hundredths of a sheet.
    """
    samples = []
    for character in characters:
        label = CLASSES.index(character)
        for image in split.images[split.labels == label]:
            strokes = strokes_of(image)
            read = probabilities(params, normalise_crop(draw(strokes)).reshape(1, -1))[1][0]
            if read[label] > SURE:
                samples.append({"character": character, "strokes": strokes})
                break
    return samples


def strokes_of(image: np.ndarray) -> list[list[int]]:
    """Trace the pen's path through a picture, shape (32, 32), ink 0."""
    ink = ndimage.zoom(1.0 - image.astype(float), FINE, order=1) > 0.5
    paths = [_smooth(stroke.points) for stroke in trace(np.pad(ink, 2))]
    whole = np.concatenate(paths)
    middle = (whole.max(axis=0) + whole.min(axis=0)) / 2
    scale = 72 / max(np.ptp(whole, axis=0).max(), 1)
    placed = [np.rint(50 + (path - middle) * scale).astype(int) for path in paths]
    return [_thinned(path).ravel().tolist() for path in sorted(placed, key=_order)]


def _smooth(path: np.ndarray) -> np.ndarray:
    """Even out the steps of the pixel grid; the ends stay."""
    size = min(2 * FINE + 1, len(path) // 2 | 1)
    even = ndimage.uniform_filter1d(path, size, axis=0, mode="nearest")
    even[0], even[-1] = path[0], path[-1]
    return even


def _order(path: np.ndarray) -> tuple[int, int]:
    """Hands begin at the top left."""
    return int(path[:, 1].min()) // 10, int(path[:, 0].min())


def _thinned(path: np.ndarray) -> np.ndarray:
    """Leave out points that are near their neighbours, and begin at the upper end."""
    kept = [path[0]]
    for point in path[1:-1]:
        if np.abs(point - kept[-1]).max() >= 4:
            kept.append(point)
    kept.append(path[-1])
    return np.array(kept if path[0][1] <= path[-1][1] else kept[::-1])


def draw(strokes: list[list[int]], side: int = SHEET, width: float = PEN) -> np.ndarray:
    """Draw strokes on a sheet: shape (side, side), uint8, ink 0, a little paper around.

    Parameters
    ----------
    strokes : list of list of int
        x, y, x, y, ... in hundredths of the sheet.
    side : int
        In pixels.
    width : float
        Of the pen, in parts of the sheet.
    """
    large = Image.new("L", (side * FINE, side * FINE), 255)
    pen = ImageDraw.Draw(large)
    for numbers in strokes:
        points = [tuple(p) for p in np.reshape(numbers, (-1, 2)) * side * FINE / 100]
        pen.line(points, fill=0, width=round(width * side * FINE), joint="curve")
        radius = width * side * FINE / 2
        for x, y in (points[0], points[-1]):
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=0)
    return np.asarray(large.resize((side, side), Image.Resampling.BOX))


def crop_of(strokes: list[list[int]]) -> np.ndarray:
    """What the network is given of strokes: shape (32, 32), ink 0 on paper 1."""
    return normalise_crop(draw(strokes)).reshape(SIDE, SIDE)
