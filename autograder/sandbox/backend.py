"""The far end of ``student``: functions that live in a sandboxed process.

Nothing that comes back is trusted. Every answer must carry the random number of its question, come
in time, decode into plain data and have the form that was asked for; anything else is an
answer that was not given, with a reason that the student can read.
"""

from __future__ import annotations

import secrets
import socket
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.sandbox.box import Sandbox
from autograder.sandbox.machine import EVERYTHING, Offers
from autograder.sandbox.time_limits import TimeBudget
from autograder.student_process.wire import (
    Channel,
    Closed,
    Late,
    WireError,
    bounded_text,
    decode,
    encode,
)
from helpers.checking.answers import Cell
from helpers.checking.explain import MAX_TEXT
from helpers.checking.failures import CheckFailure, NoAnswer, NotWritten, StudentRaised
from helpers.checking.student import Outcome, StudentFunction, blamed, public_helper
from helpers.errors import SandboxError

FAILURES: dict[str, Callable[..., CheckFailure]] = {
    "NotWritten": lambda problem, traceback, explanation: NotWritten(problem),
    "StudentRaised": StudentRaised,
    "NoAnswer": lambda problem, traceback, explanation: NoAnswer(problem),
}
MAX_BREAKDOWNS = 2
MAX_BYTES = 256 * 2**20  # of all answers of one exercise
MAX_PROBLEM = 1000


@dataclass(frozen=True)
class Program:
    """What to load for one exercise: the student's cells, and what stands in for faults.

    The functions called ``replaced`` are those of the cells ``stand_ins``, which run in a process
    of their own: the student's never sees them. ``exercise`` is what its time is counted for.
    ``packages`` are imported before any of that, where
    no limit of the student's counts. ``chance`` is what the student's own draws start from;
    ``checked_at`` says for each function of the course which cell checks it. ``offers`` are the
    packages that are there for the student's code; what stands in has all. Of the functions and
    modules called ``watched`` it is noted which are used.
    """

    cells: tuple[Cell, ...]
    wanted: tuple[str, ...]
    stand_ins: tuple[Cell, ...] = ()
    replaced: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    chance: int = 0
    offers: Offers = EVERYTHING
    watched: tuple[str, ...] = ()
    checked_at: Mapping[str, str] = field(default_factory=dict)
    exercise: str = ""

    def of_stand_ins(self) -> Program:
        """What the other process loads, in which functions stand in."""
        return Program(self.stand_ins, self.replaced, packages=self.packages, chance=self.chance)


