"""Exercise 4.4: from boxes to text.

How far right solutions are from the thresholds is measured in ``benchmarks/reading.py``
(``make bench ARGS=reading``).
"""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, limit, points
from helpers.checking.failures import CheckFailure
from helpers.checking.show import show
from helpers.datasets import CLASSES
from helpers.for_checks import handwriting, letter_crops, two_layers, written_lines
from helpers.networks import load_network
from helpers.small_pages import make_small_page
from helpers.spelling import characters_wrong

pytestmark = exercise("4.4")


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


def lines_in_order(student, rng, wanted, wrong_orders):
    """Ask for these lines, from top to bottom; wrong orders have names."""
    found = lines_of(student.group_into_lines(rng.permutation(np.concatenate(wanted))))
    right = written_lines.as_sets(wanted)
    order = [right.index(line) if line in right else -1 for line in written_lines.as_sets(found)]
    diagnosis = expect.diagnose(np.array(order), wrong_orders)
    if order != [0, 1, 2, 3]:
        raise CheckFailure(
            f"of {len(wanted)} lines, {sum(a == b for a, b in enumerate(order))} hold the boxes "
            "that they should, counted from the top",
            got=f"lines of {[len(line) for line in found]} boxes",
            expected=f"lines of {[len(line) for line in wanted]} boxes",
            diagnosis=written_lines.how_mixed_up(found, wanted) or diagnosis,
        )


UPWARDS = "the lines go from the bottom to the top"
BY_BEGINNING = "the lines are in the order in which they begin from the left"


@points(1)
@demand("a")
@hint("Boxes whose middles are about equally high are in one line; lines go from top to bottom.")
def test_lines_from_top_to_bottom(student, rng):
    wrong = {UPWARDS: [3, 2, 1, 0], BY_BEGINNING: np.argsort(written_lines.STARTS)}
    lines_in_order(student, rng, written_lines.lines_of_boxes(rng), wrong)


@points(0.5)
@demand("a")
@hint("A line may end lower than it begins: follow it from letter to letter.")
@after("lines_from_top_to_bottom")
def test_lines_that_slope(student, rng):
    wanted = written_lines.lines_askew(rng, 0.12)
    wrong = {
        UPWARDS: [3, 2, 1, 0],
        BY_BEGINNING: np.argsort([line[0, 1] for line in wanted]),
        "the lines are in the order of their first letters; where a page lies askew, that of a "
        "line far to the right may be lower than the line below": [1, 0, 2, 3],
    }
    lines_in_order(student, rng, wanted, wrong)


@points(1)
@demand("a")
@hint("Within a line, sort by x1.")
def test_each_line_from_left_to_right(student, rng):
    boxes = rng.permutation(np.concatenate(written_lines.lines_of_boxes(rng)))
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


@points(0.5)
@demand("b")
@hint("Ink is 0 and paper is 1 in the training images, too. Show a crop: what is dark in it?")
def test_crops_have_ink_0_on_paper_1(student, rng):
    page = handwriting.page(rng, lines=2, words=2)
    crops = crops_of(student, letter_crops.black_and_white(page), page.boxes)
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
    crops = crops_of(student, letter_crops.black_and_white(page), page.boxes)
    rim = np.ones((32, 32), dtype=bool)
    rim[1:-1, 1:-1] = False
    paper = float((crops[:, rim.ravel()] > 0.5).mean())
    expect.true(
        paper > 0.99,
        f"of the outermost rows and columns of the crops {paper:.0%} is paper (1)",
        got=crops[:1],
        expected="nearly all of it",
    )


@points(1.5)
@demand("b")
@hint("Same size, same place, same stroke width, upright, row by row: put them side by side.")
@after("crops_have_ink_0_on_paper_1")
def test_crops_look_like_training_images(student, rng):
    page = handwriting.page(rng, lines=3, words=3)
    crops = crops_of(student, letter_crops.black_and_white(page), page.boxes)
    alike = letter_crops.likeness(crops, page.originals)
    if alike <= letter_crops.LIKE:
        raise CheckFailure(
            "letters that were made from training images, enlarged and cropped, do not look like "
            f"these images: the median correlation is {alike:.2f}",
            got=f"{alike:.2f}",
            expected=f"above {letter_crops.LIKE}",
            diagnosis=letter_crops.how_cut(crops, page),
        )


