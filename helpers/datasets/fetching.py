"""Fetching data sets over the network, with pooch: all of a file, checked, or nothing."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tqdm import tqdm

from helpers.datasets.sources import Source, find_source
from helpers.errors import DataError

TIMEOUT = 30.0
"""Seconds without a byte after which a server is given up."""
CHUNK = 1 << 16
STALE = 24 * 3600
"""A half file that a killed download left behind is removed when it is so many seconds old."""


def fetch(name: str, url: str | None = None) -> Path:
    """Fetch a data set into the cache, unless it is there already.

    Parameters
    ----------
    name : str
        One of `helpers.datasets.sources.SOURCES`.
    url : str, optional
        Another address of the same file, such as a mirror's; its checksum must be the same.

    Returns
    -------
    Path
        The file, in the folder given by `helpers.datasets.folders.cache_folder`.

    Raises
    ------
    DataError
        If it cannot be fetched, or what came is not the right file.  Nothing is kept then.
    """
    source = find_source(name)
    if source.url is None or source.sha256 is None:
        raise DataError(f"the data set '{name}' cannot be fetched: {source.remedy}")
    folder = source.folders[1]
    target = folder / source.archives[0]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        _expect_room(source, target)
        _retrieve(source, url or source.url, target)
    except OSError as error:  # what requests raises is caught before
        raise DataError(
            f"{folder} cannot be written to ({error.strerror or error}); name another folder in "
            "the environment variable COURSE_CACHE"
        ) from error
    finally:
        with suppress(OSError):
            folder.rmdir()  # nothing came
    return target


def _expect_room(source: Source, target: Path) -> None:
    free = shutil.disk_usage(target.parent).free
    if not target.exists() and free < source.size:
        raise DataError(
            f"{target.parent} has room for {free:,} bytes; '{source.name}' needs "
            f"{source.size:,}: make room, or name another folder in the environment variable "
            "COURSE_CACHE"
        )


def _sweep(folder: Path) -> None:
    for path in folder.glob("tmp*"):
        with suppress(OSError):
            if path.stat().st_mtime < time.time() - STALE:
                path.unlink()


def _retrieve(source: Source, url: str, target: Path) -> None:
    try:
        import pooch
        import requests
    except ImportError as error:
        raise DataError(
            f"to fetch data the package {error.name} is needed; install it with `python -m pip "
            f"install pooch`, or {source.by_hand}"
        ) from None
    downloader = pooch.HTTPDownloader(
        progressbar=Bar(source),
        chunk_size=CHUNK,
        timeout=TIMEOUT,
        headers={"Accept-Encoding": "identity"},  # bytes as they are: the bar counts them
    )
    try:
        with _quiet(pooch):
            pooch.retrieve(
                url,
                known_hash=f"sha256:{source.sha256}",
                fname=target.name,
                path=target.parent,
                downloader=downloader,
            )
    except requests.exceptions.HTTPError as error:
        answer = error.response
        raise _failed(
            source, url, f"the server answered {answer.status_code} {answer.reason}"
        ) from None
    except requests.exceptions.ChunkedEncodingError as error:
        raise _failed(source, url, "the connection broke half way") from error
    except (requests.exceptions.ConnectionError, requests.exceptions.Timeout) as error:
        raise _failed(source, url, f"there is no connection, or it broke ({_cause(error)})") from (
            error
        )
    except requests.exceptions.RequestException as error:
        raise _failed(source, url, _cause(error)) from error
    except ValueError as error:
        what = "what came is another file: its SHA-256 is not the one known, and it was removed"
        raise _failed(source, url, what if "hash" in str(error) else _cause(error)) from error
    finally:
        downloader.progressbar.close()


@contextmanager
def _quiet(pooch: object) -> Iterator[None]:
    """Without pooch's own lines: the bar says the same."""
    logger = pooch.get_logger()
    level = logger.level
    logger.setLevel("WARNING")
    try:
        yield
    finally:
        logger.setLevel(level)


def _failed(source: Source, url: str, why: str) -> DataError:
    return DataError(
        f"'{source.name}' could not be fetched from {url}: {why}; try again later, or get the "
        f"file another way and {source.by_hand}"
    )


def _cause(error: BaseException) -> str:
    """The innermost reason in a few words: that of urllib3 is buried under object names."""
    while error.args and isinstance(error.args[0], BaseException):
        error = error.args[0]
    text = " ".join(str(getattr(error, "reason", None) or error).split())
    system = re.search(r"\[Errno -?\d+\] ([^)'\"]+)", text)
    return system.group(1) if system else text.rpartition(": ")[2][:100] or type(error).__name__


class Bar:
    """How far a download is, on the standard error stream; refuses more bytes than expected.

    It has the methods that pooch calls.

    Parameters
    ----------
    source : Source
        What is being fetched.
    """

    def __init__(self, source: Source):
        self._source = source
        self._seen = 0
        self._bar = None
        self.total = 0  # pooch puts here what the server says

    def update(self, size: int) -> None:
        """Count bytes that came.

        Raises
        ------
        DataError
            If there are more of them than the file has.
        """
        self._seen += size
        if self._seen > self._source.size + CHUNK:
            raise DataError(
                f"the server sends more than the {self._source.size:,} bytes that "
                f"'{self._source.name}' has, so it is another file; nothing was kept; "
                f"{self._source.remedy}"
            )
        if self._bar is None:
            name, size = self._source.name, self._source.size
            self._bar = tqdm(total=size, desc=name, unit="B", unit_scale=True, ncols=79)
        self._bar.update(min(self._seen, self._source.size) - self._bar.n)

    def reset(self) -> None:
        """Called at the end, before the whole size is counted once more."""
        self._seen = 0

    def close(self) -> None:
        """Leave the bar on the screen as it is."""
        if self._bar is not None:
            self._bar.close()
