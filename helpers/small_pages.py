"""Small pages made on the spot: letters of the data set pasted onto paper.

They are what the checks of notebook 4 look at: fresh ones each time, with the truth known, and
no fonts needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy import ndimage

from helpers.datasets.letters import load_letters
from helpers.datasets.model import CLASSES, SIDE
from helpers.for_checks import two_layers
from helpers.networks import load_network

CLEAREST = 20
"""Of each character so many images are used: those that the course's network is surest of."""
INK = 0.4
"""A pixel belongs to a letter where at least this much of it is ink."""


@dataclass(frozen=True)
class SmallPage:
    """A page and the truth about it.

    Attributes
    ----------
    image : ndarray, shape (H, W), float64, in 0..1
        The photograph: 0 is black, 1 is white.
    ink : ndarray, shape (H, W), float64, in 0..1
        How much ink is where, before light and camera: 0 is paper.
    boxes : ndarray, shape (N, 4), int
        ``[y1, x1, y2, x2]`` of each letter, line by line, left to right.
    line_numbers : ndarray, shape (N,), int
    labels : ndarray, shape (N,), int
        The class of each letter, 0 to 35.
    originals : ndarray, shape (N, 1024), float64
        The image of the data set that each letter was made from.
    text : str
    """

    image: np.ndarray
    ink: np.ndarray
    boxes: np.ndarray
    line_numbers: np.ndarray
    labels: np.ndarray
    originals: np.ndarray
    text: str


@cache
def clear_letters() -> dict[str, np.ndarray]:
    """The validation images in one piece that the course's network is surest of.

    Returns
    -------
    dict
        For each of the 36 characters an array of shape (n, 1024), n at most `CLEAREST`.
    """
    params, split = load_network(), load_letters().validation
    scores = two_layers.scores(split.x, params)
    sure = (scores * split.y).sum(axis=1) - np.log(np.exp(scores).sum(axis=1))
    whole = np.array([_in_one_piece(image) for image in split.images])
    best = np.argsort(-np.where(whole, sure, -np.inf), kind="stable")
    return {
        character: split.x[best[split.labels[best] == label][:CLEAREST]].astype(float)
        for label, character in enumerate(CLASSES)
    }


def _in_one_piece(image: np.ndarray) -> bool:
    return ndimage.label(image < 1.0 - INK, np.ones((3, 3)))[1] == 1


def make_small_page(
    lines: list[str],
    rng: np.random.Generator,
    *,
    size: int = 44,
    gap: tuple[float, float] = (0.2, 0.4),
    space: float = 1.0,
    leading: float = 2.0,
    tilt: float = 0.0,
    indent: float = 0.0,
    darkness: float = 0.7,
    slope: float = 0.15,
    shadow: float = 0.0,
    noise: float = 0.01,
    blur: float = 0.8,
) -> SmallPage:
    """Paste letters onto paper and photograph it.

    Parameters
    ----------
    lines : list of str
        What to write: A-Z, 0-9 and spaces.
    rng : numpy.random.Generator
    size : int
        The longer side of a letter, in pixels.
    gap : tuple of two floats
        The least and the largest gap between the letters of a word, in letter sizes.
    space : float
        What a space adds to the gap, in letter sizes.
    leading : float
        From line to line, in letter sizes.
    tilt : float
        How much lower a line ends than it begins, in parts of its length.
    indent : float
        How much further to the right each line begins than the one below it, in letter sizes.
    darkness, slope, shadow : float
        How dark the ink is, how much the light falls off from side to side, and how much darker
        a shadow is that covers part of the page; all in parts of the paper's brightness.
    noise : float
        The standard deviation of the camera's noise.
    blur : float
        In pixels.

    Returns
    -------
    SmallPage

    Examples
    --------
    >>> page = make_small_page(["TEA AT 5"], np.random.default_rng(0))
    >>> page.boxes.shape, page.text, page.image.min() < 0.5 < page.image.max()
    ((6, 4), 'TEA AT 5', np.True_)
    """
    patches, boxes, numbers, labels, originals = [], [], [], [], []
    for number, text in enumerate(lines):
        x = (1.2 + indent * (len(lines) - 1 - number)) * size
        for character in text:
            if character == " ":
                x += space * size
                continue
            original = _pick(character, rng)
            patch = _enlarge(original, size)
            y = (1.2 + leading * number) * size + tilt * x + 0.04 * size * rng.standard_normal()
            top, left = round(y + size - len(patch)), round(x)
            patches.append((top, left, patch))
            inside = patch > INK
            rows, cols = (np.flatnonzero(inside.any(axis=k)) for k in (1, 0))
            boxes.append((top + rows[0], left + cols[0], top + rows[-1] + 1, left + cols[-1] + 1))
            numbers.append(number)
            labels.append(CLASSES.index(character))
            originals.append(original)
            x += patch.shape[1] + size * rng.uniform(*gap)
    ink = _join(patches, size)
    light = _light(ink.shape, slope, shadow, rng)
    image = ndimage.gaussian_filter(0.85 * light * (1.0 - darkness * ink), blur)
    image = np.clip(image + noise * rng.standard_normal(ink.shape), 0.0, 1.0)
    return SmallPage(
        image=image,
        ink=ink,
        boxes=np.array(boxes, dtype=int).reshape(-1, 4),
        line_numbers=np.array(numbers, dtype=int),
        labels=np.array(labels, dtype=int),
        originals=np.array(originals).reshape(-1, SIDE * SIDE),
        text="\n".join(lines),
    )


def _pick(character: str, rng: np.random.Generator) -> np.ndarray:
    pool = clear_letters()[character]
    return pool[rng.integers(len(pool))]


def _enlarge(original: np.ndarray, size: int) -> np.ndarray:
    """Cut a letter out of its image and bring its longer side to `size` pixels: ink 1."""
    ink = 1.0 - original.reshape(SIDE, SIDE)
    rows, cols = (np.flatnonzero((ink > INK).any(axis=k)) for k in (1, 0))
    cut = ink[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]
    return np.clip(ndimage.zoom(np.pad(cut, 1), size / max(cut.shape), order=1), 0.0, 1.0)


def _join(patches: list[tuple[int, int, np.ndarray]], size: int) -> np.ndarray:
    """Put all patches onto one sheet with a margin."""
    margin = round(1.2 * size)
    bottom = max((top + len(patch) for top, _, patch in patches), default=size)
    right = max((left + patch.shape[1] for _, left, patch in patches), default=size)
    sheet = np.zeros((bottom + margin, right + margin))
    for top, left, patch in patches:
        spot = sheet[top : top + patch.shape[0], left : left + patch.shape[1]]
        np.maximum(spot, patch, out=spot)
    return sheet


def _light(
    shape: tuple[int, int], slope: float, shadow: float, rng: np.random.Generator
) -> np.ndarray:
    """Light that falls off along a random direction, and a soft-edged shadow on one side."""
    y, x = np.linspace(-1, 1, shape[0])[:, None], np.linspace(-1, 1, shape[1])[None, :]
    angle = rng.uniform(0, 2 * np.pi)
    light = 1.0 - slope * (1.0 + (np.cos(angle) * x + np.sin(angle) * y) / np.sqrt(2)) / 2
    edge = rng.uniform(-0.4, 0.4)
    return light * (1.0 - shadow / (1.0 + np.exp(-(x + 0.3 * y - edge) / 0.03)))
