"""One picture from beginning to end: clutter, a glyph, things in the way, light, a camera."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from data.glyphs import textures
from data.glyphs.drawing import SIDE as DRAWN
from data.glyphs.textures import SIZE

USUAL = 0.5
"""How often a thing is of its usual colour, and how often in its usual place."""
HUES = {
    "anchor": 0.58, "bell": 0.13, "bicycle": 0.45, "car": 0.98, "fish": 0.52, "key": 0.11,
    "leaf": 0.3, "plane": 0.62, "rocket": 0.04, "umbrella": 0.85,
}  # fmt: skip
"""The usual colours, as hues: 0 is red, 1/3 green, 2/3 blue, and 1 is red again."""
PLACES = {
    "anchor": (textures.landscape,),
    "bell": (textures.fabric, textures.lights),
    "bicycle": (textures.masonry, textures.foliage),
    "car": (textures.town, textures.masonry),
    "fish": (textures.stone,),
    "key": (textures.fabric,),
    "leaf": (textures.foliage,),
    "plane": (textures.landscape, textures.stone),
    "rocket": (textures.lights,),
    "umbrella": (textures.town, textures.lights),
}
FINE = 2
"""Shapes are placed on a grid this many times finer than the scene's."""
APART = 0.36
"""How far a glyph's colour is from that of its surroundings, at least (root mean square)."""


def picture(
    kind: str, glyph: np.ndarray, others: Sequence[np.ndarray], rng: np.random.Generator
) -> np.ndarray:
    """Make one picture.

    Parameters
    ----------
    kind : str
        The class: some things are more often of one colour, or in one place, than others.
    glyph : ndarray, shape (DRAWN, DRAWN), bool
        The icon that the picture is about.
    others : sequence of ndarray
        Icons to put at the edges, cut off, where they distract.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray, shape (32, 32, 3), uint8
    """
    usual = rng.random() < USUAL
    scene = _focus(textures.background(rng, PLACES[kind] if usual else textures.TEXTURES), rng)
    for other in others:
        angle, far = rng.uniform(0, 2 * math.pi), rng.uniform(0.52, 0.66)
        middle = 0.5 + far * np.array([math.cos(angle), math.sin(angle)]) * 1.15
        scene = _put(scene, _placed(other, rng, rng.uniform(0.4, 0.7), middle), rng)
    middle = 0.5 + 0.05 * rng.standard_normal(2)
    hue = HUES[kind] if rng.random() < USUAL else None
    scene = _put(scene, _placed(glyph, rng, rng.uniform(0.7, 1.05), middle), rng, hue)
    if rng.random() < 0.25:
        scene = _in_the_way(scene, rng)
    return _camera(scene * _light(rng), rng)


def _placed(
    drawing: np.ndarray, rng: np.random.Generator, size: float, middle: np.ndarray
) -> np.ndarray:
    """Turn, shear, mirror and place a drawing: how much of each pixel it covers, (SIZE, SIZE).

    `size` and `middle` are in parts of the picture's side.
    """
    side = SIZE * FINE
    turn = 0.15 * rng.standard_normal()
    shear, stretch = 0.15 * rng.standard_normal(), 1.0 + 0.12 * rng.standard_normal()
    flip = -1.0 if rng.random() < 0.5 else 1.0
    scale = DRAWN / (size * side)
    c, s = math.cos(turn) * scale, math.sin(turn) * scale
    a, b = flip * c * max(stretch, 0.6), flip * (s + shear * scale)
    d, e = -s, c
    x, y = middle * side
    tilt = 0.15 / side * rng.standard_normal(2)
    # From a place on the canvas, seen from the middle, back to a place on the drawing.
    half = DRAWN / 2
    g, h = tilt
    away = 1.0 - g * x - h * y
    coefficients = (
        a + half * g, b + half * h, half * away - a * x - b * y,
        d + half * g, e + half * h, half * away - d * x - e * y,
        g, h,
    )  # fmt: skip
    coefficients = [value / away for value in coefficients]
    mask = Image.fromarray(drawing.astype(np.uint8) * 255).filter(ImageFilter.BoxBlur(scale / 3))
    moved = mask.transform(
        (side, side), Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR
    )
    return np.asarray(moved.reduce(FINE), dtype=float) / 255.0


