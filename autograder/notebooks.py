"""Which of the files that a student handed in is which notebook of the course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from autograder.intake import Handed, parse_notebook
from autograder.laying import grade_id_of, is_answer, text_of
from helpers.errors import NotebookError


@dataclass
class Sorted:
    """Notebooks by their names in the course, those that cannot be read, and remarks."""

    notebooks: dict[str, dict[str, Any]]
    unreadable: dict[str, str]
    remarks: list[str]


def sort_notebooks(handed: Handed, sources: Mapping[str, Mapping[str, Any]]) -> Sorted:
    """Tell a student's notebooks apart by what is in them, not by their names.

    A file is the notebook with which it shares most ``grade_id``s (or, where the metadata is
    gone, most cells). Of several candidates the one with most answers counts, and among
    equals the one with the right name.

    Parameters
    ----------
    handed : Handed
        What was collected from the submission.
    sources : mapping of str to mapping
        The course's notebooks, release version, by name.
    """
    result = Sorted({}, {}, list(handed.remarks))
    broken: dict[str, str] = {}
    candidates: dict[str, list[tuple[tuple, str, dict[str, Any]]]] = {}
    for path, data in handed.notebooks.items():
        try:
            notebook = parse_notebook(data, PurePosixPath(path).name)
        except NotebookError as error:
            broken[path] = str(error)
            continue
        name = _best(notebook, sources, path)
        if not name:
            result.remarks.append(f"{path} is no notebook of this course; it was left out")
            continue
        rank = (_written(notebook, sources[name]), _stem(path) == name, path)
        candidates.setdefault(name, []).append((rank, path, notebook))
    for name in sources:
        _choose(result, name, candidates.get(name, []))
    _blame(result, broken, sources)
    return result


def _choose(result: Sorted, name: str, found: list[tuple[tuple, str, dict[str, Any]]]) -> None:
    if not found:
        return
    found.sort(key=lambda candidate: candidate[0])
    _, path, notebook = found[-1]
    result.notebooks[name] = notebook
    if _stem(path) != name:
        result.remarks.append(f"{path} was taken for {name}.ipynb")
    for _, other, _ in found[:-1]:
        result.remarks.append(f"{other} is another copy of {name}.ipynb; {path} was graded")


def _blame(result: Sorted, broken: dict[str, str], sources: Mapping[str, Any]) -> None:
    """Decide which notebook each broken file would have been."""
    for path, reason in broken.items():
        missing = [name for name in sources if name not in result.notebooks]
        meant = [name for name in missing if name in _stem(path) or name[:2] in _stem(path)]
        for name in meant or missing:
            result.unreadable.setdefault(name, reason)
        result.remarks.append(reason)


def _best(notebook: dict[str, Any], sources: Mapping[str, Mapping[str, Any]], path: str) -> str:
    scores = {name: _shared(notebook, source) for name, source in sources.items()}
    best = max(scores.values(), default=0)
    names = [name for name, score in scores.items() if score == best and score > 0]
    if _stem(path) in names:
        return _stem(path)
    return names[0] if names else (_stem(path) if _stem(path) in sources else "")


def _shared(notebook: Mapping[str, Any], source: Mapping[str, Any]) -> float:
    mine = {grade_id_of(cell) for cell in source["cells"]} - {""}
    ids = {cell.get("id") for cell in source["cells"]} - {"", None}
    defined = _definitions(source)
    theirs = {grade_id_of(cell) for cell in notebook["cells"]}
    by_id = {cell.get("id") for cell in notebook["cells"]}
    by_name = _definitions(notebook)
    return len(mine & theirs) + 0.5 * len(ids & by_id) + 0.25 * len(defined & by_name)


def _definitions(notebook: Mapping[str, Any]) -> set[str]:
    return {
        line[4 : line.index("(")].strip()
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
        for line in text_of(cell).splitlines()
        if line.startswith("def ") and "(" in line
    }


def _written(notebook: Mapping[str, Any], source: Mapping[str, Any]) -> int:
    """How many answers differ from what the course gave out."""
    stubs = {grade_id_of(cell): text_of(cell) for cell in source["cells"] if is_answer(cell)}
    return sum(
        grade_id_of(cell) in stubs and cell["source"].strip() != stubs[grade_id_of(cell)].strip()
        for cell in notebook["cells"]
    )


def _stem(path: str) -> str:
    return PurePosixPath(path).stem
