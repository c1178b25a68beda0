"""``python -m helpers data``: which data sets there are, and fetching those that can be."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from helpers.datasets import LOADERS
from helpers.datasets.fetching import fetch
from helpers.datasets.files import find_files
from helpers.datasets.folders import data_folder
from helpers.datasets.sources import MEGABYTE, SOURCES, Source
from helpers.errors import CourseError, DataError

FOOTER = (
    "The environment variable COURSE_CACHE names another folder for what is fetched, COURSE_DATA\n"
    "another folder in place of the course's `data`."
)
USAGE = "usage: python -m helpers data [fetch NAME]"


def main(arguments: Sequence[str]) -> int:
    """Run from the command line; a `CourseError` is one line and exit status 2."""
    try:
        if not arguments or list(arguments) == ["list"]:
            print(listing())
        elif arguments[0] == "fetch" and len(arguments) == 2:
            print(fetched(arguments[1]))
        else:
            print(USAGE, file=sys.stderr)
            return 0 if arguments[0] in ("-h", "--help") else 2
    except CourseError as error:
        print(f"data: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("data: stopped; nothing was kept", file=sys.stderr)
        return 2
    return 0


def fetched(name: str, url: str | None = None) -> str:
    """Fetch a data set and say where it is now.

    Raises
    ------
    DataError
        If that fails, or the data set needs no fetching.
    """
    if name in LOADERS and name not in SOURCES:
        raise DataError(f"the data set '{name}' comes with the course; nothing has to be fetched")
    path = fetch(name, url)
    return f"{name} is in {path}. In a notebook: load({name!r})."


def listing() -> str:
    """All data sets: whether each is there, where it is looked for, whose it is."""
    entries = [_entry(SOURCES[name]) if name in SOURCES else _embedded(name) for name in LOADERS]
    return "\n\n".join([*entries, FOOTER])


def _embedded(name: str) -> str:
    about = (LOADERS[name].__doc__ or name).strip().splitlines()[0]
    about = about.removeprefix("Load ").rstrip(".")
    folder = data_folder() / name
    size = sum(path.stat().st_size for path in folder.glob("*.*") if path.is_file())
    state = f"here, comes with the course ({_megabytes(size)})" if size else "missing"
    return f"{name}: {state}\n    {about}\n    in {folder}"


def _entry(source: Source) -> str:
    try:
        paths = find_files(source).paths
        size = sum(path.stat().st_size for path in paths)
        shown = paths[0] if len(paths) == 1 else paths[0].parent
        lines = [f"{source.name}: here ({_megabytes(size)})", f"in {shown}"]
    except DataError:
        size = f", {_megabytes(source.size)} to fetch" if source.size else ""
        looked = " and ".join(str(folder) for folder in dict.fromkeys(source.folders))
        lines = [
            f"{source.name}: not here{size}",
            f"files: {', '.join(source.archives)}, or {', '.join(source.files)}",
            f"looked for in {looked}",
            f"to get it: {source.remedy}",
        ]
    lines[1:1] = [source.about, f"credit: {source.credit}"]
    return "\n    ".join(lines)


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,.1f} MB" if size < 100 * MEGABYTE else f"{size / MEGABYTE:,.0f} MB"