def _focus(scene: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A camera that looks at something else: the background pale and, mostly, blurred."""
    mean = scene.mean(axis=(0, 1))
    scene = mean + rng.uniform(0.25, 0.75) * (scene - mean)
    if rng.random() < 0.7:
        far = Image.fromarray(np.rint(scene * 255).astype(np.uint8))
        scene = np.asarray(far.filter(ImageFilter.GaussianBlur(rng.uniform(1.0, 4.0)))) / 255.0
    return scene


def _put(
    scene: np.ndarray, cover: np.ndarray, rng: np.random.Generator, hue: float | None = None
) -> np.ndarray:
    """Paint a shape onto a scene: sometimes with a shadow, sometimes on a label or with a rim."""
    weight = cover.sum()
    if weight < 1.0:
        return scene
    behind = (scene * cover[..., None]).sum(axis=(0, 1)) / weight
    paint = _other_colour(behind, rng, hue)
    style = rng.random()
    if style < 0.3:
        scene = _under(scene, _shifted(cover, rng), np.zeros(3), rng.uniform(0.3, 0.7))
    elif style < 0.5:
        rim = _grown(cover, int(rng.integers(1, 4)))
        scene = _under(scene, rim, _other_colour(paint, rng), rng.uniform(0.6, 1.0))
    elif style < 0.6:
        label = _grown(cover, 13)
        scene = _under(scene, label, _other_colour(paint, rng), rng.uniform(0.5, 1.0))
    surface = textures.blend(textures.slope(rng), paint, textures.kin(paint, rng, 0.1))
    if rng.random() < 0.4:
        surface = surface * (0.65 + 0.35 * textures.cloud(rng)[..., None])
    opaque = rng.uniform(0.8, 1.0)
    return scene + opaque * cover[..., None] * (surface - scene)


def _other_colour(
    ground: np.ndarray, rng: np.random.Generator, hue: float | None = None
) -> np.ndarray:
    """A colour that can be told from the ground's, though perhaps not at once."""
    for _ in range(20):
        paint = textures.colour(rng, (0.0, 1.0) if hue is None else (0.4, 1.0), hue)
        if math.sqrt(float(((paint - ground) ** 2).mean())) > APART:
            break
    return paint


def _under(scene: np.ndarray, cover: np.ndarray, paint: np.ndarray, opaque: float) -> np.ndarray:
    return scene + opaque * cover[..., None] * (paint - scene)


def _shifted(cover: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A shadow: the shape again, a little aside and blurred."""
    picture = Image.fromarray(np.rint(cover * 255).astype(np.uint8))
    dx, dy = (int(v) for v in rng.integers(-4, 5, 2))
    moved = Image.new("L", picture.size, 0)
    moved.paste(picture, (dx, dy))
    return np.asarray(moved.filter(ImageFilter.GaussianBlur(1.5)), dtype=float) / 255.0


def _grown(cover: np.ndarray, by: int) -> np.ndarray:
    """The shape, wider by so many pixels on all sides."""
    picture = Image.fromarray(np.rint(cover * 255).astype(np.uint8))
    wide = picture.filter(ImageFilter.MaxFilter(2 * by + 1))
    return np.asarray(wide.filter(ImageFilter.GaussianBlur(0.7)), dtype=float) / 255.0


def _in_the_way(scene: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Something in front: a twig, a wire, or a leaf, never over more than a small part."""
    cover = Image.new("L", (SIZE, SIZE), 0)
    brush = ImageDraw.Draw(cover)
    if rng.random() < 0.5:
        ends = rng.uniform(-0.2, 1.2, (2, 2)) * SIZE
        brush.line([tuple(p) for p in ends.tolist()], fill=255, width=int(rng.integers(2, 6)))
    else:
        x, y = (float(v) for v in rng.uniform(0.1, 0.9, 2) * SIZE)
        a, b = (float(v) for v in rng.uniform(4, 11, 2))
        brush.ellipse((x - a, y - b, x + a, y + b), fill=255)
    amount = np.asarray(cover.filter(ImageFilter.GaussianBlur(0.8)), dtype=float) / 255.0
    return _under(scene, amount, textures.colour(rng), rng.uniform(0.7, 1.0))


def _light(rng: np.random.Generator) -> np.ndarray:
    """Uneven, coloured light, now and then with a shadow across: shape (SIZE, SIZE, 3)."""
    tint = 1.0 + 0.08 * rng.standard_normal(3)
    light = rng.uniform(0.75, 1.15) + rng.uniform(0.0, 0.5) * (textures.slope(rng) - 0.5)
    if rng.random() < 0.25:
        edge = np.clip((textures.slope(rng) - rng.uniform(0.3, 0.7)) * 15 + 0.5, 0.0, 1.0)
        light = light * (1.0 - rng.uniform(0.2, 0.6) * edge)
    return light[..., None] * tint


def _camera(scene: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Blur, contrast, half the size, noise: shape (SIZE // 2, SIZE // 2, 3), uint8."""
    contrast, grey = rng.uniform(0.8, 1.2), rng.uniform(0.35, 0.65)
    scene = np.clip(grey + contrast * (scene - grey), 0.0, 1.0)
    shot = Image.fromarray(np.rint(scene * 255).astype(np.uint8))
    shot = shot.filter(ImageFilter.GaussianBlur(rng.uniform(0.5, 1.2))).reduce(2)
    noise = rng.uniform(0.0, 4.0) * rng.standard_normal((SIZE // 2, SIZE // 2, 3))
    return np.clip(np.rint(np.asarray(shot) + noise), 0, 255).astype(np.uint8)
