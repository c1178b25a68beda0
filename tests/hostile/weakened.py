"""Graders with one defence taken out: what each attack gains there.

Run as a module, it reads a request a line (``{"grader", "source", "token"}``) and answers each with
what came of it. Everything is imported once; every attack gets a process of its own.
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from autograder.sandbox.command import bwraps
from tests.hostile import watching

ROOT = Path(__file__).resolve().parents[2]
OUTER = ("bare asserts", "one process", "pickled", "no box")
SHORT = 2.5
LONGEST = 12.0
MEMORY = 3 * 2**30
WRITABLE = ("/tmp", "/var/tmp", "/dev/shm", "/home", "/srv", "/mnt", "/run")


# --- On the side of the tests ------------------------------------------------------------


class Weakened:
    """Asks weakened graders; use it as a context.

    Those in which a student's code runs without our box run in another one.
    """

    def __init__(self) -> None:
        self._processes: dict[bool, subprocess.Popen] = {}

    def __enter__(self) -> Weakened:
        return self

    def ask(self, grader: str, source: str, token: str) -> dict[str, Any]:
        """What became of an attack: how the run ended, points, status, texts, what is left."""
        outer = grader in OUTER
        if outer not in self._processes:
            self._processes[outer] = _server(outer)
        process = self._processes[outer]
        process.stdin.write(json.dumps({"grader": grader, "source": source, "token": token}) + "\n")
        process.stdin.flush()
        answer = process.stdout.readline()
        assert answer, process.stderr.read()[-2000:]
        return json.loads(answer)

    def __exit__(self, *error: object) -> None:
        for process in self._processes.values():
            process.stdin.close()
            process.wait(60)
            process.stdout.close()
            process.stderr.close()


def _server(outer: bool) -> subprocess.Popen:
    box = [bwraps()[-1], "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    for place in WRITABLE:
        box += ["--tmpfs", place]
    box += ["--ro-bind", str(ROOT), str(ROOT), "--unshare-pid", "--unshare-net",
            "--die-with-parent", "--new-session"]  # fmt: skip
    return subprocess.Popen(
        [*(box if outer else []), sys.executable, "-m", "tests.hostile.weakened"], cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


# --- Inside ----------------------------------------------------------------------------------


def bare_asserts(source: str) -> dict[str, Any]:
    """Checks as they are mostly written: in the process of the answer, with bare comparisons."""
    import numpy as np

    expected = np.random.default_rng(5).dirichlet(np.ones(36), size=8)
    scores = np.log(expected) + 3.0
    names: dict[str, Any] = {}
    points, texts = 0.0, []
    exec(compile(source, "answer", "exec"), names)
    for check in (
        lambda found: found.shape == scores.shape,
        lambda found: np.allclose(found.sum(axis=1), 1),
        lambda found: np.allclose(found, expected),
    ):
        try:
            assert check(names["softmax"](scores.copy()))
            points += 1
        except Exception as error:
            texts.append(f"`softmax` raised {type(error).__name__}: {error}")
    return {"points": points, "status": "fail" if points < 3 else "pass", "texts": texts}


class DirectCalls:
    """A backend without copies, without a wire and without care for what is raised."""

    def __init__(self, program: Any):
        self._names: dict[str, Any] = {}
        for cell in program.cells:
            exec(compile(cell.source, cell.name, "exec"), self._names)

    def defines(self, name: str) -> bool:
        return callable(self._names.get(name))

    def call(self, name: str, args: tuple, kwargs: dict[str, Any], seconds: float) -> Any:
        from helpers.checking.failures import StudentRaised
        from helpers.checking.student import Outcome

        try:
            return Outcome(self.carried(self._names[name](*args, **kwargs)), args, kwargs)
        except Exception as error:
            raise StudentRaised(f"`{name}` raised {type(error).__name__}: {error}") from None

    def carried(self, value: Any) -> Any:
        """How a value comes to the check: as it is."""
        return value

    def close(self) -> None:
        """Nothing was started."""


def one_process(source: str) -> dict[str, Any]:
    """Our checks, in the process of the answer."""
    from autograder.judging.guards import judge_cells
    from helpers.checking.answers import Cell

    cells = [Cell(f"import numpy as np\n{source}", "q2-2-2")]
    return _told(judge_cells("02_network", cells, 5, DirectCalls, _exercise()))


def pickled(source: str) -> dict[str, Any]:
    """Values come to the check as pickles."""
    from autograder.judging.guards import judge_cells
    from helpers.checking.answers import Cell

    class Pickled(DirectCalls):
        def carried(self, value: Any) -> Any:
            return pickle.loads(pickle.dumps(value))

    return _told(judge_cells("02_network", [Cell(source, "q2-2-2")], 5, Pickled, _exercise()))


def _exercise() -> list[Any]:
    from autograder.course.course import find_course

    return [find_course().find("2.2.2")]


def _remote(source: str, **options: Any) -> dict[str, Any]:
    from autograder.judging.guards import judge_cells
    from autograder.judging.judge import sandboxed
    from autograder.sandbox.box import Sandbox
    from autograder.sandbox.time_limits import TimeLimits
    from helpers.checking.answers import Cell

    limits = TimeLimits(load=6, in_vain=0, share=0.15)
    cells = [Cell(f"import numpy as np\n{source}", "q2-2-2")]
    with Sandbox(**options) as box:
        return _told(judge_cells("02_network", cells, 5, sandboxed(box, limits), _exercise()))


def no_box(source: str) -> dict[str, Any]:
    """Two processes, limits and the filter, but no namespaces and no hidden files."""
    return _remote(source.replace('"/scratch/', '"./'), confined=False)


def no_limits(source: str) -> dict[str, Any]:
    """The box, but no filter of system calls and no limits within."""
    _patch_the_far_end("confine", "confine", "def confine(limits, *, sandboxed): pass")
    return _remote(source)


def no_watch(source: str) -> dict[str, Any]:
    """Nobody looks whether the process stays modest, and what it leaves stays."""
    _patch_the_far_end("clearing", "is_modest", "def is_modest(process): return True")
    _patch_the_far_end("clearing", "Scratch.is_modest", "Scratch.is_modest = lambda self: True")
    return _remote(source)


def _patch_the_far_end(module: str, name: str, text: str) -> None:
    """Lay another version of a module of the student's process into the box."""
    from autograder.sandbox import command

    here = Path(os.environ["TMPDIR"]) / f"{os.getpid()}"
    if not here.exists():
        shutil.copytree(command.STUDENT_PROCESS, here)
    file = here / f"{module}.py"
    file.write_text(f"{file.read_text()}\n\n{text}\n")
    command.STUDENT_PROCESS = here


