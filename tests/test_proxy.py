"""The judge's end of the channel, against a peer that says whatever it likes."""

import contextlib
import importlib.util
import inspect
import pickle
import re
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from autograder.sandbox.backend import MAX_PROBLEM, Program, RemoteBackend
from autograder.sandbox.time_limits import Need, TimeBudget, TimeLimits
from autograder.student_process import wire
from autograder.student_process.wire import Channel, Closed, decode, encode
from helpers.checking.answers import Cell
from helpers.checking.catalogue import catalogue
from helpers.checking.failures import CheckFailure, NoAnswer, NotWritten, StudentRaised
from helpers.checking.plain import Opaque
from helpers.checking.runner import MARKS
from helpers.checking.student import LocalBackend, Outcome, Student
from helpers.for_checks import handwriting
from tests.running import check_files_of

PROGRAM = Program((Cell("def f(x): return x", "cell"),), ("f", "g"))
LIMITS = TimeLimits(load=20, exercise=60, submission=120, in_vain=30)


class Peer:
    """Stands in for the sandbox: each process is a thread that runs a script.

    Parameters
    ----------
    *scripts : callable
        One for each process in turn, the last one for all further ones. A script takes the
        channel and answers by hand.
    """

    def __init__(self, *scripts):
        self._scripts = list(scripts)
        self.begun = self.closed = 0

    def begin(self, packages=(), link=None, offers=None) -> Channel:
        script = self._scripts[min(self.begun, len(self._scripts) - 1)]
        self.begun += 1
        ours, theirs = socket.socketpair()
        threading.Thread(target=self._run, args=(script, theirs), daemon=True).start()
        return Channel(ours)

    @staticmethod
    def _run(script, theirs):
        with theirs, contextlib.suppress(Closed, OSError):
            script(Channel(theirs))

    shared = ()

    def end(self):
        pass

    def close(self):
        self.closed += 1


def load(channel, **more):
    """Answer the first request as an honest process would."""
    request = decode(*channel.receive())
    reply = {"id": request["id"], "defined": ["f"], "problems": {}, **more}
    channel.send(encode(reply))


def replies(*makes):
    """A script: load, then answer each call with what ``make(request)`` gives, in turn."""

    def script(channel):
        load(channel)
        for count in range(100):
            request = decode(*channel.receive())
            reply = makes[min(count, len(makes) - 1)](request)
            channel.send(reply if isinstance(reply, bytes) else encode(reply))

    return script


def honest(request, value=1):
    return {
        "id": request["id"], "value": value, "args": request["args"], "kwargs": request["kwargs"],
    }  # fmt: skip


def failed(request):
    return {"id": request["id"], "failure": "NoAnswer", "problem": "", "traceback": ""}


def backend(*scripts, limits=LIMITS):
    peer = Peer(*scripts)
    budget = TimeBudget(limits)
    return RemoteBackend(peer, PROGRAM, budget), peer, budget


def test_an_honest_answer_arrives():
    remote, peer, _ = backend(replies(honest))
    assert remote.defines("f") and not remote.defines("g")
    outcome = remote.call("f", (np.arange(3),), {"k": 2}, 5)
    assert (
        outcome.value == 1 and outcome.args[0].tolist() == [0, 1, 2] and outcome.kwargs == {"k": 2}
    )
    assert (peer.begun, peer.closed) == (1, 0)


def test_a_function_that_is_not_there_is_not_called():
    remote, _, _ = backend(replies(honest))
    with pytest.raises(NotWritten, match="no function `g`"):
        remote.call("g", (), {}, 5)
    with pytest.raises(NotWritten, match="no function `g`"):
        remote.call("f", (Student(remote).g,), {}, 5)


def test_a_function_that_could_not_be_defined_says_why():
    remote, _, _ = backend(lambda channel: load(channel, problems={"g": "1 / 0", "h": 3}))
    with pytest.raises(StudentRaised, match="could not be defined") as caught:
        remote.call("g", (), {}, 5)
    assert caught.value.traceback == "1 / 0"


