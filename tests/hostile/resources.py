"""Filling memory, disk and time; leaving something behind for the next exercise."""

from tests.hostile import hostile

SUBMISSIONS = {
    "fills_memory": hostile(
        """
        import numpy as np

        def softmax(x):
            kept = []
            while True:
                kept.append(np.empty(8 * 2**20))
        """,
        "MemoryError|ended",
    ),
    "fills_memory_for_good": hostile(
        """
        import ctypes

        def softmax(x):
            libc = ctypes.CDLL(None, use_errno=True)
            size = ctypes.c_size_t(2**26)
            done = [name for name, made in {
                "shmget": libc.shmget(0, size, 0o1600), "semget": libc.semget(0, 9, 0o1600),
                "msgget": libc.msgget(0, 0o1600), "memfd": libc.memfd_create(b"x", 0),
                "mq": libc.syscall(240, b"token", 0o102, 0o600, 0),
            }.items() if made != -1]
            raise PermissionError(f"kept: {done}")
        """,
        r"kept: \[\]",
    ),
    "fills_the_disk": hostile(
        """
        import os

        def softmax(x):
            written = 0
            try:
                for number in range(100):
                    with open(f"/scratch/@TOKEN@-{number}", "wb") as file:
                        for _ in range(8):
                            written += file.write(bytes(2**20))
            finally:
                raise OSError(f"disk full after {written // 2**26 * 64} MB")
        """,
        "disk full after (0|64) MB",
    ),
    "one_large_file": hostile(
        """
        import os

        def softmax(x):
            with open("/scratch/@TOKEN@", "wb") as file:
                os.posix_fallocate(file.fileno(), 0, 2**30)
        """,
        "OSError",
    ),
    "a_million_files": hostile(
        """
        import os

        def softmax(x):
            for number in range(10**7):
                os.close(os.open(f"/scratch/@TOKEN@-{number}", os.O_CREAT))
        """,
        "too many files or threads",
    ),
    "deep_folders": hostile(
        """
        import os

        def softmax(x):
            for number in range(1900):
                os.mkdir("@TOKEN@" + "x" * 200)
                os.chdir("@TOKEN@" + "x" * 200)
            raise OSError("deep enough")
        """,
        "deep enough",
    ),
    "endless_output": hostile(
        """
        import os, sys

        def softmax(x):
            while True:
                print("x" * 10_000)
                sys.stderr.write("x" * 10_000)
                os.write(1, b"x" * 10_000)
        """,
        "did not come back",
    ),
    "all_descriptors": hostile(
        """
        import os

        def softmax(x):
            while True:
                os.pipe()
        """,
        "Too many open files",
    ),
    "garbage": hostile(
        """
        import gc

        class Node:
            def __del__(self):
                self.again = [Node2() for _ in range(10)]

        class Node2:
            pass

        def softmax(x):
            gc.disable()
            kept = []
            while True:
                a, b = Node(), Node()
                a.b, b.a = b, a
                kept.append([a] * 1000)
        """,
        "MemoryError|ended|did not come back",
    ),
    "state_between_calls": hostile(
        """
        import os
        import numpy as np
        import helpers.activations

        def softmax(x):
            with open("/scratch/@TOKEN@", "ab") as file:
                file.write(x.tobytes())
            helpers.activations.seen = getattr(helpers.activations, "seen", []) + [x]
            seen = helpers.activations.seen
            return np.resize(seen[0], x.shape) if len(seen) > 1 else x * 0
        """,
        "sums to|wrong|is not",
    ),
}
