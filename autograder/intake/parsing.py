"""From the bytes of a notebook's file to its cells, as plain data."""

from __future__ import annotations

import json
from typing import Any

from autograder.intake.archives import printable
from autograder.intake.bounds import bounded, prepared_old
from autograder.intake.legible import (
    MAX_CELLS,
    MAX_READ,
    IllegibleError,
    read,
    without_outputs,
)
from helpers.errors import NotebookError

MARKS = frozenset({"grade_id", "grade", "solution", "locked", "points", "task", "cell_type"})


def parse_notebook(data: bytes, name: str) -> dict[str, Any]:
    """A notebook as plain data of format 4: cells with text, type, marks, id.

    Older formats are converted. Whatever else the file holds is left out; of the metadata
    only nbgrader's marks remain. ``remarks`` holds what else was left out, and what had to be
    done to read the file; ``lost`` says why answers may be missing that were there, if so.

    Raises
    ------
    NotebookError
        It is not JSON, not a notebook, or too much of one.
    """
    name = printable(name)
    try:
        found = read(without_outputs(data) if len(data) > MAX_READ else data)
    except IllegibleError as error:
        raise NotebookError(f"{name} {error}") from None
    tree = _unpacked(found.tree)
    if isinstance(tree, dict) and isinstance(tree.get("worksheets"), list):
        tree = _from_version_3(tree, name)
    if not isinstance(tree, dict) or not isinstance(tree.get("cells"), list):
        raise NotebookError(f"{name} is not a notebook: it has no list of cells")
    if len(tree["cells"]) > MAX_CELLS:
        raise NotebookError(f"{name} has more than {MAX_CELLS} cells; no notebook of ours has")
    cells = [_plain_cell(cell) for cell in tree["cells"] if isinstance(cell, dict)]
    remarks = [f"{name} {text}" for text in found.remarks]
    remarks += [f"{name}: {text}" for text in bounded(cells)]
    return {
        "cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, "remarks": remarks,
        "lost": found.lost,
    }  # fmt: skip


def _unpacked(tree: Any) -> Any:
    """A notebook out of what a server's answer has around it, or of a list of its cells."""
    if isinstance(tree, dict) and "cells" not in tree:
        for key in ("content", "notebook"):
            if isinstance(tree.get(key), dict):
                return tree[key]
    if isinstance(tree, list) and tree and all(_is_like_a_cell(cell) for cell in tree):
        return {"cells": tree}
    return tree


def _is_like_a_cell(cell: Any) -> bool:
    return isinstance(cell, dict) and "cell_type" in cell


def _from_version_3(tree: dict[str, Any], name: str) -> dict[str, Any]:
    import nbformat

    tree = prepared_old(tree, name)  # conversion looks at every cell several times
    try:
        return json.loads(nbformat.writes(nbformat.reads(json.dumps(tree), as_version=4)))
    except Exception as error:
        kind = type(error).__name__  # what nbformat says of it can be a sentence from the file
        raise NotebookError(f"{name} is of an old format and damaged ({kind})") from None


def _plain_cell(cell: dict[str, Any]) -> dict[str, Any]:
    kind = cell.get("cell_type")
    return {
        "cell_type": kind if kind in ("code", "markdown", "raw") else "raw",
        "source": _text(cell.get("source")),
        "metadata": _marks(cell.get("metadata")),
        "id": _text(cell["id"])[:100] if isinstance(cell.get("id"), str) else "",
        "attachments": _attachments(cell.get("attachments")),
        "pictures": _pictures(cell.get("outputs")),
    }


def _marks(metadata: Any) -> dict[str, Any]:
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    if not isinstance(marks, dict):
        return {}
    kept = {k: v for k, v in marks.items() if k in MARKS and isinstance(v, (str, int, float))}
    return {"nbgrader": {k: _text(v)[:100] if isinstance(v, str) else v for k, v in kept.items()}}


def _text(source: Any) -> str:
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    text = source if isinstance(source, str) else ""
    return text.encode("utf-8", "replace").decode("utf-8")


def _attachments(value: Any) -> dict[str, dict[str, str]]:
    if not isinstance(value, dict):
        return {}
    return {
        printable(name)[:200]: {printable(kind)[:100]: _text(data) for kind, data in bundle.items()}
        for name, bundle in list(value.items())[:20]
        if isinstance(bundle, dict)
    }


def _pictures(outputs: Any) -> list[str]:
    """Base64 texts of the PNG pictures that a cell showed."""
    pictures = []
    for output in outputs if isinstance(outputs, list) else ():
        data = output.get("data") if isinstance(output, dict) else None
        if isinstance(data, dict) and "image/png" in data:
            pictures.append("".join(_text(data["image/png"]).split()))
    return pictures[:10]
