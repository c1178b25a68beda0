"""Hold displayed LaTeX against numbers, so that what is *printed* is tested.

A formula typed a second time for a test proves nothing about the first. Here the text of the
notebook itself is evaluated, in float64, at values that the tests bring.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from nbformat import NotebookNode

from equations.reading import FUNCTIONS, Env, Interval, Parser, tokens

RTOL, ATOL = 1e-6, 1e-8
DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
TAG = re.compile(r"\\tag\{([\d.]+)\}")


def displays(markdown: str) -> list[tuple[list[str], str]]:
    """The displayed formulas in a text: the tags of each, and its LaTeX without them."""
    found = DISPLAY.findall(markdown)
    return [(TAG.findall(latex), TAG.sub("", latex).strip()) for latex in found]


def displays_in(notebook: NotebookNode) -> list[tuple[list[str], str]]:
    """The displayed formulas of a notebook, in order."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    return [display for cell in cells for display in displays(cell.source)]


def numbered(notebook: NotebookNode) -> dict[str, str]:
    """The displayed formulas of a notebook that have a number, by that number."""
    return {tags[0]: latex for tags, latex in displays_in(notebook) if tags}


def verify(latex: str, envs: Sequence[Env], functions: Iterable[str] = FUNCTIONS) -> None:
    """Hold a printed formula against values.

    A range must contain the value in every environment, its closed ends must be hit in some,
    and its open ends must nearly be. A bound with "at most" must be reached in some, or it is
    not the bound that was meant.

    Raises
    ------
    AssertionError
        What is printed does not hold.
    CannotRead
        It cannot be evaluated.
    """
    assert envs, "a formula was held against nothing"
    for chain in Parser(latex, functions).statements():
        values = [[part(env) for part in chain.parts] for env in envs]
        for k, relation in enumerate(chain.relations):
            pairs = [(row[k], row[k + 1]) for row in values]
            if relation == r"\in":
                _check_range(pairs, latex)
                continue
            for left, right in pairs:
                _compare(relation, left, right, chain.decimals[k + 1], latex)
            if relation in (r"\le", r"\ge"):
                gap = min(abs(left - right) for left, right in pairs)
                assert gap < 1e-6, f"the bound is never reached, only to {gap}: {latex}"


def _compare(relation: str, left: Any, right: Any, decimals: int, latex: str) -> None:
    detail = f"{latex}\n  {left!r}\n  {relation}\n  {right!r}"
    assert np.shape(left) == np.shape(right), f"shapes differ in {detail}"
    left, right = np.asarray(left, dtype=float), np.asarray(right, dtype=float)
    size = ATOL + RTOL * np.abs(right)
    holds = {
        "=": lambda: np.abs(left - right) <= size,
        "<": lambda: left < right,
        ">": lambda: left > right,
        r"\le": lambda: left <= right + size,
        r"\ge": lambda: left >= right - size,
        r"\approx": lambda: np.abs(left - right) <= 0.5001 * 10.0**-decimals,
    }[relation]()
    assert np.all(holds), detail


def _check_range(members: Sequence[tuple[Any, Interval]], latex: str) -> None:
    low_gap, high_gap = math.inf, math.inf
    for value, interval in members:
        above, below = value - interval.low, interval.high - value
        assert above >= 0 if interval.low_closed else above > 0, f"{value} is too small: {latex}"
        assert below >= 0 if interval.high_closed else below > 0, f"{value} is too large: {latex}"
        low_gap = min(low_gap, 1 / (1e-9 + abs(value)) if math.isinf(above) else above)
        high_gap = min(high_gap, 1 / (1e-9 + abs(value)) if math.isinf(below) else below)
    interval = members[0][1]
    assert low_gap <= (0 if interval.low_closed else 1e-3), f"no value at the lower end: {latex}"
    assert high_gap <= (0 if interval.high_closed else 1e-3), f"no value at the upper end: {latex}"


def misprints(latex: str) -> list[tuple[str, str]]:
    """Formulas with one symbol printed wrongly; each with a word on what was done."""
    parts = tokens(latex)
    found = []
    for place, token in enumerate(parts):
        for label, replacement in _wrong(parts, place, token):
            changed = [*parts[:place], *replacement, *parts[place + 1 :]]
            found.append((f"{label} at symbol {place}", " ".join(changed)))
    return found


def _wrong(parts: Sequence[str], place: int, token: str) -> list[tuple[str, list[str]]]:
    swapped = {"+": "-", "-": "+", "<": ">", ">": "<", r"\le": r"\ge", r"\sum": r"\prod"}
    if token in swapped:
        return [(f"{token} became {swapped[token]}", [swapped[token]])]
    if re.fullmatch(r"\d+", token):
        return [(f"{token} became {int(token) + 1}", [str(int(token) + 1)])]
    if parts[max(place - 2, 0) : place] == ["_", "{"] and token.isalpha():
        index = parts[place : place + 2]
        if index[1].isalpha() and index[0] != index[1]:
            return [("indices became the same", [index[1]])]
    if token == r"\top":
        return [("transpose lost", ["1"])]
    if place and parts[place - 1] == r"\in" or r"\in" in parts[:place] and place == len(parts) - 1:
        other = {"(": "[", "[": "(", ")": "]", "]": ")"}.get(token)
        return [(f"{token} became {other}", [other])] if other else []
    return []
