"""Which of the files that a student handed in is which notebook of the course."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from autograder.intake.checked import squeeze
from autograder.intake.copies import Copy, doubt, in_order, needed_with
from autograder.intake.files import MAX_REMARKS, SubmittedFiles
from autograder.intake.parsing import parse_notebook
from helpers.checking.cells import grade_id_of, is_answer, text_of
from helpers.checking.statements import defined_names, written_names
from helpers.errors import NotebookError

MAX_DOUBTS = 5  # about one notebook
MIN_GIVEN = 30  # characters of a text that can tell whose a notebook is
SURE_BY_NAMES = 3  # answers
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
    """What was found in a submission.

    Attributes
    ----------
    notebooks : dict of str to dict
        By their names in the course.
    unreadable : dict of str to str
        Why a notebook that is not there cannot be read.
    remarks : list of str
        What was done to find them.
    doubts : dict of str to list
        What a person should look at, by notebook.
    lost : dict of str to str
        Why a notebook that is there may lack answers which its file once held.
    """

    notebooks: dict[str, dict[str, Any]]
    unreadable: dict[str, str]
    remarks: list[str]
    doubts: dict[str, list[str]] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)

    def doubt(self, name: str, why: str) -> None:
        """Note, once, what a person should look at."""
        here = self.doubts.setdefault(name, [])
        if why not in here and len(here) < MAX_DOUBTS:
            here.append(why)


def sort_notebooks(
    handed: SubmittedFiles, sources: Mapping[str, Mapping[str, Any]]
) -> FoundNotebooks:
    """Tell a student's notebooks apart by what is in them, not by their names.

    A file is the notebook with which it shares most ``grade_id``s (or, where the metadata is
    gone, most cells and functions). Which of several candidates counts,
    :mod:`autograder.intake.copies` decides; answers that are in another copy alone are
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
        for kept in (_squeezed, _names, _meant):  # of texts that may be large
            kept.cache_clear()


def _sort(handed: SubmittedFiles, sources: Mapping[str, Mapping[str, Any]]) -> FoundNotebooks:
    result = FoundNotebooks({}, {}, list(handed.remarks))
    broken = dict(handed.broken)
    wanted = {name: _Wanted.of(source) for name, source in sources.items()}
    copies: list[Copy] = []
    left_out: list[str] = []
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
        name, known, why = _which(notebook, wanted, path)
        if name:
            answers = _answers(notebook, wanted[name])
            copies.append(Copy(path, notebook, name, answers, known, handed.times.get(path)))
        else:
            left_out.append(f"{path} is no notebook of this course{why}; it was left out")
    result.remarks += left_out
    for name in sources:
        _choose(result, name, [copy for copy in copies if copy.name == name], wanted[name])
    for name in sources:
        if name not in result.notebooks:
            _look_elsewhere(result, name, copies, wanted[name])
    _blame(result, broken, sources)
    for why in left_out:  # one that is missing may be that one
        for name in [n for n in sources if n not in result.notebooks][:1]:
            result.doubt(name, why)
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
        path = max(paths, key=lambda path: (-path.count("/"), _stem(path) in sources, path))
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
    return written_names(source)


@cache
def _meant(source: str) -> frozenset[str]:
    return defined_names(source)


@dataclass(frozen=True)
class _Wanted:
    """What a notebook of the course asks for, and what it gives."""

    written: frozenset[str]
    functions: frozenset[str]
    given: frozenset[str]
    marks: frozenset[str]
    ids: frozenset[str]

    @classmethod
    def of(cls, source: Mapping[str, Any]) -> _Wanted:
        cells = source["cells"]
        answers = [cell for cell in cells if is_answer(cell)]
        return cls(
            frozenset(grade_id_of(c) for c in answers if c["cell_type"] == "markdown"),
            frozenset(n for c in answers for n in defined_names(text_of(c))),
            frozenset(squeeze(text_of(cell)) for cell in cells),
            frozenset(grade_id_of(cell) for cell in cells) - {""},
            frozenset(str(cell.get("id") or "") for cell in cells) - {""},
        )


def _which(
    notebook: Mapping[str, Any], wanted: Mapping[str, _Wanted], path: str
) -> tuple[str, bool, str]:
    """The notebook that a file is, whether it holds cells of it, and else why it is none."""
    known = {name: _shared(notebook, one) for name, one in wanted.items()}
    best = max(known.values(), default=0)
    if best > 0:
        names = [name for name, score in known.items() if score == best]
        return (_stem(path) if _stem(path) in names else names[0]), True, ""
    if {grade_id_of(cell) for cell in notebook["cells"]} - {""}:
        return "", False, ": its marks are those of another"
    defined = _definitions(notebook)
    named = {name: len(one.functions & defined) for name, one in wanted.items()}
    if _stem(path) in wanted:
        return _stem(path), False, ""
    name = max(named, key=lambda name: named[name], default="")
    return (name, False, "") if name and named[name] else ("", False, "")


