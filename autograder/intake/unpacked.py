"""A whole class in one archive, laid out as a folder: platforms give a class as a zip file.

Single submissions are read without this, see :mod:`autograder.intake.archives`. What is written is
bounded, is nothing but files, and lies in a folder of its own that goes when the program ends.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograder.intake.archives import (
    LEFT_OUT,
    UNREADABLE,
    Entry,
    files_in_archive,
    open_plainly,
    reason,
)
from autograder.intake.names import not_taken
from helpers.errors import SubmissionError

MAX_UNPACKED = 8 * 2**30  # bytes of a whole class
MAX_FILES = 100_000
MAX_PART = 250  # bytes of one name in a path
MAX_PARTS = 40


def unpacked(archive: Path) -> Path:
    """A folder that holds what an archive holds, until the program ends.

    Raises
    ------
    SubmissionError
        It cannot be read to its end, or unpacks to more than any class hands in.
    """
    folder = Path(tempfile.mkdtemp(prefix="class-"))
    _remove_at_exit(folder)
    try:
        with open_plainly(archive) as stream:
            _write(files_in_archive(stream, archive.name), folder)
    except (*UNREADABLE, SubmissionError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise SubmissionError(
            f"{archive} cannot be unpacked ({reason(error)}); unpack it yourself, and give the "
            "folder that holds one folder or archive per student"
        ) from None
    return folder


def _write(entries: Iterator[Entry], folder: Path) -> None:
    left = MAX_UNPACKED
    for count, entry in enumerate(entries):
        left -= max(entry.size, 0)
        if count >= MAX_FILES or left < 0:
            raise SubmissionError("it holds more than any class hands in")
        parts = _parts(entry.name)
        if not parts:
            continue
        data = entry.read()
        left -= max(len(data) - max(entry.size, 0), 0)
        place = _free(folder.joinpath(*parts))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def _parts(name: str) -> list[str]:
    """A path inside an archive as names; none for what leads out of it, or belongs to a program.

    Examples
    --------
    >>> _parts("ada/hw/02.ipynb"), _parts("../../etc/passwd"), _parts("/etc/x"), _parts("C:\\\\x")
    (['ada', 'hw', '02.ipynb'], [], [], [])
    """
    parts = name.replace("\\", "/").split("/")
    parts = [part for part in parts if part != "."]
    odd = any(part in ("", "..") or "\0" in part or len(os.fsencode(_text(part))) > MAX_PART
              for part in parts)  # fmt: skip
    if odd or len(parts) > MAX_PARTS or parts[0].endswith(":") or LEFT_OUT & {*parts[:-1]}:
        return []
    return [_text(part) for part in parts]


def _text(part: str) -> str:
    return part.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _free(place: Path) -> Path:
    """A place where nothing lies yet: an archive may hold a name twice."""
    return place.with_name(not_taken(place.name, lambda name: place.with_name(name).exists()))


def _remove_at_exit(folder: Path) -> None:
    maker = os.getpid()

    def remove() -> None:
        if os.getpid() == maker:  # processes that grade leave it alone
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
