"""Lines of writing without a picture: boxes of letters, and what is wrong with lines and texts.

The checks of 4.4 draw their boxes here, and look up here by which mistake a line came about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from helpers.datasets.model import CLASSES
from helpers.spelling import characters_wrong

STARTS = (1.9, 0.7, 2.5, 1.3)
"""Where the lines begin, in letters: in the order of their beginnings they are out of order."""
WRONG = 0.15
"""The share of characters that may be wrong; a right solution has less than 0.1."""


def lines_of_boxes(rng: np.random.Generator, size: int = 60) -> list[np.ndarray]:
    """Boxes of four lines, which do not begin below one another; letters stand unevenly."""
    lines = []
    for number, count in enumerate(rng.permutation([5, 9, 12, 7]).tolist()):
        x = (STARTS[number] + 0.3 * rng.random()) * size
        boxes = []
        for _ in range(count):
            high, wide = size * rng.uniform(0.75, 1.0), size * rng.uniform(0.3, 0.8)
            foot = (1.5 + 2 * number) * size + 0.08 * size * rng.normal()
            boxes.append([foot - high, x, foot, x + wide])
            x += wide + size * rng.uniform(0.2, 1.0)
        lines.append(np.round(boxes).astype(int))
    return lines


def lines_askew(rng: np.random.Generator, slope: float, size: int = 50) -> list[np.ndarray]:
    """Boxes of four lines on a page that lies askew, from top to bottom.

    The short line, such as a date above or a name below, stands far to the right. It begins lower
    than the line under it, or higher than the line over it: so the beginnings of the lines are in
    another order than the lines.
    """
    short = 0 if slope > 0 else 3
    lines = []
    for number in range(4):
        x, count = (1000.0, 3) if number == short else (140.0 - 30 * (number % 3), 19)
        x += 20 * rng.random()
        boxes = []
        for _ in range(count):
            wide = size * rng.uniform(0.4, 0.8)
            foot = (5 + 1.7 * number) * size + slope * x + 0.04 * size * rng.normal()
            boxes.append([foot - size, x, foot, x + wide])
            x += wide + size * rng.uniform(0.2, 0.6)
        lines.append(np.round(boxes).astype(int))
    return lines


def as_sets(lines: Sequence[np.ndarray]) -> list[set[tuple[float, ...]]]:
    """Lines of which the order of the boxes does not matter."""
    return [{tuple(map(float, box)) for box in line.tolist()} for line in lines]


def how_mixed_up(found: Sequence[np.ndarray], wanted: Sequence[np.ndarray]) -> str:
    """What is wrong with lines that hold other boxes than they should; nothing if they do not."""
    there, right = as_sets(found), as_sets(wanted)
    if sorted(map(sorted, there)) == sorted(map(sorted, right)):
        return ""
    if sorted(box for line in there for box in line) != sorted(box for w in right for box in w):
        return "boxes have been lost, or are in two lines"
    if len(there) == 1:
        return "all boxes are in a single line"
    if all(len(line) == 1 for line in there):
        return "each box is a line of its own"
    if any(sum(bool(line & other) for other in right) > 1 for line in there):
        return "boxes of several lines are in one line"
    return "a line of the page has been torn into several"


def spaced(
    rng: np.random.Generator,
    text: str,
    size: int = 50,
    narrow: tuple[float, float] = (0.15, 0.35),
    space: float = 0.9,
) -> tuple[np.ndarray, np.ndarray]:
    """The boxes of one line of writing, and its labels; gaps in letter heights.

    A gap within a word is drawn from `narrow`; between words `space` is added to it.
    """
    gaps = [
        rng.uniform(*narrow) + (space if text[k + 1 : k + 2] == " " else 0.0)
        for k, character in enumerate(text)
        if character != " "
    ]
    return with_gaps(rng, text, gaps[:-1], size)


def with_gaps(
    rng: np.random.Generator, text: str, gaps: Sequence[float], size: int = 50
) -> tuple[np.ndarray, np.ndarray]:
    """The boxes of one line of writing, and its labels, with these gaps in letter heights."""
    x, boxes = 30.0, []
    letters = text.replace(" ", "")
    for gap in [*gaps, 0.0][: len(letters)]:
        wide = size * rng.uniform(0.4, 0.8)
        top = 20 + 0.05 * size * rng.normal()
        boxes.append([top, x, top + size, x + wide])
        x += wide + size * gap
    return np.round(boxes).astype(int), np.array([CLASSES.index(letter) for letter in letters])


def spelt(found: str, text: str, boxes: np.ndarray) -> str:
    """What is wrong with the text that somebody made of a line of boxes and the right labels."""
    letters = "".join(text.split())
    digits_first = CLASSES[26:] + CLASSES[:26]
    if "".join(found.split()) != letters:
        taken = "".join(digits_first[CLASSES.index(letter)] for letter in letters)
        if "".join(found.split()) == taken:
            return "the labels are taken to begin with the digits: look at CLASSES"
        return "the letters are in lower case" * (found.upper() == text)
    if found.strip() == text.strip():
        return "there is a space at the beginning or at the end of the line"
    if " " not in found:
        return "there are no spaces at all"
    if found.split() == text.split():
        return "two spaces stand side by side"
    if found == " ".join(letters):
        return "a space follows each letter"
    at = [k for k in range(len(letters)) if _space_before(text, k)]
    for step, sentence in (
        (1, "each space stands one letter too late"),
        (-1, "each space stands one letter too early"),
    ):
        moved = [k + step for k in at]
        if found.strip() == _spaced(letters, moved):
            return sentence
    for gaps, sentence in (
        (np.diff(boxes[:, 1]), "gaps are measured from left side to left side, over the letter"),
        (np.diff(boxes[:, 3]), "gaps are measured from right side to right side, over a letter"),
        (np.diff(boxes[:, [1, 3]].mean(axis=1)), "gaps are measured from middle to middle"),
    ):
        if found == _spaced(letters, _wide(gaps / np.median(boxes[:, 2] - boxes[:, 0]))):
            return sentence
    return ""


def _space_before(text: str, letter: int) -> bool:
    """Whether there is a space before a letter, counted without the spaces."""
    places = [k for k, character in enumerate(text) if character != " "]
    return places[letter] > 0 and text[places[letter] - 1] == " "


def _spaced(letters: str, before: Sequence[int]) -> str:
    return "".join(" " * (k in before) + letter for k, letter in enumerate(letters)).strip()


def _wide(gaps: np.ndarray) -> list[int]:
    """The letters before which there is a gap between words, as the text of 4.4 says."""
    ordered = np.sort(gaps)
    best, cut = 0.0, 0.7
    for k in range(1, len(gaps)):
        apart = ordered[k:].mean() - ordered[:k].mean()
        weight = k * (len(gaps) - k) * apart**2
        if apart > 0.4 and weight > best:
            best, cut = weight, (ordered[k - 1] + ordered[k]) / 2
    return (np.flatnonzero(gaps > cut) + 1).tolist()


def in_what_order(found: str, text: str) -> str:
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


def lengths(text: str) -> list[list[int]]:
    """How many characters the words of a text have, line by line."""
    return [[len(word) for word in line.split()] for line in text.split("\n")]


def how_joined(found: str, text: str) -> str:
    """What is wrong with a text that has other lines or words than the page."""
    if "\n" not in found:
        return "there is no line end in the text"
    if [line for line in lengths(found) if line] == lengths(text):
        return "there are blank lines, or there is a line end too many at the end"
    if all(" " not in line for line in found.split("\n")):
        return "there are no spaces at all"
    return ""
