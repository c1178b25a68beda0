"""From a glyph to the path of a pen: thin the shape to lines, then follow the lines.

Thinning is that of Z. Guo and R. W. Hall, "Parallel thinning with two-subiteration algorithms",
Communications of the ACM 32 (1989), written as a table of 256 neighbourhoods.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy import ndimage

# The eight neighbours of a pixel, clockwise from above: (row, column).
AROUND = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))


def _removable(step: int) -> np.ndarray:
    """Which of the 256 neighbourhoods let the middle pixel go in this half step."""
    table = np.zeros(256, dtype=bool)
    for code in range(256):
        p = [bool(code >> k & 1) for k in range(8)]
        n, ne, e, se, s, sw, w, nw = p
        crossings = (
            (not n and (ne or e))
            + (not e and (se or s))
            + (not s and (sw or w))
            + (not w and (nw or n))
        )
        one = (nw or n) + (ne or e) + (se or s) + (sw or w)
        two = (n or ne) + (e or se) + (s or sw) + (w or nw)
        side = ((ne or n or not se) and e) if step else ((sw or s or not nw) and w)
        table[code] = crossings == 1 and 2 <= min(one, two) <= 3 and not side
    return table


TABLES = (_removable(0), _removable(1))


def thin(shape: np.ndarray) -> np.ndarray:
    """Thin a shape to lines one pixel wide.

    Parameters
    ----------
    shape : ndarray of bool, shape (H, W)
        True where there is ink; a border of one pixel must be False.

    Returns
    -------
    ndarray of bool, shape (H, W)
    """
    lines = shape.copy()
    while True:
        before = np.count_nonzero(lines)
        for table in TABLES:
            lines &= ~table[_neighbourhoods(lines)]
        if np.count_nonzero(lines) == before:
            return lines


def _neighbourhoods(lines: np.ndarray) -> np.ndarray:
    code = np.zeros(lines.shape, dtype=np.uint8)
    bits = lines.astype(np.uint8)
    for k, (dy, dx) in enumerate(AROUND):
        code |= np.roll(bits, (-dy, -dx), axis=(0, 1)) << k
    return code


@dataclass(frozen=True)
class Stroke:
    """One line of the pen.

    Attributes
    ----------
    points : ndarray, shape (N, 2)
        Where the pen goes, as (x, y), y downwards.
    widths : ndarray, shape (N,)
        How wide the glyph is there, relative to its mean width (1 is the mean).
    """

    points: np.ndarray
    widths: np.ndarray


def trace(shape: np.ndarray) -> list[Stroke]:
    """Turn a filled glyph into strokes.

    The lines of the thinned glyph are cut at their crossings, spurs shorter than the pen is wide
    are dropped, crossings that thinning pulled apart are joined again, and lines that go on
    straight through a crossing become one stroke.

    Parameters
    ----------
    shape : ndarray of bool, shape (H, W)

    Returns
    -------
    list of Stroke
        In pixels of `shape`; empty if there is no ink.
    """
    shape = np.pad(shape, 2)
    depth = ndimage.distance_transform_edt(shape)
    lines = thin(shape)
    if not lines.any():
        return []
    half_width = float(depth[lines].mean())
    paths = _paths(lines)
    paths = _drop_spurs(paths, 1.6 * half_width)
    paths = _close_gaps(paths, 1.8 * half_width)
    strokes = []
    for path in _join_straight(paths):
        rows, cols = path[:, 0], path[:, 1]
        at = np.clip(np.rint(path).astype(int), 0, np.array(shape.shape) - 1)
        widths = _smooth(depth[at[:, 0], at[:, 1]] / half_width, 4)
        points = _smooth(np.stack([cols - 2, rows - 2], axis=1).astype(float), 4)
        strokes.append(Stroke(points, widths))
    return strokes


def _smooth(values: np.ndarray, times: int) -> np.ndarray:
    """Average each value with its neighbours, `times` times; the two ends stay."""
    for _ in range(times):
        if len(values) > 2:
            inner = 0.25 * values[:-2] + 0.5 * values[1:-1] + 0.25 * values[2:]
            values = np.concatenate([values[:1], inner, values[-1:]])
    return values


def _paths(lines: np.ndarray) -> list[np.ndarray]:
    """Follow thin lines from node to node; a node is an end or a crossing.

    The pixels of one crossing all become the crossing's middle.
    """
    pixels = {(int(r), int(c)) for r, c in np.argwhere(lines)}
    near = {p: [q for q in _beside(p) if q in pixels] for p in pixels}
    forks = np.zeros(lines.shape, dtype=bool)
    for p, others in near.items():
        forks[p] = len(others) > 2
    blobs, count = ndimage.label(forks, structure=np.ones((3, 3)))
    middles = ndimage.center_of_mass(forks, blobs, range(1, count + 1))
    node = {p: tuple(middles[blobs[p] - 1]) for p in pixels if blobs[p]}
    paths, seen = [], set()
    starts = sorted(p for p in pixels if not blobs[p] and _is_start(p, near, blobs))
    for first in starts:
        if first not in seen:
            paths.append(_walk(first, near, node, seen))
    for first in sorted(p for p in pixels if not blobs[p]):  # what is left are closed rings
        if first not in seen:
            ring = _walk(first, near, node, seen)
            paths.append(np.concatenate([ring, ring[:1]]))
    return [p for p in paths if len(p) > 1]


def _beside(p: tuple[int, int]) -> list[tuple[int, int]]:
    return [(p[0] + dy, p[1] + dx) for dy, dx in AROUND]


def _is_start(p: tuple, near: dict, blobs: np.ndarray) -> bool:
    """An end of a line, or the first pixel beside a crossing."""
    return len(near[p]) < 2 or any(blobs[q] for q in near[p])


def _walk(first: tuple, near: dict, node: dict, seen: set) -> np.ndarray:
    path: list[tuple] = []
    forks = [q for q in near[first] if q in node]
    if forks:
        path.append(node[forks[0]])
    here: tuple | None = first
    while here is not None:
        seen.add(here)
        path.append(here)
        ahead = [q for q in near[here] if q not in node and q not in seen]
        if not ahead:
            ends = [node[q] for q in near[here] if q in node]
            others = [e for e in ends if e != path[0]] or (ends if len(path) > 3 else [])
            path.extend(others[:1])
        here = min(ahead, key=lambda q: abs(q[0] - here[0]) + abs(q[1] - here[1]), default=None)
    return np.array(path, dtype=float)


def _length(path: np.ndarray) -> float:
    return float(np.sqrt((np.diff(path, axis=0) ** 2).sum(axis=1)).sum())


def _ends(paths: list[np.ndarray]) -> dict[tuple, list[tuple[int, int]]]:
    """Which paths meet at each end point: {point: [(path, 0 for its start or -1), ...]}."""
    meet: dict[tuple, list[tuple[int, int]]] = {}
    for k, path in enumerate(paths):
        for side in (0, -1):
            meet.setdefault(tuple(path[side]), []).append((k, side))
    return meet


def _drop_spurs(paths: list[np.ndarray], shortest: float) -> list[np.ndarray]:
    """Drop short lines that hang on a crossing by one end."""
    meet = _ends(paths)

    def is_spur(path: np.ndarray) -> bool:
        free = [len(meet[tuple(path[side])]) == 1 for side in (0, -1)]
        return sum(free) == 1 and _length(path) < shortest

    return [p for p in paths if not is_spur(p)]


def _close_gaps(paths: list[np.ndarray], shortest: float) -> list[np.ndarray]:
    """Shrink the short bridge between two crossings to a point: thinning pulls an X apart."""
    paths = list(paths)
    while True:
        meet = _ends(paths)
        bridge = next((k for k, p in enumerate(paths) if _is_bridge(p, meet, shortest)), None)
        if bridge is None:
            return paths
        path = paths.pop(bridge)
        middle = (path[0] + path[-1]) / 2
        old = {tuple(path[0]), tuple(path[-1])}
        paths = [_move_ends(p, old, middle) for p in paths]


def _is_bridge(path: np.ndarray, meet: dict, shortest: float) -> bool:
    a, b = tuple(path[0]), tuple(path[-1])
    return a != b and len(meet[a]) > 2 and len(meet[b]) > 2 and _length(path) < shortest


def _move_ends(path: np.ndarray, old: set[tuple], new: np.ndarray) -> np.ndarray:
    path = path.copy()
    for side in (0, -1):
        if tuple(path[side]) in old:
            path[side] = new
    return path


def _join_straight(paths: list[np.ndarray]) -> list[np.ndarray]:
    """Join two lines that meet at a point and go on in about the same direction."""
    paths = list(paths)
    while True:
        pair = _best_pair(paths)
        if pair is None:
            return paths
        (a, side_a), (b, side_b) = pair
        head = paths[a] if side_a == -1 else paths[a][::-1]
        tail = paths[b] if side_b == 0 else paths[b][::-1]
        paths = [p for k, p in enumerate(paths) if k not in (a, b)]
        paths.append(np.concatenate([head, tail[1:]]))


def _best_pair(paths: list[np.ndarray]) -> tuple | None:
    """The two path ends that most nearly continue each other, or None if none do.

    The cosine between their headings is -1 where the line runs straight on.  Where only two
    paths meet (a spur was dropped between them) they are one line however it bends.
    """
    best, straightest = None, -0.5
    for arms in _ends(paths).values():
        for (a, side_a), (b, side_b) in combinations(arms, 2):
            if a == b:
                continue
            bend = float((_heading(paths[a], side_a) * _heading(paths[b], side_b)).sum())
            if len(arms) == 2:
                return (a, side_a), (b, side_b)
            if bend < straightest:
                best, straightest = ((a, side_a), (b, side_b)), bend
    return best


def _heading(path: np.ndarray, side: int) -> np.ndarray:
    """The direction in which a path leaves its end, as a unit vector."""
    far = path[min(8, len(path) - 1)] if side == 0 else path[-min(9, len(path))]
    step = far - path[side]
    return step / max(float(np.sqrt((step * step).sum())), 1e-9)
