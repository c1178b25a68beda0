"""What the checks of notebook 4 share: pages to look at, and how answers are compared.

The thresholds leave room: see the figures beside them, measured with ``benchmarks/reading.py``
over the course's own solution and those in three other styles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import ndimage

from helpers.boxes import overlaps
from helpers.checking import expect
from helpers.checking.failures import CheckFailure
from helpers.checking.show import show
from helpers.small_pages import SmallPage, make_small_page

# No words with O, 0, I, 1: nobody can tell these apart without their neighbours.
WORDS = (
    "MAKE", "TEA", "SAFE", "WALK", "42", "BELLS", "5", "PLUMS", "QUARTZ", "VEXED", "FAR", "7",
    "HEN", "93", "JAM", "86", "CATTY", "RUSTY", "WEB", "GYM", "SPACE", "KEY", "LAZY", "PUT",
)  # fmt: skip
NARROW = ("1111", "11711", "4111", "1191", "11311")
"""Words for boxes, not for reading: a 1 is the narrowest letter of the data set."""
LEAST = 0.95
"""Recall and precision that are asked for; a right solution reaches 1.0 on every page made here."""
MARGIN = 0.2
"""How much paper a box may leave on each side of its letter, in usual letter heights. The text
says so; up to `FORGIVEN` is accepted, and reads as well."""
FORGIVEN = 0.25
MOST_BOXES = 20_000
"""Each box found is compared with each true one: millions would fill the memory of who checks."""


def text(
    rng: np.random.Generator, lines: int = 3, words: int = 3, among: tuple[str, ...] = WORDS
) -> list[str]:
    """Draw lines of words."""
    return [" ".join(rng.choice(among, words).tolist()) for _ in range(lines)]


def page(rng: np.random.Generator, lines: int = 3, words: int = 3, **options: Any) -> SmallPage:
    """Draw a page."""
    return make_small_page(text(rng, lines, words), rng, **{"indent": 0.6, **options})


def page_and_paper(rng: np.random.Generator, **options: Any) -> tuple[SmallPage, np.ndarray]:
    """Draw a page, and photograph its paper without the writing in the same light."""
    seed = int(rng.integers(2**32))
    bare_paper = page(np.random.default_rng(seed), **{**options, "darkness": 0.0, "noise": 0.0})
    return page(np.random.default_rng(seed), **options), bare_paper.image


def page_with_narrow_letters(rng: np.random.Generator, **options: Any) -> SmallPage:
    """Draw a page of two lines, each of which has several ones in it."""
    lines = [" ".join(rng.permutation([*rng.choice(NARROW, 1), *rng.choice(WORDS, 1)]).tolist())
             for _ in range(2)]  # fmt: skip
    return make_small_page(lines, rng, **{"indent": 0.6, **options})


def core(ink: np.ndarray) -> np.ndarray:
    """The pixels in the middle of strokes: nobody doubts that they are ink."""
    return ndimage.binary_erosion(ink > 0.8)


def bare(ink: np.ndarray) -> np.ndarray:
    """The pixels at least five away from any ink, and from the edge of the picture."""
    return ~ndimage.binary_dilation(np.pad(ink > 0.05, 1, constant_values=True), iterations=5)[
        1:-1, 1:-1
    ]


def shaped(value: Any, shape: tuple[int, ...], what: str, such_as: str) -> np.ndarray:
    """Ask for an array of a shape, and let the shape be what is talked about where it is wrong."""
    try:
        return expect.array(value, shape, what)
    except CheckFailure as failure:
        if isinstance(value, np.ndarray) and value.shape != shape:
            failure.diagnosis = f"the shape is not {such_as}"
        raise


def boxes_and_bw(value: Any, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Take apart what `find_letters` returned."""
    boxes, bw = expect.sequence(value, 2, "what `find_letters` returns, a pair (boxes, bw),")
    if isinstance(boxes, np.ndarray) and boxes.shape == shape and np.shape(bw)[1:] == (4,):
        raise CheckFailure(
            "what `find_letters` returns is no pair (boxes, bw)",
            got=f"arrays of shape {boxes.shape} and {np.shape(bw)}",
            expected=f"arrays of shape (N, 4) and {shape}",
            diagnosis="the two are swapped: the boxes come first, then the page",
        )
    if isinstance(boxes, (list, np.ndarray)) and np.size(boxes) == 0:
        boxes = np.zeros((0, 4))
    boxes = expect.array(boxes, (-1, 4), "`boxes`")
    if len(boxes) > MOST_BOXES:
        raise CheckFailure(f"`boxes` has {len(boxes):,} rows; no page here has that many letters")
    return boxes, shaped(bw, shape, "`bw`", "that of the photograph")


