"""The files in a folder or in an archive, one after the other, whatever it is.

Nothing is unpacked onto the disk and nothing is trusted: links are not followed, names are
never used as paths, only ordinary files are opened, sizes are held against a limit before
bytes are read, and against another while they are. An archive that unpacks to far more than
a submission can hold is given up half way.
"""

from __future__ import annotations

import bz2
import errno
import gzip
import lzma
import os
import stat
import tarfile
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from time import gmtime
from typing import IO, Any, BinaryIO

from helpers.errors import SubmissionError

MAX_FILE = 100 * 2**20  # bytes of one file; notebooks have a lower limit
MAX_UNPACKED = 256 * 2**20  # bytes of all tar archives of a submission, unpacked
MAX_DIRECTORY = 8 * 2**20  # bytes of the tables of contents of all its zip archives
MAX_HEADER = 64 * 2**10  # bytes of a tar header with a long name
MAX_ENTRIES = 100_000
MAX_DEPTH = 40
MAX_NAME = 300
UNKNOWN_YEAR = 1980  # the first that a zip archive can name, and the end of 1970 in a tar
NAMELESS = "a file without a name"
ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz")
LEFT_OUT = frozenset({
    "__MACOSX", ".ipynb_checkpoints", ".git", ".venv", "site-packages", "node_modules",
    "__pycache__",
})  # fmt: skip
UNREADABLE = (OSError, EOFError, RuntimeError, ValueError, NotImplementedError, MemoryError,
              zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError)  # fmt: skip
EXTENDED = frozenset({
    tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
})  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One file: its path inside, its size as claimed, and how to read it (now or never).

    ``time`` is when an archive says that it was last changed, by some clock. A folder's files have
    none: whoever copied them last set theirs.
    """

    name: str
    size: int
    read: Callable[[], bytes]
    time: datetime | None = None


class Allowance:
    """What all archives of one submission may unpack to: they share it, however they nest.

    Attributes
    ----------
    unpacked : int
        Bytes that come out of tar archives.
    directories : int
        Bytes of the tables of contents of zip archives.
    entries : int
        Files in tar archives.
    """

    def __init__(self) -> None:
        self.unpacked = MAX_UNPACKED
        self.directories = MAX_DIRECTORY
        self.entries = MAX_ENTRIES


def is_archive(name: str) -> bool:
    """Whether a file's name says that it is an archive that can be read here."""
    return name.lower().endswith(ARCHIVES)


def printable(text: str) -> str:
    """Text that can be printed and written: no lone surrogates, no control characters.

    Examples
    --------
    >>> printable("ada\\x1b[31m\\n")
    'ada?[31m?'
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(c if c.isprintable() else "?" for c in text)


def reason(error: BaseException) -> str:
    """Why something could not be read, in a few words."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return printable((str(error).splitlines() or [""])[0])[:120] or type(error).__name__


def files_in(path: Path, remarks: list[str], allowance: Allowance | None = None) -> Iterator[Entry]:
    """The files of a folder or an archive.

    Parameters
    ----------
    path : Path
        What was handed in.
    remarks : list of str
        Takes what was left out, and why.
    allowance : Allowance, optional
        What is left of it for this archive; by default a whole one.

    Raises
    ------
    SubmissionError
        It is neither, or unpacks to more than any submission holds.
    OSError, ValueError, ...
        Anything of :data:`UNREADABLE` where it cannot be read, or not to the end.
    """
    if path.is_symlink():
        raise SubmissionError(
            f"{printable(path.name)} is a link; put the folder or archive itself there"
        )
    if path.is_dir():
        yield from _in_folder(path, remarks)
        return
    with open_plainly(path) as stream:
        yield from files_in_archive(stream, path.name, allowance)


def files_in_archive(
    stream: BinaryIO, name: str, allowance: Allowance | None = None
) -> Iterator[Entry]:
    """The files of a zip or tar archive that is open for reading; see :func:`files_in`."""
    allowance = allowance or Allowance()
    start = stream.read(6)
    stream.seek(0)
    if start[:2] == b"PK":
        yield from _in_zip(stream, allowance)
        return
    for magic, opener in ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\0", lzma.open)):
        if start.startswith(magic):
            with opener(stream) as unpacked:
                yield from _in_tar(unpacked, allowance)
            return
    if name.lower().endswith(".tar"):
        yield from _in_tar(stream, allowance)
    elif is_archive(name):
        raise SubmissionError(
            f"{printable(name)} is damaged or no archive, whatever its name says; it must be "
            "handed in again"
        )
    else:
        raise SubmissionError(
            f"{printable(name)} is neither a folder, nor a zip or tar archive, nor a notebook; "
            "hand in one of these"
        )


