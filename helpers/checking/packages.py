"""Packages that only a part of the course needs, and what to do where one is not there."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from helpers.checking.catalogue import catalogue
from helpers.errors import PackageError


def missing(packages: Iterable[str]) -> list[str]:
    """Those of the packages that cannot be imported here; none is imported to find out.

    Examples
    --------
    >>> missing(["json", "no_such_package"])
    ['no_such_package']
    """
    return [name for name in packages if find_spec(name) is None]


def need(package: str) -> None:
    """Say what to do where a package is not installed, and do nothing where it is.

    Raises
    ------
    PackageError
        It is not installed.

    Examples
    --------
    >>> need("json")
    """
    if missing([package]):
        raise PackageError(remedy(package))


def remedy(package: str) -> str:
    """One sentence or two on how to install a package."""
    library = catalogue().libraries.get(package)
    usual = f"the package {package} is not installed: pip install {package}"
    return (library and library.remedy) or usual
