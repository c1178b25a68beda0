"""Whether two networks hold the same hidden units, in disguise or not.

What is compared is what units do: in which order a unit puts letters, by how much it answers to
each. Order, size, sign and bias of units, and all of the output layer, may be anything. The
letters are drawn from the compared networks themselves: nobody can fit weights to them, since
other weights mean other letters, and the same networks are judged alike whenever they are
compared.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.stats import rankdata

from exercises.unseen.fresh_letters import course_letters, fresh_letters

FORM = "2:"
"""How texts of `imprint` begin; those of other forms are compared with nothing."""
LARGEST = 20.0
"""No pixel counts for more than so many times what the median pixel of its unit does.

In networks that were trained none counts for more than 50 times as much. Whoever adds 3000 to a
weight, where a rare letter has ink, wants this one pixel to hide all others.
"""
FAINT = 0.02
"""A pixel's standard deviation is taken to be at least this: some are never inked."""
LETTERS_EACH = 14

# Of 64 units, networks trained from different first weights have 2.4 in common on average and 8
# at most (300 pairs of 25 whole trainings, the course's own among them; 3.2 and 8 in 21 pairs of
# trainings stopped at 75 %; 2.8 and 5 after 15 epochs), and at most one closely. Copies in all the
# disguises of `tests/disguises.py` have 32 or more. `python -m benchmarks.likeness` prints it.
TWIN = 0.85
"""Units whose orders of the letters correlate more than this are twins, one copied."""
HALVES = 0.93
"""One unit, shared out to two: so well do the two together give the order of the one."""
CLOSE, CLOSELY = 12, 0.95
"""So many units correlate so closely only in copies, however many others were put beside them."""
COPIED = 0.4
"""A larger share of the units than this is held in common only by copies.

Nobody can put a network together that has so large a share of the units of three others, even with
those that are alike by chance.
"""
TRIED = 16
"""Of so many units, the most alike, each may be the first of two halves."""
WORTH_IT = 0.7
"""Halves are looked for where so large a share correlates so much: it takes ten times as long.

Of networks trained apart a fifth get there. Half of a unit correlates as much with the whole,
unless what was added to it and taken from the other half is larger than the unit itself.
"""


@dataclass(frozen=True)
class Likeness:
    """What two networks have in common: the evidence.

    Attributes
    ----------
    here, there : int
        How many hidden units of the one are found in the other, and of the other in the one. They
        differ where one unit was shared out to two.
    units_here, units_there : int
        How many there are.
    letters : int
        On so many they were compared.
    correlation : float
        The median over the units that were found.
    closely : int
        How many units correlate more than `CLOSELY`.
    """

    here: int
    there: int
    units_here: int
    units_there: int
    letters: int
    correlation: float = 0.0
    closely: int = 0

    @property
    def copied(self) -> bool:
        """Whether one is a copy of the other: many units of both are found in the other."""
        return min(self.share, self.there / self.units_there) > COPIED

    @property
    def taken(self) -> bool:
        """Whether the one is made of the other, which cannot be made of it."""
        return self.share > COPIED or self.closely >= CLOSE

    @property
    def share(self) -> float:
        """Of the units of the one that are found in the other."""
        return self.here / self.units_here

    def turned(self) -> Likeness:
        """The same, seen from the other network."""
        return Likeness(self.there, self.here, self.units_there, self.units_here, self.letters,
                        self.correlation, self.closely)  # fmt: skip


def imprint(params: Mapping[str, np.ndarray]) -> str:
    """The hidden units as a text that can be kept, 1.4 kB for each.

    How much each pixel counts for each unit, as signed bytes. The letters on which units are
    compared are not known yet, so weights are kept and no answers.

    Examples
    --------
    >>> W = np.random.default_rng(0).normal(size=(1024, 8))
    >>> imprint({"Wlayer1": W}) == imprint({"Wlayer1": (4 * W).astype(np.float32)})
    True
    """
    W = np.asarray(params["Wlayer1"], dtype=np.float64).T
    W = W / np.maximum(np.abs(W).max(axis=1, keepdims=True), np.finfo(float).tiny)
    counts = W * _spread()
    largest = LARGEST * np.median(np.abs(counts), axis=1, keepdims=True)
    counts = np.clip(counts / np.maximum(largest, np.finfo(float).tiny), -1, 1)
    kept = np.round(127 * np.sign(counts) * np.sqrt(np.abs(counts))).astype(np.int8)
    return FORM + base64.b64encode(kept.tobytes()).decode("ascii")


