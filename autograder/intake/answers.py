"""Laying a student's answers into the source notebook.

Students delete cells, copy them, split them, move them, rename files and edit what they
were told to leave alone. None of it costs them a point: answers are found by ``grade_id``
(or, where that is lost, by the cell's id), everything that the course provides is taken
from the course, and the student's own additional cells stay where they were. What was found
is said in remarks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.intake.checked import Places, checked_answers, squeeze, with_set_up
from autograder.intake.joining import join_code, join_text, parses
from autograder.intake.notes import in_short, note_broken, note_deleted, note_order
from autograder.intake.parts import START, NotebookParts, own_cells
from autograder.intake.prose import find_prose
from helpers.checking.cells import grade_id_of, is_answer, is_graded, text_of
from helpers.checking.statements import Cell, defined_names


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
    cells = submitted["cells"]
    keyed = [_key_of(cell, keys, ids, texts) for cell in cells]
    rank = {key: number for number, key in enumerate(keys)}
    places = {answer.key: Places(answer, cells, keyed, rank) for answer in checked_answers(keys)}
    experiments = {i: key for key, place in places.items() for i in place.experiments()}
    for key, place in places.items():
        if place.checked_twice():
            laid.doubts[key] = (
                f"the cell {key} was checked, changed, checked again; the last counts"
            )
    found: dict[str, list[dict[str, Any]]] = {}
    order: list[str] = []
    here = START
    for i, (cell, key) in enumerate(zip(cells, keyed, strict=True)):
        if i in experiments:
            _note_experiment(laid, key, cell)
            laid.extra.setdefault(here, []).append(cell)
        elif key and _edited_given(cell, keys[key]):
            _note_edited(laid, key, keys[key])
            here = key
            laid.extra.setdefault(_runs_after(places, i, here), []).append(cell)
        elif key:
            here = key
            found.setdefault(key, []).append(cell)
            order.append(key)
        elif cell["source"].strip():
            laid.extra.setdefault(_runs_after(places, i, here), []).append(cell)
    laid.present = {*found, *laid.edited}
    _collect_answers(laid, keys, found)
    _mend_splits(laid, keys)
    _find_lost(laid, keys)
    find_prose(laid, keys)
    if not submitted.get("lost"):
        note_deleted(laid, keys, found)
    note_order(laid, list(keys), order)
    note_broken(laid, keys)
    laid.remarks[:] = in_short(laid.remarks)
    return laid


def _runs_after(places: Mapping[str, Places], at: int, here: str) -> str:
    """The cell of the course after which one of the student's own runs."""
    return next((key for key, place in places.items() if place.moved_up(at, here)), here)


def _note_experiment(laid: NotebookParts, key: str, cell: Mapping[str, Any]) -> None:
    said = f"the cell {key} is there again below its check; what runs before the check was graded"
    if said not in laid.remarks:
        laid.remarks.append(said)
    laid.doubts[key] = said


def code_cells(laid: NotebookParts, source: Mapping[str, Any]) -> tuple[Cell, ...]:
    """All code that the student's functions may draw on, in the order of the notebook.

    The course's own cells come from ``source``, graded cells emptied; the student's answers
    and own cells stand where they stood.
    """
    keys = _keys(source)
    own: dict[str, list[Cell]] = {}
    for group in (START, *keys):
        behind = with_set_up(keys, frozenset(laid.present), group)
        own.setdefault(behind, []).extend(own_cells(laid, group))
    cells = own.get(START, [])
    for key, cell in keys.items():
        if is_answer(cell):
            if cell["cell_type"] == "code" and key in laid.answers:
                cells.append(Cell(laid.answers[key], key))
        elif cell["cell_type"] == "code":
            # The place of a graded cell is kept: it says where its exercise is checked.
            cells.append(Cell("" if is_graded(cell) else text_of(cell), key))
        cells += own.get(key, [])
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
    """Look for functions whose cells are gone, by name."""
    own = [
        (c["source"], defined_names(c["source"])) for cells in laid.extra.values() for c in cells
    ]
    for key, given in keys.items():
        if is_answer(given) and given["cell_type"] == "code" and key not in laid.answers:
            wanted = defined_names(text_of(given))
            sources = [source for source, defined in own if wanted & defined]
            if sources:
                laid.elsewhere[key] = "\n\n".join(dict.fromkeys(sources))


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
