"""Seeing what a submission leaves behind: processes and files."""

from __future__ import annotations

import ctypes
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36
PLACES = ("/tmp", "/var/tmp", "/dev/shm", "/", "/usr", "/run")


def adopt_orphans() -> None:
    """Let orphans come to this process, so that none can slip away by losing its parent."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def descendants() -> set[int]:
    """The living processes below this one."""
    parents: dict[int, int] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            with suppress(OSError):
                state, parent = _state(int(name))
                if state not in "ZX":
                    parents[int(name)] = parent
    found = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {os.getpid()}


def _state(pid: int) -> tuple[str, int]:
    fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    return fields[0], int(fields[1])


def wait_until_gone(before: set[int], seconds: float = 20.0) -> set[int]:
    """Give dying processes a moment; the ones that are still there, with what they are."""
    deadline = time.monotonic() + seconds
    while (left := descendants() - before) and time.monotonic() < deadline:
        time.sleep(0.05)
    return {_name(pid) for pid in left}


def _name(pid: int) -> str:
    with suppress(OSError):
        return f"{pid}: {Path(f'/proc/{pid}/cmdline').read_text(errors='replace')}"
    return str(pid)


def files_named(token: str) -> list[str]:
    """Files with a word in their names, in all places where one might be left."""
    places = {*PLACES, os.getcwd(), tempfile.gettempdir(), str(Path.home())}
    return [
        os.path.join(place, name)
        for place in places
        if os.path.isdir(place)
        for name in os.listdir(place)
        if token in name
    ]


@contextmanager
def nothing_left(token: str) -> Iterator[None]:
    """Fail if a process, or a file with this word in its name, outlives the block."""
    adopt_orphans()
    before = descendants()
    yield
    assert not wait_until_gone(before), "processes are left"
    assert not files_named(token), "files are left"
