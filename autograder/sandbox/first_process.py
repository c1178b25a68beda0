"""The first process of a box: it is started, asked for fresh processes, and ended.

Everything in the box dies with it, and it dies with this process.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress

from autograder.course.course import Course
from autograder.sandbox.command import bwraps, confined_command, environment, open_command
from autograder.sandbox.machine import Offers
from autograder.student_process.__main__ import LIBRARY, READY, START, STOP
from helpers.errors import SandboxError

START_SECONDS = 60.0
IMPORT_SECONDS = 180.0
STOP_SECONDS = 10.0
LEAVE_SECONDS = 5.0


class FirstProcess:
    """A box that runs.

    Parameters
    ----------
    course : Course
        What is shown of it.
    offers : tuple of str, optional
        The packages that are there; ``None`` are all.
    confined : bool
        False runs the same processes without bubblewrap.

    Raises
    ------
    SandboxError
        The box cannot be started on this machine.
    """

    def __init__(self, course: Course, offers: Offers, confined: bool):
        self._course = course
        self._imported: set[str] = set()
        self._folder = ""
        if confined:
            self._start_confined(offers)
        else:
            self._folder = tempfile.mkdtemp(prefix="course-")
            self._start(open_command(course), environment(self._folder))

    def fork(self, packages: Sequence[str], link: socket.socket | None) -> socket.socket:
        """Fork a fresh process, and give the socket that it serves.

        Raises
        ------
        OSError, SandboxError
            The box is gone, or a process cannot be confined in it.
        """
        known = list(self._course.libraries)
        for package in set(packages) & set(known) - self._imported:
            self._control.sendall(LIBRARY + bytes([known.index(package)]))
            self._expect(LIBRARY, IMPORT_SECONDS)
            self._imported.add(package)
        ours, theirs = socket.socketpair()
        with theirs:
            descriptors = [end.fileno() for end in (theirs, link) if end is not None]
            socket.send_fds(self._control, [START], descriptors)
        self._expect(START, START_SECONDS)
        ours.settimeout(START_SECONDS)
        said = ours.recv(500)  # before any of the student's code runs
        if said != READY:
            why = said.decode("utf-8", "replace") or "it ended"
            raise SandboxError(f"a process in the sandbox cannot lay limits on itself: {why}")
        return ours

    def end_forked(self) -> None:
        """Kill the process that was forked, with everything it left behind.

        Raises
        ------
        OSError, SandboxError
            The first process does not answer.
        """
        self._control.sendall(STOP)
        self._expect(STOP, STOP_SECONDS)

    def close(self) -> None:
        """End the whole box, and return when nothing in it runs any more."""
        self._control.close()  # at the end of its input the first process kills and leaves
        try:
            self._process.wait(LEAVE_SECONDS)
        except subprocess.TimeoutExpired:
            _kill_group(self._process)
        _read_to_end(self._process, LEAVE_SECONDS)
        _remove(self._folder)

    def _start_confined(self, offers: Offers) -> None:
        # There are builds of Python that run only where they were installed.
        tries = [(program, moved) for moved in (True, False) for program in bwraps()]
        for program, moved in tries:
            try:
                self._start(confined_command(program, self._course, offers, moved), {})
                return
            except SandboxError:
                if (program, moved) == tries[-1]:
                    raise

    def _start(self, command: list[str], env: dict[str, str]) -> None:
        ours, theirs = socket.socketpair()
        self._control = ours
        self._process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=env,
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
            _remove(self._folder)
            raise SandboxError(
                f"the sandbox does not start: {said[-1] if said else 'it said nothing'}; "
                "install bubblewrap and allow unprivileged user namespaces, or grade with "
                "--no-sandbox on a machine that you can afford to lose"
            ) from None

    def _expect(self, message: bytes, seconds: float) -> None:
        self._control.settimeout(seconds)
        if self._control.recv(1) != message:
            raise SandboxError("the first process in the sandbox does not answer")


def _remove(folder: str) -> None:
    """Remove a folder, however deep: before Python 3.13 ``rmtree`` calls itself at each level."""
    with suppress(RecursionError):
        shutil.rmtree(folder, ignore_errors=True)
    if os.path.isdir(folder):
        subprocess.run(["rm", "-rf", "--", folder], stderr=subprocess.DEVNULL, check=False)


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
