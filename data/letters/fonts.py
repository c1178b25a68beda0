"""The fonts: which ones, under which licence, and how they are fetched and checked."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from data import npm
from helpers.errors import DataError

HERE = Path(__file__).resolve().parent
LIST = HERE / "fonts.toml"
CACHE = HERE / ".cache"
SPLITS = ("train", "validation", "test", "pages")
FREE = ("OFL-1.1", "Apache-2.0")


@dataclass(frozen=True)
class Font:
    """One font family: for us, one writer.

    Attributes
    ----------
    family, package, version, file, sha256 : str
        The family's name; the npm package and its exact version; the file in it and its digest.
    licence, copyright : str
        As the package and the font's authors state them.
    split : str
        The one split that uses it, see `SPLITS`; ``pages`` is kept for sample pages.
    weight : float
        How often it is drawn, against the others of its split.
    without : str
        Characters of it that are not used: flourishes, lower-case forms, flaws.
    """

    family: str
    package: str
    version: str
    file: str
    sha256: str
    licence: str
    copyright: str
    split: str
    weight: float = 1.0
    without: str = ""

    @property
    def path(self) -> Path:
        """Where the font's file lies once it is fetched."""
        return CACHE / "node_modules" / self.package / self.file


def read_list(path: Path = LIST) -> list[Font]:
    """Read the list of fonts.

    Raises
    ------
    DataError
        If a font has an unknown split or a licence that is not free, or is listed twice.
    """
    with path.open("rb") as file:
        fonts = [Font(**entry) for entry in tomllib.load(file)["font"]]
    for font in fonts:
        if font.split not in SPLITS or font.licence not in FREE:
            raise DataError(
                f"{path.name}: {font.family} has split '{font.split}' and licence "
                f"'{font.licence}'; allowed are {', '.join(SPLITS)} and {', '.join(FREE)}"
            )
    families = [font.family for font in fonts]
    twice = sorted({family for family in families if families.count(family) > 1})
    if twice:
        raise DataError(f"{path.name} lists these families more than once: {', '.join(twice)}")
    return fonts


def fetch(fonts: list[Font]) -> None:
    """Fetch what is missing of the fonts with npm, and check every file's digest.

    Raises
    ------
    DataError
        If npm is not there or fails, or a file is not the one that the list names.
    """
    missing = [font for font in fonts if not font.path.is_file()]
    if missing:
        npm.install(CACHE, {font.package: font.version for font in fonts}, "the fonts")
    for font in fonts:
        _verify(font)


def _verify(font: Font) -> None:
    if not font.path.is_file():
        raise DataError(f"{font.package}@{font.version} holds no file {font.file}")
    found = hashlib.sha256(font.path.read_bytes()).hexdigest()
    if found != font.sha256:
        raise DataError(
            f"{font.file} of {font.package}@{font.version} has SHA-256 {found}, "
            f"not {font.sha256}: delete {CACHE} and try again, or look into fonts.toml"
        )
