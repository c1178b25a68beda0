"""What the box promises, tried out on this machine: code in it attempts what it must not reach.

Each promise is a line of SECURITY.md. `course doctor` tries them, since kernels, containers and
accounts differ: an account that is root, for one, may start as many processes as it likes.
"""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from autograder.course.course import Course
from autograder.sandbox.backend import Program, RemoteBackend
from autograder.sandbox.box import Sandbox
from autograder.sandbox.command import COURSE
from autograder.student_process.confine import Limits
from helpers.checking.answers import Cell
from helpers.checking.failures import CheckFailure
from helpers.errors import SandboxError

ATTEMPTS = """
import os
import socket


def reaches(port):
    with socket.socket() as line:
        line.settimeout(2)
        line.connect(("127.0.0.1", port))
    return True


def reads(path):
    with open(path, "rb") as file:
        file.read(1)
    return True


def finds(place):
    return any(
        name in ("hidden.py", "chaffs.py") or name.endswith(".ipynb")
        for _, _, names in os.walk(place)
        for name in names
    )


def writes(path):
    with open(path, "wb") as file:
        file.write(b"x")
    return True


def sees(process):
    return str(process) in os.listdir("/proc") and process not in (os.getpid(), os.getppid())


def knows(name):
    return name in os.environ


def takes(memory):
    return bool(bytearray(memory))


def fills(size):
    with open("large", "wb") as file:
        return file.write(b"x" * size) == size


def starts(number):
    children = []
    try:
        for _ in range(number):
            child = os.fork()
            if not child:
                os.read(os.pipe()[0], 1)
            children.append(child)
        return True
    finally:
        for child in children:
            os.kill(child, 9)
            os.waitpid(child, 0)


def opens(number):
    files = [open(os.devnull) for _ in range(number)]
    return len(files) == number
"""
SECONDS = 10.0
MARK = "GRADER_PROMISE"


@dataclass(frozen=True)
class Promise:
    """Something that a student's code cannot do, and the attempt to do it.

    Attributes
    ----------
    text : str
        As it stands in SECURITY.md.
    attempt : callable
        Takes a function that calls an attempt in the box by name, and returns whether it worked.
    """

    text: str
    attempt: Callable[[Callable[..., bool]], bool]


def promises(course: Course, folder: Path, port: int) -> list[Promise]:
    """All of them, where somebody listens at a port and a secret lies in a folder."""
    private = [folder / "secret", *islice(filter(Path.is_file, Path.home().glob(".*")), 5)]
    kept = (*course.root.glob("exercises/*/hidden.py"), *course.notebook_paths().values())
    limits = Limits()
    return [
        Promise("has no network", lambda call: call("reaches", port)),
        Promise(
            "reads no file of this machine but the system, this Python and the helpers",
            lambda call: any(call("reads", str(path)) for path in private),
        ),
        Promise(
            "sees no hidden check and no solution",
            lambda call: call("finds", COURSE) or any(call("reads", str(path)) for path in kept),
        ),
        Promise(
            "writes nowhere but in a folder of its own, which goes",
            lambda call: any(
                call("writes", f"{place}/promise") for place in (folder, "/course", "/usr", "/etc")
            ),
        ),
        Promise("sees no other process", lambda call: call("sees", os.getpid())),
        Promise("gets nothing of the grader's environment", lambda call: call("knows", MARK)),
        Promise("has a bound on memory", lambda call: call("takes", limits.memory)),
        Promise(
            "has a bound on the size of files", lambda call: call("fills", 2 * limits.file_bytes)
        ),
        Promise("has a bound on open files", lambda call: call("opens", 2 * limits.open_files)),
        Promise("has a bound on processes", lambda call: call("starts", 2 * limits.processes)),
    ]


def kept_promises(course: Course, *, confined: bool = True) -> Iterator[tuple[str, bool]]:
    """Try each promise in the box; its text, and whether it holds here.

    Raises
    ------
    SandboxError
        The box cannot be started on this machine.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(socket.create_server(("127.0.0.1", 0))) as listening,
        Sandbox(course, confined=confined) as box,
    ):
        (Path(folder) / "secret").write_text("secret", encoding="utf-8")
        if not _succeeds(box, "takes", 1):  # else every attempt would seem to be held off
            raise SandboxError("the sandbox does not answer; run course doctor again")
        os.environ[MARK] = "secret"
        try:
            for promise in promises(course, Path(folder), listening.getsockname()[1]):
                yield promise.text, not promise.attempt(partial(_succeeds, box))
        finally:
            del os.environ[MARK]


def _succeeds(box: Sandbox, name: str, argument: object) -> bool:
    """Whether an attempt worked; what raises, or does not come back, did not."""
    backend = RemoteBackend(box, Program((Cell(ATTEMPTS, "attempts"),), (name,)))
    try:
        return backend.call(name, (argument,), {}, SECONDS).value is True
    except CheckFailure:
        return False
    finally:
        backend.close()
