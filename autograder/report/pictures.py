"""Students' pictures, decoded and drawn anew before anybody sees them.

Only PNG, JPEG and GIF are let in, and never as they came: each is decoded within limits and
written again by us. So nothing hidden in a file (a script, a place where a photograph was
taken, a second picture for another viewer) reaches the page. SVG, which is a program, is
refused.
"""

from __future__ import annotations

import base64
import binascii
import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image

from autograder.report.budget import PageBudget
from autograder.report.text import clean, cut
from helpers.images import orientation, turned

FORMATS = ("PNG", "JPEG", "GIF")
MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
MAX_BYTES = 12 * 2**20
MAX_PIXELS = {"JPEG": 52_000_000, "PNG": 12_000_000, "GIF": 12_000_000}
MAX_SIDE = 20_000
MAX_SCANS = 32  # of a JPEG: each is decoded over the whole picture; cameras write 1 to 12
SHOWN_SIDE = 1400
JPEG_QUALITY = 82


@dataclass(frozen=True)
class Picture:
    """A picture that is safe to show.

    Attributes
    ----------
    uri : str
        The picture as a ``data:`` URI.
    width, height : int
        Its size in pixels.
    alt : str
        Text for who cannot see it.
    """

    uri: str
    width: int
    height: int
    alt: str = ""


class PictureRefused(ValueError):
    """A picture is not shown; the message says why, in a few words."""


def from_base64(text: str, budget: PageBudget, alt: str = "") -> Picture:
    """Check a picture, draw it anew and wrap it as a ``data:`` URI.

    Parameters
    ----------
    text : str
        The file in base64; white space is skipped.
    budget : PageBudget
        What the page has left.
    alt : str
        Text for who cannot see it.

    Raises
    ------
    PictureRefused
        It is no PNG, JPEG or GIF, damaged, or larger than a page can hold.
    """
    data = _decode(text)
    if not data.startswith(MAGIC):
        raise PictureRefused("it is not a PNG, JPEG or GIF")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about damaged metadata, which is dropped anyway
            return _redraw(data, budget, alt)
    except PictureRefused:
        raise
    except Exception as error:  # Pillow raises nearly anything on a crafted file
        raise PictureRefused("the file is damaged") from error


def from_attachment(
    name: str, attachments: Mapping[str, Mapping[str, str]], budget: PageBudget, alt: str = ""
) -> Picture:
    """The picture that a Markdown cell carries under a name.

    Raises
    ------
    PictureRefused
        There is none of that name, or it cannot be shown.
    """
    bundle = attachments.get(name)
    if not isinstance(bundle, Mapping):
        raise PictureRefused("no such attachment")
    for kind, text in bundle.items():
        if kind in ("image/png", "image/jpeg", "image/gif") and isinstance(text, str):
            return from_base64(text, budget, alt)
    kinds = ", ".join(sorted(str(kind) for kind in bundle))
    raise PictureRefused(f"{cut(clean(kinds), 60) or 'nothing'} is not shown")


def _decode(text: str) -> bytes:
    if not isinstance(text, str) or len(text) > MAX_BYTES * 4 // 3:
        raise PictureRefused(f"the file is larger than {MAX_BYTES // 2**20} MiB")
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise PictureRefused("the file is damaged") from error


def _redraw(data: bytes, budget: PageBudget, alt: str) -> Picture:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        width, height = image.size
        if width * height > MAX_PIXELS[image.format] or max(width, height) > MAX_SIDE:
            raise PictureRefused(f"{width} × {height} pixels are too many")
        photograph = image.format == "JPEG"
        if not budget.afford("pictures", 1) or not budget.afford("pixels", _cost(image, data)):
            raise PictureRefused("this page has too many pictures already")
        image.draft(None, (SHOWN_SIDE, SHOWN_SIDE))  # a JPEG decodes faster at lower resolution
        upright = turned(image, orientation(image))
        upright.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
        return _write(upright, photograph, alt)


def _cost(image: Image.Image, data: bytes) -> int:
    pixels = image.width * image.height
    if image.format != "JPEG":
        return pixels
    scans = data.count(b"\xff\xda")
    if scans > MAX_SCANS:
        raise PictureRefused(f"{scans} layers are too many")
    return pixels * max(3, scans) // 8


def _write(image: Image.Image, photograph: bool, alt: str) -> Picture:
    out = io.BytesIO()
    if photograph:
        plain = image.convert("RGB")
        plain.info.clear()
        plain.save(out, "JPEG", quality=JPEG_QUALITY)
    else:
        plain = image.convert("RGBA" if image.has_transparency_data else "RGB")
        plain.info.clear()
        plain.save(out, "PNG")
    kind = "jpeg" if photograph else "png"
    uri = f"data:image/{kind};base64," + base64.b64encode(out.getvalue()).decode("ascii")
    return Picture(uri, *plain.size, alt=alt)
