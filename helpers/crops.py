"""From a rough cut around one character to a picture like those that networks are trained on."""

from __future__ import annotations

import numpy as np
from PIL import Image
from scipy import ndimage

SIDE = 32
RADIUS = 8.0
"""How far ink is from its own centre after `normalise_crop`: the root of the mean square distance,
in pixels.  A ring of this radius has it, or a bar three and a half times as long."""
MARGIN = 1.0
"""How near to the edge ink may come, in pixels; what would come nearer is made smaller."""
UPRIGHT = 0.5
"""How much of a character's slant is taken out: 0 leaves it, 1 takes out all.  All would be too
much: the ink of an upright L or J leans to one side as well."""
STROKE = 4.0
"""How wide strokes are after `normalise_crop`, in pixels."""
FINE = 3
"""Strokes are measured and redrawn on a grid this many times finer than the result's."""


def normalise_crop(image: np.ndarray) -> np.ndarray:
    """Make a cut around one character look like a training image.

    Light is evened out by dividing by the paper's brightness nearby, the ink's tone is stretched
    to run from 0 to 1, and small specks are dropped.  The character is set in a square with a
    margin: the ink's centre of mass in the middle, as in MNIST, and the size chosen so that the
    ink is equally spread out whatever the character (neither hangs on how far the one longest
    stroke happens to reach).  Half of its slant is taken out, strokes are brought to one width,
    and the whole is reduced to 32 x 32 pixels.  Nothing but dark ink on brighter paper is assumed.

    Parameters
    ----------
    image : ndarray, shape (H, W) or (H, W, 3 or 4), uint8 or float in 0..1
        A photograph of one dark character on bright paper, a little paper around it; a
        black-and-white cut (ink 0, paper 1) does as well.  A fourth channel is left aside.

    Returns
    -------
    ndarray, shape (32, 32), float64, in 0..1
        Ink 0 on paper 1; all 1 if there is no ink in the image.

    Raises
    ------
    ValueError
        If the image is not two- or three-dimensional, or is empty.

    Examples
    --------
    >>> page = np.full((40, 30), 200, dtype=np.uint8)
    >>> page[10:30, 14:17] = 60
    >>> small = normalise_crop(page)
    >>> small.shape, bool(small.min() < 0.1), float(small.max())
    ((32, 32), True, 1.0)
    """
    ink = even_ink(_grey(image))
    shape = main_ink(ink > 0.5)
    if not shape.any():
        return np.ones((SIDE, SIDE))
    return 1.0 - redraw(place(ink * ndimage.binary_dilation(shape, iterations=2), shape))


def _grey(image: np.ndarray) -> np.ndarray:
    """Brightness from 0 to 1, shape (H, W)."""
    image = np.asarray(image)
    if image.ndim not in (2, 3) or image.size == 0:
        raise ValueError(
            f"a crop must have shape (H, W) or (H, W, 3) and at least one pixel; "
            f"this one has shape {image.shape}"
        )
    scale = 255.0 if image.dtype == np.uint8 else 1.0
    grey = image.astype(float) / scale
    if grey.ndim == 3:
        grey = (
            grey[..., 0] if grey.shape[2] < 3 else (grey[..., 0] + grey[..., 1] + grey[..., 2]) / 3
        )
    return grey


