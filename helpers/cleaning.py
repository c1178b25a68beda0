"""What is on a black-and-white page and is no writing: printed lines, the table round the sheet."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from helpers.boxes import usual_height

EIGHT = np.ones((3, 3), dtype=int)
"""Pixels that touch at a corner belong together."""
LONG = 4.0
"""A piece this many letters long or high may hold a printed line."""


def remove_edge(bw: np.ndarray) -> np.ndarray:
    """Rub out everything that touches the edge of the picture: the table, letters cut in two.

    Parameters
    ----------
    bw : ndarray, shape (H, W), float
        Ink 0, paper 1.

    Returns
    -------
    ndarray, shape (H, W), float
        A copy.

    Examples
    --------
    >>> bw = np.ones((5, 7))
    >>> bw[:, 0] = bw[2, 3] = 0
    >>> np.argwhere(remove_edge(bw) == 0).tolist()
    [[2, 3]]
    """
    pieces, count = ndimage.label(bw == 0, EIGHT)
    drop = np.zeros(count + 1, dtype=bool)
    for edge in (pieces[0], pieces[-1], pieces[:, 0], pieces[:, -1]):
        drop[edge] = True
    drop[0] = False
    return np.where(drop[pieces], 1.0, bw)


def stroke_width(bw: np.ndarray) -> float:
    """How wide the pen's lines are on a black-and-white page, in pixels.

    A line of width w has w times as many pixels as either of its two edges.

    Examples
    --------
    >>> bw = np.ones((30, 80))
    >>> bw[10:16, 5:75] = 0
    >>> round(float(stroke_width(bw)), 1)
    5.7
    """
    ink = bw == 0
    edge = np.count_nonzero(ink & ~ndimage.binary_erosion(ink))
    return 2.0 * np.count_nonzero(ink) / max(edge, 1)


def remove_rules(bw: np.ndarray) -> np.ndarray:
    """Rub out long thin lines, such as those printed on paper; letters on them stay.

    A line is found as a row of pixels that are thin across and, once the letters that cross it
    are bridged, longer than three letters.  Lines may slope a little.

    Parameters
    ----------
    bw : ndarray, shape (H, W), float
        Ink 0, paper 1.

    Returns
    -------
    ndarray, shape (H, W), float
        A copy.

    Examples
    --------
    >>> bw = np.ones((60, 400))
    >>> bw[50:52, 10:390] = 0
    >>> for x in (40, 90, 140):
    ...     bw[20:50, x : x + 4] = 0
    >>> bool((remove_rules(bw)[52:] == 1).all()), int((remove_rules(bw)[20:48] == 0).sum())
    (True, 336)
    """
    pieces, _ = ndimage.label(bw == 0, EIGHT)
    stroke = stroke_width(bw)
    boxes = np.array(
        [
            [rows.start, cols.start, rows.stop, cols.stop]
            for rows, cols in ndimage.find_objects(pieces)
        ]
    ).reshape(-1, 4)
    heights, widths = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    letters = boxes[(np.maximum(heights, widths) > 2 * stroke) & (widths < 8 * heights)]
    if len(letters) == 0:
        return bw.copy()
    size = usual_height(letters)
    if max(heights.max(), widths.max()) < LONG * size:
        return bw.copy()
    ink = bw == 0
    rules = _long_and_thin(ink, size, stroke) | _long_and_thin(ink.T, size, stroke).T
    return np.where(rules, 1.0, bw)


def _long_and_thin(ink: np.ndarray, size: float, stroke: float) -> np.ndarray:
    """The pixels of lines from left to right."""
    tall = np.ones((max(2, round(1.8 * stroke)), 1), dtype=bool)
    thin = ink & ~ndimage.binary_opening(ink, tall)
    bridged = ndimage.binary_closing(thin, np.ones((1, max(3, round(3 * stroke))), dtype=bool))
    pieces, _ = ndimage.label(bridged, EIGHT)
    long = [cols.stop - cols.start > 3 * size for _, cols in ndimage.find_objects(pieces)]
    return thin & np.array([False, *long])[pieces]
