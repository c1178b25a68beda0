"""Packages that only a part of the course needs, and what to do where one is not there."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from helpers.errors import PackageError

TORCH = "torch==2.13.0"
REMEDIES = {
    "torch": (
        f"PyTorch is not installed. In a terminal, in the environment of the course: "
        f"pip install {TORCH}. On Windows and macOS that is the build for the processor; on Linux "
        "it brings the one for Nvidia's graphics cards, which is large. The page "
        "pytorch.org/get-started lists all builds, also small ones for Linux without a card"
    )
}


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
    return REMEDIES.get(package, f"the package {package} is not installed: pip install {package}")
