"""Which of the files that a student handed in is which notebook of the course."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from autograder.intake.answers import squeeze
from autograder.intake.files import MAX_REMARKS, SubmittedFiles
from autograder.intake.parsing import parse_notebook
from helpers.checking.cells import grade_id_of, is_answer, text_of
from helpers.checking.statements import defined_names
from helpers.errors import NotebookError

MAX_CODE = 3_000_000  # characters of all notebooks of a submission
NOT_HANDED_IN = "why-there-is-no-notebook"
"""The id of the one cell in a file that stands for a submission without any notebook.

Any student can make such a file. It says that there is no notebook and nothing else: what is
written in it is never read, or they could speak in the grader's name.
"""
NOTHING_THERE = (
    "nothing that was handed in is a notebook that can be read: see what `course collect` said"
)


@dataclass
class FoundNotebooks:
    """Notebooks by their names in the course, those that cannot be read, and remarks."""

    notebooks: dict[str, dict[str, Any]]
    unreadable: dict[str, str]
    remarks: list[str]


def sort_notebooks(
    handed: SubmittedFiles, sources: Mapping[str, Mapping[str, Any]]
) -> FoundNotebooks:
    """Tell a student's notebooks apart by what is in them, not by their names.

    A file is the notebook with which it shares most ``grade_id``s (or, where the metadata is
    gone, most cells and functions). Of several candidates the one with most answers counts,
    and among equals the one with the right name; answers that are in another copy alone are
    taken from there. A notebook that nobody handed in is looked for in the other files.

    Parameters
    ----------
    handed : SubmittedFiles
        What was collected from the submission.
    sources : mapping of str to mapping
        The course's notebooks, release version, by name.
    """
    try:
        return _sort(handed, sources)
    finally:
        for kept in (_squeezed, _names):  # of texts that may be large
            kept.cache_clear()


def _sort(handed: SubmittedFiles, sources: Mapping[str, Mapping[str, Any]]) -> FoundNotebooks:
    result = FoundNotebooks({}, {}, list(handed.remarks))
    broken = dict(handed.broken)
    wanted = {name: _Wanted.of(source) for name, source in sources.items()}
    files: list[_File] = []
    code = 0
    for path, data in _different(handed.notebooks, sources, result.remarks):
        try:
            notebook = parse_notebook(data, PurePosixPath(path).name)
        except NotebookError as error:
            broken[path] = str(error)
            continue
        result.remarks += notebook.pop("remarks")
        code += sum(len(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code")
        if code > MAX_CODE:
            broken[path] = f"{path} was not read: there is too much code in the submission"
            continue
        if [cell["id"] for cell in notebook["cells"]] == [NOT_HANDED_IN]:
            broken[path] = NOTHING_THERE
            continue
        name = _best(notebook, sources, path)
        if name:
            files.append(_File(path, notebook, name, _answered(notebook, wanted[name])))
        else:
            result.remarks.append(f"{path} is no notebook of this course; it was left out")
    for name in sources:
        _choose(result, name, [file for file in files if file.name == name], wanted[name])
    for name in sources:
        if name not in result.notebooks:
            _look_elsewhere(result, name, files, wanted[name])
    _blame(result, broken, sources)
    result.remarks[MAX_REMARKS:] = result.remarks[MAX_REMARKS:][:1] and ["and more like these"]
    return result


def _different(
    notebooks: Mapping[str, bytes], sources: Container[str], remarks: list[str]
) -> Iterator[tuple[str, bytes]]:
    """The files without copies that are the same to the last byte: there may be hundreds."""
    alike: dict[bytes, list[str]] = {}
    for path, data in notebooks.items():
        alike.setdefault(hashlib.sha256(data).digest(), []).append(path)
    for paths in alike.values():
        path = max(paths, key=lambda path: (_stem(path) in sources, -path.count("/"), path))
        others = [other for other in paths if other != path]
        if others:
            more = f" and {len(others) - 3} more" if len(others) > 3 else ""
            remarks.append(f"{', '.join(others[:3])}{more}: the same as {path}, to the last byte")
        yield path, notebooks[path]


@cache
def _squeezed(text: str) -> str:
    return squeeze(text)


@cache
def _names(source: str) -> frozenset[str]:
    return defined_names(source)


@dataclass(frozen=True)
class _Wanted:
    """What a notebook of the course asks for, and the texts that it gives."""

    written: frozenset[str]
    functions: frozenset[str]
    given: frozenset[str]

    @classmethod
    def of(cls, source: Mapping[str, Any]) -> _Wanted:
        answers = [cell for cell in source["cells"] if is_answer(cell)]
        return cls(
            frozenset(grade_id_of(c) for c in answers if c["cell_type"] == "markdown"),
            frozenset(n for c in answers for n in defined_names(text_of(c))),
            frozenset(squeeze(text_of(cell)) for cell in source["cells"]),
        )


@dataclass
class _File:
    """One file: the notebook that it is, and the answers that it holds."""

    path: str
    notebook: dict[str, Any]
    name: str
    answered: frozenset[str]


def _choose(result: FoundNotebooks, name: str, files: list[_File], wanted: _Wanted) -> None:
    if not files:
        return
    files.sort(key=lambda file: (len(file.answered), _stem(file.path) == name, file.path))
    *others, best = files
    result.notebooks[name] = best.notebook
    if _stem(best.path) != name:
        result.remarks.append(f"{best.path} was taken for {name}.ipynb")
    for other in others:
        result.remarks.append(
            f"{other.path} is another copy of {name}.ipynb; {best.path} was graded"
        )
        _fill_up(result, best, other, wanted)


def _fill_up(result: FoundNotebooks, best: _File, other: _File, wanted: _Wanted) -> None:
    """Add the cells of another copy that hold answers which the best one lacks."""
    more = other.answered - best.answered
    cells = [cell for cell in other.notebook["cells"] if _labels(cell, wanted) & more]
    if cells:
        best.notebook["cells"] = best.notebook["cells"] + cells
        best.answered |= more
        result.remarks.append(f"{', '.join(sorted(more)[:8])}: taken from {other.path}")


def _look_elsewhere(result: FoundNotebooks, name: str, files: list[_File], wanted: _Wanted) -> None:
    found = [(len(_answered(file.notebook, wanted)), file.path, file.notebook) for file in files]
    most, path, notebook = max(found, default=(0, "", {}), key=lambda item: item[:2])
    if most:
        result.notebooks[name] = notebook
        result.remarks.append(f"answers of {name} were found in {path}")


def _answered(notebook: Mapping[str, Any], wanted: _Wanted) -> frozenset[str]:
    """The answers in a notebook that are more than what the course gave out.

    They are named by the functions that they define, and written ones by their ``grade_id``.
    """
    return frozenset(label for cell in notebook["cells"] for label in _labels(cell, wanted))


def _labels(cell: Mapping[str, Any], wanted: _Wanted) -> frozenset[str]:
    text = _squeezed(cell["source"])
    if not text or text in wanted.given:
        return frozenset()
    if grade_id_of(cell) in wanted.written:
        return frozenset([grade_id_of(cell)])
    return wanted.functions & _names(cell["source"])


def _blame(result: FoundNotebooks, broken: dict[str, str], sources: Mapping[str, Any]) -> None:
    """Decide which notebook each broken file would have been."""
    for path, why in broken.items():
        missing = [name for name in sources if name not in result.notebooks]
        meant = [name for name in missing if name in _stem(path) or name[:2] in _stem(path)]
        for name in meant or missing:
            result.unreadable.setdefault(name, why)
        result.remarks.append(why)


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
    theirs = {grade_id_of(cell) for cell in notebook["cells"]}
    by_id = {cell.get("id") for cell in notebook["cells"]}
    by_name = _definitions(source) & _definitions(notebook)
    return len(mine & theirs) + 0.5 * len(ids & by_id) + 0.25 * len(by_name)


def _definitions(notebook: Mapping[str, Any]) -> set[str]:
    cells = (cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    return {name for cell in cells for name in _names(text_of(cell))}


def _stem(path: str) -> str:
    return PurePosixPath(path).stem
