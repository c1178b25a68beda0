"""The icons: which sets, under which licence, and how they are fetched, checked and drawn."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from data import npm
from data.glyphs.drawing import draw
from helpers.datasets.glyphs import CLASSES
from helpers.errors import DataError

HERE = Path(__file__).resolve().parent
LIST = HERE / "icons.toml"
CACHE = HERE / ".cache"
SPLITS = ("train", "validation", "test")
FREE = ("Apache-2.0", "CC-BY-4.0", "CC0-1.0", "ISC", "MIT", "OFL-1.1")


@dataclass(frozen=True)
class IconSet:
    """One set of icons: for us, one artist.

    Attributes
    ----------
    name, author, licence, source : str
        As the package states them; `source` is the project's page.
    package, version, sha256 : str
        The npm package, its exact version, and the digest of its ``icons.json``.
    split : str
        The one split that uses it.
    icons : dict
        For each class that the set has: the names of its icons.
    """

    name: str
    package: str
    version: str
    sha256: str
    licence: str
    author: str
    source: str
    split: str
    icons: dict[str, list[str]]

    @property
    def path(self) -> Path:
        """Where the set lies once it is fetched."""
        return CACHE / "node_modules" / self.package / "icons.json"


def read_list(path: Path = LIST) -> list[IconSet]:
    """Read the list of icon sets.

    Raises
    ------
    DataError
        If a set has an unknown split, class or licence, or is listed twice.
    """
    with path.open("rb") as file:
        sets = [IconSet(**entry) for entry in tomllib.load(file)["set"]]
    for one in sets:
        if one.split not in SPLITS or one.licence not in FREE or not set(one.icons) <= set(CLASSES):
            raise DataError(
                f"{path.name}: {one.package} has split '{one.split}', licence '{one.licence}' and "
                f"classes {', '.join(one.icons)}; allowed are {', '.join(SPLITS)}; "
                f"{', '.join(FREE)}; {', '.join(CLASSES)}"
            )
    packages = [one.package for one in sets]
    twice = sorted({package for package in packages if packages.count(package) > 1})
    if twice:
        raise DataError(f"{path.name} lists these sets more than once: {', '.join(twice)}")
    return sets


def fetch(sets: list[IconSet]) -> None:
    """Fetch the sets with npm if one is missing, and check every file's digest.

    Raises
    ------
    DataError
        If npm is not there or fails, or a file is not the one that the list names.
    """
    if not all(one.path.is_file() for one in sets):
        npm.install(CACHE, {one.package: one.version for one in sets}, "the icons")
    for one in sets:
        found = hashlib.sha256(one.path.read_bytes()).hexdigest() if one.path.is_file() else "none"
        if found != one.sha256:
            raise DataError(
                f"icons.json of {one.package}@{one.version} has SHA-256 {found}, not "
                f"{one.sha256}: delete {CACHE} and try again, or look into {LIST.name}"
            )


@cache
def _read_set(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def drawings(one: IconSet, kind: str) -> list[np.ndarray]:
    """A set's icons of one class: arrays of shape (SIDE, SIDE), bool."""
    whole = _read_set(one.path)
    return [_drawn(whole, name) for name in one.icons[kind]]


def _drawn(whole: dict, name: str) -> np.ndarray:
    icon = {"left": 0, "top": 0, "width": 16, "height": 16} | {
        key: value for key, value in (whole | whole["icons"][name]).items() if key != "icons"
    }
    return draw(icon["body"], icon["left"], icon["top"], icon["width"], icon["height"])
