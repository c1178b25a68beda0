"""What lies behind the glyphs: textures that look a little like photographs of something."""

from __future__ import annotations

import colorsys
import math
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SIZE = 64
"""Height and width of a scene before the camera halves it, in pixels."""

Colour = np.ndarray
Texture = Callable[[np.random.Generator], np.ndarray]


def colour(
    rng: np.random.Generator, vivid: tuple[float, float] = (0.0, 0.7), hue: float | None = None
) -> Colour:
    """A random colour, red, green and blue from 0 to 1.

    `vivid` bounds its saturation; `hue` from 0 to 1 says what colour it is, more or less.
    """
    tone = rng.random() if hue is None else (hue + 0.04 * rng.standard_normal()) % 1.0
    value = rng.uniform(0.15, 1.0)
    return np.array(colorsys.hsv_to_rgb(tone, rng.uniform(*vivid), value))


def kin(base: Colour, rng: np.random.Generator, spread: float = 0.12) -> Colour:
    """A colour near another one."""
    light = 2 * spread * rng.standard_normal()
    return np.clip(base + light + spread * rng.standard_normal(3), 0.0, 1.0)


def cloud(rng: np.random.Generator, coarse: int | None = None) -> np.ndarray:
    """Smooth noise of several scales, from 0 to 1: shape (SIZE, SIZE)."""
    cells = coarse or int(rng.integers(2, 7))
    whole, weight, total = np.zeros((SIZE, SIZE)), 1.0, 0.0
    fade = rng.uniform(0.35, 0.8)
    while cells < SIZE:
        grid = Image.fromarray(rng.integers(0, 256, (cells, cells), dtype=np.uint8))
        whole += weight * np.asarray(grid.resize((SIZE, SIZE), Image.Resampling.BICUBIC)) / 255.0
        total += weight
        weight, cells = weight * fade, cells * 2
    whole /= total
    low, high = whole.min(), whole.max()
    return (whole - low) / max(high - low, 1e-6)


def blend(amount: np.ndarray, low: Colour, high: Colour) -> np.ndarray:
    """From one colour (amount 0) to another (amount 1): shape (SIZE, SIZE, 3)."""
    return low + amount[..., None] * (high - low)


def slope(rng: np.random.Generator) -> np.ndarray:
    """A plane that rises from 0 to 1 in a random direction."""
    angle = rng.uniform(0.0, 2 * math.pi)
    at = np.linspace(-0.5, 0.5, SIZE)
    plane = math.cos(angle) * at[None, :] + math.sin(angle) * at[:, None]
    return np.clip(0.5 + plane, 0.0, 1.0)


def stone(rng: np.random.Generator) -> np.ndarray:
    """Marble, rust, sand: one noise blends two colours, another one stains them."""
    base = colour(rng)
    ground = blend(cloud(rng), base, kin(base, rng, 0.2))
    return blend(cloud(rng) * rng.uniform(0.0, 0.8), np.zeros(3), colour(rng)) * 0.4 + ground * 0.8


def landscape(rng: np.random.Generator) -> np.ndarray:
    """Something above, something else below, and an uneven edge between them."""
    sky = blend(np.linspace(0, 1, SIZE)[:, None] * np.ones(SIZE), colour(rng), colour(rng))
    ground = stone(rng)
    edge = SIZE * (rng.uniform(0.25, 0.75) + 0.25 * (cloud(rng)[0] - 0.5))
    below = np.arange(SIZE)[:, None] > edge[None, :]
    return np.where(below[..., None], ground, sky)


def foliage(rng: np.random.Generator) -> np.ndarray:
    """Leaves, pebbles or petals: many shaded ovals of kindred colours, one upon the other."""
    base = colour(rng, (0.2, 0.8))
    canvas = _picture(np.ones((SIZE, SIZE, 3)) * base * 0.5)
    size = rng.uniform(3.0, 11.0)
    long = rng.uniform(1.0, 2.6)
    for _ in range(int(2.2 * SIZE * SIZE / (size * size * long * 3))):
        x, y = rng.uniform(-4, SIZE + 4, 2)
        angle = rng.uniform(0, math.pi)
        shade = kin(base, rng)
        for scale, light in ((1.0, 0.75), (0.7, 1.0)):
            oval = _oval(x, y, scale * size * long / 2, scale * size / 2, angle)
            ImageDraw.Draw(canvas).polygon(oval, fill=_ink(shade * light))
    return _array(canvas)


def masonry(rng: np.random.Generator) -> np.ndarray:
    """Bricks, tiles or planks with joints between them."""
    wide, high = rng.uniform(8, 40), rng.uniform(5, 18)
    base, joint = colour(rng), colour(rng, (0.0, 0.2))
    canvas = _picture(np.ones((SIZE, SIZE, 3)) * joint)
    brush = ImageDraw.Draw(canvas)
    thick, lag = rng.uniform(0.5, 2.0), rng.choice([0.0, 0.5])
    for row in range(-1, int(SIZE / high) + 2):
        for column in range(-2, int(SIZE / wide) + 2):
            x, y = (column + lag * (row % 2)) * wide, row * high
            edges = (x, y, max(x, x + wide - thick), max(y, y + high - thick))
            brush.rectangle(edges, fill=_ink(kin(base, rng, 0.05)))
    turned = canvas.rotate(rng.uniform(-90, 90), Image.Resampling.BILINEAR, fillcolor=_ink(joint))
    return _array(turned) * (0.75 + 0.25 * cloud(rng)[..., None])


