"""How far a text is from the true one."""

from __future__ import annotations


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
