"""Write a character's strokes again, as a hand and a pen would."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from data.letters.skeleton import Stroke

OVERSAMPLE = 4


@dataclass(frozen=True)
class Pen:
    """What is written with, in parts of the character's longer side.

    Attributes
    ----------
    width : float
        Mean width of a line.
    contrast : float
        How much of the font's own thick and thin is kept, 0 (none) to 1.
    taper : float
        How much thinner a line ends than it runs, 0 (not) to 1.
    """

    width: float
    contrast: float
    taper: float


def choose_pen(rng: np.random.Generator) -> Pen:
    """Draw a pen: mostly ballpoint and pencil, now and then a marker."""
    narrow, wide = (0.04, 0.10) if rng.random() < 0.8 else (0.10, 0.16)
    return Pen(
        width=rng.uniform(narrow, wide),
        contrast=rng.uniform(0.0, 0.8),
        taper=rng.uniform(0.0, 0.7) if rng.random() < 0.5 else 0.0,
    )


def unit(strokes: list[Stroke]) -> list[Stroke]:
    """Move a character to the middle and scale its longer side to run from -1 to 1."""
    points = np.concatenate([s.points for s in strokes])
    low, high = points.min(axis=0), points.max(axis=0)
    half = max(float((high - low).max()) / 2, 1e-6)
    return [Stroke((s.points - (low + high) / 2) / half, s.widths) for s in strokes]


@dataclass(frozen=True)
class Hand:
    """How freely a hand writes: standard deviations, in units of half a character's size.

    Attributes
    ----------
    turn, slant : float
        Of the whole character, as tangents.
    wide, stretch : float
        The mean and the spread of the logarithm of its width against the model's.
    bend : float
        Of the coefficients of a bend of the third degree.
    bump : float
        Of local dents and bulges.
    shift, size, skew : float
        Of one stroke against the others: its place, its length, its direction.
    end : float
        By how much a stroke ends too late or too early.
    tail : float
        How often a stroke ends in a little hook.
    """

    turn: float = 0.09
    slant: float = 0.14
    wide: float = 0.1
    stretch: float = 0.17
    bend: float = 0.06
    bump: float = 0.05
    shift: float = 0.04
    size: float = 0.07
    skew: float = 0.06
    end: float = 0.09
    tail: float = 0.1


def by_hand(
    strokes: list[Stroke], rng: np.random.Generator, wildness: float = 1.0, hand: Hand | None = None
) -> list[Stroke]:
    """Write the strokes anew: slanted, bent, hasty; no two results are the same.

    Parameters
    ----------
    strokes : list of Stroke
        In the square from -1 to 1.
    rng : numpy.random.Generator
    wildness : float
        0 leaves the shape nearly as it is, 1 is an ordinary hand, 2 a hurried one.
    hand : Hand or None
        By default an ordinary one.

    Returns
    -------
    list of Stroke
    """
    hand = hand or Hand()
    loose = [_hurry(_loosen(s, rng, wildness, hand), rng, wildness, hand) for s in strokes]
    bend = hand.bend * wildness * rng.standard_normal((2, 7))
    bumps = _bumps(rng, hand.bump * wildness)
    matrix = _affine(rng, wildness, hand)
    written = []
    for s in loose:
        x, y = _bend(s.points[:, 0], s.points[:, 1], bend)
        x, y = _dent(x, y, bumps)
        x, y = matrix[0] * x + matrix[1] * y, matrix[2] * x + matrix[3] * y
        written.append(Stroke(np.stack([x, y], axis=1), s.widths))
    return written


def _affine(rng: np.random.Generator, wildness: float, hand: Hand) -> tuple[float, ...]:
    """Slant, turn and stretch, as the four numbers of a matrix."""
    turn = hand.turn * wildness * rng.standard_normal()
    slant = hand.slant * wildness * rng.standard_normal()
    stretch = hand.wide + hand.stretch * wildness * rng.standard_normal()
    wider = max(0.5, 1.0 + stretch + stretch * stretch / 2)
    return wider, -slant - turn, wider * turn, 1.0


def _bend(x: np.ndarray, y: np.ndarray, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Bend the plane by a random polynomial of the third degree."""
    terms = (x * x, x * y, y * y, x * x * x, x * x * y, x * y * y, y * y * y)
    dx = sum(c[0, k] * t for k, t in enumerate(terms))
    dy = sum(c[1, k] * t for k, t in enumerate(terms))
    return x + dx, y + dy


def _bumps(rng: np.random.Generator, size: float) -> np.ndarray:
    """Five local shifts of the plane: where (x, y) and by how much (dx, dy), shape (5, 4)."""
    return np.concatenate(
        [rng.uniform(-1.0, 1.0, (5, 2)), 2 * size * rng.standard_normal((5, 2))], axis=1
    )


