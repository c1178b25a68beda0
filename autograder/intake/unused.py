"""Code that was seen in a submission and does not run: it is named, and a person looks.

It lies in a file beside the notebook, in a cell that is none of code, in a string or a comment.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from autograder.intake.parts import NotebookParts
from helpers.checking.cells import is_answer, text_of
from helpers.checking.statements import Cell, defined_names, parse_cell, written_names

MAX_PLACES = 3
NO_ANSWERS = frozenset({"readme", "timestamp", "requirements", "license"})
DOCUMENTS = frozenset({
    ".doc", ".docx", ".heic", ".htm", ".html", ".jpeg", ".jpg", ".md", ".odt", ".pages",
    ".pdf", ".png", ".rtf", ".tex", ".tiff", ".txt",
})  # fmt: skip
DEFINED = re.compile(r"^[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)", re.MULTILINE)
COMMENTED_DEFINITION = re.compile(r"^[ \t]*#+[ \t]*(?:async[ \t]+)?def[ \t]+(\w+)", re.MULTILINE)


def unused_code(
    wanted: frozenset[str],
    running: Sequence[Cell],
    laid: NotebookParts,
    scripts: Mapping[str, str],
) -> dict[str, str]:
    r"""Where functions stand that no running code defines.

    Parameters
    ----------
    wanted : frozenset of str
        The functions that the course asks for.
    running : sequence of Cell
        The code that runs.
    laid : NotebookParts
        Among its own cells of the student's are some that are no code.
    scripts : mapping of str to str
        Code in files beside the notebook, by path.

    Returns
    -------
    dict of str to str
        By function, the places where it was seen.

    Examples
    --------
    >>> cell = Cell("# def f(x):\n#     return x", "q1")
    >>> unused_code(frozenset("f"), [cell], NotebookParts(), {})
    {'f': 'in comments of the cell q1'}
    """
    lacking = set(wanted)
    for cell in running:
        if any(name in cell.source for name in lacking):
            lacking -= written_names(cell.source)
    found: dict[str, list[str]] = {}
    if lacking:
        others = [(at, c) for at, cells in laid.extra.items() for c in cells if _is_no_code(c)]
        for names, place in _places(running, others, scripts):
            for name in sorted(names & lacking):
                found.setdefault(name, []).append(place)
    return {name: " and ".join(dict.fromkeys(at[:MAX_PLACES])) for name, at in found.items()}


def functions_of(source: Mapping[str, Any]) -> frozenset[str]:
    """The functions that a notebook of the course asks for."""
    answers = (cell for cell in source["cells"] if is_answer(cell))
    return frozenset(
        n for c in answers if c["cell_type"] == "code" for n in defined_names(text_of(c))
    )


def documents(paths: Iterable[str]) -> str:
    """The files among others that may hold answers in prose, or an empty text.

    Examples
    --------
    >>> documents(["icon.ico", "hw/answers.docx", "page1.jpg"])
    'hw/answers.docx, page1.jpg'
    """
    names = ((path, PurePosixPath(path.lower())) for path in paths)
    found = [p for p, name in names if name.suffix in DOCUMENTS and name.stem not in NO_ANSWERS]
    return ", ".join(found[:MAX_PLACES]) + (" and more" if len(found) > MAX_PLACES else "")


def _is_no_code(cell: Mapping[str, Any]) -> bool:
    return cell["cell_type"] != "code"


def _places(
    running: Sequence[Cell],
    others: Sequence[tuple[str, Mapping[str, Any]]],
    scripts: Mapping[str, str],
) -> Iterator[tuple[frozenset[str], str]]:
    for path, code in scripts.items():
        yield written_names(code), f"in {path}, which is beside the notebook and was not run"
    for after, cell in others:
        kind = {"raw": "raw", "markdown": "text"}.get(cell["cell_type"], "other")
        where = f"after {after}" if after else "at the top"
        yield frozenset(DEFINED.findall(cell["source"])), f"in a {kind} cell {where}"
    for cell in running:
        yield _in_strings(cell.source), f"in a string of the cell {cell.name}"
        yield (
            frozenset(COMMENTED_DEFINITION.findall(cell.source)),
            f"in comments of the cell {cell.name}",
        )
        yield _inside(cell.source), f"inside something else in the cell {cell.name}"
        if cell.source.lstrip().startswith("%%"):
            yield frozenset(DEFINED.findall(cell.source)), f"in the cell {cell.name}, under a magic"


def _inside(source: str) -> frozenset[str]:
    """Functions that are written inside other functions or classes."""
    if "def " not in source:
        return frozenset()
    outer = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return frozenset(
        inner.name
        for node in _nodes(source)
        if isinstance(node, outer)
        for inner in ast.walk(node)
        if isinstance(inner, outer) and inner is not node
    )


def _nodes(source: str) -> list[ast.stmt]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return parse_cell(source, by_ipython=False)[0]


def _in_strings(source: str) -> frozenset[str]:
    """Functions that strings define, such as those that ``exec`` runs or quotes switch off."""
    if "def " not in source:
        return frozenset()
    texts = (
        inner.value
        for node in _nodes(source)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str)
    )
    return frozenset(name for text in texts for name in DEFINED.findall(text))