class RemoteBackend:
    """Calls the functions of one exercise in a process of its own.

    A process that broke down (no answer, a broken answer) is thrown away with its sandbox
    and a fresh one serves the next check. After :data:`MAX_BREAKDOWNS`, or one while the
    notebook's code was loaded, or when time is used up, the remaining checks fail without
    a call.

    Parameters
    ----------
    sandbox : Sandbox
        Where the process is started.
    program : Program
        What it loads.
    budget : TimeBudget, optional
        What is left of the submission's time; by default that of a submission of its own.
    """

    def __init__(self, sandbox: Sandbox, program: Program, budget: TimeBudget | None = None):
        self._sandbox = sandbox
        self._program = program
        self._budget = budget or TimeBudget()
        self._channel: Channel | None = None
        self._defined: frozenset[str] = frozenset()
        self._problems: dict[str, str] = {}
        self._stand_ins: RemoteBackend | None = None
        self._breakdowns = 0
        self._given_up = ""
        self.used: set[str] = set()  # of what is watched; a hint
        self._spent = 0.0
        self._bytes_left = MAX_BYTES

    def defines(self, name: str) -> bool:
        """Whether the student has a callable of that name."""
        self._ensure_loaded()
        return name in self._defined

    def call(self, name: str, args: tuple, kwargs: dict[str, Any], seconds: float) -> Outcome:
        """Call it in the other process and rebuild what comes back.

        Raises
        ------
        CheckFailure
            It raised, or no usable answer came in time.
        """
        self._ensure_loaded()
        passed = [v.name for v in (*args, *kwargs.values()) if isinstance(v, StudentFunction)]
        for needed in (name, *passed):
            if "." not in needed and needed not in self._defined:
                raise self._undefined(needed)
        said = blamed(name, args)
        request = {"do": "call", "function": name, "blamed": said, "args": args, "kwargs": kwargs}
        reply = self._ask(request, seconds, f"`{said}`")
        if "failure" in reply:
            raise _failure(reply, args, kwargs)
        return _outcome(reply, args, kwargs)

    def close(self) -> None:
        """End the process, and that of the functions that stand in."""
        self._sandbox.end()
        self._channel = None
        if self._stand_ins is not None:
            self._stand_ins.close()

    def _ensure_loaded(self) -> None:
        if self._channel is not None:
            return
        if why_not := self._given_up or self._budget.why_not(self._program.exercise, self._spent):
            raise NoAnswer(f"not called: {why_not}")
        self._load(self._link() if self._program.replaced else None)

    def _link(self) -> socket.socket:
        """Start the process in which functions stand in; what the student's talks to it over."""
        ours, theirs = socket.socketpair()
        if self._stand_ins is not None:
            self._stand_ins.close()
        self._stand_ins = RemoteBackend(self._sandbox.beside(), self._program.of_stand_ins())
        started = time.monotonic()
        try:
            self._stand_ins._load(theirs)
            self._budget.spend_load(self._program.exercise, time.monotonic() - started)
        except CheckFailure as failure:
            ours.close()
            raise SandboxError(f"what stands in cannot be loaded: {failure.problem}") from None
        absent = set(self._program.replaced) - self._stand_ins._defined
        if absent:
            ours.close()
            raise SandboxError(
                f"no solution defines {', '.join(sorted(absent))}; run course doctor"
            )
        return ours

    def _load(self, link: socket.socket | None) -> None:
        program = self._program
        self._channel = self._sandbox.begin(program.packages, link, program.offers)
        self._given_up = "the notebook's code could not be loaded"  # unless what follows works
        reply = self._ask(
            {
                "do": "load",
                "cells": [(cell.source, cell.name) for cell in program.cells],
                "wanted": list(program.wanted),
                "replaced": list(program.replaced),
                "shared": list(self._sandbox.shared),
                "chance": program.chance,
                "checked_at": dict(program.checked_at),
                "watched": list(program.watched),
            },
            None,
            "the notebook's code",
        )
        defined, problems = reply.get("defined"), reply.get("problems")
        if not isinstance(defined, list) or not isinstance(problems, dict):
            raise self._broke("the notebook's code broke the channel while it was loaded")
        self._given_up = ""
        self._defined = frozenset(name for name in defined if isinstance(name, str))
        self._problems = {n: text for n, text in problems.items() if isinstance(text, str)}

    def _undefined(self, name: str) -> CheckFailure:
        if name in self._problems:
            return StudentRaised(f"`{name}` could not be defined", self._problems[name][:4000])
        return NotWritten(f"there is no function `{name}`")

    def _ask(self, request: dict[str, Any], seconds: float | None, what: str) -> dict[str, Any]:
        """Ask the other process, and wait so many seconds, or as long as loading may take."""
        number = secrets.randbits(62)
        try:
            frame = encode({**request, "id": number}, _refer)
        except WireError as error:
            raise self._broke(f"{what} cannot be sent to be run: {error}") from None
        granted = self._granted(seconds)
        started = time.monotonic()
        answered = False
        try:
            reply = self._exchange(frame, started + granted)
            answered = True
        except Late:
            raise self._broke(self._too_late(what, granted)) from None
        except Closed:
            raise self._broke(
                f"the process running {what} ended: out of memory, out of processor time, "
                "too many files or threads, or it left on its own"
            ) from None
        except WireError as error:
            raise self._broke(f"{what} gave no usable answer: {error}") from None
        finally:
            self._spend(time.monotonic() - started, seconds is None, answered)
        theirs = reply.get("id") if isinstance(reply, dict) else None
        if type(theirs) is not int or theirs != number:  # an array would compare as an array
            raise self._broke(f"{what} gave an answer that belongs to no question")
        self._note_used(reply)
        return reply

    def _note_used(self, reply: dict[str, Any]) -> None:
        said = reply.get("used")
        known = {name for name in said if type(name) is str} if isinstance(said, list) else set()
        self.used.update(name for name in self._program.watched if name in known)

    def _granted(self, seconds: float | None) -> float:
        if seconds is None:
            return self._budget.grant_load()
        return self._budget.grant(self._program.exercise, seconds, self._spent)

    def _spend(self, seconds: float, loading: bool, answered: bool) -> None:
        exercise = self._program.exercise
        if loading:
            self._budget.spend_load(exercise, seconds, answered=answered)
        else:
            self._budget.spend(exercise, seconds, self._spent, answered=answered)
            self._spent += seconds

    def _exchange(self, frame: bytes, deadline: float) -> Any:
        if self._channel.has_input():
            raise WireError("an answer came before its question")
        self._channel.send(frame, deadline)
        text, arrays = self._channel.receive(deadline)
        self._bytes_left -= len(text) + len(arrays)
        if self._bytes_left < 0:
            raise WireError("all answers together are too large")
        return decode(text, arrays)

    def _too_late(self, what: str, granted: float) -> str:
        less = ", less than usual, as so much time went by without an answer"
        return (
            f"{what} did not come back within {granted:.3g} seconds"
            f"{less if self._budget.shortened else ''}: a loop that never ends?"
        )

    def _broke(self, problem: str) -> NoAnswer:
        self._breakdowns += 1
        if self._breakdowns >= MAX_BREAKDOWNS and not self._given_up:
            self._given_up = "earlier calls of this exercise did not come back"
        self._channel = None
        self._sandbox.close()
        return NoAnswer(problem)


