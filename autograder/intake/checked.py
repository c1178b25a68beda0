"""Which of several cells is the answer: what runs last before its check.

A marked cell that was copied below the check is an experiment, and so is a function that is written
anew there; unless the check was copied, or typed, below them once more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.checking.cells import is_answer, is_graded, text_of
from helpers.checking.statements import defined_names, written_names


def squeeze(text: str) -> str:
    """Text with every stretch of white space as one blank, to compare by."""
    return " ".join(text.split())


@dataclass(frozen=True)
class CheckedAnswer:
    """An answer in code: its key, the functions asked for, and the cell that checks it."""

    key: str
    functions: frozenset[str]
    check: str
    check_text: str


def checked_answers(keys: Mapping[str, Mapping[str, Any]]) -> list[CheckedAnswer]:
    """The answers in code of a notebook of the course, each with the next cell that checks."""
    waiting: list[tuple[str, frozenset[str]]] = []
    found = []
    for key, cell in keys.items():
        if cell["cell_type"] != "code":
            continue
        if is_answer(cell):
            waiting.append((key, defined_names(text_of(cell))))
        elif is_graded(cell):
            text = squeeze(text_of(cell))
            found += [CheckedAnswer(answer, names, key, text) for answer, names in waiting]
            waiting.clear()
    return found


class Places:
    """Where a student's cells run, seen from the check of one answer."""

    def __init__(
        self, answer: CheckedAnswer, cells: Sequence[Mapping[str, Any]], keyed: Sequence[str],
        order: Mapping[str, int],
    ) -> None:  # fmt: skip
        self._answer = answer
        self._cells = cells
        self._keyed = keyed
        self._order = order
        self._end = self._where_checked()

    def experiments(self) -> set[int]:
        """Positions of marked copies that run after the check, where one that runs before counts.

        Where nothing was written before the check, what comes later is the answer all the same.
        """
        copies = [i for i, key in enumerate(self._keyed) if key == self._answer.key]
        if len(copies) < 2 or self._end is None:
            return set()
        before = [i for i in copies if i <= self._end]
        if not any(self.defines(i) for i in before):
            return set()
        return set(copies) - set(before)

    def checked_twice(self) -> bool:
        """Whether other code was checked first than what runs before the last check."""
        first = self._first_check
        copies = [i for i, key in enumerate(self._keyed) if key == self._answer.key]
        early = {squeeze(self._cells[i]["source"]) for i in copies if first and i <= first}
        late = {squeeze(self._cells[i]["source"]) for i in copies if i <= (self._end or 0)}
        return bool(early and late - early)

    def moved_up(self, at: int, here: str) -> bool:
        """Whether a cell of the student's own runs before the check, though it lies below it.

        ``here`` is the course's cell that it follows.
        """
        below = self._order.get(here, -1) >= self._order[self._answer.check]
        return bool(below and self._end is not None and at <= self._end and self.defines(at))

    def defines(self, at: int) -> bool:
        """Whether a cell holds one of the functions in earnest."""
        source = self._cells[at]["source"]
        asked = {name for name in self._answer.functions if name in source}
        return bool(asked and asked & written_names(source))

    def _where_checked(self) -> float | None:
        """Behind the last cell that runs before the check; none where nobody can tell."""
        last = None
        self._first_check = None
        for i, cell in enumerate(self._cells):
            calls = self._answer.check_text and self._answer.check_text in squeeze(cell["source"])
            if calls and cell["cell_type"] == "code":
                last = float(i)  # what stands in the same cell runs before it
            elif self._keyed[i] == self._answer.check:
                last = i - 0.5
            if self._first_check is None:
                self._first_check = last
        return last if last is not None else self._next_exercise()

    def _next_exercise(self) -> float | None:
        """Without a check: where what follows it in the course begins, below the first copy."""
        after = self._order[self._answer.check]
        copies = [i for i, key in enumerate(self._keyed) if key == self._answer.key]
        return next(
            (i - 0.5 for i, key in enumerate(self._keyed)
             if copies and i > copies[0] and self._order.get(key, -1) > after),
            None,
        )  # fmt: skip


def with_set_up(keys: Mapping[str, Mapping[str, Any]], present: frozenset[str], group: str) -> str:
    """The cell of the course behind which the student's own cells run that follow ``group``.

    Where they deleted what the course gives before the next answer, it runs before their cells.
    """
    order = list(keys)
    at = order.index(group) + 1 if group in keys else 0
    behind = group
    for key in order[at:]:
        if key in present or is_answer(keys[key]) or is_graded(keys[key]):
            break
        if keys[key]["cell_type"] == "code":
            behind = key
    return behind
