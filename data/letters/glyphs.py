"""A font's characters as strokes of a pen."""

from __future__ import annotations

import io
import logging
from functools import cache
from pathlib import Path

import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from data.letters.pen import unit
from data.letters.skeleton import Stroke, trace

logging.getLogger("fontTools").setLevel(logging.ERROR)  # old fonts have odd time stamps

CAP_HEIGHT = 96
"""How high a capital H is drawn before it is thinned, in pixels."""


@cache
def load_font(path: Path) -> ImageFont.FreeTypeFont:
    """Open a font file (TTF, OTF or WOFF), scaled so that its H is `CAP_HEIGHT` high."""
    font = TTFont(path)
    font.flavor = None  # FreeType reads plain fonts everywhere, compressed ones not
    plain = io.BytesIO()
    font.save(plain, reorderTables=None)
    trial = ImageFont.truetype(io.BytesIO(plain.getvalue()), 200)
    top, bottom = trial.getbbox("H")[1::2]
    size = max(8, round(200 * CAP_HEIGHT / max(bottom - top, 1)))
    return ImageFont.truetype(io.BytesIO(plain.getvalue()), size)


def glyph(font: ImageFont.FreeTypeFont, character: str) -> np.ndarray:
    """Draw one character: shape (H, W), bool, True where there is ink."""
    left, top, right, bottom = font.getbbox(character)
    picture = Image.new("L", (int(right - left) + 8, int(bottom - top) + 8), 0)
    draw = ImageDraw.Draw(picture)
    draw.text((4 - left, 4 - top), character, font=font, fill=255)
    return np.asarray(picture) > 127


def strokes(font: ImageFont.FreeTypeFont, character: str) -> list[Stroke]:
    """The strokes of one character, in the square from -1 to 1."""
    return unit(trace(glyph(font, character)))