def trusting_wire(source: str) -> dict[str, Any]:
    """What comes over the wire is rebuilt as it says, without a look at kinds and sizes."""
    import numpy as np

    from autograder.sandbox import backend
    from autograder.student_process import wire

    def decode(text: bytes, arrays: bytes, resolve: Any = None) -> Any:
        def rebuilt(tree: Any) -> Any:
            if isinstance(tree, list):
                return [rebuilt(item) for item in tree]
            if not isinstance(tree, dict):
                return tree
            if tree["$"] == "array":
                count = int(np.prod(tree["shape"]))
                flat = np.frombuffer(arrays, tree["dtype"], count, tree["at"])
                return flat.reshape(tree["shape"]).copy()
            if tree["$"] == "dict":
                return {key: rebuilt(entry) for key, entry in tree["items"]}
            if tree["$"] == "callable":
                return getattr(__import__(tree["home"]), tree["name"])
            return tuple(map(rebuilt, tree["items"])) if tree["$"] == "tuple" else tree["type"]

        return rebuilt(json.loads(text))

    backend.decode = decode
    wire.MAX_JSON = wire.MAX_ARRAYS = 2**32
    return _remote(source)


def any_number(source: str) -> dict[str, Any]:
    """Answers need not belong to the question, nor come after it."""
    from autograder.sandbox import backend

    class Agreeable(int):
        def __ne__(self, other: object) -> bool:
            return False

    ask = backend.RemoteBackend._exchange

    def exchange(self: Any, frame: bytes, deadline: float) -> Any:
        self._channel.has_input = lambda: False
        reply = ask(self, frame, deadline)
        return {**reply, "id": _LAST[0]} if isinstance(reply, dict) else reply

    draw = backend.secrets.randbits

    class Secrets:
        @staticmethod
        def randbits(bits: int) -> int:
            _LAST[0] = draw(bits)
            return _LAST[0]

    backend.secrets = Secrets
    backend.RemoteBackend._exchange = exchange
    return _remote(source)


_LAST = [0]


def no_clock(source: str) -> dict[str, Any]:
    """A call may take as long as it likes."""
    from autograder.sandbox.time_limits import TimeBudget

    TimeBudget.grant = TimeBudget.grant_load = lambda self, *asked: 10.0**6
    return _remote(source)


def _told(verdicts: Any) -> dict[str, Any]:
    (verdict,) = verdicts
    texts = [verdict.message]
    for check in verdict.checks:
        texts += [check.problem, check.diagnosis, check.got, check.traceback]
    return {"points": verdict.points, "status": verdict.status, "texts": texts}


GRADERS: dict[str, Callable[[str], dict[str, Any]]] = {
    function.__name__.replace("_", " "): function
    for function in (bare_asserts, one_process, pickled, no_box, no_limits, no_watch, trusting_wire,
                     any_number, no_clock)
}  # fmt: skip


def main() -> None:
    """Answer requests until there are no more."""
    from autograder.judging import guards, judge  # noqa: F401  (imported once)

    watching.adopt_orphans()
    with tempfile.TemporaryDirectory() as folder:
        for line in sys.stdin:
            print(json.dumps(_played(Path(folder), **json.loads(line))), flush=True)


def _played(folder: Path, grader: str, source: str, token: str) -> dict[str, Any]:
    kept = folder / "answer.json"
    kept.unlink(missing_ok=True)
    before = watching.descendants()
    child = os.fork()
    if not child:
        os.environ["TMPDIR"] = str(folder)
        _play(grader, source, kept)
    ended = _wait(child, SHORT if grader in OUTER[:3] else LONGEST)
    left = watching.descendants() - before
    for pid in left:
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
    files = watching.files_named(token)
    ended = ended if kept.exists() or ended != "answered" else "left without a verdict"
    answer = json.loads(kept.read_text()) if kept.exists() else {}
    return {"ended": ended, "left": len(left), "files": files, **answer}


def _play(grader: str, source: str, kept: Path) -> None:
    if grader in OUTER[:3]:  # no box of ours around it
        source = source.replace("/scratch/", "/tmp/")
    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nowhere, number)
    try:
        answer = GRADERS[grader](source)
        kept.write_text(json.dumps(answer))
    except BaseException as error:
        with suppress(BaseException):
            kept.write_text(json.dumps({"texts": [f"{type(error).__name__}: {error}"[:500]]}))
        os._exit(1)
    os._exit(0)


def _wait(child: int, seconds: float) -> str:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "answered" if status == 0 else "broke down"
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "stood still"


if __name__ == "__main__":
    main()