def _dent(x: np.ndarray, y: np.ndarray, bumps: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shift the plane near each bump; the shift fades out within 0.9 of its middle."""
    to_x, to_y = x, y
    for at_x, at_y, dx, dy in bumps.tolist():
        near = ((x - at_x) * (x - at_x) + (y - at_y) * (y - at_y)) / 0.81
        weight = np.clip(1.0 - near, 0.0, 1.0)
        weight = weight * weight
        to_x, to_y = to_x + dx * weight, to_y + dy * weight
    return to_x, to_y


def _loosen(stroke: Stroke, rng: np.random.Generator, wildness: float, hand: Hand) -> Stroke:
    """Put one stroke a little beside its place, a little too long, a little askew."""
    middle = stroke.points.mean(axis=0)
    shift = hand.shift * wildness * rng.standard_normal(2)
    size = np.maximum(0.5, 1.0 + hand.size * wildness * rng.standard_normal(2))
    turn = hand.skew * wildness * rng.standard_normal()
    x, y = ((stroke.points - middle) * size).T
    points = np.stack([x - turn * y, y + turn * x], axis=1) + middle + shift
    return Stroke(points, stroke.widths)


def _hurry(stroke: Stroke, rng: np.random.Generator, wildness: float, hand: Hand) -> Stroke:
    """Begin and end a stroke too early or too late, or with a hook."""
    for _ in range(2):
        by = hand.end * wildness * rng.standard_normal()
        hook = rng.random() < hand.tail * wildness
        curl = rng.uniform(-2.5, 2.5)
        stroke = _hook(stroke, 0.1 + abs(by), curl) if hook else _end(stroke, by)
        stroke = Stroke(stroke.points[::-1], stroke.widths[::-1])
    return stroke


def _end(stroke: Stroke, by: float) -> Stroke:
    """Lengthen (by > 0) or shorten (by < 0) a stroke at its last point."""
    points, widths = stroke.points, stroke.widths
    if len(points) < 12:
        return stroke
    step, length = _last_step(points)
    if by > 0:
        more = points[-1] + np.linspace(0.2, 1.0, 5)[:, None] * (step * by)
        return Stroke(np.concatenate([points, more]), np.append(widths, np.full(5, widths[-1])))
    cut = min(int(-by / length * 7), len(points) // 4)
    return Stroke(points[: len(points) - cut], widths[: len(points) - cut])


def _hook(stroke: Stroke, length: float, curl: float) -> Stroke:
    """Go on at the last point in a small arc that turns by about `curl` radians."""
    points, widths = stroke.points, stroke.widths
    if len(points) < 12:
        return stroke
    (dx, dy), _ = _last_step(points)
    along = np.linspace(0.1, 1.0, 10)
    aside = curl / 2 * along * along
    ahead = along * (1.0 - 0.1 * curl * curl * along)
    more = length * np.stack([ahead * dx - aside * dy, ahead * dy + aside * dx], axis=1)
    widths = np.append(widths, np.full(10, widths[-1]))
    return Stroke(np.concatenate([points, points[-1] + more]), widths)


def _last_step(points: np.ndarray) -> tuple[np.ndarray, float]:
    """The direction of a stroke's end, as a unit vector, and the length of its last piece."""
    step = points[-1] - points[-8]
    length = max(float(np.sqrt((step * step).sum())), 1e-6)
    return step / length, length


def draw(
    strokes: list[Stroke], pen: Pen, rng: np.random.Generator, size: int, room: np.ndarray
) -> np.ndarray:
    """Draw strokes with a pen.

    Parameters
    ----------
    strokes : list of Stroke
    pen : Pen
    rng : numpy.random.Generator
    size : int
        The longer side of the character, in pixels.
    room : ndarray, shape (4,)
        Empty paper above, below, left and right, in parts of `size`.

    Returns
    -------
    ndarray, shape (H, W), uint8
        0 where there is no ink, 255 where all is ink.
    """
    strokes = unit(strokes)
    points = np.concatenate([s.points for s in strokes])
    low, high = points.min(axis=0), points.max(axis=0)
    scale = size / 2 * OVERSAMPLE
    up, down, left, right = (room + pen.width / 2) * 2
    shape = np.array([high[0] - low[0] + left + right, high[1] - low[1] + up + down]) / 2
    width, height = np.maximum(4, np.rint(shape * size)).astype(int)
    canvas = Image.new("L", (int(width) * OVERSAMPLE, int(height) * OVERSAMPLE), 0)
    brush = ImageDraw.Draw(canvas)
    for s in strokes:
        radii = pen.width * scale * _pressure(s, pen, rng)
        _line(brush, (s.points - low + np.array([left, up])) * scale, radii)
    return np.asarray(canvas.reduce(OVERSAMPLE))


def _pressure(stroke: Stroke, pen: Pen, rng: np.random.Generator) -> np.ndarray:
    """The pen's relative width along a stroke."""
    n = len(stroke.points)
    at = np.linspace(0.0, 1.0, n)
    width = 1.0 + pen.contrast * (np.clip(stroke.widths, 0.3, 2.0) - 1.0)
    width = width * np.interp(at, np.linspace(0, 1, 5), rng.uniform(0.85, 1.15, 5))
    near_end = np.clip((1.0 - at) / 0.25, 0.0, 1.0)
    return width * (1.0 - pen.taper * (1.0 - near_end))


def _line(brush: ImageDraw.ImageDraw, points: np.ndarray, radii: np.ndarray) -> None:
    """Draw a line of changing width, as short pieces with round joints."""
    keep = np.unique(np.append(np.arange(0, len(points), 3), len(points) - 1))
    radii = np.maximum(radii[keep], OVERSAMPLE * 0.35).tolist()
    last = None
    for (x, y), r in zip(points[keep].tolist(), radii, strict=True):
        brush.ellipse((x - r, y - r, x + r, y + r), fill=255)
        if last is not None:
            brush.line((*last, x, y), fill=255, width=max(1, round(2 * r)))
        last = (x, y)
