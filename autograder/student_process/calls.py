"""System calls that a student's process has no use for, and the filter that refuses them.

The list leaves what Python, NumPy, SciPy and Matplotlib need: memory, files, threads, time.
Its numbers are those of the kernel's own headers (``asm/unistd_64.h``, ``asm-generic/unistd.h``).
"""

from __future__ import annotations

import errno
import struct
from collections.abc import Iterable

AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
REFUSED = {
    "x86_64": {
        # new processes
        "fork": 57, "vfork": 58, "execve": 59, "execveat": 322, "unshare": 272, "setns": 308,
        "setsid": 112, "setpgid": 109,
        # other processes
        "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312,
        "tkill": 200, "rt_sigqueueinfo": 129, "rt_tgsigqueueinfo": 297, "setpriority": 141,
        "sched_setparam": 142, "sched_setscheduler": 144, "sched_setaffinity": 203,
        "sched_setattr": 314, "ioprio_set": 251, "migrate_pages": 256, "move_pages": 279,
        "perf_event_open": 298, "seccomp": 317,
        # sockets
        "socket": 41, "socketpair": 53, "connect": 42, "bind": 49, "listen": 50, "accept": 43,
        "accept4": 288, "sendmsg": 46, "sendmmsg": 307, "recvmsg": 47, "recvmmsg": 299,
        # what outlives a process
        "shmget": 29, "shmat": 30, "shmctl": 31, "shmdt": 67, "semget": 64, "semctl": 66,
        "semop": 65, "semtimedop": 220, "msgget": 68, "msgctl": 71, "msgsnd": 69, "msgrcv": 70,
        "mq_open": 240, "mq_unlink": 241, "mq_timedsend": 242, "mq_timedreceive": 243,
        "mq_notify": 244, "mq_getsetattr": 245, "memfd_create": 319, "add_key": 248,
        "request_key": 249, "keyctl": 250,
        # what is counted for the whole machine
        "io_setup": 206, "io_destroy": 207, "io_submit": 209, "io_cancel": 210,
        "io_getevents": 208, "inotify_init": 253, "inotify_init1": 294, "fanotify_init": 300,
        "fanotify_mark": 301, "quotactl": 179,
        # administration
        "mount": 165, "umount2": 166, "pivot_root": 155, "chroot": 161, "swapon": 167,
        "swapoff": 168, "acct": 163, "reboot": 169, "kexec_load": 246, "kexec_file_load": 320,
        "init_module": 175, "finit_module": 313, "delete_module": 176, "sethostname": 170,
        "setdomainname": 171, "settimeofday": 164, "clock_settime": 227, "clock_adjtime": 305,
        "adjtimex": 159, "syslog": 103, "iopl": 172, "ioperm": 173, "modify_ldt": 154,
        "personality": 135, "vhangup": 153, "uselib": 134, "ustat": 136, "sysfs": 139,
        "name_to_handle_at": 303, "open_by_handle_at": 304, "lookup_dcookie": 212,
        "nfsservctl": 180,
        # ways into the kernel that nobody here needs
        "bpf": 321, "userfaultfd": 323, "vmsplice": 278, "splice": 275, "tee": 276,
        "remap_file_pages": 216, "mbind": 237, "set_mempolicy": 238,
    },
    "aarch64": {
        # new processes
        "execve": 221, "execveat": 281, "unshare": 97, "setns": 268, "setsid": 157,
        "setpgid": 154,
        # other processes
        "ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271, "kcmp": 272,
        "tkill": 130, "rt_sigqueueinfo": 138, "rt_tgsigqueueinfo": 240, "setpriority": 140,
        "sched_setparam": 118, "sched_setscheduler": 119, "sched_setaffinity": 122,
        "sched_setattr": 274, "ioprio_set": 30, "migrate_pages": 238, "move_pages": 239,
        "perf_event_open": 241, "seccomp": 277,
        # sockets
        "socket": 198, "socketpair": 199, "connect": 203, "bind": 200, "listen": 201,
        "accept": 202, "accept4": 242, "sendmsg": 211, "sendmmsg": 269, "recvmsg": 212,
        "recvmmsg": 243,
        # what outlives a process
        "shmget": 194, "shmat": 196, "shmctl": 195, "shmdt": 197, "semget": 190, "semctl": 191,
        "semop": 193, "semtimedop": 192, "msgget": 186, "msgctl": 187, "msgsnd": 189,
        "msgrcv": 188, "mq_open": 180, "mq_unlink": 181, "mq_timedsend": 182,
        "mq_timedreceive": 183, "mq_notify": 184, "mq_getsetattr": 185, "memfd_create": 279,
        "add_key": 217, "request_key": 218, "keyctl": 219,
        # what is counted for the whole machine
        "io_setup": 0, "io_destroy": 1, "io_submit": 2, "io_cancel": 3, "io_getevents": 4,
        "inotify_init1": 26, "fanotify_init": 262, "fanotify_mark": 263, "quotactl": 60,
        # administration
        "mount": 40, "umount2": 39, "pivot_root": 41, "chroot": 51, "swapon": 224, "swapoff": 225,
        "acct": 89, "reboot": 142, "kexec_load": 104, "kexec_file_load": 294, "init_module": 105,
        "finit_module": 273, "delete_module": 106, "sethostname": 161, "setdomainname": 162,
        "settimeofday": 170, "clock_settime": 112, "clock_adjtime": 266, "adjtimex": 171,
        "syslog": 116, "personality": 92, "vhangup": 58, "name_to_handle_at": 264,
        "open_by_handle_at": 265, "lookup_dcookie": 18, "nfsservctl": 42,
        # ways into the kernel that nobody here needs
        "bpf": 280, "userfaultfd": 282, "vmsplice": 75, "splice": 76, "tee": 77,
        "remap_file_pages": 234, "mbind": 235, "set_mempolicy": 237,
    },
}  # fmt: skip

