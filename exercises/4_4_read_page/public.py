"""Exercise 4.4: from boxes to text.

How far right solutions are from the thresholds is measured in ``benchmarks/reading.py``
(``make bench ARGS=reading``).
"""

from collections import Counter

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, limit, points
from helpers.checking.failures import CheckFailure
from helpers.checking.show import show
from helpers.crops import normalise_crop
from helpers.datasets import CLASSES
from helpers.for_checks import handwriting, two_layers
from helpers.networks import load_network
from helpers.small_pages import make_small_page
from helpers.spelling import characters_wrong

pytestmark = exercise("4.4")


STARTS = (1.9, 0.7, 2.5, 1.3)
"""Where the lines begin, in letters: in the order of their beginnings they are out of order."""


def lines_of_boxes(rng, tilt=0.0, size=60):
    """Boxes of four lines, which do not begin below one another; letters stand unevenly."""
    lines = []
    for number, count in enumerate(rng.permutation([5, 9, 12, 7]).tolist()):
        x = (STARTS[number] + 0.3 * rng.random()) * size
        boxes = []
        for _ in range(count):
            high, wide = size * rng.uniform(0.75, 1.0), size * rng.uniform(0.3, 0.8)
            foot = (1.5 + 2 * number) * size + tilt * x + 0.08 * size * rng.normal()
            boxes.append([foot - high, x, foot, x + wide])
            x += wide + size * rng.uniform(0.2, 1.0)
        lines.append(np.round(boxes).astype(int))
    return lines


def lines_of(value):
    """The lines that came back, each an array."""
    found = expect.sequence(value, what="what `group_into_lines` returns")
    for line in found:
        if isinstance(line, np.ndarray) and line.shape[1:] != (4,):
            raise CheckFailure(
                f"a line has shape {line.shape}",
                got=show(line),
                expected="an array of boxes, shape (n, 4)",
                diagnosis="the lines hold something else than boxes",
            )
    return [expect.array(line, (-1, 4), "each line") for line in found]


def as_sets(lines):
    return [{tuple(map(float, box)) for box in line.tolist()} for line in lines]


def how_mixed_up(found, wanted):
    """What is wrong with lines that hold other boxes than they should."""
    found, wanted = as_sets(found), as_sets(wanted)
    if sorted(box for line in found for box in line) != sorted(box for w in wanted for box in w):
        return "boxes have been lost, or are in two lines"
    if len(found) == 1:
        return "all boxes are in a single line"
    if all(len(line) == 1 for line in found):
        return "each box is a line of its own"
    if any(sum(bool(line & right) for right in wanted) > 1 for line in found):
        return "boxes of several lines are in one line"
    return "a line of the page has been torn into several"


@points(1)
@demand("a")
@hint("Boxes whose middles are about equally high are in one line; lines go from top to bottom.")
def test_lines_from_top_to_bottom(student, rng):
    wanted = lines_of_boxes(rng)
    found = lines_of(student.group_into_lines(rng.permutation(np.concatenate(wanted))))
    right = as_sets(wanted)
    order = [right.index(line) if line in right else -1 for line in as_sets(found)]
    diagnosis = expect.diagnose(
        np.array(order),
        {
            "the lines go from the bottom to the top": np.arange(4)[::-1],
            "the lines are in the order in which they begin from the left": np.argsort(STARTS),
        },
    )
    if sorted(order) != [0, 1, 2, 3]:
        diagnosis = how_mixed_up(found, wanted)
    if order != [0, 1, 2, 3]:
        raise CheckFailure(
            f"of {len(wanted)} lines, {sum(a == b for a, b in enumerate(order))} hold the boxes "
            "that they should, counted from the top",
            got=f"lines of {[len(line) for line in found]} boxes",
            expected=f"lines of {[len(line) for line in wanted]} boxes",
            diagnosis=diagnosis,
        )


@points(1)
@demand("a")
@hint("Within a line, sort by x1.")
def test_each_line_from_left_to_right(student, rng):
    boxes = rng.permutation(np.concatenate(lines_of_boxes(rng)))
    found = lines_of(student.group_into_lines(boxes))
    expect.true(
        sum(len(line) for line in found) == len(boxes),
        "boxes have been lost or put in twice",
        got=f"{sum(len(line) for line in found)} boxes of {len(boxes)}",
    )
    rises = [bool((np.diff(line[:, 1]) >= 0).all()) for line in found]
    if all(rises):
        return
    diagnosis = ""
    if all((np.diff(line[:, 1]) <= 0).all() for line in found):
        diagnosis = "the boxes of a line go from right to left"
    elif all((np.diff(line[:, 0]) >= 0).all() for line in found):
        diagnosis = "the boxes of a line are sorted by their upper sides, y1"
    raise CheckFailure(
        "the boxes of a line do not go from left to right",
        got=show(found[rises.index(False)][:4].astype(int).tolist()),
        diagnosis=diagnosis,
    )


