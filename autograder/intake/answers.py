"""Laying a student's answers into the source notebook.

Students delete cells, copy them, split them, move them, rename files and edit what they
were told to leave alone. None of it costs them a point: answers are found by ``grade_id``
(or, where that is lost, by the cell's id), everything that the course provides is taken
from the course, and the student's own additional cells stay where they were. What was found
is said in remarks.
"""

from __future__ import annotations

import ast
import difflib
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from helpers.checking.cells import grade_id_of, is_answer, is_graded, text_of
from helpers.checking.statements import Cell, defined_names, is_stub

WRITTEN_STUB = "YOUR ANSWER HERE"
MAX_JOINED = 2**20  # characters
MAX_ALIKE = 3  # remarks that differ in the cell alone
NAMED_CELL = re.compile(r"\bcell (\S+)")
START = ""  # the place before the first known cell


@dataclass
class NotebookParts:
    """A student's notebook, taken apart.

    Attributes
    ----------
    answers : dict of str to str
        Source of every answer that is there, by ``grade_id``; duplicates and halves joined.
    elsewhere : dict of str to str
        Source of the student's own cells that define the functions of an answer which is not
        there, by its ``grade_id``. They are among ``extra``, too.
    attachments : dict of str to dict
        Pictures attached to written answers, by ``grade_id``.
    extra : dict of str to list
        The student's own cells, by the key of the course's cell that they follow.
    edited : set of str
        Keys of the given cells that were edited; what they became is among ``extra``, too.
    remarks : list of str
        What was deleted, duplicated, moved or edited.
    """

    answers: dict[str, str] = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)
    attachments: dict[str, dict] = field(default_factory=dict)
    extra: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    edited: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)


def take_apart(submitted: Mapping[str, Any], source: Mapping[str, Any]) -> NotebookParts:
    """Find a student's answers and own cells.

    Parameters
    ----------
    submitted : mapping
        The student's notebook from :func:`autograder.intake.parsing.parse_notebook`.
    source : mapping
        The course's own notebook (source or release, they share ids).
    """
    laid = NotebookParts()
    keys = _keys(source)
    ids = {cell.get("id"): key for key, cell in keys.items() if cell.get("id")}
    texts = _unique_texts(keys)
    found: dict[str, list[dict[str, Any]]] = {}
    order: list[str] = []
    here = START
    for cell in submitted["cells"]:
        key = _key_of(cell, keys, ids, texts)
        if key and _edited_given(cell, keys[key]):
            _note_edited(laid, key, keys[key])
            here = key
            laid.extra.setdefault(here, []).append(cell)
        elif key:
            here = key
            found.setdefault(key, []).append(cell)
            order.append(key)
        elif cell["source"].strip():
            laid.extra.setdefault(here, []).append(cell)
    _collect_answers(laid, keys, found)
    _mend_splits(laid, keys)
    _find_lost(laid, keys)
    _note_deleted(laid, keys, found)
    _note_order(laid, list(keys), order)
    laid.remarks[:] = _in_short(laid.remarks)
    return laid


def code_cells(laid: NotebookParts, source: Mapping[str, Any]) -> tuple[Cell, ...]:
    """All code that the student's functions may draw on, in the order of the notebook.

    The course's own cells come from ``source``, graded cells emptied; the student's answers
    and own cells stand where they stood.
    """
    cells = _own_cells(laid, START)
    for key, cell in _keys(source).items():
        if is_answer(cell):
            if cell["cell_type"] == "code" and key in laid.answers:
                cells.append(Cell(laid.answers[key], key))
        elif cell["cell_type"] == "code":
            # The place of a graded cell is kept: it says where its exercise is checked.
            cells.append(Cell("" if is_graded(cell) else text_of(cell), key))
        cells += _own_cells(laid, key)
        if key in laid.edited:  # what was added counts, what was taken away comes back
            cells.append(Cell(text_of(cell), key))
    return tuple(cells)