def _shared(notebook: Mapping[str, Any], wanted: _Wanted) -> float:
    """How many of the course's cells are in a notebook, by mark, by id, or by text."""
    cells = notebook["cells"]
    marks = wanted.marks & {grade_id_of(cell) for cell in cells}
    ids = wanted.ids & {cell.get("id") for cell in cells}
    texts = {text for cell in cells if len(text := _squeezed(cell["source"])) >= MIN_GIVEN}
    return len(marks) + 0.5 * len(ids) + 0.25 * len(wanted.given & texts)


def _definitions(notebook: Mapping[str, Any]) -> set[str]:
    """The functions that a notebook defines: many share the names of variables."""
    code = [cell["source"] for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return {
        name for text in code for name in re.findall(r"^(?:async )?def (\w+)", text, re.MULTILINE)
    }


def _choose(result: FoundNotebooks, name: str, copies: list[Copy], wanted: _Wanted) -> None:
    if not copies:
        return
    best, *others = in_order(copies)
    result.notebooks[name] = best.notebook
    if best.notebook.get("lost"):
        result.lost[name] = best.notebook["lost"]
        result.doubt(name, f"{best.path}: {best.notebook['lost']}")
    if _stem(best.path) != name:
        result.remarks.append(f"{best.path} was taken for {name}.ipynb")
    if not best.known and len(best.answers) < SURE_BY_NAMES:
        none = f"{best.path} holds none of the course's cells; it was taken for {name}.ipynb"
        result.remarks.append(none)
        result.doubt(name, none)
    for other in others:
        result.remarks.append(
            f"{other.path} is another copy of {name}.ipynb; {best.path} was graded"
        )
        why = doubt(best, other)
        if why:
            result.doubt(name, why)
        _fill_up(result, best, other, wanted)


def _fill_up(result: FoundNotebooks, best: Copy, other: Copy, wanted: _Wanted) -> None:
    """Add the cells of another copy that hold answers which the best one lacks."""
    more = other.answers.keys() - best.answers.keys()
    cells = other.notebook["cells"]
    taken = [cell for cell in cells if _labels(cell, wanted) & more]
    if not taken:
        return
    own = {
        i: _names(cell["source"])
        for i, cell in enumerate(cells)
        if cell["cell_type"] == "code"
        and grade_id_of(cell) not in wanted.marks
        and cell not in taken
        and _squeezed(cell["source"]) not in wanted.given
    }
    there = frozenset(
        n for c in best.notebook["cells"] if c["cell_type"] == "code" for n in _names(c["source"])
    )
    best.notebook["cells"] = [
        *best.notebook["cells"], *needed_with(taken, own, cells, there), *taken
    ]  # fmt: skip
    best.answers |= {label: other.answers[label] for label in more}
    said = f"{', '.join(sorted(more)[:8])}: taken from {other.path}"
    result.remarks.append(said)
    if not other.known:
        result.doubt(other.name, f"{said}, which holds none of the course's cells")


def _look_elsewhere(result: FoundNotebooks, name: str, copies: list[Copy], wanted: _Wanted) -> None:
    found = [(len(_answers(copy.notebook, wanted)), copy.path, copy.notebook) for copy in copies]
    most, path, notebook = max(found, default=(0, "", {}), key=lambda item: item[:2])
    if most:
        result.notebooks[name] = notebook
        result.remarks.append(f"answers of {name} were found in {path}")


def _answers(notebook: Mapping[str, Any], wanted: _Wanted) -> dict[str, str]:
    """The answers in a notebook that are more than what the course gave out, by their labels.

    They are named by the functions that they define, and written ones by their ``grade_id``.
    """
    return {
        label: _squeezed(cell["source"])
        for cell in notebook["cells"]
        for label in _labels(cell, wanted)
    }


def _labels(cell: Mapping[str, Any], wanted: _Wanted) -> frozenset[str]:
    text = _squeezed(cell["source"])
    if not text or text in wanted.given:
        return frozenset()
    if grade_id_of(cell) in wanted.written:
        return frozenset([grade_id_of(cell)])
    asked = wanted.functions & _meant(cell["source"])
    return asked & _names(cell["source"]) if asked else asked


def _blame(result: FoundNotebooks, broken: dict[str, str], sources: Mapping[str, Any]) -> None:
    """Decide which notebook each broken file would have been."""
    for path, why in broken.items():
        meant = [name for name in sources if name in _stem(path) or name[:2] in _stem(path)]
        missing = [name for name in sources if name not in result.notebooks]
        for name in [name for name in meant if name in missing] or ([] if meant else missing):
            result.unreadable.setdefault(name, why)
        for name in meant:
            if name in result.notebooks:
                result.doubt(name, f"another copy was graded: {why}")
        result.remarks.append(why)


def _stem(path: str) -> str:
    return PurePosixPath(path).stem