@points(0.5)
@demand("a")
@hint("No boxes, no lines: an empty list.")
@after("lines_from_top_to_bottom", "each_line_from_left_to_right")
def test_no_boxes_no_lines(student, rng):
    found = student.group_into_lines(np.zeros((0, 4), dtype=int))
    expect.sequence(found, 0, "what comes back for a page without boxes")


def crops_of(student, bw, boxes):
    return handwriting.shaped(
        student.crop_letters(bw, boxes), (len(boxes), 1024), "the crops",
        "(N, 1024): a row of 1024 numbers for each box",
    )  # fmt: skip


def black_and_white(page):
    return np.where(page.ink > 0.5, 0.0, 1.0)


@points(0.5)
@demand("b")
@hint("Ink is 0 and paper is 1 in the training images, too. Show a crop: what is dark in it?")
def test_crops_have_ink_0_on_paper_1(student, rng):
    page = handwriting.page(rng, lines=2, words=2)
    crops = crops_of(student, black_and_white(page), page.boxes)
    paper = float((crops > 0.5).mean())
    inside = bool(crops.min() >= -1e-6 and crops.max() <= 1 + 1e-6)
    if not inside or paper <= 0.5:
        raise CheckFailure(
            f"the crops run from {crops.min():.2f} to {crops.max():.2f}, and {paper:.0%} of "
            "their pixels are paper (above 0.5)",
            got=show(crops[:1]),
            expected="from 0 to 1, and more paper than ink",
            diagnosis="most of a crop is 0, which is ink" * inside,
        )


@points(0.5)
@demand("b")
@hint("In the training images no ink touches the border: is there paper all around each letter?")
@after("crops_have_ink_0_on_paper_1")
def test_crops_have_a_margin_of_paper(student, rng):
    page = handwriting.page(rng, lines=2, words=2)
    crops = crops_of(student, black_and_white(page), page.boxes)
    rim = np.ones((32, 32), dtype=bool)
    rim[1:-1, 1:-1] = False
    paper = float((crops[:, rim.ravel()] > 0.5).mean())
    expect.true(
        paper > 0.99,
        f"of the outermost rows and columns of the crops {paper:.0%} is paper (1)",
        got=crops[:1],
        expected="nearly all of it",
    )


def likeness(crops, others):
    """The median correlation of each crop with another image."""
    with np.errstate(invalid="ignore", divide="ignore"):
        alike = [np.corrcoef(a, b)[0, 1] for a, b in zip(crops, others, strict=True)]
    return float(np.median(np.nan_to_num(alike)))


def how_cut(crops, page):
    """The name of what has been done to crops that do not look like the training images."""
    bw = black_and_white(page)
    squares = page.originals.reshape(-1, 32, 32)
    dark = [normalise_crop(np.pad(bw[a:c, b:d], 4)) for a, b, c, d in page.boxes.tolist()]
    ways = {
        "the crops are read column by column, not row by row": squares.transpose(0, 2, 1),
        "the crops are upside down": squares[:, ::-1],
        "there is a dark frame around each letter: np.pad fills up with 0, which is ink": dark,
        "the crops are those of other boxes": np.roll(squares, 1, axis=0),
    }
    for sentence, others in ways.items():
        if likeness(crops, np.reshape(others, (-1, 1024))) > LIKE:
            return sentence
    blank = (crops > 0.5).all(axis=1).mean()
    return (
        "most crops have no ink in them: they are cut where no letter is; rows come first, "
        "bw[y1:y2, x1:x2]"
    ) * bool(blank > 0.5)


@points(1.5)
@demand("b")
@hint("Same size, same place, same stroke width, upright, row by row: put them side by side.")
@after("crops_have_ink_0_on_paper_1")
def test_crops_look_like_training_images(student, rng):
    page = handwriting.page(rng, lines=3, words=3)
    crops = crops_of(student, black_and_white(page), page.boxes)
    alike = likeness(crops, page.originals)
    if alike <= LIKE:
        raise CheckFailure(
            "letters that were made from training images, enlarged and cropped, do not look like "
            f"these images: the median correlation is {alike:.2f}",
            got=f"{alike:.2f}",
            expected=f"above {LIKE}",
            diagnosis=how_cut(crops, page),
        )


LIKE = 0.8
"""Right solutions have at least 0.95, stretched letters at most 0.66."""