@dataclass(frozen=True)
class Seen:
    """The boxes that somebody found on a page, held against the letters that are there.

    Attributes
    ----------
    boxes, truth : ndarray, shape (N, 4) and (M, 4)
    found : ndarray of bool, shape (M,)
        Which letters have a box.
    right : ndarray of bool, shape (N,)
        Which boxes are letters.
    covers : ndarray, shape (N, M)
        How much of each letter's box lies in each box.
    """

    boxes: np.ndarray
    truth: np.ndarray
    found: np.ndarray
    right: np.ndarray
    covers: np.ndarray

    @property
    def size(self) -> float:
        """How large a usual letter of the page is."""
        return float(np.median((self.truth[:, 2:] - self.truth[:, :2]).max(axis=1)))

    @property
    def holds(self) -> np.ndarray:
        """How many letters lie in each box, nearly whole."""
        return (self.covers > 0.8).sum(axis=1)


def seen(boxes: np.ndarray, truth: np.ndarray) -> Seen:
    """Which letters have a box, each a box of its own.

    A box is a letter's where the two agree by a half (intersection over union), or where it holds
    the letter with a little paper around it, and nothing much of any other letter.
    """
    boxes, truth = (np.asarray(b, dtype=float).reshape(-1, 4) for b in (boxes, truth))
    agree = overlaps(boxes, truth)
    low = np.maximum(boxes[:, None, :2], truth[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], truth[None, :, 2:])
    areas = np.maximum((truth[:, 2:] - truth[:, :2]).prod(axis=1), 1e-9)
    covers = np.clip(high - low, 0, None).prod(axis=2) / areas
    size = np.median((truth[:, 2:] - truth[:, :2]).max(axis=1)) if len(truth) else 0.0
    margins = np.concatenate([truth[None, :, :2] - boxes[:, None, :2],
                              boxes[:, None, 2:] - truth[None, :, 2:]], axis=2)  # fmt: skip
    near = (margins > -0.1 * size - 1) & (margins < FORGIVEN * size + 1)
    alone = ((covers > 0.4).sum(axis=1) <= 1)[:, None]
    fits = (agree >= 0.5) | (near.all(axis=2) & (covers > 0.8) & alone)
    found, right = np.zeros(len(truth), dtype=bool), np.zeros(len(boxes), dtype=bool)
    rows, columns = np.nonzero(fits)
    for k in np.argsort(-agree[rows, columns], kind="stable"):
        if not right[rows[k]] and not found[columns[k]]:
            right[rows[k]] = found[columns[k]] = True
    return Seen(boxes, truth, found, right, covers)


def recall(boxes: np.ndarray, truth: np.ndarray) -> float:
    """The share of letters that have a box."""
    return float(seen(boxes, truth).found.mean()) if len(truth) else 1.0


def precision(boxes: np.ndarray, truth: np.ndarray) -> float:
    """The share of boxes that are letters."""
    return float(seen(boxes, truth).right.mean()) if len(boxes) else 0.0


def from_0_to_1(ink: np.ndarray, said: str) -> None:
    """Ask that all values are shares."""
    expect.true(
        bool(ink.min() >= -1e-6 and ink.max() <= 1 + 1e-6),
        f"{said} from {ink.min():.2f} to {ink.max():.2f}",
        got=f"{int(((ink < 0) | (ink > 1)).sum())} values below 0 or above 1",
    )


