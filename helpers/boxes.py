"""Boxes ``[y1, x1, y2, x2]``: top left corner inside, bottom right corner just outside."""

from __future__ import annotations

import numpy as np


def overlaps(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """How well boxes agree: intersection over union, for every pair.

    Parameters
    ----------
    first : ndarray, shape (N, 4)
    second : ndarray, shape (M, 4)

    Returns
    -------
    ndarray, shape (N, M), float64, in 0..1
        1 for equal boxes, 0 for boxes that share no pixel.

    Examples
    --------
    >>> one = np.array([[0, 0, 10, 10]])
    >>> overlaps(one, np.array([[0, 0, 10, 10], [0, 5, 10, 15], [50, 50, 60, 60]])).round(2)
    array([[1.  , 0.33, 0.  ]])
    """
    first = np.asarray(first, dtype=float).reshape(-1, 4)
    second = np.asarray(second, dtype=float).reshape(-1, 4)
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    shared = np.clip(high - low, 0.0, None).prod(axis=2)
    union = _areas(first)[:, None] + _areas(second)[None, :] - shared
    return shared / np.maximum(union, 1e-9)


def _areas(boxes: np.ndarray) -> np.ndarray:
    return np.clip(boxes[:, 2:] - boxes[:, :2], 0.0, None).prod(axis=1)


def found_and_true(
    boxes: np.ndarray, truth: np.ndarray, least: float = 0.5
) -> tuple[np.ndarray, np.ndarray]:
    """Which true boxes are found, and which of the boxes are true.

    Each true box is matched with at most one box and the other way round, the best pairs first.

    Parameters
    ----------
    boxes : ndarray, shape (N, 4)
    truth : ndarray, shape (M, 4)
    least : float
        Two boxes match where their intersection over union is at least this.

    Returns
    -------
    found : ndarray of bool, shape (M,)
        Its mean is the recall.
    true : ndarray of bool, shape (N,)
        Its mean is the precision.

    Examples
    --------
    >>> found, true = found_and_true([[0, 0, 9, 9], [0, 0, 9, 8]], [[0, 0, 9, 9], [20, 0, 29, 9]])
    >>> found.tolist(), true.tolist()
    ([True, False], [True, False])
    """
    rows, columns = matching(boxes, truth, least)
    found, true = np.zeros(len(truth), dtype=bool), np.zeros(len(boxes), dtype=bool)
    found[columns] = true[rows] = True
    return found, true


def matching(
    boxes: np.ndarray, truth: np.ndarray, least: float = 0.5
) -> tuple[np.ndarray, np.ndarray]:
    """Which box belongs to which true one: the numbers of both, in the order of the boxes.

    Parameters
    ----------
    boxes, truth, least
        As for `found_and_true`.

    Returns
    -------
    rows, columns : ndarray of int, shape (K,)
        ``boxes[rows[k]]`` matches ``truth[columns[k]]``.

    Examples
    --------
    >>> rows, columns = matching([[0, 9, 9, 18], [50, 0, 59, 9]], [[50, 0, 59, 9], [0, 9, 9, 18]])
    >>> rows.tolist(), columns.tolist()
    ([0, 1], [1, 0])
    """
    agree = overlaps(boxes, truth)
    rows, columns = np.nonzero(agree >= least)
    partner: dict[int, int] = {}
    for k in np.argsort(-agree[rows, columns], kind="stable"):
        row, column = int(rows[k]), int(columns[k])
        if row not in partner and column not in partner.values():
            partner[row] = column
    kept = sorted(partner)
    return np.array(kept, dtype=int), np.array([partner[row] for row in kept], dtype=int)


def usual_height(boxes: np.ndarray) -> float:
    """The height of a usual letter: half of all the ink's height is in boxes at least so high.

    Small pieces count little, however many there are: each box weighs as much as it is high.

    Parameters
    ----------
    boxes : ndarray, shape (N, 4)
        At least one box.

    Returns
    -------
    float
        In pixels.

    Examples
    --------
    >>> specks = [[0, 0, 2, 2]] * 10
    >>> usual_height(np.array([[0, 0, 40, 30], [0, 50, 38, 80], [0, 90, 42, 120], *specks]))
    40.0
    """
    boxes = np.asarray(boxes)
    heights = np.sort(boxes[:, 2] - boxes[:, 0])
    return float(heights[np.searchsorted(np.cumsum(heights), heights.sum() / 2)])
