"""What the box shows of the machine: the system, this Python, and packages. No home, no checkout.

Python and its packages lie at places of the box's own, so that no path of the machine's can be read
off ``sys.path``, a traceback or a module. (``/proc/self/mountinfo`` still names where they come
from: the kernel writes it, and no process without privileges can hide it.)

A package that is not offered is not there. That is a defence: an import hook could be taken out.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from glob import glob
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.markers import UndefinedEnvironmentName
from packaging.requirements import InvalidRequirement, Requirement

SYSTEM = ("/usr", "/lib", "/lib32", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/alternatives")
PYTHON = "/opt/python"
PACKAGES = "/opt/site-packages"  # and /opt/site-packages-2, ... where there are several
FOLDERS = ("site-packages", "dist-packages")
EVERYTHING = None  # all packages of this Python are offered
Offers = tuple[str, ...] | None


@dataclass(frozen=True)
class Machine:
    """Where things of this machine lie in the box.

    Attributes
    ----------
    arguments : tuple of str
        For bubblewrap: what is mounted where.
    python : str
        The program.
    packages : tuple of str
        The folders in which packages lie.
    """

    arguments: tuple[str, ...]
    python: str
    packages: tuple[str, ...]


def machine(
    offers: Offers = EVERYTHING, masked: Iterable[Path] = (), moved: bool = True
) -> Machine:
    """What the box shows of this machine.

    Parameters
    ----------
    offers : tuple of str, optional
        The packages that are there, by the names under which they are installed. What they need is
        there, too. By default all are.
    masked : iterable of Path
        Folders of which nothing is shown where they lie inside what is shown.
    moved : bool
        Whether Python lies at a place of the box's own: there are some that do not run there.
    """
    base = os.path.realpath(sys.base_prefix)
    places = {path: path for path in SYSTEM if os.path.exists(path)}
    if not lies_in(base, places):
        places[base] = PYTHON if moved else base
    ours = package_folders()
    for number, folder in enumerate(f for f in ours if not lies_in(os.path.realpath(f), places)):
        places[os.path.realpath(folder)] = PACKAGES + (f"-{number + 1}" if number else "")
    found = []
    for path, place in places.items():
        if offers is EVERYTHING or place == path or path == base:
            found += ["--ro-bind-try", path, place]
    for folder in _others(base, ours):
        found += _emptied(in_box(folder, places))
    for folder in ours:
        found += _offered(folder, in_box(folder, places), offers)
    for folder in masked:
        if (
            folder.is_dir()
            and (place := in_box(str(folder), places))
            and _is_shown(folder, ours, offers)
        ):
            found += _emptied(place)
    return Machine(tuple(found), in_box(_program(base), places),
                   tuple(in_box(folder, places) for folder in ours))  # fmt: skip


def package_folders() -> list[str]:
    """The folders in which the packages of this Python lie."""
    named = (p for p in sys.path if os.path.basename(p) in FOLDERS and os.path.isdir(p))
    return list(dict.fromkeys(named))


def in_box(path: str, places: dict[str, str]) -> str:
    """Where a path of the machine's lies in the box; empty where it does not."""
    for one in dict.fromkeys((path, os.path.realpath(path))):
        for outside, inside in sorted(places.items(), key=lambda pair: -len(pair[0])):
            if lies_in(one, [outside]):
                return inside + one[len(outside.rstrip("/")) :]
    return ""


def lies_in(path: str, folders: Iterable[str]) -> bool:
    """Whether a path is one of these or inside one."""
    return any(path == folder or path.startswith(folder.rstrip("/") + "/") for folder in folders)


def _program(base: str) -> str:
    """Python itself: in a virtual environment the one that it was made with."""
    program = os.path.realpath(sys._base_executable)
    usual = f"{base}/bin/python{sys.version_info[0]}.{sys.version_info[1]}"
    return program if lies_in(program, [base]) else usual


def _others(base: str, ours: Sequence[str]) -> list[str]:
    """Folders of packages that this Python does not use, and could be told to."""
    found = []
    for root in dict.fromkeys((base, "/usr", "/usr/local")):
        found += glob(f"{root}/lib*/python3*/*-packages")
    found += [f"{base}/pkgs", f"{base}/envs"]  # of conda
    real = {os.path.realpath(folder) for folder in ours}
    return sorted({f for f in found if os.path.isdir(f) and os.path.realpath(f) not in real})


def _emptied(place: str) -> list[str]:
    return ["--tmpfs", place, "--remount-ro", place] if place else []


def _offered(folder: str, place: str, offers: Offers) -> list[str]:
    """Mount what is offered of a folder, each item by itself."""
    if offers is EVERYTHING:
        return []
    found = ["--tmpfs", place]
    for item in items_offered(folder, offers):
        found += ["--ro-bind", f"{folder}/{item}", f"{place}/{item}"]
    return [*found, "--remount-ro", place]


def _is_shown(folder: Path, ours: Sequence[str], offers: Offers) -> bool:
    """Whether a folder is there: of packages only those are that are offered."""
    return offers is EVERYTHING or not lies_in(str(folder), ours)


@cache
def items_offered(folder: str, offers: tuple[str, ...]) -> tuple[str, ...]:
    """The files and folders in a folder of packages that belong to these, and to what they need."""
    found: set[str] = set()
    for name in with_what_they_need(offers):
        for one in distributions(name=name, path=[folder]):
            found.update(_items(one))
    return tuple(sorted(item for item in found if os.path.exists(f"{folder}/{item}")))


@cache
def with_what_they_need(offers: tuple[str, ...]) -> frozenset[str]:
    """The names of packages, and of all that they need in turn.

    Examples
    --------
    >>> "numpy" in with_what_they_need(("matplotlib",)), "scipy" in with_what_they_need(("numpy",))
    (True, False)
    """
    found: set[str] = set()
    left = [_canonical(name) for name in offers]
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            for one in distributions(name=name, path=package_folders()):
                left += _required(one)
    return frozenset(found)


def _required(one: Distribution) -> Iterator[str]:
    for text in one.requires or ():
        try:
            needed = Requirement(text)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                yield _canonical(needed.name)
        except (InvalidRequirement, UndefinedEnvironmentName):
            continue


def _items(one: Distribution) -> Iterator[str]:
    """What a package has put into its folder, at the top."""
    listed = (one.read_text("RECORD") or "").splitlines()  # one.files would parse each line
    for first in {line.partition(",")[0].strip('"').partition("/")[0] for line in listed}:
        if first not in ("..", "__pycache__", "bin", "") and not first.endswith(".pth"):
            yield first
    if not listed:  # of a kind that keeps no list
        named = (one.read_text("top_level.txt") or one.metadata["Name"] or "").split()
        yield from (item for name in named for item in (name, f"{name}.py"))


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