BROKEN = {
    "another number": lambda r: {**honest(r), "id": r["id"] ^ 1},
    "no number": lambda r: {"value": 1},
    "a true number": lambda r: {**honest(r), "id": True},
    "a text for a number": lambda r: {**honest(r), "id": str(r["id"])},
    "an array for a number": lambda r: {**honest(r), "id": np.array([r["id"]] * 2)},
    "an array of one number": lambda r: {**honest(r), "id": np.array(r["id"])},
    "a list": lambda r: [r["id"], 1],
    "nothing": lambda r: None,
    "no frame": lambda r: b"all checks pass, 100 of 100 points",
    "an empty frame": lambda r: wire.LENGTHS.pack(0, 0),
    "a frame too large": lambda r: wire.LENGTHS.pack(2**32 - 1, 0),
    "half a frame": lambda r: wire.LENGTHS.pack(0, 5) + b"\0",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_answer_breaks_the_process(name):
    remote, peer, _ = backend(replies(BROKEN[name]), replies(honest))
    if name == "half a frame":
        with pytest.raises(NoAnswer, match="did not come back"):
            remote.call("f", (), {}, 0.3)
    else:
        with pytest.raises(NoAnswer):
            remote.call("f", (), {}, 5)
    assert peer.closed == 1
    assert remote.call("f", (), {}, 5).value == 1  # a fresh process gets another chance


MALFORMED = {
    "no arguments": lambda r: {"id": r["id"], "value": 1},
    "no value": lambda r: {"id": r["id"], "args": r["args"], "kwargs": {}},
    "too few arguments": lambda r: {**honest(r), "args": ()},
    "too many arguments": lambda r: {**honest(r), "args": (1, 2)},
    "arguments in a list": lambda r: {**honest(r), "args": [1]},
    "arguments by name": lambda r: {**honest(r), "kwargs": {"k": 1}},
    "names in a list": lambda r: {**honest(r), "kwargs": []},
    "an unknown failure": lambda r: {**failed(r), "failure": "CheckFailure"},
    "a failure that is an array": lambda r: {**honest(r), "failure": np.zeros(2)},
    "a failure without words": lambda r: {"id": r["id"], "failure": "NotWritten"},
    "a problem that is a number": lambda r: {**failed(r), "problem": 1},
    "a traceback that is a list": lambda r: {**failed(r), "traceback": []},
}  # fmt: skip


@pytest.mark.parametrize("name", MALFORMED)
def test_an_answer_of_no_known_form_is_none(name):
    remote, _, _ = backend(replies(MALFORMED[name], honest))
    with pytest.raises(NoAnswer, match="no known form"):
        remote.call("f", (1,), {}, 5)
    assert remote.call("f", (1,), {}, 5).value == 1


@pytest.mark.parametrize("kind", [NotWritten, StudentRaised, NoAnswer])
def test_failures_arrive_cut_to_size(kind):
    reply = {"failure": kind.__name__, "problem": "x" * 10**5 + "\ud800", "traceback": "y" * 10**5}
    remote, _, _ = backend(replies(lambda r: {"id": r["id"], **reply}))
    with pytest.raises(kind) as caught:
        remote.call("f", (), {}, 5)
    assert type(caught.value) is kind
    assert caught.value.problem == "x" * MAX_PROBLEM
    assert caught.value.traceback in ("", "y" * 4000)


def test_an_answer_before_its_question_breaks_the_process():
    def eager(channel):
        load(channel)
        channel.send(encode({"id": 0, "value": 1, "args": (), "kwargs": {}}))
        time.sleep(60)

    remote, _, _ = backend(eager)
    assert remote.defines("f")
    _until(lambda: remote._channel.has_input())
    with pytest.raises(NoAnswer, match="before its question"):
        remote.call("f", (), {}, 5)


def _until(condition):
    deadline = time.monotonic() + 30
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)


def silent(channel):
    load(channel)
    time.sleep(60)


def leaving(channel):
    load(channel)
    channel.receive()


def test_two_breakdowns_are_enough():
    remote, peer, _ = backend(leaving)
    for _ in range(2):
        with pytest.raises(NoAnswer, match="`f` ended"):
            remote.call("f", (), {}, 5)
    for _ in range(3):
        with pytest.raises(NoAnswer, match="not called: earlier calls"):
            remote.call("f", (), {}, 5)
    assert peer.begun == peer.closed == 2


