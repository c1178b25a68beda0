"""Limits that a process lays on itself before it runs a student's code; none can be lifted.

The sandbox around it already hides files and network. Here come the limits that are set
from within: memory, processor time, the size of files, and a filter of system calls that
refuses new processes, sockets, and the calls by which one process meddles with another.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import sys
from dataclasses import dataclass

PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_MODE_FILTER = 2
SECCOMP_ALLOW = 0x7FFF0000
SECCOMP_ERRNO = 0x00050000
SECCOMP_KILL = 0x80000000
CLONE_THREAD = 0x00010000

# Numbers of the refused system calls, by architecture.
AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
REFUSED = {
    "x86_64": {
        "socket": 41, "connect": 42, "accept": 43, "bind": 49, "listen": 50,
        "fork": 57, "vfork": 58, "execve": 59, "ptrace": 101, "syslog": 103, "setsid": 112,
        "pivot_root": 155, "chroot": 161, "mount": 165, "umount2": 166, "add_key": 248,
        "request_key": 249, "keyctl": 250, "unshare": 272, "perf_event_open": 298,
        "setns": 308, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312,
        "memfd_create": 319, "bpf": 321, "execveat": 322, "userfaultfd": 323,
        "io_uring_setup": 425, "pidfd_open": 434, "pidfd_getfd": 438,
    },
    "aarch64": {
        "umount2": 39, "mount": 40, "pivot_root": 41, "chroot": 51, "unshare": 97, "syslog": 116,
        "ptrace": 117, "setsid": 157, "socket": 198, "bind": 200, "listen": 201, "accept": 202,
        "connect": 203, "add_key": 217, "request_key": 218, "keyctl": 219,
        "execve": 221, "perf_event_open": 241, "setns": 268, "process_vm_readv": 270,
        "process_vm_writev": 271, "kcmp": 272, "memfd_create": 279, "bpf": 280,
        "execveat": 281, "userfaultfd": 282, "io_uring_setup": 425, "pidfd_open": 434,
        "pidfd_getfd": 438,
    },
}  # fmt: skip
CLONE = {"x86_64": 56, "aarch64": 220}
CLONE3 = 435


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
    processes: int = 64


def hide_memory() -> None:
    """Keep other processes of the same user from reading or tracing this one (Linux only)."""
    if sys.platform == "linux":
        _libc().prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def confine(limits: Limits, *, filter_calls: bool) -> None:
    """Lay the limits on this process, for good.

    Parameters
    ----------
    limits : Limits
        What is allowed.
    filter_calls : bool
        Whether to install the filter of system calls as well. It is part of the sandbox:
        with it, a process cannot be started and a socket cannot be opened.

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
    if filter_calls:
        _set(resource.RLIMIT_NPROC, limits.processes)
        _install_filter()
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a file too large is an OSError, no death


def _set(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _install_filter() -> None:
    program = filter_program(platform.machine())
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


def filter_program(machine: str) -> bytes:
    """The filter as classic BPF for a machine (``x86_64`` or ``aarch64``).

    Calls of another architecture's table kill the process; the refused calls return EPERM;
    ``clone`` passes for threads only; ``clone3`` says ENOSYS, so that the C library falls
    back to ``clone``, whose flags can be looked at.

    Raises
    ------
    OSError
        The machine is of another kind.
    """
    if machine not in REFUSED:
        raise OSError(errno.ENOSYS, f"no filter of system calls for {machine}")
    load_word, jump_equal, jump_more, jump_set, give = 0x20, 0x15, 0x35, 0x45, 0x06
    refuse = SECCOMP_ERRNO | errno.EPERM
    code = [
        (load_word, 0, 0, 4),  # the architecture
        (jump_equal, 1, 0, AUDIT_ARCH[machine]),
        (give, 0, 0, SECCOMP_KILL),
        (load_word, 0, 0, 0),  # the number of the call
    ]
    if machine == "x86_64":
        code += [(jump_more, 0, 1, 0x40000000), (give, 0, 0, refuse)]  # the x32 table
    for number in sorted(REFUSED[machine].values()):
        code += [(jump_equal, 0, 1, number), (give, 0, 0, refuse)]
    code += [
        (jump_equal, 0, 1, CLONE3),
        (give, 0, 0, SECCOMP_ERRNO | errno.ENOSYS),
        (jump_equal, 0, 3, CLONE[machine]),
        (load_word, 0, 0, 16),  # the low half of its first argument: the flags
        (jump_set, 1, 0, CLONE_THREAD),
        (give, 0, 0, refuse),
        (give, 0, 0, SECCOMP_ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *instruction) for instruction in code)
