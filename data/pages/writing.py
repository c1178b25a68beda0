"""Write a text by hand, letter by letter, and remember where each letter is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import ImageFont

from data.letters import glyphs, habits, pen
from data.letters.skeleton import Stroke, trace
from data.pages.plan import Plan
from data.pages.view import View

WILDNESS = 0.65
"""One writer's letters are alike: about half as wild as those of the data set can be."""
HAND = pen.Hand(wide=0.0, stretch=0.08, shift=0.07, end=0.12, tail=0.05)
VISIBLE = 96
"""A pixel belongs to a letter where this much of 255 is ink."""


@dataclass(frozen=True)
class Letter:
    """A letter on the page: its character, its line, its box ``[y1, x1, y2, x2]``."""

    character: str
    line: int
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class Shape:
    """A font's character: strokes in units of the height of a capital, standing on y = 0."""

    strokes: list[Stroke]
    width: float


def read_shapes(face: ImageFont.FreeTypeFont, characters: str) -> dict[str, Shape]:
    """Trace every character that is needed, as high and wide as the font has it."""
    return {c: _shape(trace(glyphs.glyph(face, c))) for c in sorted(set(characters))}


def _shape(strokes: list[Stroke]) -> Shape:
    points = np.concatenate([s.points for s in strokes])
    low, high = points.min(axis=0), points.max(axis=0)
    corner = np.array([low[0], high[1]])
    moved = [Stroke((s.points - corner) / glyphs.CAP_HEIGHT, s.widths) for s in strokes]
    return Shape(moved, float(high[0] - low[0]) / glyphs.CAP_HEIGHT)


def write(
    plan: Plan, shapes: dict[str, Shape], view: View, rng: np.random.Generator
) -> tuple[np.ndarray, list[Letter]]:
    """Write a page.

    Parameters
    ----------
    plan : Plan
    shapes : dict of str to Shape
        The writer's characters.
    view : View
        From the sheet to the photograph.
    rng : numpy.random.Generator

    Returns
    -------
    ink : ndarray, shape (height, width), uint8
        0 where there is no ink, 255 where all is ink, as the camera sees it.
    letters : list of Letter
        Line by line, from left to right.
    """
    ink = np.zeros((plan.height, plan.width), dtype=np.uint8)
    tool = pen.Pen(plan.line, contrast=0.3, taper=rng.uniform(0.0, 0.5))
    habit = {c for c in habits.HABITS if rng.random() < 0.4}
    letters: list[Letter] = []
    left = rng.uniform(1.2, 1.8) * plan.letter + plan.table * plan.width
    above = (plan.height - plan.leading * (len(plan.lines) - 1)) / 2 + plan.letter / 2
    for number, text in enumerate(plan.lines):
        x = left + 0.4 * plan.letter * rng.standard_normal()
        base = above + number * plan.leading
        drift = 0.006 * rng.standard_normal()
        for place, character in enumerate(text):
            if character == " ":
                x += plan.letter * rng.uniform(0.6, 0.9)
                continue
            strokes = _by_hand(character, shapes[character], character in habit, rng)
            size = plan.letter * (1.0 + 0.05 * rng.standard_normal())
            at = np.array([x, base + drift * (x - left) + 0.03 * size * rng.standard_normal()])
            placed = [Stroke(view(s.points * size + at), s.widths) for s in strokes]
            letters.append(Letter(character, number, _ink_in(ink, placed, tool, rng)))
            x += max(float(s.points[:, 0].max()) for s in strokes) * size
            x += plan.line + plan.letter * rng.uniform(0.08, 0.34)
            if plan.dots and text[: place + 1].isdigit() and text[place + 1 : place + 2] == " ":
                x = _dot(ink, x, at[1], plan, view, rng)
    return ink, letters


def _by_hand(character: str, shape: Shape, habit: bool, rng: np.random.Generator) -> list[Stroke]:
    """One character, written anew; its left edge at x = 0, on the line y = 0."""
    strokes = pen.unit(shape.strokes)
    if habit:
        strokes = habits.HABITS[character][1](strokes, rng)
    before = np.concatenate([s.points for s in shape.strokes])
    half = float((before.max(axis=0) - before.min(axis=0)).max()) / 2
    strokes = pen.by_hand(strokes, rng, WILDNESS, HAND)
    points = np.concatenate([s.points for s in strokes])
    corner = np.array([points[:, 0].min(), points[:, 1].max()])
    return [Stroke((s.points - corner) * half, s.widths) for s in strokes]


def _ink_in(
    ink: np.ndarray, strokes: list[Stroke], tool: pen.Pen, rng: np.random.Generator
) -> tuple[int, int, int, int]:
    """Draw strokes given in pixels of the photograph onto `ink`; return their box."""
    points = np.concatenate([s.points for s in strokes])
    low, high = points.min(axis=0), points.max(axis=0)
    size = max(float((high - low).max()), 1.0)
    room = 2.0 * tool.width / size
    brush = pen.Pen(tool.width / size, tool.contrast, tool.taper)
    patch = pen.draw(strokes, brush, rng, size, np.full(4, room))
    pad = (room + brush.width / 2) * size
    left, top = np.rint(low - pad).astype(int)
    height, width = patch.shape
    if top < 0 or left < 0 or top + height > ink.shape[0] or left + width > ink.shape[1]:
        raise ValueError(f"the writing leaves the page at x = {left}, y = {top}")
    spot = ink[top : top + height, left : left + width]
    np.maximum(spot, patch, out=spot)
    rows, cols = (np.flatnonzero((patch >= VISIBLE).any(axis=axis)) for axis in (1, 0))
    box = (top + rows[0], left + cols[0], top + rows[-1] + 1, left + cols[-1] + 1)
    return tuple(int(edge) for edge in box)


def _dot(
    ink: np.ndarray, x: float, y: float, plan: Plan, view: View, rng: np.random.Generator
) -> float:
    """Put a dot after a number; return where the writing goes on."""
    spot = np.array([[x, y], [x + 0.3, y + 0.3]]) + 0.04 * plan.letter * rng.standard_normal(2)
    stroke = Stroke(view(np.repeat(spot, 6, axis=0)), np.ones(12))
    _ink_in(ink, [stroke], pen.Pen(plan.line * 1.2, 0.0, 0.0), rng)
    return x + 0.25 * plan.letter
