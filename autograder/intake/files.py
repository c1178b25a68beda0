"""From whatever a student handed in to notebooks: files found, notebooks read.

A submission is a folder, an archive, or a single notebook; archives may lie in folders and
in archives, as systems that collect homework like to pack them. See
:mod:`autograder.intake.archives` for the care with which files are read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.intake.archives import (
    LEFT_OUT,
    MAX_NAME,
    UNREADABLE,
    Allowance,
    Entry,
    files_in,
    files_in_archive,
    is_archive,
    open_plainly,
    printable,
    reason,
)
from autograder.intake.bounds import bounded, prepared_old
from autograder.intake.names import NOTEBOOKS, not_taken
from autograder.intake.people import several_people
from autograder.intake.platforms.flat import handed_name
from helpers.errors import NotebookError, SubmissionError

MAX_FILE = 25 * 2**20  # bytes of one notebook
MAX_TOTAL = 100 * 2**20  # bytes of all notebooks, and of all archives inside the submission
MAX_NOTEBOOKS = 200
MAX_NESTING = 2  # archives in archives
MAX_REMARKS = 50
MAX_CELLS = 5000
MAX_OTHERS = 100  # names of files that nothing is made of
MAX_FILES = 20  # of those that are graded for what is in them
MARKS = frozenset({"grade_id", "grade", "solution", "locked", "points", "task", "cell_type"})


@dataclass
class SubmittedFiles:
    """The notebooks in one submission, as they were handed in.

    Attributes
    ----------
    notebooks : dict of str to bytes
        By path inside the submission.
    files : dict of str to bytes
        The other files that the course grades, by path.
    broken : dict of str to str
        Notebooks that could not be read, by path, and why.
    remarks : list of str
        What was odd about the files.
    others : list of str
        Paths of other files, which nothing was made of.
    """

    notebooks: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    @property
    def instead(self) -> str:
        """What is there, for a submission without a notebook of the course."""
        there = [*self.notebooks, *self.files, *self.others]
        names = ", ".join(there[:5]) + (f" and {len(there) - 5} more" if len(there) > 5 else "")
        nothing = "there is no notebook of the course in it"
        return f"{nothing}, but {names}" if there else f"{nothing}, nor anything else"


def graded_file(name: str, wanted: Collection[str]) -> str:
    """The one of the wanted files that a name or path stands for, or an empty text.

    Browsers and desktops number the copies that they make.

    Examples
    --------
    >>> [graded_file(name, ["n.npz"]) for name in ("n.npz", "N (1).npz", "notes.npz")]
    ['n.npz', 'n.npz', '']
    """
    name = PurePosixPath(name).name.lower()
    plain = re.sub(r"([ _-]*\(\d+\)|[ _-]+copy)+(?=\.[^.]*$)", "", name)
    return plain if plain in wanted else ""


def collect(
    path: Path | Sequence[Path], wanted: Collection[str] = (), of_one: bool = True
) -> SubmittedFiles:
    """Read the notebooks out of a submission, and other files that are graded.

    Parameters
    ----------
    path : Path or sequence of Path
        A folder, an archive, or a notebook; several where one student handed in several.
    wanted : collection of str
        Names of the other files that are graded.
    of_one : bool
        Whether it must be one person's work.

    Raises
    ------
    SubmissionError
        It is none of these, or cannot be read, or is larger than any submission can be; or it may
        be the work of several people.
    """
    collector = _Collector(wanted)
    handed = collector.handed
    paths = [path] if isinstance(path, Path) else list(path)
    faults: list[SubmissionError] = []
    for one in paths:
        before = len(handed.notebooks) + len(handed.broken)
        known = set(handed.notebooks)
        try:
            collector.take_all(_entries(one, handed.remarks, collector.allowance))
        except (*UNREADABLE, SubmissionError) as error:
            count = len(handed.notebooks) + len(handed.broken) - before
            if count:
                handed.remarks.append(
                    f"only a part could be read ({reason(error)}): {count} notebooks"
                )
            else:
                faults.append(_as_submission_error(one.name, error))
        if of_one:
            new = {name: data for name, data in handed.notebooks.items() if name not in known}
            _refuse_several(one.name, new)
    if faults and not (handed.notebooks or handed.broken):
        raise faults[0]
    handed.remarks += map(str, faults)
    if not (handed.notebooks or handed.broken):
        handed.remarks.append(handed.instead)
    if len(handed.remarks) > MAX_REMARKS:
        rest = len(handed.remarks) - MAX_REMARKS
        handed.remarks[MAX_REMARKS:] = [f"and {rest} more remarks like these"]
    return handed


def _refuse_several(name: str, notebooks: dict[str, bytes]) -> None:
    """Nobody's answers may fill another's gaps."""
    if why := several_people(notebooks):
        raise SubmissionError(
            f"{printable(name)} may hold the work of several people, and is not graded: {why}; "
            "hand in one person's work, or grade the whole as a class of its own"
        )


def _entries(path: Path, remarks: list[str], allowance: Allowance) -> Iterator[Entry]:
    name = handed_name(path.name)
    is_one_of_many = bool(name) and not is_archive(name)
    name = name or path.name
    if not path.is_dir() and (is_one_of_many or name.lower().endswith(NOTEBOOKS)):
        with open_plainly(path) as stream:
            yield Entry(name, path.stat().st_size, lambda: stream.read(MAX_FILE + 1))
    else:
        yield from files_in(path, remarks, allowance)


def _as_submission_error(name: str, error: BaseException) -> SubmissionError:
    if isinstance(error, SubmissionError):
        return error
    return SubmissionError(
        f"{printable(name)} cannot be read ({reason(error)}); it must be handed in again, as a "
        "folder or a zip file"
    )


class _Collector:
    """Takes the notebooks among the files, within limits."""

    def __init__(self, wanted: Collection[str]) -> None:
        self._wanted = wanted
        self.handed = SubmittedFiles()
        self.allowance = Allowance()
        self._left = MAX_TOTAL
        self._left_for_archives = MAX_TOTAL

    def take_all(self, entries: Iterator[Entry], inside: str = "", nesting: int = 0) -> None:
        for entry in entries:
            name = inside + printable(entry.name).replace("\\", "/")[-MAX_NAME:]
            last = PurePosixPath(name).name
            if last.startswith(("._", "~$")) or LEFT_OUT.intersection(PurePosixPath(name).parts):
                continue  # companions that macOS and Office add, and folders of programs
            if name.lower().endswith(NOTEBOOKS):
                self._take(name, entry)
            elif graded_file(last, self._wanted):
                self._take_file(name, entry)
            elif is_archive(name) and nesting < MAX_NESTING:
                self._open(name, entry, nesting)
            elif not last.startswith(".") and len(self.handed.others) < MAX_OTHERS:
                self.handed.others.append(name)

    def _take(self, name: str, entry: Entry) -> None:
        name = self._not_taken(name)
        if len(self.handed.notebooks) + len(self.handed.broken) >= MAX_NOTEBOOKS:
            raise SubmissionError(f"there are more than {MAX_NOTEBOOKS} notebooks")
        if entry.size > MAX_FILE:
            self._refuse(name, f"is larger than {MAX_FILE // 2**20} MB; clear its outputs")
            return
        if entry.size > self._left:
            self._refuse(name, "was not read: the submission is too large")
            return
        self._left -= entry.size
        try:
            data = entry.read()
        except UNREADABLE as error:
            self._refuse(name, f"cannot be read ({reason(error)})")
            return
        if len(data) > MAX_FILE:
            self._refuse(name, f"is larger than {MAX_FILE // 2**20} MB; clear its outputs")
        else:
            self.handed.notebooks[name] = data

    def _take_file(self, name: str, entry: Entry) -> None:
        """Keep a file that is graded; one that cannot be read counts as one that is not there."""
        if len(self.handed.files) >= MAX_FILES or entry.size > min(MAX_FILE, self._left):
            self.handed.remarks.append(f"{name} is too large, or one too many, and was not read")
            return
        self._left -= entry.size
        try:
            self.handed.files[name] = entry.read()[:MAX_FILE]
        except UNREADABLE as error:
            self.handed.remarks.append(f"{name} cannot be read ({reason(error)})")

    def _not_taken(self, name: str) -> str:
        here = self.handed
        return not_taken(name, lambda one: one in here.notebooks or one in here.broken)

    def _refuse(self, name: str, why: str) -> None:
        self.handed.broken[name] = f"{PurePosixPath(name).name} {why}"

    def _open(self, name: str, entry: Entry, nesting: int) -> None:
        if entry.size > self._left_for_archives:
            self.handed.remarks.append(f"{name} is too large and was not opened")
            return
        self._left_for_archives -= entry.size
        try:
            opened = BytesIO(entry.read())
            entries = files_in_archive(opened, PurePosixPath(name).name, self.allowance)
            self.take_all(entries, f"{name}/", nesting + 1)
        except (*UNREADABLE, SubmissionError) as error:
            self.handed.remarks.append(f"{name} cannot be read ({reason(error)})")


def parse_notebook(data: bytes, name: str) -> dict[str, Any]:
    """A notebook as plain data of format 4: cells with text, type, marks, id.

    Older formats are converted. Whatever else the file holds is left out; of the metadata
    only nbgrader's marks remain. ``remarks`` holds what else was left out.

    Raises
    ------
    NotebookError
        It is not JSON, not a notebook, or too much of one.
    """
    name = printable(name)
    if not data.strip():
        raise NotebookError(f"{name} is empty; save the notebook and hand it in again")
    try:
        tree = json.loads(_decoded(data), parse_int=_whole_number)
    except (ValueError, RecursionError, MemoryError) as error:
        raise NotebookError(f"{name} is not a notebook: no valid JSON ({reason(error)})") from None
    if isinstance(tree, dict) and isinstance(tree.get("worksheets"), list):
        tree = _from_version_3(tree, name)
    if not isinstance(tree, dict) or not isinstance(tree.get("cells"), list):
        raise NotebookError(f"{name} is not a notebook: it has no list of cells")
    if len(tree["cells"]) > MAX_CELLS:
        raise NotebookError(f"{name} has more than {MAX_CELLS} cells; no notebook of ours has")
    cells = [_plain_cell(cell) for cell in tree["cells"] if isinstance(cell, dict)]
    remarks = [f"{name}: {text}" for text in bounded(cells)]
    return {
        "cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, "remarks": remarks,
    }  # fmt: skip


def _decoded(data: bytes) -> str:
    """The text of a file: UTF-8 as the format wants it, or what an old editor made of it."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _whole_number(text: str) -> int | float:
    return int(text) if len(text) < 20 else float(text)


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