def even_ink(grey: np.ndarray) -> np.ndarray:
    """Remove the paper from a grey picture: how much ink is where.

    Parameters
    ----------
    grey : ndarray, shape (H, W), float in 0..1

    Returns
    -------
    ndarray, shape (H, W), float in 0..1
        0 on paper, about 1 in the middle of a stroke, whatever the pen and the light.
    """
    reach = max(5, max(grey.shape) // 3) | 1
    calm = ndimage.median_filter(grey, 3, mode="nearest")
    paper = ndimage.grey_closing(calm, (reach, reach), mode="nearest")
    for _ in range(2):
        paper = ndimage.uniform_filter(paper, reach // 2 | 1, mode="nearest")
    ink = np.clip(1.0 - grey / np.maximum(paper, 1e-3), 0.0, 1.0)
    cut = otsu(ink)
    is_dark = ink > cut
    if cut < 0.02 or not is_dark.any() or is_dark.all():
        return np.zeros_like(ink)
    tone, rest = float(np.median(ink[is_dark])), float(np.median(ink[~is_dark]))
    return np.clip((ink - rest) / max(tone - rest, 1e-3), 0.0, 1.0)


def otsu(values: np.ndarray, bins: int = 128) -> float:
    """The threshold that parts values in 0..1 into two groups (Otsu 1979).

    Examples
    --------
    >>> 0.1 < otsu(np.array([0.1, 0.1, 0.12, 0.9, 0.88])) < 0.88
    True
    """
    counts, edges = np.histogram(values, bins=bins, range=(0.0, 1.0))
    below = np.cumsum(counts)
    moment = np.cumsum(counts * (edges[:-1] + edges[1:]) / 2)
    above = below[-1] - below
    between = (moment * below[-1] - moment[-1] * below) ** 2 / np.maximum(below * above, 1)
    best = np.flatnonzero(between == between.max())
    return float(edges[1:][best[len(best) // 2]])


def main_ink(shape: np.ndarray) -> np.ndarray:
    """Keep the pieces of ink that belong to the character.

    Dropped are pieces with less than a twentieth of the largest one's pixels, and pieces on the
    border that are less than half of it: specks, neighbours, the edge of the sheet.

    Parameters
    ----------
    shape : ndarray of bool, shape (H, W)

    Returns
    -------
    ndarray of bool, shape (H, W)
    """
    pieces, count = ndimage.label(shape, structure=np.ones((3, 3)))
    if count < 2:
        return shape
    sizes = np.bincount(pieces.ravel(), minlength=count + 1)
    sizes[0] = 0
    frame = np.zeros_like(shape)
    frame[[0, -1], :] = frame[:, [0, -1]] = True
    on_border = np.zeros(count + 1, dtype=bool)
    on_border[np.unique(pieces[frame])] = True
    inside = np.where(on_border, 0, sizes)
    largest = inside.max() if inside.max() * 4 > sizes.max() else sizes.max()
    keep = (sizes >= largest / 20) & (~on_border | (sizes >= largest / 2))
    if inside.max() == largest:
        keep &= ~on_border | (sizes == largest)
    keep[0] = False
    return keep[pieces]


def place(ink: np.ndarray, shape: np.ndarray) -> np.ndarray:
    """Cut the character out and set its centre of mass in the middle of a square, fine grid.

    Parameters
    ----------
    ink : ndarray, shape (H, W), float in 0..1
    shape : ndarray of bool, shape (H, W)
        The pixels that are the character's.

    Returns
    -------
    ndarray, shape (96, 96), float in 0..1
    """
    rows, cols = np.nonzero(shape)
    middle = np.array([rows.mean(), cols.mean()]) + 0.5
    y, x = rows + 0.5 - middle[0], cols + 0.5 - middle[1]
    tall, wide, lean = (y * y).mean() + 1 / 12, (x * x).mean() + 1 / 12, (x * y).mean()
    shear = UPRIGHT * float(np.clip(lean / tall, -0.8, 0.8))
    wide += shear * (shear * tall - 2 * lean)
    reach = max(float(np.abs(y).max()), float(np.abs(x).max())) + 0.5
    side = max(np.sqrt(tall + wide) * SIDE / RADIUS, 2 * reach * SIDE / (SIDE - 2 * MARGIN))
    y, x = middle - side / 2
    pad = int(np.ceil(side)) + 1
    picture = Image.fromarray(np.rint(np.pad(ink, pad) * 255).astype(np.uint8))
    box = (x + pad, y + pad, x + pad + side, y + pad + side)
    fine = picture.resize((SIDE * FINE, SIDE * FINE), Image.Resampling.BICUBIC, box=box)
    matrix = np.array([[1.0, 0.0], [shear, 1.0]])
    shift = -shear * (SIDE * FINE - 1) / 2
    return ndimage.affine_transform(np.asarray(fine) / 255.0, matrix, (0.0, shift), order=1)


def redraw(ink: np.ndarray) -> np.ndarray:
    """Bring strokes to one width and reduce to 32 x 32.

    Parameters
    ----------
    ink : ndarray, shape (96, 96), float in 0..1

    Returns
    -------
    ndarray, shape (32, 32), float in 0..1
    """
    shape = ink > 0.5
    inside = ndimage.distance_transform_edt(shape)
    outside = ndimage.distance_transform_edt(~shape)
    if not shape.any():
        return np.zeros((SIDE, SIDE))
    # In a ribbon of half width r the mean distance to its edge is r / 2.
    half_width = 2 * float(inside[shape].mean())
    grow = STROKE * FINE / 2 - half_width
    edge = np.where(shape, inside - 0.5, 0.5 - outside) + grow
    fine = np.clip(0.5 + edge / FINE, 0.0, 1.0)
    return fine.reshape(SIDE, FINE, SIDE, FINE).mean(axis=(1, 3))