def compared(imprints: Sequence[str]) -> list[np.ndarray]:
    """What the units of each network do on letters drawn for just these networks.

    Parameters
    ----------
    imprints : sequence of str
        From `imprint`.

    Returns
    -------
    list of ndarray, shape (36 * LETTERS_EACH, H)
        The order of the letters by how much each unit answers to them: ranks, of length one around
        their mean. No units at all where a text is no imprint.
    """
    digest = hashlib.sha256("\n".join(sorted(imprints)).encode()).digest()
    rng = np.random.default_rng(np.frombuffer(digest, dtype=np.uint32))
    x, _ = fresh_letters(course_letters().validation, LETTERS_EACH, rng)
    x = (x - x.mean(axis=0)) / _spread()
    return [_ranks(x @ _counts(text)) for text in imprints]


def likeness(one: np.ndarray, other: np.ndarray) -> Likeness:
    """Look for the units of one network in another, each in one place of its own.

    Parameters
    ----------
    one, other : ndarray, shapes (N, H1) and (N, H2)
        From `compared`, both of one call.

    Examples
    --------
    >>> W = np.random.default_rng(0).normal(size=(1024, 16))
    >>> texts = [imprint({"Wlayer1": part}) for part in (W[:, :8], W[:, 8:], -3 * W[:, 7::-1])]
    >>> one, other, again = compared(texts)
    >>> likeness(one, other).here, likeness(one, again).here, likeness(one, again).copied
    (0, 8, True)
    """
    sizes = (one.shape[1], other.shape[1], len(one))
    if not one.shape[1] or not other.shape[1]:
        return Likeness(0, 0, max(sizes[0], 1), max(sizes[1], 1), sizes[2])
    signed = one.T @ other
    alike = np.abs(signed)
    best = np.sort(alike[linear_sum_assignment(-alike)])[::-1]
    twins = best[best > TWIN]
    closely = int((best > CLOSELY).sum())
    found = [Likeness(len(twins), len(twins), *sizes, _middle(twins), closely)]
    if best[int(COPIED * len(best))] > WORTH_IT:
        halves = _halves(signed, other)
        found.append(Likeness(len(halves), 2 * len(halves), *sizes, _middle(halves), closely))
        halves = _halves(signed.T, one)
        found.append(Likeness(2 * len(halves), len(halves), *sizes, _middle(halves), closely))
    return max(found, key=lambda each: min(each.share, each.turned().share))


def _halves(alike: np.ndarray, other: np.ndarray) -> np.ndarray:
    """How well units are given by two of the other network's, no two of them by the same ones.

    A unit's place in an order is nearly a sum of those of two units that were made of it: the
    multiple correlation of one with two comes from the three correlations between them.
    """
    units, width = alike.shape
    if width < 2:
        return np.empty(0)
    among = other.T @ other
    first = np.argsort(-np.abs(alike), axis=1)[:, :TRIED]
    one, two = np.take_along_axis(alike, first, axis=1)[:, :, None], alike[:, None, :]
    both = among[first]
    squared = (one**2 + two**2 - 2 * one * two * both) / np.maximum(1 - both**2, 0.05)
    np.put_along_axis(squared, first[:, :, None], 0.0, axis=2)
    squared = squared.reshape(units, -1)
    best, well = squared.argmax(axis=1), np.sqrt(np.clip(squared.max(axis=1), 0, 1))
    used: set[int] = set()
    found = []
    for unit in np.argsort(-well):
        place, second = divmod(int(best[unit]), width)
        pair = {int(first[unit, place]), second}
        if well[unit] > HALVES and not pair & used:
            used |= pair
            found.append(well[unit])
    return np.array(found)


def _middle(values: np.ndarray) -> float:
    return float(np.median(values)) if len(values) else 0.0


def _counts(text: str) -> np.ndarray:
    """How much each pixel counts for each unit, shape (1024, H); H is 0 for another text."""
    pixels = _spread().size
    try:
        kept = base64.b64decode(text.removeprefix(FORM), validate=True)
    except (binascii.Error, ValueError):
        kept = b""
    if not text.startswith(FORM) or len(kept) % pixels:
        return np.empty((pixels, 0))
    counts = np.frombuffer(kept, dtype=np.int8).reshape(-1, pixels) / 127
    return (np.sign(counts) * counts**2).T


def _ranks(answers: np.ndarray) -> np.ndarray:
    ranks = rankdata(answers, axis=0) if answers.size else answers
    ranks = ranks - ranks.mean(axis=0)
    lengths = np.sqrt((ranks**2).sum(axis=0))
    return (ranks / np.maximum(lengths, 1e-12)).astype(np.float32)


@cache
def _spread() -> np.ndarray:
    """The standard deviation of each pixel over the training letters."""
    return np.maximum(course_letters().train.x.std(axis=0, dtype=np.float64), FAINT)
