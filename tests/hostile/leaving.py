"""Ways to be gone, to hang, or to raise something that cannot be looked at."""

from tests.hostile import hostile

SUBMISSIONS = {
    "os_exit": hostile("import os\ndef softmax(x):\n    os._exit(0)", "`softmax` ended"),
    "sys_exit": hostile("import sys\ndef softmax(x):\n    sys.exit(0)", "raised SystemExit: 0"),
    "own_exit": hostile(
        """
        class Done(SystemExit):
            @property
            def code(self): raise Done
            def __str__(self): raise Done
            def __repr__(self): raise Done

        def softmax(x):
            raise Done
        """,
        "ended|raised Done",
    ),
    "message_that_raises": hostile(
        """
        class Shy(Exception):
            def __str__(self): raise KeyboardInterrupt
            __repr__ = __str__

        def softmax(x):
            raise Shy
        """,
        "ended|raised Shy",
    ),
    "message_that_hangs": hostile(
        """
        class Slow(Exception):
            def __str__(self):
                while True:
                    pass

        def softmax(x):
            raise Slow
        """,
        "did not come back",
    ),
    "nameless_exception": hostile(
        """
        class Meta(type):
            @property
            def __name__(cls): raise SystemExit
            @property
            def __mro__(cls): raise SystemExit
            def __repr__(cls): raise SystemExit

        class Nameless(Exception, metaclass=Meta):
            __module__ = property(lambda self: 1 / 0)

        def softmax(x):
            raise Nameless
        """,
        "ended|raised",
    ),
    "failures_of_our_own": hostile(
        """
        from helpers.checking.failures import CheckFailure, NoAnswer, NotWritten

        class Failure(NotWritten):
            status = "pass"
            problem = property(lambda self: "all checks pass", lambda self, value: None)
            traceback = property(lambda self: {"points": 100}, lambda self, value: None)

        def softmax(x):
            raise Failure("")
        """,
        "no known form|all checks pass",
    ),
    "chain_of_exceptions": hostile(
        """
        def softmax(x, depth=0):
            try:
                raise ValueError("x" * 10_000)
            except ValueError as error:
                error.__cause__ = error.__context__ = error
                error.__traceback__ = error.__traceback__
                error.add_note("note " * 100_000)
                raise
        """,
        "raised ValueError",
    ),
    "endless_recursion": hostile("def softmax(x):\n    return softmax(x)", "raised RecursionError"),
    "recursion_without_limit": hostile(
        """
        import sys

        def softmax(x):
            sys.setrecursionlimit(10**9)
            return repr(deep(10**6))

        def deep(n):
            thing = []
            for _ in range(n):
                thing = [thing]
            return thing
        """,
        "ended|raised|did not come back",
    ),
    "segfault": hostile(
        "import ctypes\ndef softmax(x):\n    ctypes.string_at(0)", "`softmax` ended"
    ),
    "abort": hostile("import os\ndef softmax(x):\n    os.abort()", "`softmax` ended"),
    "keyboard_interrupt": hostile(
        "def softmax(x):\n    raise KeyboardInterrupt", "ended|raised KeyboardInterrupt"
    ),
    "generator_exit": hostile("def softmax(x):\n    raise GeneratorExit", "raised GeneratorExit"),
    "kills_itself": hostile(
        "import os, signal\ndef softmax(x):\n    os.kill(os.getpid(), signal.SIGKILL)",
        "`softmax` ended",
    ),
    "stops_itself": hostile(
        "import os, signal\ndef softmax(x):\n    os.kill(os.getpid(), signal.SIGSTOP)",
        "did not come back",
    ),
    "hangs": hostile("def softmax(x):\n    while True:\n        pass", "did not come back"),
    "hangs_deaf": hostile(
        """
        import signal, time

        def softmax(x):
            for number in range(1, 65):
                try:
                    signal.signal(number, signal.SIG_IGN)
                except (OSError, ValueError):
                    pass
            signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
            while True:
                time.sleep(1)
        """,
        "did not come back",
    ),
    "hangs_in_c": hostile(
        "def softmax(x):\n    return 10 ** 10 ** 9", "did not come back|ended|MemoryError"
    ),
    "hangs_when_defined": hostile(
        """
        def forever():
            while True:
                pass

        def softmax(x, start=forever()):
            return x
        """,
        "the notebook's code did not come back",
    ),
    "decorator_that_hangs": hostile(
        """
        import time

        def slow(function):
            time.sleep(10**6)

        @slow
        def softmax(x):
            return x
        """,
        "the notebook's code did not come back",
    ),
    "leaves_when_defined": hostile(
        "import os\nGONE = os._exit(0)\ndef softmax(x):\n    return GONE",
        "the notebook's code ended",
    ),
    "dies_in_a_destructor": hostile(
        """
        import os

        class Last:
            def __del__(self):
                os._exit(0)

        def softmax(x):
            keep = Last()
            return x * 0
        """,
        "ended",
    ),
    "cleans_up_forever": hostile(
        """
        import atexit, gc, sys, threading

        class Undying:
            def __del__(self):
                Undying()

        def forever(*args):
            while True:
                pass

        def prepare():
            atexit.register(forever)
            threading.Thread(target=forever, daemon=False).start()
            gc.callbacks.append(lambda *args: None)
            sys.excepthook = sys.unraisablehook = forever
            return Undying()

        THING = prepare()

        def softmax(x):
            Undying()
            return x * 0 if THING else None
        """,
        "sums to 0, not 1|did not come back|RecursionError|ended",
    ),
    "traces_the_server": hostile(
        """
        import sys

        def tracer(frame, event, arg):
            if event == "return" and frame.f_code.co_name == "_call":
                frame.f_locals["reply"] = {"status": "pass"}
            return tracer

        def softmax(x):
            sys.settrace(tracer)
            sys.setprofile(tracer)
            frame = sys._getframe()
            while frame:
                frame.f_trace = tracer
                frame = frame.f_back
            return x * 0
        """,
        "sums to 0, not 1",
    ),
    "not_even_python": hostile("def softmax(x:\n    return\n\x0c", "not valid Python|no function"),
    "a_source_without_end": hostile(
        "def softmax(x):\n    return " + "(" * 5000 + "x" + ")" * 5000,
        "not valid Python|cannot be read|could not be|no function",
    ),
    "a_source_too_large": hostile(
        "TEXT = '" + "x" * 5_000_000 + "'\ndef softmax(x):\n    return TEXT",
        "characters of code and was left out",
    ),
}
