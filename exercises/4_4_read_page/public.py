"""Exercise 4.4: from boxes to text.

How far right solutions are from the thresholds is measured in ``benchmarks/reading.py``
(``make bench ARGS=reading``).
"""

import numpy as np

from helpers.checking import after, exercise, expect, hint, limit, points
from helpers.datasets import CLASSES
from helpers.for_checks import handwriting, two_layers
from helpers.networks import load_network
from helpers.small_pages import make_small_page
from helpers.spelling import characters_wrong

pytestmark = exercise("4.4")


def lines_of_boxes(rng, tilt=0.0, size=60):
    """Boxes of four lines, each begun left of the one above it; letters stand unevenly."""
    lines = []
    for number, count in enumerate(rng.permutation([5, 9, 12, 7]).tolist()):
        x = (2.5 - 0.6 * number + 0.3 * rng.random()) * size
        boxes = []
        for _ in range(count):
            high, wide = size * rng.uniform(0.75, 1.0), size * rng.uniform(0.3, 0.8)
            foot = (1.5 + 2 * number) * size + tilt * x + 0.08 * size * rng.normal()
            boxes.append([foot - high, x, foot, x + wide])
            x += wide + size * rng.uniform(0.2, 1.0)
        lines.append(np.round(boxes).astype(int))
    return lines


def same_lines(found, wanted, how):
    """Ask for the same lines in the same order."""
    found = expect.sequence(found, what="what `group_into_lines` returns")
    found = [expect.array(line, (-1, 4), "each line") for line in found]
    expect.true(
        len(found) == len(wanted),
        f"{how} there are {len(wanted)} lines, not {len(found)}",
        got=[len(line) for line in found],
        expected=[len(line) for line in wanted],
    )
    return found


@points(1)
@hint("Boxes whose middles are about equally high are in one line; lines go from top to bottom.")
def test_lines_from_top_to_bottom(student, rng):
    wanted = lines_of_boxes(rng)
    boxes = rng.permutation(np.concatenate(wanted))
    found = same_lines(student.group_into_lines(boxes), wanted, "on a page")
    for number, (got, right) in enumerate(zip(found, wanted, strict=True)):
        expect.true(
            sorted(got.tolist()) == sorted(right.astype(float).tolist()),
            f"line {number}, counted from the top, does not hold the boxes of that line",
            got=got.astype(int).tolist(),
            expected=right.tolist(),
        )


@points(1)
@hint("Within a line, sort by x1.")
def test_each_line_from_left_to_right(student, rng):
    boxes = rng.permutation(np.concatenate(lines_of_boxes(rng)))
    found = expect.sequence(student.group_into_lines(boxes), what="what came back")
    found = [expect.array(line, (-1, 4), "each line") for line in found]
    expect.true(
        sum(len(line) for line in found) == len(boxes), "boxes have been lost or put in twice"
    )
    right = [bool((np.diff(line[:, 1]) >= 0).all()) for line in found]
    expect.true(
        len(found) > 1 and all(right),
        "the boxes of a line do not go from left to right",
        got=found[right.index(False)][:4].astype(int).tolist() if False in right else None,
    )


def crops_of(student, page):
    bw = np.where(page.ink > 0.5, 0.0, 1.0)
    return expect.array(student.crop_letters(bw, page.boxes), (len(page.boxes), 1024), "the crops")


@points(1)
@hint("Ink is 0 and paper is 1 in the training images too, and each has a margin of paper.")
def test_ink_on_paper_with_a_margin(student, rng):
    page = handwriting.page(rng, lines=2, words=2)
    crops = crops_of(student, page)
    expect.true(
        bool(crops.min() >= -1e-6 and crops.max() <= 1 + 1e-6),
        f"the crops run from {crops.min():.2f} to {crops.max():.2f}, not from 0 to 1",
        got=crops[:1],
    )
    rim = np.ones((32, 32), dtype=bool)
    rim[1:-1, 1:-1] = False
    paper = float((crops[:, rim.ravel()] > 0.5).mean())
    expect.true(
        paper > 0.99,
        f"of the outermost rows and columns of the crops {paper:.0%} is paper (1)",
        expected="nearly all of it",
    )


@points(2)
@hint("Same size, same place, same stroke width, upright, row by row: put them side by side.")
@after("ink_on_paper_with_a_margin")
def test_crops_look_like_training_images(student, rng):
    page = handwriting.page(rng, lines=3, words=3)
    crops = crops_of(student, page)
    alike = [np.corrcoef(a, b)[0, 1] for a, b in zip(crops, page.originals, strict=True)]
    alike = np.nan_to_num(alike)
    expect.true(
        float(np.median(alike)) > LIKE,
        "letters that were made from training images, enlarged and cropped, do not look like "
        f"these images: the median correlation is {np.median(alike):.2f}",
        got=f"correlations from {alike.min():.2f} to {alike.max():.2f}",
        expected=f"more than {LIKE}",
    )