def _refer(value: Any) -> dict[str, str] | None:
    """The name of a callable: one of the student's functions, or a public one of ``helpers``."""
    if isinstance(value, StudentFunction):
        return {"home": "student", "name": value.name}
    if not callable(value):
        return None
    home, name = public_helper(value)
    return {"home": home, "name": name}


def _failure(reply: dict[str, Any], args: Sequence, kwargs: dict[str, Any]) -> CheckFailure:
    kind = reply.get("failure")
    texts = [reply.get("problem"), reply.get("traceback"), reply.get("explanation", "")]
    make = FAILURES.get(kind) if isinstance(kind, str) else None
    if make is None or not all(isinstance(text, str) for text in texts):
        return NoAnswer("the function gave an answer of no known form")
    limits = (MAX_PROBLEM, 4000, MAX_TEXT)
    failure = make(*(bounded_text(t)[:most] for t, most in zip(texts, limits, strict=True)))
    if isinstance(failure, StudentRaised) and _fit(reply, args, kwargs):
        failure.left = Outcome(None, reply["args"], reply["kwargs"])
    return failure


def _outcome(reply: dict[str, Any], args: Sequence, kwargs: dict[str, Any]) -> Outcome:
    if "value" not in reply or not _fit(reply, args, kwargs):
        raise NoAnswer("the function gave an answer of no known form")
    return Outcome(reply["value"], reply["args"], reply["kwargs"])


def _fit(reply: dict[str, Any], args: Sequence, kwargs: dict[str, Any]) -> bool:
    """Whether what came back as arguments can be those that were sent."""
    back, named = reply.get("args"), reply.get("kwargs")
    return (
        isinstance(back, tuple)
        and len(back) == len(args)
        and isinstance(named, dict)
        and named.keys() == kwargs.keys()
    )