@pytest.mark.parametrize(
    "script, says",
    [
        (lambda channel: channel.receive(), "notebook's code ended"),
        (lambda channel: (channel.receive(), time.sleep(60)), "notebook's code did not come back"),
        (lambda channel: load(channel, defined=7), "broke the channel"),
        (lambda channel: load(channel, id=1), "no question"),
    ],
)
def test_code_that_cannot_be_loaded_is_tried_once(script, says):
    limits = TimeLimits(load=0.3)
    remote, peer, _ = backend(script, limits=limits)
    with pytest.raises(NoAnswer, match=says):
        remote.defines("f")
    with pytest.raises(NoAnswer, match="not called: the notebook's code could not be loaded"):
        remote.call("f", (), {}, 5)
    assert peer.begun == 1


def test_odd_names_and_problems_are_dropped():
    script = lambda channel: load(  # noqa: E731
        channel, defined=["f", 3, None, ["g"], np.zeros(2)], problems={"g": np.zeros(3), "h": "why"}
    )
    remote, _, _ = backend(script)
    assert remote.defines("f")
    with pytest.raises(NotWritten):
        remote.call("g", (), {}, 5)


def test_what_is_too_large_to_send_is_not_the_graders_fault():
    peer = Peer(replies(honest))
    remote = RemoteBackend(peer, Program((Cell("x" * 5 * 2**20, "cell"),), ("f",)))
    with pytest.raises(NoAnswer, match="cannot be sent to be run: .* too large"):
        remote.defines("f")


def test_all_answers_of_an_exercise_have_a_size(monkeypatch):
    monkeypatch.setattr("autograder.sandbox.backend.MAX_BYTES", 3 * 2**20)
    remote, _, _ = backend(replies(lambda r: honest(r, np.zeros(2**17))))
    for _ in range(2):
        remote.call("f", (), {}, 5)
    with pytest.raises(NoAnswer, match="too large"):
        remote.call("f", (), {}, 5)


def test_time_lost_is_counted_over_the_submission():
    limits = TimeLimits(load=20, in_vain=0.5, share=0.5)
    budget = TimeBudget(limits)
    first = RemoteBackend(Peer(silent), PROGRAM, budget)
    with pytest.raises(NoAnswer, match="within 0.6 seconds: a loop"):
        first.call("f", (), {}, 0.6)
    second = RemoteBackend(Peer(silent), PROGRAM, budget)
    with pytest.raises(NoAnswer, match="within 0.3 seconds, less than usual"):
        second.call("f", (), {}, 0.6)
    third = RemoteBackend(Peer(replies(honest)), PROGRAM, budget)
    assert third.call("f", (), {}, 30).value == 1  # who answers is served as ever


def slow(request):
    time.sleep(0.25)
    return honest(request)


@pytest.mark.parametrize("need, shortened", [(1.0, False), (0.1, True)])
def test_answers_cost_patience_from_where_right_ones_would_have_come(need, shortened):
    """Answers just in time are as bad as none; where right ones take long they cost nothing."""
    limits = TimeLimits(
        load=20, in_vain=0.2, share=0.01, floor=1.0, needs={"2.4": Need(need, need)}
    )
    budget = TimeBudget(limits)
    remote = RemoteBackend(Peer(replies(slow)), replace(PROGRAM, exercise="2.4"), budget)
    for _ in range(2):
        assert remote.call("f", (), {}, 30).value == 1
    assert budget.shortened is shortened


def test_when_a_submissions_time_is_used_up_nothing_more_is_called():
    remote, peer, _ = backend(silent, limits=TimeLimits(submission=0.4))
    with pytest.raises(NoAnswer, match="did not come back"):
        remote.call("f", (), {}, 10)
    with pytest.raises(NoAnswer, match="time for this submission is used up"):
        remote.call("f", (), {}, 10)
    assert peer.begun == 1


def problem_of(remote):
    try:
        remote.call("f", (), {}, 10)
    except NoAnswer as failure:
        return failure.problem
    return ""


def test_when_an_exercises_time_is_used_up_its_next_run_has_its_own():
    """Such as that in which the reference stands in for the function that took so long."""
    budget = TimeBudget(TimeLimits(exercise=1.2))
    remote = RemoteBackend(Peer(replies(slow), replies(slow)), PROGRAM, budget)
    said = [problem_of(remote) for _ in range(8)]
    assert "" in said and any("did not come back" in problem for problem in said)
    assert re.search(r"time for this exercise is used up: 1\.\d s went by", said[-1])
    again = RemoteBackend(Peer(replies(honest)), PROGRAM, budget)
    assert again.call("f", (), {}, 10).value == 1


