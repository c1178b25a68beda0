"""From whatever a student handed in to notebooks: files found, notebooks told apart.

A submission is a folder, an archive, or a single notebook. It is read, never unpacked onto
the disk; nothing in it is trusted: sizes are counted before bytes are read, links are not
followed, names are never used as paths.
"""

from __future__ import annotations

import json
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

from helpers.errors import NotebookError, SubmissionError

MAX_FILE = 25 * 2**20
MAX_TOTAL = 100 * 2**20
MAX_ENTRIES = 5000
MAX_CELLS = 5000
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
LEFT_OUT = ("__MACOSX", ".ipynb_checkpoints", ".git", ".venv", "site-packages", "__pycache__")
UNREADABLE = (OSError, EOFError, RuntimeError, ValueError, NotImplementedError,
              zipfile.BadZipFile, tarfile.TarError, zlib.error)  # fmt: skip


@dataclass
class Handed:
    """The notebooks in one submission, as they were handed in.

    Attributes
    ----------
    notebooks : dict of str to bytes
        By path inside the submission.
    remarks : list of str
        What was odd about the files.
    """

    notebooks: dict[str, bytes] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def is_archive(path: Path) -> bool:
    """Whether a file's name says that it is an archive we can read."""
    return path.name.lower().endswith(ARCHIVES)


def student_name(path: Path) -> str:
    """The student's name: that of the folder or file, without the ending of an archive."""
    name = path.name
    for ending in sorted((*ARCHIVES, ".ipynb"), key=len, reverse=True):
        if path.is_file() and name.lower().endswith(ending):
            name = name[: -len(ending)]
            break
    return name.encode("utf-8", "replace").decode("utf-8")


def collect(path: Path) -> Handed:
    """Read the notebooks out of a submission.

    Parameters
    ----------
    path : Path
        A folder, an archive, or a notebook.

    Raises
    ------
    SubmissionError
        It is none of these, or cannot be read, or is larger than any submission can be.
    """
    handed = Handed()
    try:
        for name, size, read in _entries(path):
            _take(handed, name, size, read)
    except UNREADABLE as error:
        if not handed.notebooks:
            raise SubmissionError(
                f"{path.name} cannot be read ({_reason(error)}); ask for it again as a folder "
                "or a zip file"
            ) from None
        handed.remarks.append(f"the archive is damaged after {len(handed.notebooks)} notebooks")
    return handed


def _reason(error: BaseException) -> str:
    return (str(error).splitlines() or [""])[0][:120] or type(error).__name__


def _entries(path: Path) -> Iterator[tuple[str, int, Any]]:
    if path.is_symlink():
        raise SubmissionError(f"{path.name} is a link; put the folder or archive itself there")
    if path.is_dir():
        yield from _folder_entries(path)
    elif path.suffix.lower() == ".ipynb":
        yield path.name, path.stat().st_size, path.read_bytes
    elif zipfile.is_zipfile(path):
        yield from _zip_entries(zipfile.ZipFile(path))
    elif tarfile.is_tarfile(path):
        yield from _tar_entries(path)
    else:
        raise SubmissionError(
            f"{path.name} is neither a folder, nor a zip or tar archive, nor a notebook"
        )


def _folder_entries(folder: Path) -> Iterator[tuple[str, int, Any]]:
    count = 0
    for where, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if name not in LEFT_OUT)
        for name in sorted(files):
            count += 1
            if count > MAX_ENTRIES:
                raise SubmissionError(f"{folder.name} holds more than {MAX_ENTRIES} files")
            full = Path(where) / name
            info = full.lstat()
            if stat.S_ISREG(info.st_mode):
                yield full.relative_to(folder).as_posix(), info.st_size, full.read_bytes


def _zip_entries(archive: zipfile.ZipFile) -> Iterator[tuple[str, int, Any]]:
    with archive:
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise SubmissionError(f"the archive holds more than {MAX_ENTRIES} files")
        for entry in entries:
            if not entry.is_dir():
                yield entry.filename, entry.file_size, lambda e=entry: _read(archive.open(e))


