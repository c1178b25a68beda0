"""What is left of an exercise: processes are killed, files removed, before the next begins."""

from __future__ import annotations

import os
import shutil
import signal
import stat
from contextlib import suppress
from pathlib import Path

MAX_THREADS = 32
MAX_FILES = 2000  # more than that, and the process is stopped
MANY_FILES = 300  # more than that, and a new sandbox is cheaper than removing them


def is_modest(child: int) -> bool:
    """Whether a process has no more threads than allowed (limits of the kernel spare root)."""
    try:
        text = Path(f"/proc/{child}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return True  # it has ended, or there is no /proc
    return int(text.rpartition(")")[2].split()[17]) <= MAX_THREADS


class Scratch:
    """The folder in which a student's process may write.

    Parameters
    ----------
    folder : Path
        It must be empty.
    own_filesystem : bool
        Whether nobody else writes to its file system, so that what is used there tells
        what is left.
    """

    def __init__(self, folder: Path, own_filesystem: bool):
        self._folder = folder
        self._own_filesystem = own_filesystem
        self._fresh = self._used()
        self._state = self._looks()

    def is_modest(self) -> bool:
        """Whether it holds no more files than allowed (the kernel's limit is millions)."""
        return not self._own_filesystem or self._used()[0] - self._fresh[0] <= MAX_FILES

    def clear(self) -> bool:
        """Remove all that is in it; say whether it is as it was at the beginning."""
        if self._own_filesystem and self._used()[0] - self._fresh[0] > MANY_FILES:
            return False
        with suppress(OSError, RecursionError):
            self._folder.chmod(stat.S_IMODE(self._state[0]))
            _empty(self._folder)
        with suppress(OSError):
            os.utime(self._folder, (0, 0))  # not even the time of the last change carries over
            return self._used() == self._fresh and self._looks() == self._state
        return False

    def _used(self) -> tuple[int, int]:
        """Files and blocks in use, where they tell anything."""
        if not self._own_filesystem:
            return 0, 0
        about = os.statvfs(self._folder)
        return about.f_files - about.f_ffree, about.f_blocks - about.f_bfree

    def _looks(self) -> tuple[int, int, int, tuple[str, ...]]:
        about = self._folder.stat()
        return about.st_mode, about.st_uid, about.st_gid, tuple(_attributes(self._folder))


def _attributes(folder: Path) -> list[str]:
    try:
        return os.listxattr(folder)
    except (AttributeError, OSError):
        return []  # this system, or this file system, has none


def _empty(folder: Path) -> None:
    for where, folders, _ in os.walk(folder):  # from the top: a closed folder is opened first
        for path in (os.path.join(where, name) for name in folders):
            if not os.path.islink(path):
                with suppress(OSError):
                    os.chmod(path, 0o700)
    with os.scandir(folder) as entries:
        for entry in list(entries):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            else:
                os.unlink(entry.path)


def kill_all_others(child: int, sandboxed: bool) -> None:
    """Kill all processes in the sandbox but this one; without a sandbox, all descendants.

    Parameters
    ----------
    child : int
        The one process that was started, or 0; where nothing tells of others, it alone is
        killed.
    sandboxed : bool
        Whether this is process 1 of a sandbox.
    """
    if sandboxed:
        with suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)
        with suppress(ChildProcessError):
            while os.wait():
                pass
        return
    while True:  # orphans come back to this process, one generation after the other
        for victim in _children() or [child] * bool(child):
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        try:
            os.wait()
        except ChildProcessError:
            return


def _children() -> list[int]:
    """The numbers of this process's children, where /proc tells them."""
    found = []
    for name in os.listdir("/proc") if os.path.isdir("/proc/self") else ():
        if name.isdigit():
            with suppress(OSError):
                text = Path(f"/proc/{name}/stat").read_text(encoding="ascii", errors="replace")
                if int(text.rpartition(")")[2].split()[1]) == os.getpid():
                    found.append(int(name))
    return found
