"""What ``course doctor`` asks of the machine: sandbox, packages, room on the disk, a browser."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import distributions
from pathlib import Path

from autograder.course.course import Course
from autograder.course.doctor import Finding
from autograder.grading.class_run import prove_sandbox
from autograder.sandbox.promises import kept_promises
from helpers.checking.packages import missing
from helpers.errors import CourseError

NEEDED = ("nbformat", "nbgrader", "numpy", "pytest", "rich")
ROOM = 2 * 2**30
"""Bytes that a class of some hundreds may need."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def examine_machine(course: Course) -> Iterator[Finding]:
    """Look at this machine, one thing after the other."""
    sandbox = Finding("sandbox", tuple(_sandbox(course)))
    yield sandbox
    if sandbox.ok:
        yield from _promises(course)
    yield Finding("packages", tuple(_packages()))
    yield Finding("packages of single exercises", tuple(cannot_grade(course)), serious=False)
    yield Finding("packages that the sandbox offers", tuple(_offered(course)), serious=False)
    yield Finding("room on the disk", tuple(_room(Path.cwd())), serious=False)
    yield Finding("account", tuple(_account()), serious=False)
    if (course.root / "book").is_dir():
        yield Finding("browser for the book", tuple(_browser()), serious=False)


def _sandbox(course: Course) -> Iterator[str]:
    try:
        prove_sandbox(course)
    except CourseError as error:
        yield str(error)


def _promises(course: Course) -> Iterator[Finding]:
    """What SECURITY.md promises of students' code, tried out here."""
    remedy = "this machine does not hold it: grade on another one, or in a container of its own"
    for text, kept in kept_promises(course):
        yield Finding(f"code in the sandbox {text}", () if kept else (remedy,))


def _packages() -> Iterator[str]:
    for name in missing(NEEDED):
        yield f"{name} is not installed in {sys.prefix}; install the grader again"


def cannot_grade(course: Course, only: Sequence[str] = ()) -> Iterator[str]:
    """What cannot be graded on this machine, and what would help; of some exercises, or of all."""
    for name in course.libraries:
        lacking = [e.id for e in course.exercises
                   if name in e.packages and (not only or e.id in only)]  # fmt: skip
        if lacking and missing([name]):
            remedy = " ".join(course.libraries[name].remedy.split())
            yield f"{', '.join(lacking)} cannot be graded here. {remedy}"


def _offered(course: Course) -> Iterator[str]:
    """What ``[engine.box]`` names and nobody has installed, libraries of exercises left out."""
    every = {name for one in course.notebooks for name in course.box.offered(one) or ()}
    for name in sorted(every - set(course.libraries)):
        if not any(distributions(name=name)):
            yield f"{name} is not installed in {sys.prefix}: answers that import it fail here"


def _room(folder: Path) -> Iterator[str]:
    free = shutil.disk_usage(folder).free
    if free < ROOM:
        yield f"{free / 2**30:.1f} GB are free in {folder}; a class may need {ROOM / 2**30:.0f}"


def _account() -> Iterator[str]:
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        yield "you are root; grade from an ordinary account, as the box then holds more"


def _browser() -> Iterator[str]:
    if not any(map(shutil.which, BROWSERS)):
        yield "there is no Chromium, which the PDF of the book needs: install chromium"
