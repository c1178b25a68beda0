"""Put ink on paper, light it, and photograph it with a telephone."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageFilter


def photograph(ink: np.ndarray, rng: np.random.Generator, size: int) -> np.ndarray:
    """Photograph a written character.

    Parameters
    ----------
    ink : ndarray, shape (H, W), uint8
        0 where there is no ink, 255 where all is ink.
    rng : numpy.random.Generator
    size : int
        The character's longer side in pixels: a larger one is blurred more.

    Returns
    -------
    ndarray, shape (H, W), uint8
        Grey levels as a camera gives them.
    """
    amount = _texture(ink / 255.0, rng)
    paper = _paper(ink.shape, rng)
    darkness = rng.uniform(0.35, 0.9)
    grey = paper * (1.0 - darkness * amount)
    picture = Image.fromarray(np.clip(np.rint(grey), 0, 255).astype(np.uint8))
    picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 0.8 + 0.02 * size)))
    noise = rng.uniform(0.5, 4.0) * rng.standard_normal(ink.shape)
    grey = np.clip(np.rint(np.asarray(picture) + noise), 0, 255).astype(np.uint8)
    return _jpeg(grey, int(rng.integers(35, 95)))


def _texture(amount: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A pencil leaves grain, a ballpoint skips a little, a marker covers."""
    grain = rng.uniform(0.0, 0.5) if rng.random() < 0.5 else 0.05
    return amount * (1.0 - grain * rng.random(amount.shape))


def _paper(shape: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """Paper in uneven light: a slope, and sometimes the edge of a shadow."""
    y = np.linspace(-1.0, 1.0, shape[0])[:, None]
    x = np.linspace(-1.0, 1.0, shape[1])[None, :]
    slope = 0.08 * rng.standard_normal(2)
    light = 1.0 + slope[0] * x + slope[1] * y + 0.03 * rng.standard_normal() * x * y
    if rng.random() < 0.15:
        side = rng.standard_normal(2)
        far = np.clip((side[0] * x + side[1] * y) * 2 + rng.uniform(-1, 1), -1, 1)
        light = light * (1.0 - rng.uniform(0.0, 0.12) * (far + 1) / 2)
    return rng.uniform(140, 235) * np.clip(light, 0.6, 1.08)


def _jpeg(grey: np.ndarray, quality: int) -> np.ndarray:
    file = io.BytesIO()
    Image.fromarray(grey).save(file, "JPEG", quality=quality)
    return np.asarray(Image.open(file))