# Calls that are looked at: threads yes, processes no; signals to itself only; its own limits.
CLONE = {"x86_64": 56, "aarch64": 220}
KILL = {"x86_64": 62, "aarch64": 129}
TGKILL = {"x86_64": 234, "aarch64": 131}
PRLIMIT = {"x86_64": 302, "aarch64": 261}
FCNTL = {"x86_64": 72, "aarch64": 25}
IOCTL = {"x86_64": 16, "aarch64": 29}
CLONE_THREAD = 0x00010000
# F_SETOWN, F_SETSIG, F_SETOWN_EX send signals; F_SETPIPE_SZ takes memory shared by all pipes.
REFUSED_FCNTL = (8, 10, 15, 1031)
# FIOSETOWN and SIOCSPGRP send signals; TIOCSTI and TIOCLINUX type on a terminal.
REFUSED_IOCTL = (0x8901, 0x8902, 0x5412, 0x541C)

# From this number on all architectures share one table, in which new calls appear. Whatever
# is not listed does not exist as far as the process can tell: io_uring, pidfds, mounts, and
# clone3, in place of which the C library then takes clone, whose flags can be looked at.
FIRST_SHARED = 424
ALLOWED_SHARED = {
    "close_range": 436, "openat2": 437, "faccessat2": 439, "epoll_pwait2": 441,
    "futex_waitv": 449, "fchmodat2": 452,
}  # fmt: skip
FIRST_X32 = 0x40000000

ALLOW = 0x7FFF0000
KILL_PROCESS = 0x80000000
REFUSE = 0x00050000 | errno.EPERM
UNKNOWN = 0x00050000 | errno.ENOSYS

# Classic BPF: load a word of the call's description, compare and jump, give the verdict.
LOAD, EQUAL, AT_LEAST, ANY_BIT, GIVE = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, ARCHITECTURE, ARGUMENTS = 0, 4, 16

Code = list[tuple[int, int, int, int]]


def filter_program(machine: str, pid: int) -> bytes:
    """The filter as classic BPF, for one process on ``x86_64`` or ``aarch64``.

    Calls of another architecture's table kill the process; the refused calls return EPERM,
    the calls newer than this list ENOSYS.

    Parameters
    ----------
    machine : str
        As :func:`platform.machine` says.
    pid : int
        The process's own number: the only one to which it may send signals.

    Raises
    ------
    OSError
        The machine is of another kind.
    """
    if machine not in REFUSED:
        raise OSError(errno.ENOSYS, f"no filter of system calls is known for {machine}")
    code: Code = [
        (LOAD, 0, 0, ARCHITECTURE),
        (EQUAL, 1, 0, AUDIT_ARCH[machine]),
        (GIVE, 0, 0, KILL_PROCESS),
        (LOAD, 0, 0, NUMBER),
        (AT_LEAST, 0, 1, FIRST_X32),  # on x86_64 the x32 table; elsewhere nothing
        (GIVE, 0, 0, REFUSE),
    ]
    for number in sorted(ALLOWED_SHARED.values()):
        code += [(EQUAL, 0, 1, number), (GIVE, 0, 0, ALLOW)]
    code += [(AT_LEAST, 0, 1, FIRST_SHARED), (GIVE, 0, 0, UNKNOWN)]
    for number in sorted(REFUSED[machine].values()):
        code += [(EQUAL, 0, 1, number), (GIVE, 0, 0, REFUSE)]
    code += _only_with_bit(CLONE[machine], 0, CLONE_THREAD)
    code += _only_for(KILL[machine], 0, [pid])
    code += _only_for(TGKILL[machine], 0, [pid])
    code += _only_for(PRLIMIT[machine], 0, [0, pid])
    code += _never_for(FCNTL[machine], 1, REFUSED_FCNTL)
    code += _never_for(IOCTL[machine], 1, REFUSED_IOCTL)
    code += [(GIVE, 0, 0, ALLOW)]
    return b"".join(struct.pack("HBBI", *instruction) for instruction in code)


def _for_call(number: int, body: Code) -> Code:
    """Instructions that run for one call only; they must end in a verdict."""
    return [(EQUAL, 0, len(body), number), *body]


def _low_half(argument: int) -> tuple[int, int, int, int]:
    """Load the low half of an argument (the kernel takes these as 32-bit numbers)."""
    return (LOAD, 0, 0, ARGUMENTS + 8 * argument)


def _only_with_bit(number: int, argument: int, bit: int) -> Code:
    return _for_call(number, [
        _low_half(argument), (ANY_BIT, 0, 1, bit), (GIVE, 0, 0, ALLOW), (GIVE, 0, 0, REFUSE),
    ])  # fmt: skip


def _only_for(number: int, argument: int, values: Iterable[int]) -> Code:
    return _for_call(number, _verdict(argument, values, ALLOW, REFUSE))


def _never_for(number: int, argument: int, values: Iterable[int]) -> Code:
    return _for_call(number, _verdict(argument, values, REFUSE, ALLOW))


def _verdict(argument: int, values: Iterable[int], listed: int, others: int) -> Code:
    code: Code = [_low_half(argument)]
    for value in values:
        code += [(EQUAL, 0, 1, value), (GIVE, 0, 0, listed)]
    return [*code, (GIVE, 0, 0, others)]
