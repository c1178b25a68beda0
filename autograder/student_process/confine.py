"""Limits that a process lays on itself before it runs a student's code; none can be lifted.

The sandbox around it already hides files and network. Here come the limits that are set
from within: memory, processor time, the size of files, and the filter of system calls.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from dataclasses import dataclass

from .calls import filter_program

PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_MODE_FILTER = 2


@dataclass(frozen=True)
class Limits:
    """What a student's process may use.

    Attributes
    ----------
    memory : int
        Bytes of address space.
    cpu_seconds : int
        Processor time of one process, that is, of one exercise.
    file_bytes : int
        Size of a file.
    open_files : int
        Descriptors.
    processes : int
        Processes and threads, where the kernel counts them for this user.
    """

    memory: int = 2 * 2**30
    cpu_seconds: int = 60
    file_bytes: int = 16 * 2**20
    open_files: int = 64
    processes: int = 32


def hide_memory() -> None:
    """Keep other processes of the same user from reading or tracing this one (Linux only)."""
    if sys.platform == "linux":
        _libc().prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of all descendants whose own parent ends (Linux only)."""
    if sys.platform == "linux":
        _libc().prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def mapped_memory() -> int:
    """Bytes of address space that this process has by now: large packages map a lot (Linux)."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def confine(limits: Limits, *, sandboxed: bool) -> None:
    """Lay the limits on this process, for good.

    Parameters
    ----------
    limits : Limits
        What is allowed.
    sandboxed : bool
        Whether this is inside the sandbox. There, all of it must succeed; without the
        sandbox the filter of system calls is laid where the machine has one.

    Raises
    ------
    OSError
        The kernel refused; nothing of a student's may run then.
    """
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_FSIZE, limits.file_bytes)
    _set(resource.RLIMIT_NOFILE, limits.open_files)
    _set(resource.RLIMIT_CPU, limits.cpu_seconds)
    if sys.platform == "linux":
        _set(resource.RLIMIT_AS, limits.memory)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a file too large is an OSError, no death
    if sandboxed:
        _set(resource.RLIMIT_NPROC, limits.processes)  # outside, all of a user's are counted
    try:
        _install_filter()
    except OSError:
        if sandboxed:
            raise


def _set(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _install_filter() -> None:
    if sys.platform != "linux":
        return
    program = filter_program(platform.machine(), os.getpid())
    buffer = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(buffer))
    header_buffer = ctypes.create_string_buffer(header, len(header))
    libc = _libc()
    libc.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(
        PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(header_buffer), 0, 0
    ):
        code = ctypes.get_errno()
        raise OSError(code, f"the kernel takes no filter of system calls: {os.strerror(code)}")