@points(1)
@demand("b")
@hint("A tall letter stays tall: scale both sides by the same factor, or let the helper do it.")
@after("crops_have_ink_0_on_paper_1")
def test_shapes_are_kept(student, rng):
    bw, boxes = letter_crops.two_bars()
    bars = (crops_of(student, bw, boxes) < 0.5).reshape(2, 32, 32)
    sides = [(int(bar.any(axis=1).sum()), int(bar.any(axis=0).sum())) for bar in bars]
    diagnosis = letter_crops.how_misshapen(*sides)
    if diagnosis is None:
        return
    (tall_h, tall_w), (flat_h, flat_w) = sides
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
            diagnosis=written_lines.spelt(found, text, boxes),
        )


@points(0.75)
@demand("d")
@hint("CLASSES[label] is the letter; a gap much wider than the others of its line is a space.")
def test_spaces_between_words(student, rng):
    text = " ".join(handwriting.text(rng, 1, 4))
    spell(student, *written_lines.spaced(rng, text), text, "the text of a line is not right")


@points(0.5)
@demand("d")
@hint(
    "Nothing in pixels: compare the gaps of a line with one another, or with the letters' height."
)
@after("spaces_between_words")
def test_spaces_at_any_size(student, rng):
    # A gap within a word, where letters are large, is wider than a space, where they are small.
    lines = {size: " ".join(handwriting.text(rng, 1, 3)) for size in (24, 110)}
    rows = {
        size: written_lines.spaced(rng, text, size, narrow=(0.3, 0.35))
        for size, text in lines.items()
    }
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
                or written_lines.spelt(found[size], text, rows[size][0]),
            )


@points(0.5)
@demand("d")
@hint("A line may be a single word, or a single letter: then there is no space in it.")
@after("spaces_between_words")
def test_a_single_word(student, rng):
    for text in ("QUARTZ", "WALKED", "K"):
        boxes, labels = written_lines.spaced(rng, text)
        spell(student, boxes, labels, text, "the text of a single word, or letter, is not right")


@points(0.25)
@demand("d")
@hint("Where the gaps of a line are of one kind, a space is what is wider than 0.7 letter heights.")
@after("a_single_word")
def test_gaps_of_one_kind(student, rng):
    lines = {
        "5 7": rng.uniform(0.85, 1.0, 1),
        "A 4 7": rng.uniform(0.85, 1.0, 2),
        "QUARTZ": rng.uniform(0.5, 0.6, 5),
        "WALKED": rng.permutation([0.16, 0.16, 0.16, 0.48, 0.48]),
    }
    for text, gaps in lines.items():
        boxes, labels = written_lines.with_gaps(rng, text, gaps.tolist())
        found = as_text(student.spell_line(boxes, labels))
        expect.true(
            found == text, "the text of a line with one kind of gap is not right",
            got=found, expected=text,
        )  # fmt: skip


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
    if wrong > written_lines.WRONG:
        raise CheckFailure(
            f"{wrong:.0%} of the characters are wrong (spaces not counted)",
            got=repr(found),
            expected=repr(page.text),
            diagnosis=written_lines.in_what_order(found, page.text),
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
    if written_lines.lengths(found) != written_lines.lengths(page.text):
        raise CheckFailure(
            "the text does not have the lines and words of the page",
            got=repr(found),
            expected=repr(page.text),
            diagnosis=written_lines.how_joined(found, page.text),
        )


@points(0.5)
@demand("e")
@hint("Nothing there, nothing to read: the answer is an empty text.")
@after("text_of_a_page")
@limit(60)
def test_empty_page_has_no_text(student, rng):
    blank = make_small_page([], rng, size=60)
    expect.equal(read(student, blank), "", what="the text of an empty page")
