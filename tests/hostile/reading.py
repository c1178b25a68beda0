"""Looking for what is expected, for other students, for anything that was left lying about."""

from tests.hostile import hostile

SUBMISSIONS = {
    "walks_the_heap": hostile(
        """
        import gc
        import numpy as np

        def softmax(x):
            for thing in gc.get_objects():
                for inside in gc.get_referents(thing):
                    if type(inside) is np.ndarray and inside.shape == x.shape and inside is not x:
                        if np.allclose(inside.sum(axis=1), 1):
                            return inside
            raise LookupError("nothing expected on the heap")
        """,
        "nothing expected on the heap",
    ),
    "walks_the_frames": hostile(
        """
        import sys

        def softmax(x):
            found, frame = [], sys._getframe()
            while frame:
                found += [n for n in {**frame.f_globals, **frame.f_locals}
                          if "expect" in n or n in ("rng", "seed", "points", "verdict", "judge")]
                frame = frame.f_back
            raise LookupError(f"in the frames: {found}")
        """,
        r"in the frames: \[\]",
    ),
    "looks_at_the_stack_of_the_check": hostile(
        """
        import inspect

        class softmax:
            def __new__(cls, x):
                names = [info.function for info in inspect.stack(0)]
                raise LookupError(f"called by {names}")
        """,
        r"called by \['__new__', 'call_function', '_call', 'serve', '_start', 'main', '<module>'",
    ),
    "reads_process_1": hostile(
        """
        import os

        def softmax(x):
            got = []
            for name in ("mem", "environ", "maps", "stack", "syscall", "auxv", "fd/0", "cwd"):
                for pid in ("1", str(os.getppid())):
                    try:
                        path = f"/proc/{pid}/{name}"
                        handle = os.open(path, os.O_RDONLY)
                        got += [path] if os.read(handle, 1) else []
                    except OSError:
                        pass
                try:
                    got += [os.readlink(f"/proc/1/{name}")]
                except OSError:
                    pass
            raise LookupError(f"read of process 1: {got}")
        """,
        r"read of process 1: \[\]",
    ),
    "other_processes": hostile(
        """
        import os

        def softmax(x):
            known = (1, os.getpid())
            others = [n for n in os.listdir("/proc") if n.isdigit() and int(n) not in known]
            raise LookupError(f"others: {others}")
        """,
        r"others: \[\]",
    ),
    "imports_the_grader": hostile(
        """
        import importlib

        def softmax(x):
            got = []
            for name in ("autograder", "autograder.course.reference", "autograder.judging.judge",
                         "exercises", "autograder.grading.submission", "tests", "tests.hostile"):
                try:
                    importlib.import_module(name)
                    got.append(name)
                except ImportError:
                    pass
            raise LookupError(f"imported: {got}")
        """,
        r"imported: \[\]",
    ),
    "searches_the_disk": hostile(
        """
        import os

        def softmax(x):
            found = []
            for top in ("/", "/course", "/home", "/mnt", "/srv", "/var", "/tmp"):
                for where, folders, files in os.walk(top):
                    folders[:] = [f for f in folders if f not in ("proc", "lib", "bin", "usr")]
                    found += [os.path.join(where, f) for f in files
                              if f.endswith((".ipynb", "grades.csv", "_more.py", ".db", ".zip"))]
            raise LookupError(f"found: {found}")
        """,
        r"found: \[\]",
        slow=True,
    ),
    "reads_the_environment": hostile(
        """
        import os

        def softmax(x):
            raise LookupError(f"environment: {sorted(os.environ)}")
        """,
        r"environment: \['HOME', 'LANG', 'MKL_NUM_THREADS', 'MPLBACKEND',"
        r" 'MPLCONFIGDIR', 'OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'PATH', 'PWD', 'TMPDIR'\]",
    ),
    "inherited_descriptors": hostile(
        """
        import os, stat

        def softmax(x):
            open_ones = []
            for number in range(65536):
                try:
                    kind = os.fstat(number).st_mode
                    open_ones.append("socket" if stat.S_ISSOCK(kind) else "null" if
                                     stat.S_ISCHR(kind) else "other")
                except OSError:
                    pass
            raise LookupError(f"descriptors: {sorted(open_ones)}")
        """,
        r"descriptors: \['null', 'null', 'null', 'socket'\]",
    ),
    "reads_the_kernel": hostile(
        """
        def softmax(x):
            got = []
            for path in ("/proc/kcore", "/proc/kallsyms", "/dev/mem", "/dev/kmsg", "/dev/sda",
                         "/dev/vda", "/proc/kmsg", "/sys/kernel", "/etc/shadow", "/etc/passwd",
                         "/proc/sysrq-trigger", "/run", "/dev/tty"):
                try:
                    with open(path, "rb") as file:
                        if file.read(1):
                            got.append(path)
                except OSError:
                    pass
            raise LookupError(f"read: {got}")
        """,
        r"read: \[('/proc/kallsyms')?\]",
    ),
}
