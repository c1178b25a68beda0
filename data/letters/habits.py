"""Habits of writing that fonts seldom have: a bar through the 7, serifs on the I, and so on.

Coordinates are those of `pen.unit`: the character's longer side runs from -1 to 1, y downwards.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from data.letters.skeleton import Stroke

Habit = Callable[[list[Stroke], np.random.Generator], list[Stroke]]


def _bar(x1: float, y1: float, x2: float, y2: float, rng: np.random.Generator) -> Stroke:
    """A short straight stroke, not quite where it was meant to be."""
    ends = np.array([[x1, y1], [x2, y2]]) + 0.05 * rng.standard_normal((2, 2))
    steps = np.linspace(0.0, 1.0, 24)[:, None]
    return Stroke(ends[0] * (1 - steps) + ends[1] * steps, np.ones(24))


def _extent(strokes: list[Stroke]) -> tuple[np.ndarray, np.ndarray]:
    points = np.concatenate([s.points for s in strokes])
    return points.min(axis=0), points.max(axis=0)


def _is_plain(strokes: list[Stroke]) -> bool:
    """Whether a character is a single upright bar."""
    low, high = _extent(strokes)
    return (high - low)[0] < 0.45


def _serifs(strokes: list[Stroke], rng: np.random.Generator) -> list[Stroke]:
    if not _is_plain(strokes):
        return strokes
    half = rng.uniform(0.25, 0.6)
    return [*strokes, _bar(-half, -1, half, -1, rng), _bar(-half, 1, half, 1, rng)]


def _foot(strokes: list[Stroke], rng: np.random.Generator) -> list[Stroke]:
    low, high = _extent(strokes)
    if (high - low)[0] > 0.8:  # it has one already
        return strokes
    half = rng.uniform(0.25, 0.5)
    foot = _bar(-half, 1, half, 1, rng)
    if not _is_plain(strokes):
        return [*strokes, foot]
    flag = _bar(-rng.uniform(0.3, 0.6), -1 + rng.uniform(0.2, 0.6), 0, -1, rng)
    return [*strokes, flag, foot] if rng.random() < 0.7 else [*strokes, flag]


def _crossbar(strokes: list[Stroke], rng: np.random.Generator) -> list[Stroke]:
    if len(strokes) > 1:  # it has one already
        return strokes
    points = np.concatenate([s.points for s in strokes])
    level = rng.uniform(-0.15, 0.15)
    lower = points[points[:, 1] > -0.6]
    middle = lower[np.argmin(np.abs(lower[:, 1] - level))] if len(lower) else np.zeros(2)
    half = rng.uniform(0.2, 0.45)
    return [*strokes, _bar(middle[0] - half, level, middle[0] + half, level, rng)]


def _roof(strokes: list[Stroke], rng: np.random.Generator) -> list[Stroke]:
    """A bar on top of the J's hook."""
    low, high = _extent(strokes)
    points = np.concatenate([s.points for s in strokes])
    top = points[points[:, 1] < low[1] + 0.15]
    if np.ptp(top[:, 0]) > 0.35:  # it has one already
        return strokes
    middle, half = float(top[:, 0].mean()), rng.uniform(0.25, 0.55)
    reach = half if rng.random() < 0.7 else 0.05
    return [*strokes, _bar(middle - half, low[1], middle + reach, low[1], rng)]


HABITS: dict[str, tuple[float, Habit]] = {
    "I": (0.4, _serifs),
    "1": (0.35, _foot),
    "7": (0.35, _crossbar),
    "Z": (0.2, _crossbar),
    "J": (0.3, _roof),
}
"""By character: how often, and what is done."""


def with_habit(character: str, strokes: list[Stroke], rng: np.random.Generator) -> list[Stroke]:
    """Now and then, write a character in the other way that people write it."""
    if character in HABITS:
        chance, habit = HABITS[character]
        if rng.random() < chance:
            return habit(strokes, rng)
    return strokes