# --- Whatever comes back, a check says what is wrong with it ---------------------------------

CONSTANTS = [True, 0, -1, 10**12, 2.5, float("nan"), float("inf"), "", "(0, 1)", np.array(0.0)]
HOPELESS = [
    None, "pass", [], (), {}, [None], (None, None), (None,) * 3, [[]], {"": None}, [1, [2, [3]]],
    ["x"] * 4, Opaque("thing"), [Opaque("thing")], (Opaque("a"), Opaque("b")),
    np.array(float("nan")), np.zeros(0), np.zeros((0, 5)), np.zeros((3, 0, 2)),
    np.zeros(7, dtype=bool), np.full((4, 3), np.inf), np.full((3, 4), -1e308), np.zeros((1,) * 9),
    np.ones((2, 2), dtype="u1"), np.arange(5, dtype="i1"), np.full(6, 6e4, dtype="f2"),
    (np.zeros(3), None), (np.zeros(2), np.zeros((2, 2))), [np.zeros(2), "x"],
    (np.zeros((0, 0)),) * 3, {"W": np.zeros(1)}, [(np.zeros(1), np.zeros(1))] * 2, [[0.0]] * 3,
]  # fmt: skip


class JunkBackend(LocalBackend):
    """Every function gives the same thing; perhaps it ruins its arguments as well."""

    def __init__(self, value, ruin):
        self._value, self._ruin = value, ruin

    def defines(self, name):
        return True

    def call(self, name, args, kwargs, seconds):
        if self._ruin:
            args = (self._value,) * len(args)
            return Outcome(self._value, args, dict.fromkeys(kwargs, self._value))
        args = tuple(None if callable(arg) else arg for arg in args)
        return Outcome(self._value, args, dict(kwargs))


@pytest.fixture
def marks(request):
    """Make the marks of checks known to this run of pytest, which is strict about them."""
    for mark in MARKS:
        request.config.addinivalue_line("markers", mark)


def remembered(function):
    """The function, run once only for the same arguments and the same state of their chance."""
    known = {}

    def answer(*args, **kwargs):
        asked = pickle.dumps((args, kwargs))
        if asked not in known:
            known[asked] = pickle.dumps((function(*args, **kwargs), args))
        value, left = pickle.loads(known[asked])
        for arg, after in zip(args, left, strict=True):
            if isinstance(arg, np.random.Generator):
                arg.bit_generator.state = after.bit_generator.state
        return value

    return answer


@pytest.fixture
def pages_made_once(monkeypatch):
    """Every run of a check draws the same page, and drawing is most of its work."""
    monkeypatch.setattr(handwriting, "make_small_page", remembered(handwriting.make_small_page))


def checks_of(exercise: str) -> dict[str, tuple[Callable, bool]]:
    """The checks of an exercise as plain functions, and whether each waits for another."""
    found = {}
    for path in check_files_of([exercise]):
        spec = importlib.util.spec_from_file_location(f"checks_{path.stem}", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for name, function in vars(module).items():
            if name.startswith("test_"):
                marks = {mark.name for mark in function.pytestmark}
                found[f"{path.stem}::{name}"] = function, "after" in marks
    return found


@pytest.mark.parametrize("exercise", [e.id for e in catalogue().checked])
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.usefixtures("marks", "pages_made_once")
def test_no_answer_breaks_a_check_and_none_of_these_passes_one(exercise):
    """A check that breaks would blame the instructor for what the student returned.

    Constants are right answers to some questions; nothing else here is one to any.
    """
    for name, (check, waits) in checks_of(exercise).items():
        for value in CONSTANTS + HOPELESS:
            for ruin in (False, True):
                student = Student(JunkBackend(value, ruin))
                known = {"student": student, "rng": np.random.default_rng(1)}
                arguments = {k: known[k] for k in inspect.signature(check).parameters}
                try:
                    check(**arguments)
                except CheckFailure as failure:
                    assert failure.problem
                except Exception as error:
                    pytest.fail(f"{name} broke on {value!r} (ruined: {ruin}): {error!r}")
                else:
                    worthless = not any(value is junk for junk in CONSTANTS)
                    assert waits or not worthless, f"{name} passes for {value!r}"