def fill_in_answers(
    submitted: Mapping[str, Any], source: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """The student's answers and own cells in the course's notebook, and remarks.

    Parameters
    ----------
    submitted : mapping
        The student's notebook from :func:`autograder.intake.parsing.parse_notebook`.
    source : mapping
        The *release* version of the course's notebook, which holds no solutions.

    Returns
    -------
    notebook : dict
        A notebook of format 4.5 with the cells of ``source`` in their order.
    remarks : list of str
        What was mended on the way.
    """
    laid = take_apart(submitted, source)
    cells = [_as_cell(extra, START, i) for i, extra in enumerate(laid.extra.get(START, []))]
    for key, cell in _keys(source).items():
        new = {**cell, "source": text_of(cell)}
        if is_answer(cell) and key in laid.answers:
            new["source"] = laid.answers[key]
            if laid.attachments.get(key):
                new["attachments"] = laid.attachments[key]
        cells.append(new)
        cells += [_as_cell(extra, key, i) for i, extra in enumerate(laid.extra.get(key, []))]
    return {**source, "cells": cells}, laid.remarks


def _keys(source: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The course's cells by ``grade_id``, else by id, in order."""
    return {
        grade_id_of(cell) or cell.get("id") or f"cell-{index}": cell
        for index, cell in enumerate(source["cells"])
    }


def _key_of(
    cell: Mapping[str, Any],
    keys: Mapping[str, Any],
    ids: Mapping[str, str],
    texts: Mapping[str, str],
) -> str:
    grade_id = grade_id_of(cell)
    if grade_id in keys:
        return grade_id
    key = ids.get(cell.get("id"), "")
    if key:
        return key
    return texts.get(squeeze(cell["source"]), "")


def _unique_texts(keys: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The course's cells by their text, where no other cell has the same."""
    texts: dict[str, list[str]] = {}
    for key, cell in keys.items():
        texts.setdefault(squeeze(text_of(cell)), []).append(key)
    return {text: found[0] for text, found in texts.items() if len(found) == 1}


def squeeze(text: str) -> str:
    """Text with every stretch of white space as one blank, to compare by."""
    return " ".join(text.split())


def _edited_given(cell: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    """Whether this is a cell of the course's, other than an answer, that was changed."""
    return not is_answer(given) and squeeze(cell["source"]) != squeeze(text_of(given))


def _note_edited(laid: NotebookParts, key: str, given: Mapping[str, Any]) -> None:
    if is_graded(given):
        laid.remarks.append(f"the graded cell {key} was edited; the course's own was used")
    elif grade_id_of(given):
        laid.edited.add(key)
        laid.remarks.append(f"the given cell {key} was edited; the course's own was used as well")


def _collect_answers(
    laid: NotebookParts,
    keys: Mapping[str, dict[str, Any]],
    found: Mapping[str, list[dict[str, Any]]],
) -> None:
    for key, given in keys.items():
        cells = found.get(key, [])
        if not cells or not is_answer(given):
            continue
        if len(cells) > 1:
            laid.remarks.append(f"the cell {key} is there {len(cells)} times; all were read")
        sources = [cell["source"] for cell in cells]
        if given["cell_type"] == "code":
            laid.answers[key] = join_code(sources)
        else:
            laid.answers[key] = join_text(sources, text_of(given))
        laid.attachments[key] = {k: v for cell in cells for k, v in cell["attachments"].items()}


def _mend_splits(laid: NotebookParts, keys: Mapping[str, dict[str, Any]]) -> None:
    """Join the second half of a split answer that lost its mark: alone it is no Python."""
    for key, answer in list(laid.answers.items()):
        own = laid.extra.get(key, [])
        while keys[key]["cell_type"] == "code" and own and own[0]["cell_type"] == "code":
            joined = f"{answer}\n{own[0]['source']}"
            if parses(own[0]["source"]) or not parses(joined):
                break
            answer = laid.answers[key] = joined
            own.pop(0)
            laid.remarks.append(f"the cell {key} was split; the halves were joined")


def _find_lost(laid: NotebookParts, keys: Mapping[str, dict[str, Any]]) -> None:
    """Look for answers whose marks are gone: functions by name, prose by its place."""
    own = [
        (c["source"], defined_names(c["source"])) for cells in laid.extra.values() for c in cells
    ]
    before = START
    for key, given in keys.items():
        if is_answer(given) and key not in laid.answers:
            if given["cell_type"] == "code":
                wanted = defined_names(text_of(given))
                sources = [source for source, defined in own if wanted & defined]
                if sources:
                    laid.elsewhere[key] = "\n\n".join(dict.fromkeys(sources))
            else:
                _take_prose(laid, key, before)
        before = key


def _take_prose(laid: NotebookParts, key: str, before: str) -> None:
    own = laid.extra.get(before, [])
    prose = [cell for cell in own if cell["cell_type"] != "code"]
    if prose:
        laid.extra[before] = [cell for cell in own if cell["cell_type"] == "code"]
        laid.answers[key] = join_text([cell["source"] for cell in prose], "")
        laid.attachments[key] = {k: v for cell in prose for k, v in cell["attachments"].items()}
        laid.remarks.append(f"the cell {key} lost its mark; the text in its place was taken")


def _note_deleted(
    laid: NotebookParts,
    keys: Mapping[str, dict[str, Any]],
    found: Mapping[str, list[dict[str, Any]]],
) -> None:
    for key, given in keys.items():
        edited = any(grade_id_of(cell) == key for cell in laid.extra.get(key, []))
        if key in found or key in laid.answers or edited:
            continue
        if key in laid.elsewhere:
            laid.remarks.append(f"the cell {key} was deleted; its functions are in another cell")
        elif is_answer(given) or is_graded(given):
            laid.remarks.append(f"the cell {key} was deleted")


def _in_short(remarks: Sequence[str]) -> list[str]:
    """One line for what happened to more than a few cells alike, as where all marks are lost."""
    alike: dict[str, list[str]] = {}
    for remark in remarks:
        alike.setdefault(NAMED_CELL.sub("", remark, count=1), []).append(remark)
    short: list[str] = []
    for first, *others in alike.values():
        if len(others) < MAX_ALIKE:
            short += [first, *others]
        else:
            names = [match[1] for other in others[:5] if (match := NAMED_CELL.search(other))]
            short.append(f"{first} (and so for {len(others)} more: {', '.join(names)}, ...)")
    return short


def join_code(sources: Sequence[str]) -> str:
    r"""Join the cells that bear one ``grade_id``: the halves of a split cell, or copies.

    Halves of a function parse only together; of copies each parses alone, and the last one
    that is no longer the stub counts, as it would when the notebook is run.

    Examples
    --------
    >>> join_code(["def f(x):", "    return x"])
    'def f(x):\n    return x'
    """
    if len(sources) == 1 or sum(map(len, sources)) > MAX_JOINED:
        return sources[-1]
    written = [source for source in sources if not is_stub(source)] or list(sources)
    joined = "\n".join(written)
    if parses(joined):
        return joined
    return "\n".join(source for source in written if parses(source)) or joined


def join_text(sources: Sequence[str], stub: str) -> str:
    """Join the cells of one written answer; copies of the stub among them are dropped."""
    written = [s for s in sources if squeeze(s) not in ("", WRITTEN_STUB, squeeze(stub))]
    return "\n\n".join(dict.fromkeys(written)) if written else sources[0]


def parses(source: str) -> bool:
    """Whether this is Python, IPython's additions not counted in."""
    if len(source) > MAX_JOINED:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _note_order(laid: NotebookParts, wanted: Sequence[str], order: Sequence[str]) -> None:
    known = [key for key in wanted if key in set(order)]
    seen = list(dict.fromkeys(order))
    if seen == known:
        return
    match = difflib.SequenceMatcher(None, known, seen, autojunk=False)
    kept = {seen[j] for b in match.get_matching_blocks() for j in range(b.b, b.b + b.size)}
    moved = [key for key in seen if key not in kept and key.startswith("q")]
    if moved:
        laid.remarks.append(f"moved: {', '.join(moved[:10])}")


def _own_cells(laid: NotebookParts, key: str) -> list[Cell]:
    return [
        Cell(cell["source"], f"{key or 'top'}+{index + 1}")
        for index, cell in enumerate(laid.extra.get(key, []))
        if cell["cell_type"] == "code"
    ]


def _as_cell(extra: Mapping[str, Any], key: str, index: int) -> dict[str, Any]:
    """One of the student's own cells, cleaned of all that could pass for the course's."""
    cell: dict[str, Any] = {
        "cell_type": extra["cell_type"],
        "source": extra["source"],
        "metadata": {},
        "id": f"own-{key or 'top'}-{index + 1}"[:64],
    }
    if cell["cell_type"] == "code":
        cell |= {"outputs": [], "execution_count": None}
    elif extra["attachments"]:
        cell["attachments"] = extra["attachments"]
    return cell