def _tar_entries(path: Path) -> Iterator[tuple[str, int, Any]]:
    with tarfile.open(path) as archive:
        for count, entry in enumerate(archive):
            if count > MAX_ENTRIES:
                raise SubmissionError(f"the archive holds more than {MAX_ENTRIES} files")
            if entry.size > MAX_TOTAL:
                raise SubmissionError("the archive holds a file of absurd size")
            if entry.isfile():
                yield entry.name, entry.size, lambda e=entry: _read(archive.extractfile(e))


def _read(stream: Any) -> bytes:
    """Read at most the allowed size, whatever the archive's directory claims."""
    with stream:
        data = stream.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise ValueError("a file is larger than it says")
    return data


def _take(handed: Handed, name: str, size: int, read: Any) -> None:
    name = name.encode("utf-8", "replace").decode("utf-8").replace("\\", "/")[:300]
    parts = PurePosixPath(name).parts
    if any(part in LEFT_OUT for part in parts) or not name.lower().endswith(".ipynb"):
        return
    if PurePosixPath(name).name.startswith("._"):
        return  # a companion file that macOS adds
    if size > MAX_FILE:
        handed.remarks.append(f"{name} is larger than {MAX_FILE // 2**20} MB and was not read")
        return
    if sum(map(len, handed.notebooks.values())) + size > MAX_TOTAL:
        handed.remarks.append(f"{name} was not read: the submission is too large")
        return
    try:
        handed.notebooks[name] = read()
    except UNREADABLE as error:
        handed.remarks.append(f"{name} cannot be read ({_reason(error)})")


def parse_notebook(data: bytes, name: str) -> dict[str, Any]:
    """A notebook as plain data of format 4: cells with text, type, metadata, id.

    Older formats are converted; whatever else the file holds is left out.

    Raises
    ------
    NotebookError
        It is not JSON, or not a notebook.
    """
    if not data.strip():
        raise NotebookError(f"{name} is empty; save the notebook and hand it in again")
    try:
        tree = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotebookError(f"{name} is not a notebook: no valid JSON ({_reason(error)})") from None
    if isinstance(tree, dict) and isinstance(tree.get("worksheets"), list):
        tree = _from_version_3(tree, name)
    if not isinstance(tree, dict) or not isinstance(tree.get("cells"), list):
        raise NotebookError(f"{name} is not a notebook: it has no list of cells")
    cells = [_plain_cell(cell) for cell in tree["cells"][:MAX_CELLS] if isinstance(cell, dict)]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def _from_version_3(tree: dict[str, Any], name: str) -> dict[str, Any]:
    import nbformat

    try:
        return json.loads(nbformat.writes(nbformat.reads(json.dumps(tree), as_version=4)))
    except Exception as error:
        raise NotebookError(f"{name} is of an old format and damaged ({_reason(error)})") from None


def _plain_cell(cell: dict[str, Any]) -> dict[str, Any]:
    kind = cell.get("cell_type")
    metadata = cell.get("metadata")
    return {
        "cell_type": kind if kind in ("code", "markdown", "raw") else "raw",
        "source": _text(cell.get("source")),
        "metadata": metadata if isinstance(metadata, dict) else {},
        "id": cell["id"][:100] if isinstance(cell.get("id"), str) else "",
        "attachments": _attachments(cell.get("attachments")),
        "pictures": _pictures(cell.get("outputs")),
    }


def _text(source: Any) -> str:
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    text = source if isinstance(source, str) else ""
    return text.encode("utf-8", "replace").decode("utf-8")


def _attachments(value: Any) -> dict[str, dict[str, str]]:
    if not isinstance(value, dict):
        return {}
    return {
        name[:200]: {kind: _text(data) for kind, data in bundle.items() if isinstance(kind, str)}
        for name, bundle in list(value.items())[:20]
        if isinstance(name, str) and isinstance(bundle, dict)
    }


def _pictures(outputs: Any) -> list[str]:
    """Base64 texts of the PNG pictures that a cell showed."""
    pictures = []
    for output in outputs if isinstance(outputs, list) else ():
        data = output.get("data") if isinstance(output, dict) else None
        if isinstance(data, dict) and "image/png" in data:
            pictures.append("".join(_text(data["image/png"]).split()))
    return pictures[:10]


def zip_of(files: dict[str, bytes]) -> bytes:
    """A zip archive of these files, as a student's computer would make it."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()
