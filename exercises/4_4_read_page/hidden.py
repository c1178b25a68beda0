"""Exercise 4.4: askew lines, other sizes, other hands, poor light."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, limit, points
from helpers.for_checks import handwriting, letter_crops, written_lines
from helpers.networks import load_network
from helpers.spelling import characters_wrong

pytestmark = exercise("4.4")
LONG = ("QUARTZ", "CATTY", "RUSTY", "PLUMS", "BELLS", "SPACE", "VEXED")


@points(0.5)
@demand("a")
@hint("A line may end higher than it begins. Which line is the upper one, say all of its letters.")
@after("lines_that_slope")
def test_lines_askew(student, rng):
    wanted = written_lines.lines_askew(rng, -0.12)
    found = student.group_into_lines(rng.permutation(np.concatenate(wanted)))
    found = expect.sequence(found, len(wanted), "the list of lines on a page that lies askew")
    found = [expect.array(got, (-1, 4), "each line") for got in found]
    expect.true(
        not written_lines.how_mixed_up(found, wanted),
        "lines that slope by 0.12 of their length are not told apart",
    )
    expect.true(
        written_lines.as_sets(found) == written_lines.as_sets(wanted),
        "lines that slope by 0.12 of their length do not go from top to bottom",
    )


@points(1)
@demand("b")
@hint(
    "The size on the page must not matter: the crop is scaled to the size of the training images."
)
@after("crops_have_ink_0_on_paper_1")
def test_large_and_small_writing_alike(student, rng):
    seed = int(rng.integers(2**32))
    crops = []
    for size in (44, 96):
        page = handwriting.page(np.random.default_rng(seed), lines=2, words=2, size=size)
        found = student.crop_letters(letter_crops.black_and_white(page), page.boxes)
        crops.append(expect.array(found, (len(page.boxes), 1024), "the crops"))
    median = letter_crops.likeness(*crops)
    expect.true(
        median > 0.85,
        f"the same letters written twice as large give other crops: correlation {median:.2f}",
    )


@points(0.5)
@demand("f")
@hint("Cut from a copy; the page is needed again.")
@after("crops_look_like_training_images", "crops_have_ink_0_on_paper_1")
def test_page_and_boxes_are_left_alone(student, rng):
    page = handwriting.page(rng, lines=1, words=2)
    student.crop_letters(letter_crops.black_and_white(page), page.boxes)
    expect.arguments_unchanged(student)


@points(1)
@demand("d")
@hint("How wide a space is depends on the hand: compare the gaps of a line with one another.")
def test_wide_and_narrow_hands(student, rng):
    hands = ((30, 0.2, 0.85), (90, 0.2, 0.85), (50, 0.5, 1.4), (50, 0.1, 0.6), (50, 0.85, 1.9))
    # Short lines, too: with one wide gap, with one narrow one.
    texts = [*handwriting.text(rng, 1, 4), *handwriting.text(rng, 1, 2, LONG), "5 42 7"]
    for size, narrow, wide in hands:
        for text in texts:
            boxes, labels = written_lines.spaced(
                rng, text, size, (0.8 * narrow, 1.2 * narrow), wide - narrow
            )
            found = student.spell_line(boxes, labels)
            expect.true(
                isinstance(found, str) and found == text,
                f"with letters {size} pixels high, gaps of about {narrow} of that within words and "
                f"{wide} between them, the spaces are not where they belong",
            )


@points(1)
@demand("e")
@hint("Look at each step on a page with a shadow.")
@limit(60)
def test_text_in_poor_light(student, rng):
    page = handwriting.page(rng, shadow=0.45, slope=0.3, darkness=0.4)
    found = student.read_page(page.image, load_network())
    expect.true(isinstance(found, str), "the text is not a string")
    wrong = characters_wrong(found, page.text)
    expect.true(
        wrong <= written_lines.WRONG,
        f"on a page with a shadow {wrong:.0%} of the characters are wrong (spaces not counted)",
    )
