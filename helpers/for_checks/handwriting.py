"""What the checks of notebook 4 share: pages to look at, and how answers are compared.

The thresholds leave room: see the figures beside them, measured with ``benchmarks/reading.py``
over the course's own solution and those in three other styles.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import ndimage

from helpers.boxes import found_and_true
from helpers.checking import expect
from helpers.checking.failures import CheckFailure
from helpers.small_pages import SmallPage, make_small_page

# No words with O, 0, I, 1: nobody can tell these apart without their neighbours.
WORDS = (
    "MAKE", "TEA", "SAFE", "WALK", "42", "BELLS", "5", "PLUMS", "QUARTZ", "VEXED", "FAR", "7",
    "HEN", "93", "JAM", "86", "CATTY", "RUSTY", "WEB", "GYM", "SPACE", "KEY", "LAZY", "PUT",
)  # fmt: skip
LEAST = 0.95
"""Recall and precision that are asked for; a right solution reaches 1.0 on every page made here."""
MOST_BOXES = 20_000
"""Each box found is compared with each true one: millions would fill the memory of who checks."""


def text(rng: np.random.Generator, lines: int = 3, words: int = 3) -> list[str]:
    """Draw lines of words."""
    return [" ".join(rng.choice(WORDS, words).tolist()) for _ in range(lines)]


def page(rng: np.random.Generator, lines: int = 3, words: int = 3, **options: Any) -> SmallPage:
    """Draw a page."""
    return make_small_page(text(rng, lines, words), rng, **{"indent": 0.6, **options})


def core(ink: np.ndarray) -> np.ndarray:
    """The pixels in the middle of strokes: nobody doubts that they are ink."""
    return ndimage.binary_erosion(ink > 0.8)


def bare(ink: np.ndarray) -> np.ndarray:
    """The pixels at least five away from any ink, and from the edge of the picture."""
    return ~ndimage.binary_dilation(np.pad(ink > 0.05, 1, constant_values=True), iterations=5)[
        1:-1, 1:-1
    ]


def boxes_and_bw(value: Any, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Take apart what `find_letters` returned."""
    boxes, bw = expect.sequence(value, 2, "what `find_letters` returns, a pair (boxes, bw),")
    if isinstance(boxes, (list, np.ndarray)) and np.size(boxes) == 0:
        boxes = np.zeros((0, 4))
    boxes = expect.array(boxes, (-1, 4), "`boxes`")
    if len(boxes) > MOST_BOXES:
        raise CheckFailure(f"`boxes` has {len(boxes):,} rows; no page here has that many letters")
    return boxes, expect.array(bw, shape, "`bw`")


def recall(boxes: np.ndarray, truth: np.ndarray) -> float:
    """The share of true boxes that are found."""
    return float(found_and_true(boxes, truth)[0].mean()) if len(truth) else 1.0


def precision(boxes: np.ndarray, truth: np.ndarray) -> float:
    """The share of boxes that are true."""
    return float(found_and_true(boxes, truth)[1].mean()) if len(boxes) else 0.0


def letters_found(boxes: np.ndarray, truth: np.ndarray, where: str) -> None:
    """Ask that the boxes are there; name the usual mix-ups where they are not."""
    share = recall(boxes, truth)
    if share >= LEAST:
        return
    raise CheckFailure(
        f"{where} only {share:.0%} of {len(truth)} letters have a box of yours that covers them",
        got=f"{len(boxes)} boxes, the first ones {boxes[:3].astype(int).tolist()}",
        expected=f"{len(truth)} boxes such as {truth[:3].tolist()}",
        diagnosis=_mixed_up(boxes, truth),
    )


def nothing_else(boxes: np.ndarray, truth: np.ndarray, where: str) -> None:
    """Ask that most boxes are letters."""
    share = precision(boxes, truth)
    expect.true(
        share >= LEAST,
        f"{where} only {share:.0%} of the boxes are letters",
        got=f"{len(boxes)} boxes on a page with {len(truth)} letters",
    )


def boxes_end_behind_the_ink(boxes: np.ndarray, bw: np.ndarray) -> None:
    """Ask that y2 and x2 are just outside: ink in the last row and column of most boxes is inside.

    A box may leave some paper around its letter; it may not cut the letter off.
    """
    cut = 0
    for y1, x1, y2, x2 in boxes.astype(int).tolist():
        below, right = bw[y2 : y2 + 1, x1:x2], bw[y1:y2, x2 : x2 + 1]
        cut += bool((below == 0).any() and (right == 0).any())
    expect.true(
        cut <= 0.2 * len(boxes),
        f"{cut} of {len(boxes)} boxes cut a row and a column of ink off: y2 and x2 are the first "
        "row and column outside",
    )


def _mixed_up(boxes: np.ndarray, truth: np.ndarray) -> str:
    """The name of a wrong convention under which the boxes would be right."""
    a, b, c, d = boxes.T
    readings = {
        "the boxes are [x1, y1, x2, y2]: rows come first": (b, a, d, c),
        "the boxes are [y1, y2, x1, x2]: the order is [y1, x1, y2, x2]": (a, c, b, d),
        "the boxes are [y1, x1, height, width]: the last two are a corner": (a, b, a + c, b + d),
    }
    for sentence, columns in readings.items():
        if recall(np.stack(columns, axis=1), truth) >= LEAST:
            return sentence
    return ""