def ink_0_on_paper_1(bw: np.ndarray, truth: np.ndarray, where: str = "") -> None:
    """Ask that nearly all sure ink is 0.0 and nearly all sure paper is 1.0."""
    ink, paper = bw[core(truth)], bw[bare(truth)]
    diagnosis = expect.diagnose(
        np.array([np.median(ink), np.median(paper)]),
        {
            "ink and paper are the other way round: strokes are 1, paper is 0": np.array([1, 0]),
            "paper is 255, the largest brightness of a file; here 1.0 is white": np.array([0, 255]),
        },
    )
    black, white = float((ink == 0).mean()), float((paper == 1).mean())
    if min(black, white) <= 0.95:
        raise CheckFailure(
            f"{where}{black:.0%} of the middles of strokes are 0.0 and {white:.0%} of the bare "
            "paper is 1.0",
            got=f"values from {bw.min():g} to {bw.max():g}",
            expected="nearly all of both",
            diagnosis=diagnosis,
        )


def letters_found(pages: Sequence[Seen], where: str) -> None:
    """Ask that nearly all letters have a box; say what those have in common that have none."""
    found = np.concatenate([page.found for page in pages])
    if found.mean() >= LEAST:
        return
    boxes, truth = pages[0].boxes, pages[0].truth
    raise CheckFailure(
        f"{where} only {int(found.sum())} of {len(found)} letters have a box of their own that "
        "fits",
        got=f"{len(boxes)} boxes, the first ones {boxes[:3].astype(int).tolist()}",
        expected=f"{len(truth)} boxes such as {truth[:3].astype(int).tolist()}",
        diagnosis=_mixed_up(boxes, truth) or _what_is_missed(pages),
    )


def nothing_else(pages: Sequence[Seen], where: str) -> None:
    """Ask that nearly all boxes are letters, and none a whole page or a letter once more."""
    right = np.concatenate([page.right for page in pages])
    extra = [kind for page in pages for kind in _extras(page)]
    if right.mean() >= LEAST and not {AROUND, TWICE} & set(extra):
        return
    raise CheckFailure(
        f"{where} {int((~right).sum())} of {len(right)} boxes are no letters",
        got=f"{len(right)} boxes for {sum(len(page.truth) for page in pages)} letters",
        diagnosis=next((k for k in (AROUND, TWICE) if k in extra), "") or _most(extra),
    )


def boxes_end_behind_the_ink(boxes: np.ndarray, bw: np.ndarray) -> None:
    """Ask that y2 and x2 are just outside: ink in the last row and column of most boxes is inside.

    A box may leave some paper around its letter; it may not cut the letter off.
    """
    cut = 0
    for y1, x1, y2, x2 in boxes.astype(int).tolist():
        below, right = bw[y2 : y2 + 1, x1:x2], bw[y1:y2, x2 : x2 + 1]
        cut += bool((below == 0).any() and (right == 0).any())
    expect.true(
        cut <= 0.2 * len(boxes),
        f"{cut} of {len(boxes)} boxes cut a row and a column of ink off",
        got=show(boxes[:2].astype(int).tolist()),
    )


def _mixed_up(boxes: np.ndarray, truth: np.ndarray) -> str:
    """The name of a wrong convention under which the boxes would be right."""
    if len(boxes) == 0:
        return ""
    a, b, c, d = boxes.T
    readings = {
        "the boxes are [x1, y1, x2, y2]: rows come first": (b, a, d, c),
        "the boxes are [y1, y2, x1, x2]: the order is [y1, x1, y2, x2]": (a, c, b, d),
        "the boxes are [y1, x1, height, width]: the last two are a corner": (a, b, a + c, b + d),
        "the boxes are [y, x, height, width] with the middle of a letter in front: the first two "
        "are a corner": (a - c / 2, b - d / 2, a + c / 2, b + d / 2),
    }
    for sentence, columns in readings.items():
        if recall(np.stack(columns, axis=1), truth) >= LEAST:
            return sentence
    factor = truth[:, 2:].max() / max(boxes[:, 2:].max(), 1.0)
    if abs(factor - 1) > 0.2 and recall(boxes * factor, truth) >= LEAST:
        return f"the boxes are those of a picture that is {factor:.2g} times smaller"
    return ""


AROUND = "a box holds most of the letters of the page at once"
TWICE = "a letter has two boxes"


