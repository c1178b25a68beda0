"""The archive that is uploaded to Gradescope: two scripts, and the course beside them."""

from __future__ import annotations

import shlex
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

from autograder.course.course import Course, find_course
from autograder.course.directories import copy_files, new_directory
from autograder.course.release import DATA_SUFFIXES
from helpers.checking.catalogue import find_exercise
from helpers.datasets.sources import SOURCES
from helpers.errors import CourseDirectoryError, CourseError

SETUP = """#!/usr/bin/env bash
# Runs once, as root, when the container is built: Ubuntu 24.04 or newer.
set -euo pipefail
apt-get update
apt-get install --yes python3 python3-venv bubblewrap
cd /autograder/source
python3 -c 'import sys; assert sys.version_info >= (3, 11), "Python 3.11 or newer is needed"'
python3 -m venv .venv
.venv/bin/python -m pip install --constraint constraints.txt --editable "$course"
"""
RUN = """#!/usr/bin/env bash
# Runs for every submission.
exec /autograder/source/.venv/bin/course gradescope grade $options
"""
FILES = ("pyproject.toml", "constraints.txt", "README.md", "LICENSE", "LICENSE-CC-BY-4.0")
FOLDERS = ("notebooks", "helpers", "autograder")


def pack(
    target: Path,
    *,
    only: Sequence[str] = (),
    sandbox: bool = True,
    torch: bool = False,
    course: Course | None = None,
) -> int:
    """Write the archive to upload: ``setup.sh``, ``run_autograder``, and the course.

    Parameters
    ----------
    target : Path
        A zip file that does not exist yet.
    only : sequence of str
        Ids of the exercises to grade; all where it is empty.
    sandbox : bool
        False puts ``--no-sandbox`` into ``run_autograder``.
    torch : bool
        Whether PyTorch is installed, which notebook 6 needs and which is large.
    course : Course, optional
        The checkout; by default the one that this package is part of.

    Returns
    -------
    int
        The size of the archive in bytes.

    Raises
    ------
    CourseDirectoryError
        The file exists, or cannot be written.
    CourseError
        The checkout is not complete.
    ExerciseError
        An id in `only` is no exercise.
    """
    course = course or find_course()
    options = [part for name in only for part in ("--only", find_exercise(name).id)]
    options += [] if sandbox else ["--no-sandbox"]
    if target.suffix != ".zip":
        raise CourseDirectoryError(f"{target} has no name that ends in .zip; say {target.stem}.zip")
    if target.exists():
        raise CourseDirectoryError(f"{target} exists; name a new file, or remove it first")
    with new_directory(target.with_suffix(".folder")) as folder:
        try:
            _fill(folder, course, options, ".[torch]" if torch else ".")
            _zip(folder, target)
        except OSError as error:
            target.unlink(missing_ok=True)
            raise CourseDirectoryError(
                f"{target} cannot be written ({error.strerror}); name another place"
            ) from error
    shutil.rmtree(target.with_suffix(".folder"))
    return target.stat().st_size


def _fill(folder: Path, course: Course, options: Sequence[str], package: str) -> None:
    for name in FOLDERS:
        copy_files(course.root / name, folder / name)
    copy_files(course.data, folder / "data", suffixes=DATA_SUFFIXES, without=frozenset(SOURCES))
    for name in FILES:
        if not (course.root / name).is_file():
            raise CourseError(f"{course.root / name} is missing; restore it from the repository")
        shutil.copyfile(course.root / name, folder / name)
    for name, text in (("setup.sh", SETUP), ("run_autograder", RUN)):
        text = text.replace(" $options", "".join(f" {shlex.quote(o)}" for o in options))
        text = text.replace("$course", package)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        (folder / name).chmod(0o755)


def _zip(folder: Path, target: Path) -> None:
    """The files themselves at the root of the archive, as Gradescope wants them."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder))
