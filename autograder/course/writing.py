"""Writing a file or a directory: all of it, or nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.errors import CourseDirectoryError

LITTER = frozenset({"__macosx", "thumbs.db", "desktop.ini"})  # what systems leave behind

# What never belongs into a copy: caches, editors' and systems' own files.
UNWANTED = ("__pycache__", ".*", "*.pyc", "*.pyo", "*~", "Thumbs.db")


@contextmanager
def new_directory(directory: Path) -> Iterator[Path]:
    """Fill a directory that appears under its name only when it is complete.

    Parameters
    ----------
    directory : Path
        Must not exist yet, or be empty.

    Yields
    ------
    Path
        Where to write meanwhile, beside the final place. It is removed if anything fails.

    Raises
    ------
    CourseDirectoryError
        The directory exists and holds something, or it cannot be made.
    """
    directory = Path(directory).expanduser().absolute()
    _refuse_unless_empty(directory)
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        workplace = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=directory.parent))
    except OSError as error:
        raise CourseDirectoryError(
            f"{directory} cannot be made ({error.strerror}: {error.filename}); "
            "name a directory in a place where you may write"
        ) from error
    try:
        yield workplace
        workplace.chmod(0o755)  # a temporary directory is closed to others
        _refuse_unless_empty(directory)
        workplace.rename(directory)
    except BaseException:
        shutil.rmtree(workplace, ignore_errors=True)
        raise


def _refuse_unless_empty(directory: Path) -> None:
    if directory.is_symlink() or (directory.exists() and not directory.is_dir()):
        raise CourseDirectoryError(f"{directory} exists and is no directory; name another place")
    if directory.is_dir() and any(directory.iterdir()):
        raise CourseDirectoryError(
            f"{directory} exists and is not empty; name a new directory, or remove this one first"
        )


def copy_files(
    source: Path,
    target: Path,
    *,
    suffixes: frozenset[str] | None = None,
    without: frozenset[str] = frozenset(),
) -> list[Path]:
    """Copy the plain files of a folder, caches left out, links left out; or a single file.

    Parameters
    ----------
    source, target : Path
        Both folders, or both files; folders are made as needed.
    suffixes : frozenset of str, optional
        Copy only files with these endings, such as ``{".npz"}``.
    without : frozenset of str
        Folders directly in ``source`` that are left out.

    Returns
    -------
    list of Path
        What was copied, relative to ``source``, in order.
    """
    if source.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        return [Path()]
    copied = []
    for path in sorted(source.rglob("*")):
        inner = path.relative_to(source)
        if path.is_symlink() or not path.is_file() or _unwanted(inner):
            continue
        if inner.parts[0] in without:
            continue
        if suffixes is not None and path.suffix.lower() not in suffixes:
            continue
        (target / inner).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target / inner)
        copied.append(inner)
    return copied


def _unwanted(inner: Path) -> bool:
    return any(Path(part).match(pattern) for part in inner.parts for pattern in UNWANTED)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all: under another name first, then renamed.

    A text is written as UTF-8.

    Raises
    ------
    OSError
        The file cannot be written; nothing is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        if isinstance(content, str):
            content = content.encode("utf-8", "replace")
        with open(handle, "wb") as out:
            out.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