def _extras(page: Seen) -> list[str]:
    """What each box is that is no letter, or that is one letter's second box."""
    kinds = []
    agree = overlaps(page.boxes, page.truth)
    for k in np.flatnonzero(~page.right):
        y1, x1, y2, x2 = page.boxes[k]
        area = max((y2 - y1) * (x2 - x1), 1e-9)
        areas = (page.truth[:, 2:] - page.truth[:, :2]).prod(axis=1)
        inside = (page.covers[k] * areas / area).max(initial=0)
        sides = sorted((y2 - y1, x2 - x1))
        if page.holds[k] > max(2, len(page.truth) / 2):
            kinds.append(AROUND)
        elif agree[k].max(initial=0) >= 0.5:
            kinds.append(TWICE)
        elif page.holds[k] > 1:
            kinds.append("a box holds several letters")
        elif inside > 0.8:
            kinds.append("a box lies inside a letter: around a hole, or around a piece")
        elif sides[1] > 3 * page.size and sides[0] < 0.5 * page.size:
            kinds.append("a box is long and thin, as a ruled line is")
        elif sides[1] < 0.45 * page.size:
            kinds.append("there are boxes far smaller than a letter, where no letter is")
        else:
            kinds.append("")
    return kinds


def _what_is_missed(pages: Sequence[Seen]) -> str:
    """What the letters without a box have in common."""
    missed = [_missed(page, k) for page in pages for k in np.flatnonzero(~page.found)]
    sentence = _most(missed)
    if sentence != ALONE:
        return sentence
    narrow = [_narrow(page) for page in pages]
    gone = np.concatenate([n[~page.found] for n, page in zip(narrow, pages, strict=True)])
    kept = np.concatenate([n[page.found] for n, page in zip(narrow, pages, strict=True)])
    if gone.mean() > 0.9 > 0.5 > kept.mean():
        return "the letters without a box are the narrow ones, such as I and 1"
    if len(pages) > 1 and all((~page.found).sum() == 1 for page in pages):
        for ends, side in ((_lowest, "lowest"), (_highest, "highest")):
            if all(ends(page)[~page.found].all() for page in pages):
                return f"on every page one letter has no box: the one that begins {side}"
    return ""


ALONE = "no box is there"


def _missed(page: Seen, letter: int) -> str:
    """What lies where a letter is that has no box of its own."""
    covers, truth = page.covers[:, letter], page.truth[letter]
    around = np.flatnonzero(covers > 0.8)
    holds = page.holds[around]
    if (holds > max(2, len(page.truth) / 2)).any():
        return AROUND
    if (holds > 1).any():
        box = page.covers[around[holds.argmax()]] > 0.8
        middles = page.truth[box][:, [0, 2]].mean(axis=1)
        lines = np.ptp(middles) > page.size
        return ("letters of two lines share a box" if lines else
                "letters that stand side by side share a box")  # fmt: skip
    if len(around):
        return (
            "the boxes are too large: each holds its letter, but reaches more than a fifth of a "
            "letter's height beyond it"
        )
    area = (truth[2:] - truth[:2]).prod()
    sizes = (page.boxes[:, 2:] - page.boxes[:, :2]).prod(axis=1)
    pieces = (covers > 0) & (covers * area > 0.6 * sizes)
    if pieces.sum() > 1:
        return "letters lie in pieces, each in a box of its own"
    return "boxes leave parts of their letters out" if (covers > 0.1).any() else ALONE


def _narrow(page: Seen) -> np.ndarray:
    heights, widths = (page.truth[:, 2:] - page.truth[:, :2]).T
    return widths < 0.5 * heights


def _lowest(page: Seen) -> np.ndarray:
    return page.truth[:, 0] >= page.truth[:, 0].max() - 2


def _highest(page: Seen) -> np.ndarray:
    return page.truth[:, 0] <= page.truth[:, 0].min() + 2


def _most(kinds: Sequence[str]) -> str:
    """The kind that more than half of them are of."""
    kind, count = Counter(kinds).most_common(1)[0] if kinds else ("", 0)
    return kind if 2 * count > len(kinds) else ""
