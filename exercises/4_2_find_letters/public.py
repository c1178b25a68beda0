"""Exercise 4.2: find the letters on a page.

Pages are made on the spot from letters of the data set. How far right solutions are from what
is asked for is measured in ``benchmarks/reading.py`` (``make bench ARGS=reading``).
"""

import numpy as np

from helpers.checking import after, exercise, expect, hint, limit, points
from helpers.for_checks import handwriting

pytestmark = exercise("4.2")


@points(1)
@hint("Divide by the paper's brightness nearby: ink = 1 - image / paper. In dim light, too.")
@limit(60)
def test_ink_has_the_same_depth_in_any_light(student, rng):
    page = handwriting.page(rng, slope=0.3, darkness=0.7, blur=0.5)
    core = handwriting.core(page.ink)
    for light, said in ((1.0, "in bright light"), (0.5, "in dim light")):
        image = light * page.image
        ink = expect.array(student.remove_background(image), image.shape, "`ink`")
        depth = float(np.median(ink[core]))
        expect.true(
            abs(depth - 0.7) < 0.12,
            f"strokes that take away 0.7 of the light come out as {depth:.2f} {said}",
            got=depth,
            expected=0.7,
        )


@points(1)
@hint("The paper's brightness changes slowly over the page: estimate it place by place.")
@after("ink_has_the_same_depth_in_any_light")
@limit(60)
def test_paper_becomes_zero_everywhere(student, rng):
    page = handwriting.page(rng, slope=0.5, noise=0.005)
    ink = expect.array(student.remove_background(page.image), page.image.shape, "`ink`")
    bare = handwriting.bare(page.ink)
    flat = float((np.abs(ink[bare]) < 0.08).mean())
    expect.true(
        flat > 0.97,
        f"only {flat:.0%} of the bare paper is within 0.08 of zero, where light falls off",
        got=f"values up to {np.abs(ink[bare]).max():.2f} on bare paper",
    )


def shares(student, ink, truth):
    """The shares of sure ink that is 0.0 and of sure paper that is 1.0."""
    bw = expect.array(student.to_black_and_white(ink), ink.shape, "`bw`")
    black, white = bw[handwriting.core(truth)] == 0, bw[handwriting.bare(truth)] == 1
    return float(black.mean()), float(white.mean())


@points(1)
@hint("Ink is 0.0, paper is 1.0, in an array of floats of the same shape as `ink`.")
@limit(60)
def test_ink_is_0_and_paper_is_1(student, rng):
    truth = handwriting.page(rng).ink
    ink = np.clip(0.7 * truth + 0.01 * rng.normal(size=truth.shape), 0, 1)
    black, white = shares(student, ink, truth)
    expect.true(
        min(black, white) > 0.95,
        f"{black:.0%} of the middles of strokes are 0.0 and {white:.0%} of the bare paper is 1.0",
        expected="nearly all of both",
    )


@points(1)
@hint("A pencil takes away a fifth of the light or less: derive the threshold from the page.")
@after("ink_is_0_and_paper_is_1")
@limit(60)
def test_faint_ink_is_ink(student, rng):
    truth = handwriting.page(rng).ink
    ink = np.clip(0.18 * truth + 0.008 * rng.normal(size=truth.shape), 0, 1)
    black, _ = shares(student, ink, truth)
    expect.true(
        black > 0.9,
        f"of strokes that take away 0.18 of the light, {black:.0%} become ink",
        expected="nearly all of them",
    )


def same_boxes(found, wanted, problem):
    """Ask for the same boxes, in any order."""
    if isinstance(found, list) and not found:
        found = np.empty((0, 4))
    if isinstance(found, np.ndarray) and found.size == 0:
        found = found.reshape(-1, 4)
    found = expect.array(found, (-1, 4), "what `merge_pieces` returns")
    expect.true(
        sorted(found.tolist()) == sorted(np.asarray(wanted, dtype=float).tolist()),
        problem,
        got=found.astype(int).tolist(),
        expected=np.asarray(wanted).tolist(),
    )


