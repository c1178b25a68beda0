"""Boxes of letters that have fallen into pieces, and what became of them: for the checks of 4.2."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from helpers.checking import expect
from helpers.checking.failures import CheckFailure
from helpers.checking.show import show
from helpers.checking.student import Student

Boxes = Sequence[Sequence[int]]


def whole_letters(rng: np.random.Generator, size: int) -> list[list[int]]:
    """Five letters in a row, well apart."""
    left = np.arange(5) * 2 * size + rng.integers(20, 60)
    top = rng.integers(20, 60)
    wide = rng.integers(int(0.6 * size), int(0.8 * size), 5)
    return [[top, x, top + size, x + w] for x, w in zip(left.tolist(), wide.tolist(), strict=True)]


def bar_over_stem(rng: np.random.Generator) -> tuple[list[list[int]], list[int], list[int]]:
    """Four letters in a row, and a T among them whose bar hovers over its stem."""
    size = int(rng.integers(40, 90))
    letters = whole_letters(rng, size)
    y1, x1, y2, x2 = letters.pop(2)
    cut, gap = y1 + size // 5, max(2, size // 12)
    bar, stem = [y1, x1, cut, x2], [cut + gap, x1 + size // 4, y2, x1 + size // 4 + size // 8]
    return letters, bar, stem


def arm_beside_a_stem(rng: np.random.Generator) -> tuple[list[list[int]], list[int], list[int]]:
    """Four letters in a row, and one among them whose arm does not touch its stem."""
    size = int(rng.integers(50, 90))
    letters = whole_letters(rng, size)
    y1, x1, y2, x2 = letters.pop(1)
    stem = [y1, x1, y2, x1 + size // 8]
    arm = [y1 + int(0.2 * size), stem[3] + max(2, size // 20), y1 + int(0.8 * size), x2]
    return letters, stem, arm


def dot_beside_a_digit(rng: np.random.Generator) -> tuple[list[list[int]], list[int]]:
    """Five letters in a row, and a dot at the foot of the second one."""
    size = int(rng.integers(50, 90))
    letters = whole_letters(rng, size)
    y2, x2 = letters[1][2:]
    side = int(rng.uniform(0.1, 0.16) * size)
    gap = max(3, int(0.07 * size))
    return letters, [y2 - side, x2 + gap, y2, x2 + gap + side]


def dash_beside_a_stem(rng: np.random.Generator) -> tuple[list[list[int]], list[int], list[int]]:
    """Four letters in a row, and a 1 among them with a dash behind it that belongs to no letter."""
    size = int(rng.integers(50, 90))
    letters = whole_letters(rng, size)
    y1, x1, y2, _ = letters.pop(1)
    stem = [y1, x1, y2, x1 + size // 5]
    left, middle = stem[3] + int(0.4 * size), (y1 + y2) // 2
    return letters, stem, [middle - size // 14, left, middle + size // 14, left + int(0.4 * size)]


def merged(student: Student, pieces: Any) -> np.ndarray:
    """What `merge_pieces` returns, sorted."""
    found = student.merge_pieces(np.array(pieces))
    if isinstance(found, list) and not found:
        found = np.empty((0, 4))
    if isinstance(found, np.ndarray) and found.size == 0:
        found = found.reshape(-1, 4)
    return in_order(expect.array(found, (-1, 4), "what `merge_pieces` returns"))


def in_order(boxes: Any) -> np.ndarray:
    """The boxes as an array, in an order that does not hang on who made them."""
    return np.array(sorted(np.asarray(boxes, dtype=float).tolist())).reshape(-1, 4)


def same_boxes(
    found: np.ndarray,
    wanted: Boxes,
    problem: str,
    mistakes: dict[str, Boxes] | None = None,
    otherwise: str = "",
) -> None:
    """Ask for the same boxes, in any order; `otherwise` is said where no mistake is known."""
    diagnosis = expect.diagnose(found, {s: in_order(b) for s, b in (mistakes or {}).items()})
    right = in_order(wanted)
    if found.tolist() != right.tolist():
        raise CheckFailure(
            problem,
            got=show(found.astype(int).tolist()),
            expected=show(right.astype(int).tolist()),
            diagnosis=diagnosis or otherwise,
        )


def two_pieces(
    found: np.ndarray, others: Boxes, one: Sequence[int], two: Sequence[int], problem: str
) -> None:
    """Ask that two pieces have become the box around both, and that nothing else happened."""
    around = [*np.minimum(one, two)[:2], *np.maximum(one, two)[2:]]
    wanted = [*others, around]
    pieces = {"the pieces come back as they were": [*others, one, two]}
    same_boxes(found, wanted, problem, pieces, _joined_badly(found, wanted, (one, two)))


def stay_apart(found: np.ndarray, letters: Boxes, problem: str, joined: str) -> None:
    """Ask that whole letters come back as they were; `joined` is said where some are gone."""
    same_boxes(found, letters, problem, otherwise=joined * (len(found) < len(letters)))


def _joined_badly(found: np.ndarray, wanted: Boxes, pieces: Boxes) -> str:
    """What is odd about boxes that should be those of the pieces joined."""
    there, right = (set(map(tuple, in_order(boxes).tolist())) for boxes in (found, wanted))
    left = there & set(map(tuple, in_order(pieces).tolist()))
    if right <= there and len(found) > len(there):
        return "the box around both pieces is listed twice"
    if right <= there and left:
        return "the box around both pieces is there, and a piece of it is still listed as well"
    if len(right - there) == len(there - right) == 1:
        return (
            "one piece is gone, and the other has not grown"
            if left
            else "the two are one box, but its corners are not those of the box around both"
        )
    return ""
