"""The course's data, all through one call: ``load("letters")``."""

from __future__ import annotations

from collections.abc import Callable

from helpers.datasets.clouds import four_clouds
from helpers.datasets.letters import load_letters
from helpers.datasets.model import CLASSES, COLOUR, GREY, Dataset, Split, one_hot
from helpers.errors import DataError

LOADERS: dict[str, Callable[..., Dataset]] = {"letters": load_letters}
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