def whole_letters(rng, size):
    """Five letters in a row, well apart."""
    left = np.arange(5) * 2 * size + rng.integers(20, 60)
    top = rng.integers(20, 60)
    wide = rng.integers(int(0.6 * size), int(0.8 * size), 5)
    return [[top, x, top + size, x + w] for x, w in zip(left.tolist(), wide.tolist(), strict=True)]


@points(1)
@hint("A bar just above a stem belongs to it: the two overlap from side to side.")
def test_pieces_above_each_other_are_joined(student, rng):
    size = int(rng.integers(40, 90))
    letters = whole_letters(rng, size)
    y1, x1, y2, x2 = letters[2]
    cut, gap = y1 + size // 5, max(2, size // 12)
    bar, stem = [y1, x1, cut, x2], [cut + gap, x1 + size // 4, y2, x1 + size // 4 + size // 8]
    pieces = np.array([letters[0], bar, letters[1], stem, letters[3], letters[4]])
    same_boxes(
        student.merge_pieces(pieces), letters, "a T whose bar hovers over its stem is not one box"
    )


@points(1)
@hint("Whole letters are not pieces: leave two of them apart even where they come close.")
@after("pieces_above_each_other_are_joined")
def test_neighbours_stay_apart(student, rng):
    size = int(rng.integers(40, 90))
    top, wide, gap = 30, int(0.7 * size), int(0.2 * size)
    letters = np.array([[top, x, top + size, x + wide] for x in range(20, 6 * size, wide + gap)])
    same_boxes(student.merge_pieces(letters), letters, "letters of one word have been joined")


@points(2)
@hint("Look at your own picture of each step: at which one do letters get lost?")
@limit(60)
def test_finds_the_letters(student, rng):
    page = handwriting.page(rng)
    boxes, _ = handwriting.boxes_and_bw(student.find_letters(page.image), page.image.shape)
    handwriting.letters_found(boxes, page.boxes, "on an ordinary page")


@points(1)
@hint("Pieces that are far smaller than the usual letter are specks, not letters.")
@after("finds_the_letters")
@limit(60)
def test_finds_nothing_else(student, rng):
    page = handwriting.page(rng)
    boxes, _ = handwriting.boxes_and_bw(student.find_letters(page.image), page.image.shape)
    handwriting.nothing_else(boxes, page.boxes, "on an ordinary page")


@points(1)
@hint("One threshold for the whole page cannot serve light and shade: remove the background first.")
@limit(60)
def test_finds_letters_in_a_shadow(student, rng):
    page = handwriting.page(rng, shadow=0.5, slope=0.3, darkness=0.5)
    boxes, _ = handwriting.boxes_and_bw(student.find_letters(page.image), page.image.shape)
    handwriting.letters_found(boxes, page.boxes, "on a page with a shadow over part of it")


@points(1)
@hint("`bw` is the page in black and white: 0.0 for ink, 1.0 for paper, the shape of `image`.")
@limit(60)
def test_page_in_black_and_white(student, rng):
    page = handwriting.page(rng)
    value = student.find_letters(page.image)
    boxes, bw = handwriting.boxes_and_bw(value, page.image.shape)
    expect.true(value[1].dtype.kind == "f", f"`bw` holds {value[1].dtype}; it must hold floats")
    black = float((bw[handwriting.core(page.ink)] == 0).mean())
    white = float((bw[handwriting.bare(page.ink)] == 1).mean())
    expect.true(
        min(black, white) > 0.95,
        f"in `bw` {black:.0%} of the middles of strokes are 0.0 and "
        f"{white:.0%} of the bare paper is 1.0",
        expected="nearly all of both",
    )
    handwriting.boxes_end_behind_the_ink(boxes, bw)


@points(0.5)
@hint("Work on a copy: the photograph is needed again, for drawing the boxes on it.")
@after("finds_the_letters", "page_in_black_and_white")
@limit(60)
def test_the_photograph_is_left_alone(student, rng):
    page = handwriting.page(rng, lines=2, words=2)
    student.find_letters(page.image)
    student.merge_pieces(page.boxes.copy())
    expect.arguments_unchanged(student)
