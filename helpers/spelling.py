"""How far a text is from the true one, and what a character's neighbours say about it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

FIRST_DIGIT = 26
"""Labels from here on are digits."""


def edit_distance(found: str, truth: str) -> int:
    """The fewest characters to put in, take out or replace so that two texts agree.

    The distance of Levenshtein (1966).

    Examples
    --------
    >>> edit_distance("T0 D0 LST", "TO DO LIST")
    3
    """
    row = list(range(len(truth) + 1))
    for i, here in enumerate(found, start=1):
        before, row = row, [i]
        for j, there in enumerate(truth, start=1):
            row.append(min(row[-1] + 1, before[j] + 1, before[j - 1] + (here != there)))
    return row[-1]


def characters_wrong(found: str, truth: str) -> float:
    """The edit distance without spaces and line ends, as a share of the true characters.

    Examples
    --------
    >>> characters_wrong("T 0", "TO")
    0.5
    """
    wanted = "".join(truth.split())
    return edit_distance("".join(found.split()), wanted) / max(len(wanted), 1)


def words_right(found: str, truth: str) -> float:
    """The share of the true words that are found, in their line and in order.

    Spaces and line ends count: a word with a space in it is no longer that word.

    Examples
    --------
    >>> words_right("TO D O\\nLIST", "TO DO\\nLIST")
    0.6666666666666666
    """
    found_lines, true_lines = found.split("\n"), truth.split("\n")
    right = total = 0
    for number, line in enumerate(true_lines):
        words = line.split()
        there = found_lines[number].split() if number < len(found_lines) else []
        right += _in_common(there, words)
        total += len(words)
    return right / max(total, 1)


def _in_common(first: list[str], second: list[str]) -> int:
    """The length of the longest sequence of words that both lists hold in order."""
    row = [0] * (len(second) + 1)
    for here in first:
        before, row = row, [0]
        for j, there in enumerate(second, start=1):
            row.append(before[j - 1] + 1 if here == there else max(before[j], row[-1]))
    return row[-1]


def in_context(
    log_probs: np.ndarray, words: Sequence[int], switch: float = 3.0, between: float = 0.5
) -> np.ndarray:
    """Label letters with an eye on their neighbours: digits stand with digits.

    Many hands write O and 0 alike, or I and 1.  Within a word, a change from letters to digits or
    back is rare; each costs `switch` here.  From word to word it is less rare and costs `between`.
    The most probable labels under this rule are found with the algorithm of Viterbi (1967).

    Parameters
    ----------
    log_probs : ndarray, shape (N, 36)
        Logarithms of the class probabilities (or scores) of each character of a line.
    words : sequence of int
        The number of the word that each of them is in.
    switch : float
        Minus the logarithm of how rare a change is: 3 stands for one in twenty.
    between : float
        The same from one word to the next: 0.5 stands for three in five.

    Returns
    -------
    ndarray, shape (N,), int
        Labels from 0 to 35.

    Examples
    --------
    >>> from helpers.datasets import CLASSES
    >>> scores = np.full((3, 36), -9.0)
    >>> for row, likely in enumerate(("T", "0O", "8B")):
    ...     for rank, character in enumerate(likely):
    ...         scores[row, CLASSES.index(character)] = -1.0 - 0.6 * rank
    >>> "".join(CLASSES[k] for k in in_context(scores, [0, 0, 1]))
    'TO8'
    """
    log_probs = np.asarray(log_probs, dtype=float)
    kinds = (log_probs[:, :FIRST_DIGIT], log_probs[:, FIRST_DIGIT:])
    best = np.stack([kind.max(axis=1) for kind in kinds], axis=1)
    total, came_from = best.copy(), np.zeros(best.shape, dtype=int)
    for k in range(1, len(best)):
        cost = switch if words[k] == words[k - 1] else between
        for kind in (0, 1):
            ways = total[k - 1] - cost * (np.arange(2) != kind)
            came_from[k, kind] = ways.argmax()
            total[k, kind] = best[k, kind] + ways.max()
    labels = np.zeros(len(best), dtype=int)
    kind = int(total[-1].argmax()) if len(best) else 0
    for k in reversed(range(len(best))):
        labels[k] = kinds[kind][k].argmax() + kind * FIRST_DIGIT
        kind = int(came_from[k, kind])
    return labels
