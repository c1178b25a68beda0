"""The pictures that notebooks draw: which of their formats the book takes."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LARGEST_SVG = 160_000
"""A drawing with more bytes than this is shown as pixels, two for each of the screen's."""


def write_picture(data: Mapping[str, Any], place: Path) -> Path | None:
    """Write a picture out of a cell's output.

    Parameters
    ----------
    data : mapping
        The output by media type.
    place : Path
        The file to write, without its ending.

    Returns
    -------
    Path or None
        The file written; None where the output is no picture.
    """
    svg, png = _text(data.get("image/svg+xml")), data.get("image/png")
    if svg and (len(svg) <= LARGEST_SVG or not png):
        return write_changed(place.with_suffix(".svg"), _lean(svg).encode())
    if png:
        return write_changed(place.with_suffix(".png"), base64.b64decode(_text(png)))
    return None


def write_changed(path: Path, content: bytes) -> Path:
    """Write a file, unless it is there with this very content: what is not new is not rebuilt."""
    if not (path.is_file() and path.read_bytes() == content):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return path


def _text(value: Any) -> str:
    return "".join(value) if isinstance(value, list) else value or ""


def _lean(svg: str) -> str:
    """A drawing without the note on when it was made and by what."""
    return re.sub(r"\s*<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
