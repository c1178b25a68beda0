"""Common English words: where letters of a word could be two things, take what makes a word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from helpers.datasets.folders import data_folder
from helpers.errors import DataError

FILE = "words/english.txt"
FIRST_DIGIT = 26
REMEDY = "copy the folder data/words anew from the course's folder or ask your instructor"


@cache
def english_words() -> dict[int, np.ndarray]:
    """Common English words by their length, as labels.

    Returns
    -------
    dict of int to ndarray
        For each length n an array of shape (words, n), integers from 0 (A) to 25 (Z).

    Raises
    ------
    DataError
        If the list is missing or is no list of words.

    Examples
    --------
    >>> from helpers.datasets import CLASSES
    >>> pairs = english_words()[2]
    >>> "TO" in {CLASSES[first] + CLASSES[second] for first, second in pairs}
    True
    """
    path = data_folder() / FILE
    try:
        words = path.read_text(encoding="ascii").upper().split()
    except (OSError, ValueError) as err:
        raise DataError(f"the list of words {path} cannot be read ({err}); {REMEDY}") from err
    if not words or not all(word.isalpha() for word in words):
        raise DataError(f"{path} is no list of words, a word a line; {REMEDY}")
    by_length: dict[int, list[str]] = {}
    for word in words:
        by_length.setdefault(len(word), []).append(word)
    return {
        n: np.frombuffer("".join(some).encode(), dtype=np.uint8).reshape(-1, n) - np.uint8(65)
        for n, some in by_length.items()
    }


def look_up(
    log_probs: np.ndarray, labels: np.ndarray, words: Sequence[int], trust: float = 3.0
) -> np.ndarray:
    """Replace a word by one of the dictionary where that is nearly as likely.

    Parameters
    ----------
    log_probs : ndarray, shape (N, 36)
        Logarithms of the class probabilities (or scores) of each character of a line.
    labels : ndarray, shape (N,), int
        What they are read as so far, see `helpers.spelling.in_context`.
    words : sequence of int
        The number of the word that each of them is in.
    trust : float
        How much less likely a word of the dictionary may be, as a logarithm: 3 stands for 20
        times.  What is read as a number stays one.

    Returns
    -------
    ndarray, shape (N,), int

    Examples
    --------
    >>> from helpers.datasets import CLASSES
    >>> scores = np.full((3, 36), -9.0)
    >>> for row, likely in enumerate(("LC", "U", "P")):
    ...     for rank, character in enumerate(likely):
    ...         scores[row, CLASSES.index(character)] = -1.0 - rank
    >>> labels = scores.argmax(axis=1)
    >>> read = look_up(scores, labels, [0, 0, 0])
    >>> ["".join(CLASSES[k] for k in found) for found in (labels, read)]
    ['LUP', 'CUP']
    """
    log_probs, words = np.asarray(log_probs, dtype=float), np.asarray(words)
    labels = np.array(labels)
    for word in np.unique(words):
        at = np.flatnonzero(words == word)
        known = english_words().get(len(at))
        if known is None or (labels[at] >= FIRST_DIGIT).all():
            continue
        likely = log_probs[at][np.arange(len(at)), known].sum(axis=1)
        if likely.max() + trust > log_probs[at, labels[at]].sum():
            labels[at] = known[likely.argmax()]
    return labels