LIKE = 0.8
"""Right solutions have at least 0.95, stretched letters at most 0.66."""


@points(1)
@hint("A tall letter stays tall: scale both sides by the same factor, or let the helper do it.")
@after("ink_on_paper_with_a_margin")
def test_shapes_are_kept(student, rng):
    bw = np.ones((140, 300))
    bw[20:120, 40:52] = 0
    bw[60:72, 120:220] = 0
    boxes = np.array([[20, 40, 120, 52], [60, 120, 72, 220]])
    crops = expect.array(student.crop_letters(bw, boxes), (2, 1024), "the crops")
    tall, flat = (crops < 0.5).reshape(2, 32, 32)
    sides = [(int(k.any(axis=1).sum()), int(k.any(axis=0).sum())) for k in (tall, flat)]
    (tall_h, tall_w), (flat_h, flat_w) = sides
    expect.true(
        tall_h > 1.7 * tall_w > 0 and flat_w > 1.7 * flat_h > 0,
        f"an upright bar becomes {tall_h} high and {tall_w} wide; "
        f"a level bar becomes {flat_h} high and {flat_w} wide",
        expected="about 24 by 3 and 3 by 24",
    )


@points(1)
@hint(
    "forward of notebook 2, twice: sigmoid, then the scores; the label is where they are largest."
)
def test_labels_are_the_most_probable_classes(student, rng):
    params = {
        "Wlayer1": rng.normal(0, 0.1, (1024, 20)),
        "blayer1": rng.normal(0, 1, 20),
        "Woutput": rng.normal(0, 1, (20, 36)),
        "boutput": rng.normal(0, 1, 36),
    }
    crops = rng.random((25, 1024))
    right = np.argmax(two_layers.scores(crops, params), axis=1)
    found = expect.array(student.classify(crops, params), (25,), "the labels")
    expect.close(found, right, what="the labels")


def spaced(rng, text, size=50, narrow=(0.15, 0.35), space=0.9):
    """The boxes of one line of writing, and its labels."""
    x, boxes, labels = 30.0, [], []
    for character in text:
        if character == " ":
            x += space * size
            continue
        wide = size * rng.uniform(0.4, 0.8)
        top = 20 + 0.05 * size * rng.normal()
        boxes.append([top, x, top + size, x + wide])
        labels.append(CLASSES.index(character))
        x += wide + size * rng.uniform(*narrow)
    return np.round(boxes).astype(int), np.array(labels)


@points(1)
@hint("classes[label] is the letter; a gap much wider than the others of its line is a space.")
def test_spaces_between_words(student, rng):
    text = " ".join(handwriting.text(rng, 1, 4))
    found = student.spell_line(*spaced(rng, text))
    expect.true(isinstance(found, str), "the text is not a string", got=found)
    wanted = "".join(text.split())
    expect.true(
        "".join(found.split()) == wanted,
        "the letters are not those of the labels",
        got=found,
        expected=text,
    )
    expect.true(found == text, "the spaces are not where they belong", got=found, expected=text)


@points(0.5)
@hint("A line may be a single word, or a single letter: then there is no space in it.")
@after("spaces_between_words")
def test_a_single_word(student, rng):
    for text in ("QUARTZ", "WALKED", "K"):
        expect.equal(student.spell_line(*spaced(rng, text)), text, what="the text of a single word")


def read(student, page):
    """What `read_page` makes of a page, with the course's network."""
    found = student.read_page(page.image, load_network())
    expect.true(isinstance(found, str), "the text is not a string", got=found)
    return found


@points(2)
@hint("Put your functions together: find, group, crop, classify, spell.")
@limit(60)
def test_text_of_a_page(student, rng):
    page = handwriting.page(rng)
    found = read(student, page)
    wrong = characters_wrong(found, page.text)
    expect.true(
        wrong <= WRONG,
        f"{wrong:.0%} of the characters are wrong (spaces not counted)",
        got=found,
        expected=page.text,
    )


WRONG = 0.15
"""The share of characters that may be wrong; a right solution has less than 0.1."""


@points(1)
@hint("One line of text for each line on the page, joined by '\\n'; words as they are on the page.")
@after("text_of_a_page")
@limit(60)
def test_lines_and_spaces_are_kept(student, rng):
    page = handwriting.page(rng)
    found = read(student, page)
    shape = [[len(word) for word in line.split()] for line in found.split("\n")]
    right = [[len(word) for word in line.split()] for line in page.text.split("\n")]
    expect.true(
        shape == right,
        "the text does not have the lines and words of the page",
        got=found,
        expected=page.text,
    )


@points(0.5)
@hint("Nothing there, nothing to read: the answer is an empty text.")
@after("text_of_a_page")
@limit(60)
def test_empty_page_has_no_text(student, rng):
    blank = make_small_page([], rng, size=60)
    expect.equal(read(student, blank), "", what="the text of an empty page")
