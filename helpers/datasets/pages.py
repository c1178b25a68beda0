"""The sample pages: photographs of handwriting with the truth about them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from helpers.datasets.folders import data_folder
from helpers.errors import DataError
from helpers.images import load_photograph

FOLDER = "pages"
REMEDY = "copy the folder data/pages anew from the course's folder or ask your instructor"


@dataclass(frozen=True)
class Page:
    """One page.

    Attributes
    ----------
    name : str
        Such as ``"01_shopping"``.
    path : Path
        The photograph, a JPEG file.
    lines : tuple of str
        What is written, line by line, with spaces.
    boxes : ndarray, shape (N, 4), int
        One row ``[y1, x1, y2, x2]`` a letter, in pixels of the photograph: the top left corner
        is inside, the bottom right corner just outside.  Line by line, left to right.
    line_numbers : ndarray, shape (N,), int
        The line that each letter is in, counted from 0.
    """

    name: str
    path: Path
    lines: tuple[str, ...]
    boxes: np.ndarray
    line_numbers: np.ndarray

    @property
    def text(self) -> str:
        """The whole text, lines parted by ``"\\n"``."""
        return "\n".join(self.lines)

    @property
    def letters(self) -> str:
        """The letters without spaces, one for each box."""
        return "".join(self.text.split())

    def photograph(self) -> np.ndarray:
        """Read the photograph: shape (H, W), float32, 0 (black) to 1 (white)."""
        return load_photograph(self.path, max_pixels=2**40)


def page_names() -> list[str]:
    """The names of the sample pages, in order.

    Raises
    ------
    DataError
        If the folder is not there or is empty.

    Examples
    --------
    >>> page_names()[:2]
    ['01_shopping', '02_lost_cat']
    """
    folder = data_folder() / FOLDER
    names = sorted(path.stem for path in folder.glob("*.json"))
    if not names:
        raise DataError(f"there are no sample pages in {folder}; {REMEDY}")
    return names


def load_page(name: str) -> Page:
    """Load one sample page and the truth about it.

    Parameters
    ----------
    name : str
        One of `page_names`.

    Returns
    -------
    Page

    Raises
    ------
    DataError
        If there is no such page, or its files are missing or damaged.

    Examples
    --------
    >>> page = load_page("01_shopping")
    >>> print(page.lines[1], page.boxes.shape)
    6 EGGS AND BUTTER (69, 4)
    """
    if name not in page_names():
        raise DataError(f"there is no page '{name}'; choose one of: {', '.join(page_names())}")
    file = data_folder() / FOLDER / f"{name}.json"
    try:
        lines = json.loads(file.read_text(encoding="utf-8"))["lines"]
        texts = tuple(str(line["text"]) for line in lines)
        boxes = [np.array(line["boxes"], dtype=int).reshape(-1, 4) for line in lines]
    except (OSError, ValueError, KeyError, TypeError) as err:
        raise DataError(f"the page file {file} is damaged ({err}); {REMEDY}") from err
    for text, rows in zip(texts, boxes, strict=True):
        if len("".join(text.split())) != len(rows):
            raise DataError(f"in the page file {file}, '{text}' has {len(rows)} boxes; {REMEDY}")
    return Page(
        name=name,
        path=file.with_suffix(".jpg"),
        lines=texts,
        boxes=np.concatenate(boxes) if boxes else np.zeros((0, 4), dtype=int),
        line_numbers=np.repeat(np.arange(len(boxes)), [len(rows) for rows in boxes]),
    )


def load_pages() -> list[Page]:
    """Load every sample page, in order.

    Examples
    --------
    >>> pages = load_pages()
    >>> len(pages) >= 12, len(pages[0].letters) == len(pages[0].boxes)
    (True, True)
    """
    return [load_page(name) for name in page_names()]
