"""Pages that are hard to find letters on: broken letters, ruled paper, a table, specks, poor light.

What `find_letters` makes of each is held against the letters that are there.
"""

from __future__ import annotations

import numpy as np

from helpers.checking.student import Student
from helpers.datasets.model import CLASSES
from helpers.for_checks import handwriting
from helpers.for_checks.handwriting import Seen
from helpers.small_pages import SmallPage, make_small_page


def look(student: Student, page: SmallPage, image: np.ndarray | None = None) -> Seen:
    """What `find_letters` makes of a page, or of a changed picture of it, beside the truth."""
    image = page.image if image is None else image
    boxes, _ = handwriting.boxes_and_bw(student.find_letters(image), image.shape)
    return handwriting.seen(boxes, page.boxes)


def broken_letters(student: Student, rng: np.random.Generator) -> tuple[Seen, np.ndarray]:
    """A page where the upper bar of each E and F is cut off; and which letters these are."""
    words = rng.permutation(["MAKE SAFE", "TEA VEXED", "FAR WEB"])[:2].tolist()
    page = make_small_page(words, rng, indent=0.6)
    image = page.image.copy()
    broken = np.array([CLASSES[label] in "EF" for label in page.labels])
    for y1, x1, y2, x2 in page.boxes[broken].tolist():
        cut = y1 + round(0.22 * (y2 - y1))
        image[cut : cut + 4, x1 - 3 : x2 + 3] = np.median(image)
    return look(student, page, image), broken


def ruled(student: Student, rng: np.random.Generator) -> Seen:
    """A page of two lines, with a ruled line under each."""
    page = handwriting.page_with_narrow_letters(rng)
    image = page.image.copy()
    for line in range(2):
        y = int(page.boxes[page.line_numbers == line][:, 2].max()) + 10
        image[y : y + 2, 20:-20] *= 0.4
    return look(student, page, image)


def beside_a_table(student: Student, rng: np.random.Generator) -> tuple[Seen, int]:
    """A page with a strip of the table at the left, and a corner of something at the bottom.

    Comes with the number of boxes at these edges; a sliver at the table's sharp edge is forgiven.
    """
    page = handwriting.page_with_narrow_letters(rng, slope=0.1, darkness=0.3)
    image = page.image.copy()
    rows, left = len(image), int(rng.integers(60, 200))
    image[:, :10] = 0.2 + 0.01 * rng.normal(size=(rows, 10))
    image[-28:, left : left + 12] *= 0.65
    boxes, _ = handwriting.boxes_and_bw(student.find_letters(image), image.shape)
    boxes = boxes[(boxes[:, 1] >= 10) | (boxes[:, 3] - boxes[:, 1] >= 4)]
    at_the_edge = int(((boxes[:, 1] < 10) | (boxes[:, 2] >= rows)).sum())
    return handwriting.seen(boxes, page.boxes), at_the_edge


def specked(student: Student, rng: np.random.Generator) -> Seen:
    """A page with forty specks of three pixels."""
    page = handwriting.page(rng, darkness=0.7)
    image = page.image.copy()
    free = np.argwhere(handwriting.bare(page.ink)[8:-8, 8:-8]) + 8
    for y, x in rng.permutation(free)[:40].tolist():
        image[y : y + 3, x : x + 3] *= 0.4
    return look(student, page, image)
