"""The first process in the sandbox: it forks a fresh process for every exercise.

Importing NumPy costs more than grading an exercise does, so it happens once, here, before
any of the student's code is seen. For each exercise this process receives a socket over
the control channel (its standard input), forks, and the child confines itself, loads the
answers and serves the socket. When the exercise is over every other process in the sandbox
is killed and the temporary folder emptied, so nothing carries over to the next.

This process never runs a student's code. Inside the sandbox it is process 1, which its
children cannot signal, and its memory is hidden from them.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
from pathlib import Path

if __package__ in (None, ""):  # started as a folder: make the relative imports below work
    sys.path[:0] = [str(Path(__file__).resolve().parents[1]), os.environ.get("COURSE_PATH", "")]
    __package__ = Path(__file__).resolve().parent.name
    __import__(__package__)

import numpy as np  # noqa: F401  (imported once, before the forks)

import helpers.activations
import helpers.checking.answers  # noqa: F401

from .confine import Limits, confine, hide_memory
from .session import serve
from .wire import Channel

START, STOP, READY = b"s", b"k", b"r"


def main() -> None:
    """Serve the control channel until it closes."""
    control = socket.socket(fileno=0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sandboxed = "--sandboxed" in sys.argv
    if sandboxed and os.getpid() != 1:
        sys.exit("not the first process of a sandbox")
    hide_memory()
    control.sendall(READY)
    child = 0
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if message == START and descriptors:
            child = _start(control, descriptors[0], sandboxed)
            os.close(descriptors[0])
        elif message == STOP:
            _stop(child, sandboxed)
        else:
            break
        control.sendall(message)
    _stop(child, sandboxed)


def _start(control: socket.socket, descriptor: int, sandboxed: bool) -> int:
    child = os.fork()
    if child:
        return child
    try:
        control.detach()
        _silence(keep=descriptor)
        channel = Channel(socket.socket(fileno=descriptor))
        os.chdir(os.environ.get("TMPDIR", "/"))
        confine(Limits(), filter_calls=sandboxed)
        serve(channel)
    finally:
        os._exit(0)


def _silence(keep: int) -> None:
    """Close everything that was inherited but the one socket; read nothing, print nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    highest = os.sysconf("SC_OPEN_MAX")
    os.closerange(3, keep)
    os.closerange(keep + 1, min(highest, 65536))


def _stop(child: int, sandboxed: bool) -> None:
    """Kill all that runs beside this process, and wipe what it wrote."""
    try:
        if sandboxed:
            os.kill(-1, signal.SIGKILL)
        elif child:
            os.kill(child, signal.SIGKILL)
    except ProcessLookupError:
        pass
    try:
        while os.wait():
            pass
    except ChildProcessError:
        pass
    if sandboxed:
        _empty(Path(os.environ["TMPDIR"]))
        _empty(Path("/dev/shm"))


def _empty(folder: Path) -> None:
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
