"""Starting, finding, fooling and killing processes; talking to the world outside."""

from tests.hostile import hostile

SUBMISSIONS = {
    "forks": hostile(
        """
        import os

        def softmax(x):
            tried = []
            for name in ("fork", "forkpty"):
                try:
                    getattr(os, name)()
                    tried.append(name)
                except OSError:
                    pass
            raise PermissionError(f"forked: {tried}")
        """,
        r"forked: \[\]",
    ),
    "fork_bomb": hostile(
        """
        import os

        def softmax(x):
            while True:
                try:
                    os.fork()
                except OSError as error:
                    raise error
        """,
        "PermissionError",
    ),
    "runs_programs": hostile(
        """
        import multiprocessing, os, subprocess, sys

        def softmax(x):
            ran = []
            for act in (
                lambda: subprocess.run(["/bin/sh", "-c", "touch /scratch/@TOKEN@"], check=True),
                lambda: 1 / (1 - bool(os.system("touch /scratch/@TOKEN@"))),
                lambda: os.execv(sys.executable, [sys.executable, "-c", "1"]),
                lambda: os.posix_spawn("/bin/true", ["true"], {}),
                lambda: multiprocessing.get_context("fork").Process(target=print).start(),
            ):
                try:
                    act()
                    ran.append(act)
                except Exception:
                    pass
            raise PermissionError(f"ran: {len(ran)}")
        """,
        "ran: 0",
    ),
    "becomes_a_daemon": hostile(
        """
        import os

        def softmax(x):
            done = []
            for act in (os.setsid, os.setpgrp, lambda: os.setpgid(0, 0)):
                try:
                    act()
                    done.append(act)
                except OSError:
                    pass
            raise PermissionError(f"left the session: {done}")
        """,
        r"left the session: \[\]",
    ),
    "kills_everyone": hostile(
        """
        import os, signal

        def softmax(x):
            hit = []
            for pid in (-1, 0, 1, -os.getpgid(0), os.getppid(), 3):
                for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP, signal.SIGINT, 0):
                    try:
                        os.kill(pid, number)
                        hit.append(pid)
                    except OSError:
                        pass
            raise PermissionError(f"hit: {hit}")
        """,
        r"hit: \[\]",
    ),
    "signals_by_other_means": hostile(
        """
        import ctypes, fcntl, os, signal

        def softmax(x):
            libc = ctypes.CDLL(None, use_errno=True)
            sock = next(n for n in range(3, 64) if os.path.exists(f"/proc/self/fd/{n}"))
            done = []
            for number, arguments in {
                62: (1, 9), 200: (1, 9), 234: (1, 1, 9), 129: (1, 9, bytes(128)),
                297: (1, 1, 9, bytes(128)), 424: (0, 9, 0, 0), 72: (sock, 8, 1),
                16: (sock, 0x8901, ctypes.byref(ctypes.c_int(1))),
            }.items():
                if libc.syscall(number, *arguments) != -1:
                    done.append(number)
            raise PermissionError(f"signalled by {done}")
        """,
        r"signalled by \[\]",
    ),
    "traces_process_1": hostile(
        """
        import ctypes, os, resource

        def softmax(x):
            libc = ctypes.CDLL(None, use_errno=True)
            buffer = ctypes.create_string_buffer(8)
            done = []
            for name, arguments in {
                "ptrace": (16, 1, 0, 0), "process_vm_readv": (1, buffer, 1, buffer, 1, 0),
                "process_vm_writev": (1, buffer, 1, buffer, 1, 0),
            }.items():
                if getattr(libc, name)(*arguments) != -1:
                    done.append(name)
            for name, act in {
                "prlimit": lambda: resource.prlimit(1, resource.RLIMIT_NOFILE, (1, 1)),
                "affinity": lambda: os.sched_setaffinity(1, {0}),
                "priority": lambda: os.setpriority(os.PRIO_PROCESS, 1, 19),
                "scheduler": lambda: os.sched_setscheduler(1, os.SCHED_IDLE, os.sched_param(0)),
            }.items():
                try:
                    act()
                    done.append(name)
                except OSError:
                    pass
            raise PermissionError(f"did to process 1: {done}")
        """,
        r"did to process 1: \[\]",
    ),
    "lifts_its_limits": hostile(
        """
        import resource

        def softmax(x):
            lifted = []
            for name in ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NOFILE",
                         "RLIMIT_NPROC", "RLIMIT_CORE"):
                kind = getattr(resource, name)
                soft, hard = resource.getrlimit(kind)
                for limits in ((resource.RLIM_INFINITY,) * 2, (hard + 1,) * 2):
                    try:
                        resource.setrlimit(kind, limits)
                        lifted.append(name)
                    except (OSError, ValueError):
                        pass
                if soft == resource.RLIM_INFINITY:
                    lifted.append(name)
            raise PermissionError(f"lifted: {lifted}")
        """,
        r"lifted: \[\]",
    ),
    "crowd_of_threads": hostile(
        """
        import threading, time

        def softmax(x):
            threading.stack_size(32768)
            crowd = 0
            while True:
                try:
                    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
                    crowd += 1
                except RuntimeError:
                    time.sleep(0.5)
                    raise RuntimeError(f"a crowd of {crowd // 100} hundred")
        """,
        "ended|a crowd of 0 hundred",
    ),
    "network": hostile(
        """
        import socket, urllib.request

        def softmax(x):
            opened = []
            for family in ("AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK", "AF_PACKET", "AF_VSOCK"):
                for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
                    try:
                        socket.socket(getattr(socket, family), kind)
                        opened.append(family)
                    except OSError:
                        pass
            for act in (
                socket.socketpair,
                lambda: socket.create_connection(("127.0.0.1", 80), 1),
                lambda: urllib.request.urlopen("http://example.org", timeout=1),
                lambda: socket.getaddrinfo("example.org", 80),
            ):
                try:
                    act()
                    opened.append(act)
                except OSError:
                    pass
            raise PermissionError(f"opened: {opened}")
        """,
        r"opened: \[\]",
    ),
    "escapes_by_namespaces": hostile(
        """
        import ctypes

        def softmax(x):
            libc = ctypes.CDLL(None, use_errno=True)
            done = []
            if libc.unshare(0x10000000) != -1:
                done.append("unshare")
            if libc.setns(0, 0) != -1:
                done.append("setns")
            if libc.mount(b"none", b"/tmp", b"tmpfs", 0, None) != -1:
                done.append("mount")
            if libc.chroot(b"/tmp") != -1:
                done.append("chroot")
            if libc.sethostname(b"mallory", 7) != -1:
                done.append("sethostname")
            raise PermissionError(f"done: {done}")
        """,
        r"done: \[\]",
    ),
}
