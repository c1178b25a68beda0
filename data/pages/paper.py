"""Paper, the light on it, and the camera that looks at it."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from data.pages.plan import Plan
from data.pages.view import View

QUALITY = 82
FINE = 3
"""Ruled lines are drawn on a grid this many times finer."""


def photograph(ink: np.ndarray, plan: Plan, view: View, rng: np.random.Generator) -> bytes:
    """Photograph a written page.

    Parameters
    ----------
    ink : ndarray, shape (H, W), uint8
    plan : Plan
    view : View
        From the sheet to the photograph.
    rng : numpy.random.Generator

    Returns
    -------
    bytes
        A JPEG file in colour.
    """
    amount = ink / 255.0 * (1.0 - plan.grain * _grain(ink.shape, rng))
    covered = 1.0 - plan.darkness * amount
    if plan.ruled:
        covered = covered * (1.0 - _ruling(plan, view, rng))
    if plan.table:
        covered = np.where(_sheet(plan, view), covered, rng.uniform(0.2, 0.5))
    grey = rng.uniform(165, 225) * _light(plan, rng) * covered
    picture = Image.fromarray(np.clip(np.rint(grey), 0, 255).astype(np.uint8))
    blurred = np.asarray(picture.filter(ImageFilter.GaussianBlur(plan.blur))).astype(float)
    noisy = blurred + rng.uniform(1.0, 2.5) * rng.standard_normal(ink.shape)
    tint = 1.0 + np.array([0.03, 0.0, -0.05]) * rng.uniform(-1.0, 1.5)
    colours = noisy[..., None] * tint
    colours += 12 * (ink[..., None] / 255.0) * rng.uniform(-0.5, 1.0) * np.array([-0.5, -0.2, 1.0])
    file = io.BytesIO()
    Image.fromarray(np.clip(np.rint(colours), 0, 255).astype(np.uint8)).save(
        file, "JPEG", quality=QUALITY
    )
    return file.getvalue()


def _grain(shape: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """What the tooth of the paper keeps from a pencil, 0 to 1, in grains of about two pixels."""
    rough = Image.fromarray(rng.integers(0, 256, shape, dtype=np.uint8))
    soft = np.asarray(rough.filter(ImageFilter.GaussianBlur(0.8))) / 255.0
    return np.clip(0.5 + 2.0 * (soft - 0.5), 0.0, 1.0)


def _light(plan: Plan, rng: np.random.Generator) -> np.ndarray:
    """The light on the sheet: a slope, darker corners, clouds in the paper, perhaps a shadow."""
    y = np.linspace(-1.0, 1.0, plan.height)[:, None]
    x = np.linspace(-1.0, 1.0, plan.width)[None, :]
    side = rng.uniform(-1.0, 1.0, 2)
    slope = plan.slope * (side[0] * x + side[1] * y) / (abs(side[0]) + abs(side[1]))
    corners = rng.uniform(0.03, 0.1) * (x * x + y * y) / 2
    light = 1.0 + slope - corners + 0.015 * _clouds(plan, rng)
    if plan.shadow:
        along = rng.uniform(0.4, 1.0) * rng.choice([-1.0, 1.0])
        across = x + along * y - rng.uniform(-0.5, 0.5) + 0.1 * np.sqrt(np.abs(x + 2 * y))
        edge = rng.uniform(0.03, 0.12)
        light = light * (1.0 - plan.shadow * np.clip(0.5 + across / edge, 0.0, 1.0))
    return np.clip(light, 0.25, 1.12)


def _clouds(plan: Plan, rng: np.random.Generator) -> np.ndarray:
    """Paper is not of one brightness: smooth stains of about a tenth of the page."""
    coarse = Image.fromarray(rng.integers(0, 256, (9, 12), dtype=np.uint8))
    wide = coarse.resize((plan.width, plan.height), Image.Resampling.BICUBIC)
    return np.asarray(wide) / 127.5 - 1.0


def _sheet(plan: Plan, view: View) -> np.ndarray:
    """True on the sheet, False on the table round it, shape (H, W)."""
    rim = plan.table * plan.width
    left, right, top, bottom = rim, plan.width - rim, rim, plan.height - rim
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]])
    canvas = Image.new("1", (plan.width, plan.height), 0)
    ImageDraw.Draw(canvas).polygon([tuple(p) for p in view(corners).tolist()], fill=1)
    return np.asarray(canvas)


def _ruling(plan: Plan, view: View, rng: np.random.Generator) -> np.ndarray:
    """How much light the printed lines take away, shape (H, W)."""
    canvas = Image.new("L", (plan.width * FINE, plan.height * FINE), 0)
    brush = ImageDraw.Draw(canvas)
    first = (plan.height - plan.leading * (len(plan.lines) - 1)) / 2 + plan.letter * 0.62
    step = plan.leading / (2 if plan.squared else 1)
    levels = np.arange(first % step - step, plan.height + step, step)
    for level in levels.tolist():
        _rule(brush, (-0.1 * plan.width, level), (1.1 * plan.width, level), view)
    if plan.squared:
        for level in np.arange(rng.uniform(0, step), plan.width, step).tolist():
            _rule(brush, (level, -0.1 * plan.height), (level, 1.1 * plan.height), view)
    return rng.uniform(0.4, 1.0) * plan.ruling * np.asarray(canvas.reduce(FINE)) / 255.0


def _rule(brush: ImageDraw.ImageDraw, start: tuple, end: tuple, view: View) -> None:
    ends = view(np.array([start, end])) * FINE
    brush.line([tuple(p) for p in ends.tolist()], fill=255, width=2 * FINE)
