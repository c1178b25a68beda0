"""Finding and opening the files of a data set: plain, gzipped, or inside an archive.

Nothing is ever unpacked to disk. Of an archive only the members that a data set names are read,
and never more of one than the data set allows.
"""

from __future__ import annotations

import gzip
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from helpers.datasets.sources import Source
from helpers.errors import DataError

BROKEN = (
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    zlib.error,
    zipfile.BadZipFile,
    tarfile.TarError,
)
"""What reading raises where a file is cut off, altered, locked by a password, or something else."""


@dataclass(frozen=True)
class Found:
    """Where the files of a data set are.

    Attributes
    ----------
    source : Source
    files : dict of str to Path
        Each by its name, plain or with ``.gz``; empty where there is an archive.
    archive : Path or None
        The archive that holds all of them.
    """

    source: Source
    files: dict[str, Path]
    archive: Path | None = None

    def place(self, name: str) -> str:
        """Say where one file is, for a message."""
        return f"{name} in {self.archive}" if self.archive else str(self.files[name])

    @property
    def paths(self) -> list[Path]:
        """Every path that is read."""
        return [self.archive] if self.archive else list(self.files.values())


def find_files(source: Source, path: str | Path | None = None) -> Found:
    """Find the files of a data set.

    Parameters
    ----------
    source : Source
    path : str, Path or None
        A folder, or an archive, to look in; by default the folders of the source.

    Returns
    -------
    Found

    Raises
    ------
    DataError
        If not all of them are there.
    """
    folders = source.folders if path is None else (Path(path).expanduser(),)
    partly = ""
    for folder in folders:
        if folder.is_file():
            return Found(source, {}, _archive(folder, source))
        files = {name: place for name in source.files if (place := _look(folder, name))}
        if len(files) == len(source.files):
            return Found(source, files)
        for name in source.archives:
            if archive := _look(folder, name):
                return Found(source, {}, archive)
        if files:
            missing = ", ".join(name for name in source.files if name not in files)
            partly = f": {folder} lacks {missing}"
    looked = " and ".join(str(folder) for folder in dict.fromkeys(folders))
    raise DataError(
        f"the data set '{source.name}' is not there{partly or f' (looked in {looked})'}; "
        f"{source.remedy}"
    )


def _archive(path: Path, source: Source) -> Path:
    if path.suffix.lower() == ".zip" or tarfile_like(path):
        return path
    raise DataError(
        f"{path} is neither a folder nor an archive (.zip, .tar.gz); name the folder that holds "
        f"the files of '{source.name}'"
    )


def _look(folder: Path, name: str) -> Path | None:
    """A file in a folder or one folder below, with or without ``.gz``."""
    places = [folder / name, folder / f"{name}.gz"]
    for pattern in (name, f"{name}.gz"):
        places += sorted(folder.glob(f"*/{pattern}"))
    return next((place for place in places if place.is_file()), None)


@contextmanager
def opened(found: Found, name: str) -> Iterator[BinaryIO]:
    """Open one file of a data set for reading, unpacked on the way.

    Parameters
    ----------
    found : Found
        Its archive, if it has one, is a zip archive.
    name : str
        One of the files.

    Raises
    ------
    DataError
        If it cannot be read, then or while the ``with`` block reads on.
    """
    try:
        with ExitStack() as stack:
            if found.archive:
                stream = _open_member(stack, found, name)
            else:
                stream = stack.enter_context(found.files[name].open("rb"))
                if found.files[name].suffix == ".gz":
                    stream = stack.enter_context(gzip.open(stream))
            yield stream
    except BROKEN as error:
        raise _damaged(found, name, error) from error


def _open_member(stack: ExitStack, found: Found, name: str) -> BinaryIO:
    archive = stack.enter_context(zipfile.ZipFile(found.archive))
    for wanted in (name, f"{name}.gz"):
        for member in archive.infolist():
            if PurePosixPath(member.filename).name == wanted:
                stream = stack.enter_context(archive.open(member))
                return stack.enter_context(gzip.open(stream)) if wanted != name else stream
    raise _absent(found, [name], [Path(member).name for member in archive.namelist()])


def read_files(found: Found) -> dict[str, bytes]:
    """Read all files of a data set, each at most as large as its source says.

    Raises
    ------
    DataError
        If one is missing, damaged or too large.
    """
    if found.archive and tarfile_like(found.archive):
        return _read_tar(found)
    contents = {}
    for name in found.source.files:
        with opened(found, name) as stream:
            contents[name] = stream.read(found.source.most + 1)
            if len(contents[name]) > found.source.most:
                raise _too_large(found, name)
    return contents


def tarfile_like(path: Path) -> bool:
    """Whether an archive is a tar file by its name."""
    return path.name.endswith((".tar.gz", ".tgz", ".tar"))


def _read_tar(found: Found) -> dict[str, bytes]:
    """Read the members wanted in one pass, and stop at one that is too large."""
    contents: dict[str, bytes] = {}
    seen = []
    try:
        mode = "r:" if found.archive.suffix == ".tar" else "r:gz"
        with tarfile.open(found.archive, mode) as archive:
            for member in archive:
                name = PurePosixPath(member.name).name
                seen.append(name)
                if member.size > found.source.most:
                    raise _too_large(found, name)
                if name in found.source.files and member.isreg() and name not in contents:
                    contents[name] = archive.extractfile(member).read()
                if len(contents) == len(found.source.files):
                    break
    except BROKEN as error:
        raise DataError(
            f"the archive {found.archive} is damaged or cut short ({error or 'it ends early'}); "
            f"remove it, and {found.source.remedy}"
        ) from error
    missing = [name for name in found.source.files if name not in contents]
    if missing:
        raise _absent(found, missing, seen)
    return contents


def _damaged(found: Found, name: str, error: Exception) -> DataError:
    return DataError(
        f"{found.place(name)} is damaged or cut short ({error or 'it ends early'}); remove it, "
        f"and {found.source.remedy}"
    )


def _too_large(found: Found, name: str) -> DataError:
    return DataError(
        f"{name} in {found.archive or found.files[name].parent} is larger than any file of "
        f"'{found.source.name}' (at most {found.source.most:,} bytes); remove it, and "
        f"{found.source.remedy}"
    )


def _absent(found: Found, missing: list[str], seen: list[str]) -> DataError:
    held = ", ".join(seen[:8]) + (", ..." if len(seen) > 8 else "")
    return DataError(
        f"the archive {found.archive} holds no {', '.join(missing)} (it holds: "
        f"{held or 'nothing'}); remove it, and {found.source.remedy}"
    )
