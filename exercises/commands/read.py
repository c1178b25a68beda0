"""``course read``: the reader of notebook 4 as a command."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from helpers import convnets
from helpers.checking.answers import Cell, load_answers
from helpers.checking.cells import grade_id_of, is_graded, text_of
from helpers.crops import normalise_crop
from helpers.datasets.model import CLASSES
from helpers.errors import CourseError
from helpers.images import load_photograph
from helpers.networks import load_network

CONVOLUTIONAL = "cnn"
"""Names the course's own convolutional network, where a file may be named too."""
NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "04_ocr.ipynb"
CHARACTER_PIXELS = 90_000
"""A photograph of a single character is made no larger than this: 300 x 300."""

Scorer = Callable[[np.ndarray, dict[str, np.ndarray]], np.ndarray]
"""From crops (N, 1024) and a network's weights to scores (N, 36)."""


def read_command(
    images: Sequence[str | Path], characters: bool = False, network: str | Path | None = None
) -> Iterator[str]:
    """Read photographs, one after the other.

    Parameters
    ----------
    images : sequence of str or Path
        Image files.
    characters : bool
        Whether each image shows a single character and not a page.
    network : str, Path or None
        ``"cnn"`` for the course's convolutional network, or an .npz file with a network of
        notebook 3 or 6; by default the course's own of notebook 3.

    Yields
    ------
    str
        For each image: the text of the page, its lines parted by ``"\\n"``, empty where nothing
        is written; or the character, an empty text where there is none.

    Raises
    ------
    DataError
        If an image or the network cannot be read.
    """
    read = partial(_read_character if characters else _read_page, **_load(network))
    pixels = {"max_pixels": CHARACTER_PIXELS} if characters else {}
    for image in images:
        yield read(load_photograph(image, **pixels))


def _load(network: str | Path | None) -> dict[str, Any]:
    """A network's weights, and how they score crops."""
    if network is not None and (str(network) == CONVOLUTIONAL or convnets.is_convnet(network)):
        own = str(network) == CONVOLUTIONAL
        params = convnets.load_convnet(None if own else network)
        return {"params": params, "scores_of": convnets.steady_scores}
    return {"params": load_network(network), "scores_of": _reader()["letter_scores"]}


def _read_page(image: Any, params: dict[str, Any], scores_of: Scorer) -> str:
    return _reader()["read_in_context"](image, params, scores_of)


def _read_character(image: Any, params: dict[str, Any], scores_of: Scorer) -> str:
    """One character: the same normalising and the same network as for a page's crops."""
    crop = normalise_crop(image).reshape(1, -1)
    if crop.min() > 0.5:  # no ink
        return ""
    return CLASSES[int(scores_of(crop, params).argmax())]


@cache
def _reader() -> dict[str, Callable[..., Any]]:
    """The code of notebook 4, as functions: its solutions, and what is given there.

    Raises
    ------
    CourseError
        The notebook's solutions cannot be run.
    """
    answers = load_answers(_cells(), ["read_in_context", "letter_scores"])
    if answers.problems:
        raise CourseError(f"the solutions in {NOTEBOOK.name} do not run: {answers.problems}")
    return answers.namespace


def _cells() -> list[Cell]:
    """The notebook's set-up, answers and given functions.

    The file is read as plain JSON: to import nbformat takes longer than to read a page.
    """
    try:
        cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError) as error:
        raise CourseError(f"the notebook {NOTEBOOK} cannot be read ({error})") from error
    return [
        Cell(text_of(cell), grade_id_of(cell))
        for cell in cells
        if cell["cell_type"] == "code" and grade_id_of(cell) and not is_graded(cell)
    ]