@points(1)
@demand("b")
@hint("A tall letter stays tall: scale both sides by the same factor, or let the helper do it.")
@after("crops_have_ink_0_on_paper_1")
def test_shapes_are_kept(student, rng):
    bw = np.ones((140, 300))
    bw[20:120, 40:52] = 0
    bw[60:72, 120:220] = 0
    boxes = np.array([[20, 40, 120, 52], [60, 120, 72, 220]])
    tall, flat = (crops_of(student, bw, boxes) < 0.5).reshape(2, 32, 32)
    sides = [(int(k.any(axis=1).sum()), int(k.any(axis=0).sum())) for k in (tall, flat)]
    (tall_h, tall_w), (flat_h, flat_w) = sides
    if tall_h > 1.7 * tall_w > 0 and flat_w > 1.7 * flat_h > 0:
        return
    diagnosis = ""
    if tall_h == flat_h == 0:
        diagnosis = (
            "the bars are gone: a bar fills its box, and with no paper around it nothing tells "
            "ink from paper"
        )
    elif tall_h < 1.7 * tall_w < 3 * tall_h and flat_w < 1.7 * flat_h < 3 * flat_w:
        diagnosis = "letters are stretched: an upright bar and a level one become squares alike"
    elif tall_w > 1.7 * tall_h and flat_h > 1.7 * flat_w:
        diagnosis = "rows and columns are swapped: the upright bar lies, and the level one stands"
    raise CheckFailure(
        f"an upright bar becomes {tall_h} high and {tall_w} wide; "
        f"a level bar becomes {flat_h} high and {flat_w} wide",
        got=f"{tall_h} by {tall_w} and {flat_h} by {flat_w} pixels",
        expected="about 24 by 3 and 3 by 24",
        diagnosis=diagnosis,
    )


@points(1)
@demand("c")
@hint("Sigmoids first, then the scores; the label is the place of the largest in each row.")
def test_labels_are_the_most_probable_classes(student, rng):
    params = {
        "Wlayer1": rng.normal(0, 0.2, (1024, 20)),
        "blayer1": rng.normal(0, 2, 20),
        "Woutput": rng.normal(0, 1, (20, 36)),
        "boutput": rng.normal(0, 1, 36),
    }
    crops = rng.random((40, 1024))
    inner = crops @ params["Wlayer1"]
    hidden = two_layers.scores(crops, {**params, "Woutput": np.eye(20), "boutput": np.zeros(20)})
    scores = two_layers.scores(crops, params)

    def without(*names):
        changed = {**params, **{name: 0 * params[name] for name in names}}
        return np.argmax(two_layers.scores(crops, changed), axis=1)

    found = handwriting.shaped(
        student.classify(crops, params), (40,), "the labels", "(N,): one label for each crop"
    )
    expect.close(
        found,
        np.argmax(scores, axis=1),
        what="the labels",
        mistakes={
            "the hidden layer has no sigmoid": np.argmax(
                (inner + params["blayer1"]) @ params["Woutput"] + params["boutput"], axis=1
            ),
            "the bias `boutput` is left out": without("boutput"),
            "the bias `blayer1` is left out": without("blayer1"),
            "these are the labels of the smallest scores": np.argmin(scores, axis=1),
            "these are the most active hidden units, not the classes": np.argmax(hidden, axis=1),
            "the labels begin at 1": np.argmax(scores, axis=1) + 1,
        },
    )


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


def as_text(value, what="the text"):
    """Ask for a string."""
    if isinstance(value, (list, tuple)):
        raise CheckFailure(
            f"{what} is a {type(value).__name__}, not a string",
            got=repr(value)[:60],
            diagnosis="the parts are a list; they have to be joined to one string",
        )
    expect.true(isinstance(value, str), f"{what} is not a string", got=value)
    return value


def spell(student, boxes, labels, text, problem):
    """Ask for the text of a line."""
    found = as_text(student.spell_line(boxes, labels))
    if found != text:
        raise CheckFailure(
            problem,
            got=repr(found),
            expected=repr(text),
            diagnosis=handwriting.spelt(found, text, boxes),
        )


@points(1)
@demand("d")
@hint("CLASSES[label] is the letter; a gap much wider than the others of its line is a space.")
def test_spaces_between_words(student, rng):
    text = " ".join(handwriting.text(rng, 1, 4))
    spell(student, *spaced(rng, text), text, "the text of a line is not right")