def open_plainly(path: Path) -> BinaryIO:
    """Open an ordinary file: no link, no pipe that never speaks, no device.

    Raises
    ------
    OSError
        It is something else, or cannot be opened.
    """
    if not stat.S_ISREG(path.lstat().st_mode):
        raise OSError(errno.EINVAL, "not an ordinary file")
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    return os.fdopen(descriptor, "rb")


def _read(opened: Callable[[], IO[bytes]]) -> bytes:
    with opened() as stream:
        data = stream.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise ValueError("it is larger than it says")
    return data


def _in_folder(folder: Path, remarks: list[str]) -> Iterator[Entry]:
    """Folders nearest to the top come first, whatever else is below."""
    waiting = deque([(folder, "", 0)])
    count = 0
    while waiting:
        here, prefix, depth = waiting.popleft()
        try:
            with os.scandir(here) as listing:
                found = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            if not prefix:
                raise
            remarks.append(f"the folder {printable(prefix)} was not read ({reason(error)})")
            continue
        for entry in found:
            count += 1
            if count > MAX_ENTRIES:
                remarks.append(f"there are more than {MAX_ENTRIES} files; the rest was left out")
                return
            name = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in LEFT_OUT and depth < MAX_DEPTH:
                    waiting.append((Path(entry.path), name + "/", depth + 1))
                continue
            size = entry.stat(follow_symlinks=False).st_size
            yield Entry(name, size, partial(_read, partial(open_plainly, Path(entry.path))))


def _in_zip(stream: BinaryIO, allowance: Allowance) -> Iterator[Entry]:
    bounded = _BoundedReads(stream, allowance.directories)
    with zipfile.ZipFile(bounded) as archive:
        bounded.limit = None
        allowance.directories -= bounded.longest
        for entry in archive.infolist():
            if not entry.filename.endswith("/"):  # is_dir() stumbles over an empty name
                yield Entry(
                    entry.filename or NAMELESS,
                    entry.file_size,
                    partial(_read_zipped, archive, entry),
                    _time(*entry.date_time),
                )


def _time(*parts: int) -> datetime | None:
    """A time, unless it is what stands there where none was known."""
    with suppress(ValueError, OverflowError):
        time = datetime(*parts)
        return time if time.year > UNKNOWN_YEAR else None
    return None


def _read_zipped(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.flag_bits & 1:
        raise OSError(errno.EACCES, "it is locked with a password")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        # Others unpack a whole block at once, however large; no system makes them by default.
        raise OSError(errno.EINVAL, "it is packed in an unusual way; hand in an ordinary zip file")
    return _read(partial(archive.open, entry))


class _BoundedReads:
    """A file that refuses to hand out an absurdly long piece at once."""

    def __init__(self, stream: BinaryIO, limit: int):
        self._stream = stream
        self.limit: int | None = limit
        self.longest = 0

    def read(self, size: int = -1) -> bytes:
        if self.limit is not None:
            self.longest = max(self.longest, size)
            if size > self.limit:
                raise ValueError("its table of contents is absurdly long")
        return self._stream.read(size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _in_tar(stream: IO[bytes], allowance: Allowance) -> Iterator[Entry]:
    metered = _Metered(stream, allowance)
    with tarfile.open(fileobj=metered, mode="r|", tarinfo=_Header) as archive:
        for entry in archive:
            allowance.entries -= 1
            if allowance.entries < 0:
                raise SubmissionError(f"the archive holds more than {MAX_ENTRIES} files")
            archive.members = []  # it would keep every header
            if entry.isfile():
                opened = partial(_read, partial(_open, archive, entry))
                yield Entry(entry.name, entry.size, opened, _time(*gmtime(entry.mtime)[:6]))


def _open(archive: tarfile.TarFile, entry: tarfile.TarInfo) -> IO[bytes]:
    opened = archive.extractfile(entry)
    if opened is None:
        raise ValueError("it is no file")
    return opened


class _Header(tarfile.TarInfo):
    """A header that is looked at before what follows it is read into memory."""

    @classmethod
    def frombuf(cls, buf: bytes, encoding: str, errors: str) -> tarfile.TarInfo:
        header = super().frombuf(buf, encoding, errors)
        if header.size < 0 or (header.type in EXTENDED and header.size > MAX_HEADER):
            raise ValueError("a header in the archive has an absurd size")
        return header


class _Metered:
    """A stream that counts what it hands out."""

    def __init__(self, stream: IO[bytes], allowance: Allowance):
        self._stream = stream
        self._allowance = allowance

    def read(self, size: int) -> bytes:
        data = self._stream.read(min(size, max(self._allowance.unpacked, 0) + 1))
        self._allowance.unpacked -= len(data)
        if self._allowance.unpacked < 0:
            raise SubmissionError(
                f"the archive unpacks to more than {MAX_UNPACKED // 2**20} MB; hand in the "
                "notebooks alone"
            )
        return data
