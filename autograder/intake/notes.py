"""What is said of a notebook that was taken apart: cells deleted, moved, broken, merged."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from autograder.intake.joining import parses
from autograder.intake.parts import NotebookParts, own_cells
from helpers.checking.cells import grade_id_of, is_answer, is_graded, text_of
from helpers.checking.statements import defined_names, parse_cell

MERGED = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)
MAX_ALIKE = 3  # remarks that differ in the cell alone
NAMED_CELL = re.compile(r"\bcell (\S+)")


def note_broken(laid: NotebookParts, keys: Mapping[str, dict[str, Any]]) -> None:
    """Say where only a part of a cell could be read, and where a merge left both sides."""
    wanted = {key: defined_names(text_of(c)) for key, c in keys.items() if is_answer(c)}
    code = {key: text for key, text in laid.answers.items() if keys[key]["cell_type"] == "code"}
    code |= {cell.name: cell.source for group in laid.extra for cell in own_cells(laid, group)}
    for name, source in code.items():
        defined = defined_names(source)
        asked = [key for key, names in wanted.items() if names & defined]
        if name not in wanted and not asked:
            continue
        said = ""
        if MERGED.search(source):
            said = f"the cell {name} holds marks of a merge; what can be read of all sides was used"
        elif not parses(source) and parse_cell(source)[1] is not None:
            said = f"the cell {name} is not all Python; what can be read of it was used"
        if said:
            laid.remarks.append(said)
            for key in [name] if name in wanted else asked:
                laid.doubts.setdefault(key, said)
    for group, cells in laid.extra.items():
        if any(MERGED.search(cell["source"]) for cell in cells if cell["cell_type"] != "code"):
            near = f"near {group}" if group else "at the top"
            laid.remarks.append(f"marks of a merge are {near}; all sides were read")
            laid.doubts.setdefault(group, laid.remarks[-1])


def note_deleted(
    laid: NotebookParts,
    keys: Mapping[str, dict[str, Any]],
    found: Mapping[str, list[dict[str, Any]]],
) -> None:
    """Say which cells of the course are not there."""
    for key, given in keys.items():
        edited = any(grade_id_of(cell) == key for cell in laid.extra.get(key, []))
        if key in found or key in laid.answers or edited:
            continue
        if key in laid.elsewhere:
            laid.remarks.append(f"the cell {key} was deleted; its functions are in another cell")
        elif is_answer(given) or is_graded(given):
            laid.remarks.append(f"the cell {key} was deleted")


def in_short(remarks: Sequence[str]) -> list[str]:
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


def note_order(laid: NotebookParts, wanted: Sequence[str], order: Sequence[str]) -> None:
    """Say which cells were moved."""
    known = [key for key in wanted if key in set(order)]
    seen = list(dict.fromkeys(order))
    if seen == known:
        return
    match = difflib.SequenceMatcher(None, known, seen, autojunk=False)
    kept = {seen[j] for b in match.get_matching_blocks() for j in range(b.b, b.b + b.size)}
    moved = [key for key in seen if key not in kept and key.startswith("q")]
    if moved:
        laid.remarks.append(f"moved: {', '.join(moved[:10])}")
