"""The archive that is uploaded to Gradescope: two scripts, and the course beside them."""

from __future__ import annotations

import shlex
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

from autograder.course.course import Course, find_course
from autograder.course.kit import DATA_SUFFIXES
from autograder.course.writing import copy_files, new_directory
from helpers.checking.catalogue import BESIDE, FILE
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
HERE, OTHER = "/autograder/source", "course"
"""Where Gradescope unpacks the archive; another course than the grader's own lies beside it."""


def pack(
    target: Path,
    *,
    only: Sequence[str] = (),
    sandbox: bool = True,
    libraries: Sequence[str] = (),
    hidden_checks: str = "",
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
    libraries : sequence of str
        Those of the course's libraries that are installed there: they are large.
    hidden_checks : str
        When students see what hidden checks say: one of
        :data:`autograder.gradescope.results.VISIBILITIES`, of which the first is the default.
    course : Course, optional
        By default that of :func:`autograder.course.course.find_course`.

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
    options = [part for name in only for part in ("--only", course.find(name).id)]
    options += [] if sandbox else ["--no-sandbox"]
    options += ["--hidden-checks", hidden_checks] if hidden_checks else []
    options += [] if course.root == BESIDE else ["--course", f"{HERE}/{OTHER}"]
    if target.suffix != ".zip":
        raise CourseDirectoryError(f"{target} has no name that ends in .zip; say {target.stem}.zip")
    if target.exists():
        raise CourseDirectoryError(f"{target} exists; name a new file, or remove it first")
    with new_directory(target.with_suffix(".folder")) as folder:
        try:
            _fill(folder, course, options, f".[{','.join(libraries)}]" if libraries else ".")
            _zip(folder, target)
        except OSError as error:
            target.unlink(missing_ok=True)
            raise CourseDirectoryError(
                f"{target} cannot be written ({error.strerror}); name another place"
            ) from error
    shutil.rmtree(target.with_suffix(".folder"))
    return target.stat().st_size


def _fill(folder: Path, course: Course, options: Sequence[str], package: str) -> None:
    place = folder if course.root == BESIDE else folder / OTHER
    copy_files(BESIDE / "autograder", folder / "autograder")
    for name, path in course.helper_items().items():
        copy_files(path, folder / "helpers" / name)
    for name in ("notebooks", "exercises"):
        copy_files(course.root / name, place / name)
    for name in course.students.data:
        copy_files(course.root / "data" / name, place / "data" / name, suffixes=DATA_SUFFIXES)
    for name in (FILE, *course.students.files):
        _copy(course.root / name, place / name)
    for name in FILES:
        _copy(BESIDE / name, folder / name)
    for name, text in (("setup.sh", SETUP), ("run_autograder", RUN)):
        text = text.replace(" $options", "".join(f" {shlex.quote(o)}" for o in options))
        text = text.replace("$course", package)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        (folder / name).chmod(0o755)


def _copy(source: Path, target: Path) -> None:
    if not source.is_file():
        raise CourseError(f"{source} is missing; restore it from the repository")
    copy_files(source, target)


def _zip(folder: Path, target: Path) -> None:
    """The files themselves at the root of the archive, as Gradescope wants them."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder))