def lights(rng: np.random.Generator) -> np.ndarray:
    """A street at night, out of focus: bright discs on dark."""
    canvas = _picture(blend(cloud(rng), colour(rng) * 0.3, colour(rng) * 0.5))
    for _ in range(int(rng.integers(8, 30))):
        x, y = rng.uniform(0, SIZE, 2)
        r = rng.uniform(2, 9)
        spot = Image.new("L", (SIZE, SIZE), 0)
        ImageDraw.Draw(spot).ellipse((x - r, y - r, x + r, y + r), fill=int(rng.integers(60, 220)))
        canvas.paste(Image.new("RGB", (SIZE, SIZE), _ink(colour(rng, (0.1, 0.9)))), (0, 0), spot)
    return _array(canvas.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.5))))


def town(rng: np.random.Generator) -> np.ndarray:
    """Walls and roofs: large flat shapes with sharp edges, some with rows of windows."""
    canvas = _picture(blend(slope(rng), colour(rng), colour(rng)))
    brush = ImageDraw.Draw(canvas)
    for _ in range(int(rng.integers(4, 10))):
        corners = rng.uniform(-10, SIZE + 10, (int(rng.integers(3, 5)), 2))
        middle = corners.mean(axis=0)
        turns = [math.atan2(y, x) for x, y in (corners - middle).tolist()]
        brush.polygon([tuple(corners[k]) for k in np.argsort(turns)], fill=_ink(colour(rng)))
    if rng.random() < 0.5:
        step, pane = rng.uniform(5, 12), _ink(colour(rng))
        for x in np.arange(rng.uniform(0, step), SIZE, step):
            for y in np.arange(rng.uniform(0, step), SIZE, step):
                brush.rectangle((x, y, x + step * 0.4, y + step * 0.5), fill=pane)
    return _array(canvas)


def fabric(rng: np.random.Generator) -> np.ndarray:
    """Stripes or checks, with folds."""
    base, other = colour(rng, (0.1, 0.8)), colour(rng, (0.1, 0.8))
    canvas = _picture(np.ones((SIZE, SIZE, 3)) * base)
    brush, step = ImageDraw.Draw(canvas), rng.uniform(4, 16)
    both = rng.random() < 0.4
    for at in np.arange(-SIZE, 2 * SIZE, step):
        brush.line((at, -SIZE, at, 2 * SIZE), fill=_ink(other), width=int(step / 2) or 1)
        if both:
            brush.line(
                (-SIZE, at, 2 * SIZE, at), fill=_ink(kin(other, rng)), width=int(step / 3) or 1
            )
    turned = canvas.rotate(rng.uniform(-45, 45), Image.Resampling.BILINEAR, fillcolor=_ink(base))
    return _array(turned) * (0.6 + 0.4 * cloud(rng, 3)[..., None])


TEXTURES: tuple[Texture, ...] = (stone, landscape, foliage, masonry, lights, town, fabric)


def background(rng: np.random.Generator, choice: tuple[Texture, ...] = TEXTURES) -> np.ndarray:
    """One of some textures, perhaps where it meets any other: (SIZE, SIZE, 3), from 0 to 1."""
    second = TEXTURES[rng.integers(len(TEXTURES))]
    scene = choice[rng.integers(len(choice))](rng)
    if rng.random() < 0.35:
        seam = np.clip((cloud(rng, 3) - rng.uniform(0.3, 0.7)) * 12 + 0.5, 0.0, 1.0)
        scene = scene + seam[..., None] * (second(rng) - scene)
    return np.clip(scene, 0.0, 1.0)


def _oval(x: float, y: float, a: float, b: float, angle: float) -> list[tuple[float, float]]:
    """A slender oval with pointed ends, as a polygon."""
    c, s = math.cos(angle), math.sin(angle)
    along = [-1.0, -0.7, -0.3, 0.0, 0.3, 0.7, 1.0]
    across = [0.0, 0.6, 0.92, 1.0, 0.92, 0.6, 0.0]
    rim = list(zip(along, across, strict=True))
    rim += [(u, -v) for u, v in reversed(rim[1:-1])]
    return [(x + a * u * c - b * v * s, y + a * u * s + b * v * c) for u, v in rim]


def _ink(shade: Colour) -> tuple[int, int, int]:
    return tuple(int(v) for v in np.rint(np.clip(shade, 0, 1) * 255))


def _picture(scene: np.ndarray) -> Image.Image:
    return Image.fromarray(np.rint(np.clip(scene, 0, 1) * 255).astype(np.uint8))


def _array(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture, dtype=float) / 255.0
