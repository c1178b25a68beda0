"""Exercise 4.2: harder pages."""

import numpy as np

from helpers.checking import after, demand, exercise, hint, limit, points
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
