"""Exercise 4.2: harder pages."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, limit, points
from helpers.for_checks import handwriting

pytestmark = exercise("4.2")


def look(student, image, page):
    """What `find_letters` makes of an image, held against the truth."""
    boxes, _ = handwriting.boxes_and_bw(student.find_letters(image), image.shape)
    return handwriting.seen(boxes, page.boxes)


@points(0.5)
@demand("e")
@hint("Specks are far smaller than letters; measure them against the usual letter of the page.")
@after("finds_the_letters", "finds_nothing_else")
@limit(60)
def test_specks_are_no_letters(student, rng):
    page = handwriting.page(rng, darkness=0.7)
    image = page.image.copy()
    free = np.argwhere(handwriting.bare(page.ink)[8:-8, 8:-8]) + 8
    for y, x in rng.permutation(free)[:40].tolist():
        image[y : y + 3, x : x + 3] *= 0.4
    where = "on a page with forty specks of three pixels"
    handwriting.nothing_else([look(student, image, page)], where)


@points(1)
@demand("d")
@hint("Nothing in pixels: derive every size from the page, such as from the usual letter's height.")
@after("finds_the_letters")
@limit(60)
def test_writing_of_any_size(student, rng):
    for size in (26, 100):
        page = handwriting.page(rng, lines=2, words=2, size=size)
        handwriting.letters_found([look(student, page.image, page)],
                                  f"with letters of {size} pixels")  # fmt: skip


@points(0.5)
@demand("e")
@hint("What is dark at the edge of the picture is the table: neither a letter, nor paper, nor ink.")
@after("finds_the_letters")
@limit(60)
def test_the_table_is_no_letter(student, rng):
    # One page may go wrong, for a right solution; three hardly do.
    pages = [_beside_a_table(student, rng) for _ in range(3)]
    strips = sum(bool((page.boxes[:, 1] < 16).any()) for page in pages)
    expect.true(
        strips < 2,
        f"with a strip of the dark table at the left, the strip has a box on {strips} of 3 pages",
    )
    found = float(np.mean([page.found.mean() for page in pages]))
    expect.true(
        found >= 0.9,
        f"with a strip of the dark table at the left only {found:.0%} of faint letters have a box",
    )


def _beside_a_table(student, rng):
    page = handwriting.page_with_narrow_letters(rng, slope=0.1, darkness=0.3)
    image = page.image.copy()
    image[:, :16] = 0.2 + 0.01 * rng.normal(size=(len(image), 16))
    boxes, _ = handwriting.boxes_and_bw(student.find_letters(image), image.shape)
    # A sliver at the table's sharp edge is forgiven.
    boxes = boxes[(boxes[:, 1] >= 16) | (boxes[:, 3] - boxes[:, 1] >= 4)]
    return handwriting.seen(boxes, page.boxes)
