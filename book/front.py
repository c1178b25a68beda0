"""The picture on the front page: a photographed page, its boxes, and what the code reads."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from autograder.course.reference import reference_functions
from helpers.datasets.pages import load_page
from helpers.networks import load_network

PAGE = "14_poster"
WIDTH = 1000
BOX = (0, 114, 178)
_FUNCTIONS = ("find_letters", "group_into_lines", "read_page", "read_in_context")


@dataclass(frozen=True)
class Front:
    """What the front page shows.

    Attributes
    ----------
    photograph : bytes
        The page with the boxes, as JPEG.
    size : tuple of int
        Its width and height in pixels.
    text : str
        What was read: lines parted by ``"\\n"``.
    letters : int
        How many boxes there are.
    wrong : float
        The share of characters that are wrong, by edit distance, without spaces.
    """

    photograph: bytes
    size: tuple[int, int]
    text: str
    letters: int
    wrong: float


def read_front(name: str = PAGE) -> Front:
    """Read one of the embedded pages with the functions of notebook 4, now.

    Parameters
    ----------
    name : str
        Of the page.
    """
    from helpers.spelling import characters_wrong

    page = load_page(name)
    image = page.photograph()
    functions = reference_functions(["04_ocr"], _FUNCTIONS)
    boxes, _ = functions["find_letters"](image)
    text = functions["read_in_context"](image, load_network())
    picture = _draw(np.asarray(image), np.asarray(boxes))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82, optimize=True)
    wrong = characters_wrong(text, page.text)
    return Front(out.getvalue(), picture.size, text, len(boxes), float(wrong))


def _draw(image: np.ndarray, boxes: np.ndarray) -> Image.Image:
    """The photograph, made smaller, with a thin frame around every letter."""
    scale = WIDTH / image.shape[1]
    grey = Image.fromarray((image * 255).astype(np.uint8))
    picture = grey.resize((WIDTH, round(image.shape[0] * scale)), Image.LANCZOS).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for y1, x1, y2, x2 in boxes * scale:
        draw.rectangle((x1 - 1, y1 - 1, x2 + 1, y2 + 1), outline=BOX, width=2)
    return picture


def read_text(front: Front) -> str:
    """What was read, as HTML; a wrong character stands in ``del``.

    Only a line with as many characters as the true one can be marked character by character.
    """
    from html import escape

    truth = load_page(PAGE).text.splitlines()
    lines = []
    for read, true in zip(front.text.splitlines(), truth, strict=False):
        if len(read) != len(true):
            lines.append(escape(read))
            continue
        pairs = zip(read, true, strict=True)
        lines.append("".join(escape(r) if r == t else f"<del>{escape(r)}</del>" for r, t in pairs))
    return "\n".join(lines)
