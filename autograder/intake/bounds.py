"""How much of a notebook is read: no more than people write.

Grading takes time and memory by what was handed in, so all of it has a bound. What is beyond is
left out or cut, and the student is told where: in a remark, and in the cell itself.
"""

from __future__ import annotations

import re
from typing import Any

from helpers.errors import NotebookError

MAX_CODE = 100_000  # characters of one cell
MAX_ALL_CODE = 500_000  # of one notebook
MAX_TEXT = 100_000  # of one written answer
MAX_PASTED = 20  # pictures in one text
MAX_OLD_CELLS = 1000  # of a notebook that has to be converted
MAX_OLD_TEXT = 2 * 2**20  # characters of its cells
PASTED = re.compile(r"data:(image/(?:png|jpeg|gif|webp));base64,([A-Za-z0-9+/=]{100,})")
LEFT_OUT = (
    "# This cell holds {:,} characters of code and was left out: at most {:,} of a {} are read."
)
SAID_LEFT_OUT = re.compile(
    r"# (This cell holds [\d,]+ characters of code and was left out: at most [\d,]+ of a "
    r"(?:cell|notebook) are read\.)"
)
OLD_KEYS = frozenset({"cell_type", "input", "source", "level", "language", "metadata"})
OLD_PICTURES = ("png", "jpeg")


def bounded(cells: list[dict[str, Any]]) -> list[str]:
    """Cut the cells of a notebook to what is read of them, in place; say what was cut.

    A picture that was pasted into a text becomes an attachment, as Jupyter itself keeps it.

    Examples
    --------
    >>> cells = [{"cell_type": "markdown", "source": "a" * 200_000, "attachments": {}}]
    >>> bounded(cells)
    ['cell 1 holds 200,000 characters; the first 100,000 were read']
    """
    remarks = []
    left = MAX_ALL_CODE
    for index, cell in enumerate(cells):
        if cell["cell_type"] == "code":
            said = _bounded_code(cell, left)
            left -= 0 if said else len(cell["source"])
        else:
            _unpaste(cell)
            said = _bounded_text(cell)
        if said:
            remarks.append(said.rstrip(".").replace("This cell", f"cell {index + 1}", 1))
    return remarks


def why_left_out(source: str) -> str:
    """Why the code of a cell was left out, or nothing: no other words than ours pass for it."""
    found = SAID_LEFT_OUT.fullmatch(source.strip())
    return found[1] if found else ""


def cut_text(text: str) -> str:
    """The text of a written answer as far as it is read; where it is cut, it says so."""
    if len(text) <= MAX_TEXT:
        return text
    return f"{text[:MAX_TEXT]}\n\n*(Cut here: of {len(text):,} characters {MAX_TEXT:,} were read.)*"


def prepared_old(tree: dict[str, Any], name: str) -> dict[str, Any]:
    """Of a notebook of format 3 what conversion needs, if that is not too much.

    Raises
    ------
    NotebookError
        It holds more than any notebook of that time, or something else.
    """
    sheets = tree["worksheets"]
    if not sheets or not all(isinstance(sheet, dict) for sheet in sheets):
        raise NotebookError(f"{name} is of an old format and damaged: it has no sheet of cells")
    cells = [cell for sheet in sheets for cell in _listed(sheet.get("cells"))]
    texts = (part for cell in cells for part in _parts(cell))
    if len(cells) > MAX_OLD_CELLS or sum(map(len, texts)) > MAX_OLD_TEXT:
        raise NotebookError(
            f"{name} is of an old format and too large to be converted; open and save it in "
            "JupyterLab, and hand it in again"
        )
    sheet = {"cells": [_plain_old_cell(cell) for cell in cells], "metadata": {}}
    kept = {key: tree[key] for key in ("nbformat", "nbformat_minor") if key in tree}
    return {"nbformat": 3, "nbformat_minor": 0, **kept, "metadata": {}, "worksheets": [sheet]}


def _plain_old_cell(cell: Any) -> Any:
    if not isinstance(cell, dict):
        return cell
    kept = {key: value for key, value in cell.items() if key in OLD_KEYS}
    if cell.get("cell_type") != "code":
        return kept
    outputs = [
        {"output_type": "display_data", "metadata": {}, kind: output[kind]}
        for output in _listed(cell.get("outputs"))
        for kind in OLD_PICTURES
        if isinstance(output, dict) and isinstance(output.get(kind), (str, list))
    ]
    return {"language": "python", **kept, "outputs": outputs[:10], "collapsed": False}


def _parts(cell: Any) -> list[str]:
    """All texts of an old cell."""
    found = [cell.get("input"), cell.get("source")] if isinstance(cell, dict) else []
    lines = [line for value in found for line in (value if isinstance(value, list) else [value])]
    return [line for line in lines if isinstance(line, str)]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _bounded_code(cell: dict[str, Any], left: int) -> str:
    size = len(cell["source"])
    if size <= min(left, MAX_CODE):
        return ""
    most = (MAX_CODE, "cell") if size > MAX_CODE else (MAX_ALL_CODE, "notebook")
    cell["source"] = LEFT_OUT.format(size, *most)
    return why_left_out(cell["source"])


def _bounded_text(cell: dict[str, Any]) -> str:
    size = len(cell["source"])
    if size <= MAX_TEXT:
        return ""
    cell["source"] = cut_text(cell["source"])
    return f"This cell holds {size:,} characters; the first {MAX_TEXT:,} were read"


def _unpaste(cell: dict[str, Any]) -> None:
    """Make attachments of pictures that stand in the text itself, as Colab keeps them."""
    pasted: dict[str, dict[str, str]] = {}

    def name(match: re.Match[str]) -> str:
        if len(pasted) >= MAX_PASTED:
            return "(a picture too many)"
        called = f"pasted-{len(pasted) + 1}"
        pasted[called] = {match[1]: match[2]}
        return f"attachment:{called}"

    cell["source"] = PASTED.sub(name, cell["source"])
    cell["attachments"] = {**cell["attachments"], **pasted}