@points(0.5)
@demand("d")
@hint(
    "Nothing in pixels: compare the gaps of a line with one another, or with the letters' height."
)
@after("spaces_between_words")
def test_spaces_at_any_size(student, rng):
    # A gap within a word, where letters are large, is wider than a space, where they are small.
    lines = {size: " ".join(handwriting.text(rng, 1, 3)) for size in (24, 110)}
    rows = {size: spaced(rng, text, size, narrow=(0.3, 0.35)) for size, text in lines.items()}
    found = {size: as_text(student.spell_line(*rows[size])) for size in lines}
    fewer, more = (found[size].count(" ") - lines[size].count(" ") for size in lines)
    for size, text in lines.items():
        if found[size] != text:
            raise CheckFailure(
                f"with letters {size} pixels high the text is not right",
                got=repr(found[size]),
                expected=repr(text),
                diagnosis="small letters get too few spaces, or large ones too many: how wide a "
                "space is seems to be counted in pixels"
                * (fewer < 0 <= more or fewer <= 0 < more)
                or handwriting.spelt(found[size], text, rows[size][0]),
            )


@points(0.5)
@demand("d")
@hint("A line may be a single word, or a single letter: then there is no space in it.")
@after("spaces_between_words")
def test_a_single_word(student, rng):
    for text in ("QUARTZ", "WALKED", "K"):
        boxes, labels = spaced(rng, text)
        spell(student, boxes, labels, text, "the text of a single word, or letter, is not right")


def read(student, page, params=None):
    """What `read_page` makes of a page, with the course's network."""
    return as_text(student.read_page(page.image, params or load_network()))


@points(1.5)
@demand("e")
@hint("Put your functions together: find, group, crop, classify, spell. Show what each hands on.")
@limit(60)
def test_text_of_a_page(student, rng):
    page = handwriting.page(rng)
    found = read(student, page)
    wrong = characters_wrong(found, page.text)
    if wrong > WRONG:
        raise CheckFailure(
            f"{wrong:.0%} of the characters are wrong (spaces not counted)",
            got=repr(found),
            expected=repr(page.text),
            diagnosis=_in_what_order(found, page.text),
        )


WRONG = 0.15
"""The share of characters that may be wrong; a right solution has less than 0.1."""


def _in_what_order(found, text):
    """Whether the right letters were read, and stand elsewhere."""
    there, right = (Counter("".join(each.split())) for each in (found, text))
    if (there & right).total() < 0.8 * right.total():
        return ""
    lines = found.split("\n"), text.split("\n")
    turned = "\n".join(reversed(lines[0]))
    if characters_wrong(turned, text) <= WRONG:
        return "the lines are read from the bottom of the page to its top"
    return (
        "the letters are those of the page, but in another order: the labels have to be in the "
        "order of the boxes that are spelt"
    )


@points(0.5)
@demand("e")
@hint("`params` is the network that reads; it is handed in, and another one reads otherwise.")
@after("text_of_a_page")
@limit(60)
def test_text_is_read_by_the_network_handed_in(student, rng):
    page, params = handwriting.page(rng, lines=1, words=2), load_network()
    turned = {**params, "Woutput": np.roll(params["Woutput"], 1, axis=1),
              "boutput": np.roll(params["boutput"], 1)}  # fmt: skip
    one, other = read(student, page, params), read(student, page, turned)
    wanted = "".join(CLASSES[(CLASSES.index(c) + 1) % 36] if c in CLASSES else c for c in one)
    expect.true(
        other == wanted,
        "with a network whose classes have been moved on by one, the text is not moved on by one",
        got=repr(other),
        expected=repr(wanted),
    )


@points(1)
@demand("e")
@hint("One line of text for each line on the page, joined by '\\n'; words as they are on the page.")
@after("text_of_a_page")
@limit(60)
def test_lines_and_spaces_are_kept(student, rng):
    page = handwriting.page(rng)
    found = read(student, page)
    if _words(found) != _words(page.text):
        raise CheckFailure(
            "the text does not have the lines and words of the page",
            got=repr(found),
            expected=repr(page.text),
            diagnosis=_how_joined(found, page.text),
        )


def _words(text):
    return [[len(word) for word in line.split()] for line in text.split("\n")]


def _how_joined(found, text):
    if "\n" not in found:
        return "there is no line end in the text"
    if [line for line in _words(found) if line] == _words(text):
        return "there are blank lines, or there is a line end too many at the end"
    if all(" " not in line for line in found.split("\n")):
        return "there are no spaces at all"
    return ""


@points(0.5)
@demand("e")
@hint("Nothing there, nothing to read: the answer is an empty text.")
@after("text_of_a_page")
@limit(60)
def test_empty_page_has_no_text(student, rng):
    blank = make_small_page([], rng, size=60)
    expect.equal(read(student, blank), "", what="the text of an empty page")
