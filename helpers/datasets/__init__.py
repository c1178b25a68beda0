"""The course's data, all through one call: ``load("letters")``."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from helpers.datasets.clouds import four_clouds
from helpers.datasets.letters import load_letters
from helpers.datasets.model import CLASSES, COLOUR, GREY, Dataset, Split, one_hot
from helpers.errors import DataError


def _later(module: str, about: str = "") -> Callable[..., Dataset]:
    """A loader whose module is imported when it is first used: few users ever need it."""

    def load_later(**options: object) -> Dataset:
        found = import_module(f"helpers.datasets.{module}")
        return getattr(found, f"load_{module}")(**options)

    load_later.__doc__ = about
    return load_later


LOADERS: dict[str, Callable[..., Dataset]] = {
    "letters": load_letters,
    "glyphs": _later("glyphs", "Load the embedded colour pictures."),
    "nist36": _later("nist36"),
    "emnist": _later("emnist"),
    "cifar10": _later("cifar10"),
}
"""Every data set by its name; a new one is a new line here."""

__all__ = [
    "CLASSES",
    "COLOUR",
    "GREY",
    "LOADERS",
    "Dataset",
    "Split",
    "four_clouds",
    "load",
    "load_letters",
    "one_hot",
]


def load(name: str = "letters", **options: object) -> Dataset:
    """Load a data set by its name; all come out alike.

    ``letters`` and ``glyphs`` come with the course.  ``nist36``, ``emnist`` and ``cifar10`` are
    other people's: ``python -m helpers data`` says how to get them.

    Parameters
    ----------
    name : str
        One of the names in `LOADERS`.
    **options
        Passed on to the loader, such as ``dtype=numpy.float64``.

    Returns
    -------
    Dataset

    Raises
    ------
    DataError
        If there is no such data set, or its file is missing or damaged.

    Examples
    --------
    >>> data = load("letters")
    >>> len(data.train), len(data.validation), len(data.test)
    (10800, 3600, 1800)
    """
    if name not in LOADERS:
        raise DataError(f"there is no data set '{name}'; choose one of: {', '.join(LOADERS)}")
    return LOADERS[name](**options)
