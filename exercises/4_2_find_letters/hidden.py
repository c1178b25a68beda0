"""Exercise 4.2: harder pages."""

import numpy as np

from helpers.checking import after, exercise, expect, hint, limit, points
from helpers.for_checks import handwriting

pytestmark = exercise("4.2")


def look(student, image):
    """What `find_letters` makes of an image."""
    return handwriting.boxes_and_bw(student.find_letters(image), image.shape)


@points(0.5)
@hint("A page without writing is all paper: a threshold that always finds some ink finds noise.")
@after("ink_is_0_and_paper_is_1", "faint_ink_is_ink")
@limit(60)
def test_bare_paper_stays_white(student, rng):
    ink = np.clip(0.01 * np.abs(rng.normal(size=(300, 400))), 0, 1)
    bw = expect.array(student.to_black_and_white(ink), ink.shape, "`bw`")
    white = float((bw == 1).mean())
    expect.true(white > 0.99, f"of paper without any ink only {white:.0%} is white")


@points(1)
@hint("A letter can fall into pieces side by side: a small piece close to a letter belongs to it.")
def test_pieces_beside_each_other_are_joined(student, rng):
    size = int(rng.integers(50, 90))
    top, wide = 40, int(0.7 * size)
    letters = [[top, x, top + size, x + wide] for x in range(30, 30 + 8 * size, 2 * size)]
    y1, x1, y2, x2 = letters[1]
    stem = [y1, x1, y2, x1 + size // 8]
    arm = [y1 + int(0.2 * size), x1 + size // 8 + max(2, size // 20), y1 + int(0.8 * size), x2]
    pieces = np.array([letters[0], arm, stem, *letters[2:]])
    found = student.merge_pieces(pieces)
    found = expect.array(found, (-1, 4), "what `merge_pieces` returns")
    expect.true(
        sorted(found.tolist()) == sorted(np.array(letters, dtype=float).tolist()),
        "a stem and the arm right beside it are not one box",
    )


@points(1)
@hint("Two letters in two lines overlap from side to side as well: look at the gap between them.")
@after("pieces_above_each_other_are_joined", "pieces_beside_each_other_are_joined")
def test_lines_stay_apart(student, rng):
    size = int(rng.integers(40, 90))
    wide = int(0.7 * size)
    letters = [
        [top, left, top + size, left + wide]
        for top in (30, 30 + int(1.6 * size))
        for left in range(20, 6 * size, size)
    ]
    found = expect.array(student.merge_pieces(np.array(letters)), (-1, 4), "the merged boxes")
    expect.true(
        sorted(found.tolist()) == sorted(np.array(letters, dtype=float).tolist()),
        "letters of one line have been joined with letters of the next",
    )


@points(1)
@hint("Specks are far smaller than letters; measure them against the usual letter of the page.")
@after("finds_the_letters")
@limit(60)
def test_specks_are_no_letters(student, rng):
    page = handwriting.page(rng, darkness=0.7)
    image = page.image.copy()
    free = np.argwhere(handwriting.bare(page.ink)[8:-8, 8:-8]) + 8
    for y, x in rng.permutation(free)[:40].tolist():
        image[y : y + 3, x : x + 3] *= 0.4
    boxes, _ = look(student, image)
    handwriting.nothing_else(boxes, page.boxes, "on a page with forty specks of three pixels")


@points(1)
@hint("Nothing in pixels: derive every size from the page, such as from the usual letter's height.")
@after("finds_the_letters")
@limit(60)
def test_writing_of_any_size(student, rng):
    for size in (26, 100):
        page = handwriting.page(rng, lines=2, words=2, size=size)
        boxes, _ = look(student, page.image)
        handwriting.letters_found(boxes, page.boxes, f"with letters of {size} pixels")


@points(0.5)
@hint("What is darker than the paper but touches the edge of the picture is the table.")
@after("finds_the_letters")
@limit(60)
def test_the_table_is_no_letter(student, rng):
    # One page may go wrong, for a right solution, or well, for a wrong one; three hardly do.
    share = float(np.mean([_share_beside_a_table(student, rng) for _ in range(3)]))
    expect.true(
        share >= 0.9,
        f"with a strip of the dark table at the left only {share:.0%} of the letters have a box, "
        "or of the boxes are letters",
    )


def _share_beside_a_table(student, rng):
    page = handwriting.page(rng, slope=0.1)
    image = page.image.copy()
    image[:, :16] = 0.2 + 0.01 * rng.normal(size=(len(image), 16))
    boxes, _ = look(student, image)
    # A sliver at the table's sharp edge is forgiven.
    boxes = boxes[(boxes[:, 1] >= 16) | (boxes[:, 3] - boxes[:, 1] >= 4)]
    found, right = (f(boxes, page.boxes) for f in (handwriting.recall, handwriting.precision))
    return min(found, right)


@points(0.5)
@hint("An empty page is a page: the answer is no boxes, an array of shape (0, 4).")
@after("finds_the_letters")
@limit(60)
def test_empty_page(student, rng):
    image = np.clip(0.8 + 0.01 * rng.normal(size=(200, 300)), 0, 1)
    boxes, _ = look(student, image)
    expect.true(len(boxes) == 0, "on a page without writing there are boxes")
