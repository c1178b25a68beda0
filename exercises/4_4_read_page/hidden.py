"""Exercise 4.4: askew lines, other sizes, other hands, poor light."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, limit, points
from helpers.datasets import CLASSES
from helpers.for_checks import handwriting
from helpers.networks import load_network
from helpers.spelling import characters_wrong

pytestmark = exercise("4.4")


@points(1)
@demand("a")
@hint("A line may end lower than it begins: follow it from letter to letter.")
def test_lines_askew(student, rng):
    size, wanted = 50, []
    for number in range(4):
        x = 140.0 - 30 * number + 20 * rng.random()
        boxes = []
        for _ in range(14):
            wide = size * rng.uniform(0.4, 0.8)
            foot = (1.5 + 1.7 * number) * size + 0.12 * x + 0.04 * size * rng.normal()
            boxes.append([foot - size, x, foot, x + wide])
            x += wide + size * rng.uniform(0.2, 0.6)
        wanted.append(np.round(boxes).astype(int))
    found = student.group_into_lines(rng.permutation(np.concatenate(wanted)))
    found = expect.sequence(found, len(wanted), "the list of lines on a page that lies askew")
    for got, right in zip(found, wanted, strict=True):
        got = expect.array(got, (-1, 4), "each line")
        expect.true(
            sorted(got.tolist()) == sorted(right.astype(float).tolist()),
            "lines that slope by 0.12 of their length are not told apart",
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
        bw = np.where(page.ink > 0.5, 0.0, 1.0)
        found = student.crop_letters(bw, page.boxes)
        crops.append(expect.array(found, (len(page.boxes), 1024), "the crops"))
    alike = [np.corrcoef(a, b)[0, 1] for a, b in zip(*crops, strict=True)]
    median = float(np.median(np.nan_to_num(alike)))
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
    student.crop_letters(np.where(page.ink > 0.5, 0.0, 1.0), page.boxes)
    expect.arguments_unchanged(student)


@points(1)
@demand("d")
@hint("How wide a space is depends on the hand: compare the gaps of a line with one another.")
def test_wide_and_narrow_hands(student, rng):
    hands = ((30, 0.2, 0.85), (90, 0.2, 0.85), (50, 0.5, 1.4), (50, 0.1, 0.6), (50, 0.85, 1.9))
    for size, narrow, wide in hands:
        text = " ".join(handwriting.text(rng, 1, 4))
        x, boxes, labels = 10.0, [], []
        for character in text:
            if character == " ":
                x += (wide - narrow) * size
                continue
            width = size * rng.uniform(0.5, 0.8)
            boxes.append([20, x, 20 + size, x + width])
            labels.append(CLASSES.index(character))
            x += width + size * narrow * rng.uniform(0.8, 1.2)
        found = student.spell_line(np.round(boxes).astype(int), np.array(labels))
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
        wrong <= 0.15,
        f"on a page with a shadow {wrong:.0%} of the characters are wrong (spaces not counted)",
    )
