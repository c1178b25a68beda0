"""The first process in the sandbox: it forks a fresh process for every exercise.

Importing NumPy costs more than grading an exercise does, so it happens once, here, before
any of the student's code is seen. For each exercise this process receives a socket over
the control channel (its standard input), forks, and the child confines itself, loads the
answers and serves the socket. When the exercise is over every other process in the sandbox
is killed and the temporary folder emptied, so nothing carries over to the next; where that
cannot be had quickly, this process ends, and the sandbox with it.

This process never runs a student's code. Inside the sandbox it is process 1, which its
children cannot signal, and its memory is hidden from them.
"""

from __future__ import annotations

import importlib
import itertools
import json
import os
import select
import site
import socket
import sys
from pathlib import Path

if __package__ in (None, ""):  # started as a folder: make the relative imports below work
    told = json.loads(sys.argv[1])
    sys.path[:0] = [str(Path(__file__).resolve().parents[1]), *told["paths"]]
    sys.path += told["packages"]
    __package__ = Path(__file__).resolve().parent.name
    __import__(__package__)

import numpy as np  # noqa: F401  (imported once, before the forks)

import helpers
import helpers.checking.answers
from helpers.checking import libraries

from . import pristine
from .clearing import Scratch, is_modest, kill_all_others
from .confine import Limits, adopt_orphans, confine, hide_memory, mapped_memory
from .session import serve
from .wire import Channel

START, STOP, READY, LIBRARY = b"s", b"k", b"r", b"l"
"""What is said over the control channel. After ``LIBRARY`` comes one byte: which of those that
the course names is to be imported."""
WATCH_SECONDS = 0.1


def main() -> None:
    """Serve the control channel until it closes."""
    told = json.loads(sys.argv[1])
    helpers.__path__ += told["helpers"]
    for name in told["modules"]:
        importlib.import_module(name)
    libraries.use(told["libraries"])
    pristine.keep(told["probes"])
    control = socket.socket(fileno=0)
    sandboxed = "--sandboxed" in sys.argv
    site.setquit()  # exit() and quit(), as in a notebook
    if sandboxed and os.getpid() != 1:
        sys.exit("not the first process of a sandbox")
    hide_memory()
    adopt_orphans()
    scratch = Scratch(Path(os.environ["TMPDIR"]), own_filesystem=sandboxed)
    control.sendall(READY)
    child = 0
    clean = True
    large = False  # whether a library was imported
    while clean:
        _watch(control, child, scratch, sandboxed)
        message, descriptors, _, _ = socket.recv_fds(control, 1, 2)
        if message == START and descriptors:
            child = _start(control, descriptors, sandboxed, large)
            for descriptor in descriptors:
                os.close(descriptor)
        elif message == STOP:
            kill_all_others(child, sandboxed)
            child = 0
            clean = scratch.clear()
        elif message == LIBRARY:
            libraries.KNOWN[control.recv(1)[0]].get_ready()
            large = True
        else:
            break
        if clean:
            control.sendall(message)
    kill_all_others(child, sandboxed)
    scratch.clear()


def _watch(control: socket.socket, child: int, scratch: Scratch, sandboxed: bool) -> None:
    """Wait for the next message; meanwhile see that the child stays modest."""
    while not select.select([control], [], [], WATCH_SECONDS if child else None)[0]:
        if not (is_modest(child) and scratch.is_modest()):
            kill_all_others(child, sandboxed)
            child = 0


def _start(control: socket.socket, descriptors: list[int], sandboxed: bool, large: bool) -> int:
    """Fork; the child serves the first descriptor, and has the second for its link."""
    child = os.fork()
    if child:
        return child
    try:
        control.detach()
        _silence(keep=descriptors)
        channel, *links = (socket.socket(fileno=descriptor) for descriptor in descriptors)
        try:
            os.chdir(os.environ["TMPDIR"])
            memory = Limits.memory + mapped_memory() * large
            confine(Limits(memory), sandboxed=sandboxed)
        except OSError as error:
            channel.sendall(f"{error}".encode()[:500])
            os._exit(1)
        channel.sendall(READY)
        serve(*map(Channel, [channel, *links]))
    finally:
        os._exit(0)


def _silence(keep: list[int]) -> None:
    """Close everything that was inherited but these sockets; read nothing, print nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    highest = min(os.sysconf("SC_OPEN_MAX"), 65536)
    for below, above in itertools.pairwise([2, *sorted(keep), highest]):
        os.closerange(below + 1, above)


if __name__ == "__main__":
    try:
        main()
    finally:
        sys.stderr.flush()
        os._exit(0)
