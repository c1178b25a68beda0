"""The far end of ``student``: functions that live in a sandboxed process.

This side believes nothing. Every answer must carry the random number of its question, come
in time, decode into plain data and have the form that was asked for; anything else is an
answer that was not given, with a reason that the student can read.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.sandbox import Sandbox
from autograder.student_process.wire import (
    Channel,
    Closed,
    Late,
    WireError,
    clean,
    decode,
    encode,
)
from helpers.checking.answers import Cell
from helpers.checking.failures import CheckFailure, NoAnswer, NotWritten, StudentRaised
from helpers.checking.student import Outcome, StudentFunction

FAILURES: dict[str, Callable[..., CheckFailure]] = {
    "NotWritten": lambda problem, traceback: NotWritten(problem),
    "StudentRaised": StudentRaised,
    "NoAnswer": lambda problem, traceback: NoAnswer(problem),
}
LOAD_SECONDS = 20.0
EXERCISE_SECONDS = 60.0
MAX_BREAKDOWNS = 2
MAX_PROBLEM = 1000


@dataclass(frozen=True)
class Program:
    """What to load for one exercise: the student's cells, and what stands in for earlier faults."""

    cells: tuple[Cell, ...]
    wanted: tuple[str, ...]
    replacements: tuple[Cell, ...] = ()
    replaced: tuple[str, ...] = ()


class RemoteBackend:
    """Calls the functions of one exercise in a process of its own.

    A process that broke down (no answer, a broken answer) is thrown away with its sandbox
    and a fresh one serves the next check; after :data:`MAX_BREAKDOWNS`, or when
    :data:`EXERCISE_SECONDS` are spent, the remaining checks fail without a call.
    """

    def __init__(self, sandbox: Sandbox, program: Program):
        self._sandbox = sandbox
        self._program = program
        self._channel: Channel | None = None
        self._defined: frozenset[str] = frozenset()
        self._problems: dict[str, str] = {}
        self._breakdowns = 0
        self._seconds_left = EXERCISE_SECONDS

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
        if name not in self._defined:
            raise self._undefined(name)
        request = {"do": "call", "function": name, "args": args, "kwargs": kwargs}
        reply = self._ask(request, seconds, f"`{name}`")
        if "failure" in reply:
            raise _failure(reply)
        return _outcome(reply, args, kwargs)

    def close(self) -> None:
        """End the process."""
        self._sandbox.end()
        self._channel = None

    def _ensure_loaded(self) -> None:
        if self._channel is not None:
            return
        if self._breakdowns >= MAX_BREAKDOWNS or self._seconds_left <= 0:
            raise NoAnswer("not called: earlier calls of this exercise did not come back")
        self._channel = self._sandbox.begin()
        program = self._program
        reply = self._ask(
            {
                "do": "load",
                "cells": [(cell.source, cell.name) for cell in program.cells],
                "wanted": list(program.wanted),
                "replacements": [(cell.source, cell.name) for cell in program.replacements],
                "replaced": list(program.replaced),
            },
            LOAD_SECONDS,
            "the notebook's code",
        )
        defined, problems = reply.get("defined"), reply.get("problems")
        if not isinstance(defined, list) or not isinstance(problems, dict):
            raise self._broke("the notebook's code broke the channel while it was loaded")
        self._defined = frozenset(name for name in defined if isinstance(name, str))
        self._problems = {k: v for k, v in problems.items() if isinstance(v, str)}

    def _undefined(self, name: str) -> CheckFailure:
        if name in self._problems:
            return StudentRaised(f"`{name}` could not be defined", self._problems[name][:4000])
        return NotWritten(f"there is no function `{name}`")

    def _ask(self, request: dict[str, Any], seconds: float, what: str) -> dict[str, Any]:
        number = secrets.randbits(62)
        started = time.monotonic()
        deadline = started + min(seconds, max(self._seconds_left, 1.0))
        try:
            if self._channel.has_input():
                raise WireError("an answer came before its question")
            self._channel.send(encode({**request, "id": number}, _refer), deadline)
            reply = decode(*self._channel.receive(deadline))
        except Late:
            raise self._broke(
                f"{what} did not come back within {deadline - started:.0f} seconds: "
                "a loop that never ends?"
            ) from None
        except Closed:
            raise self._broke(
                f"the process running {what} ended: out of memory, out of processor time, "
                "or it left on its own"
            ) from None
        except WireError as error:
            raise self._broke(f"{what} gave no usable answer: {error}") from None
        finally:
            self._seconds_left -= time.monotonic() - started
        if not isinstance(reply, dict) or reply.get("id") != number:
            raise self._broke(f"{what} gave an answer that belongs to no question")
        return reply

    def _broke(self, problem: str) -> NoAnswer:
        self._breakdowns += 1
        self._channel = None
        self._sandbox.close()
        return NoAnswer(problem)


def _refer(value: Any) -> dict[str, str] | None:
    """The name of a callable: one of the student's functions, or a public one of ``helpers``."""
    if isinstance(value, StudentFunction):
        return {"home": "student", "name": value.name}
    home = getattr(value, "__module__", "") or ""
    if callable(value) and home.startswith("helpers."):
        return {"home": home, "name": value.__name__}
    return None


def _failure(reply: dict[str, Any]) -> CheckFailure:
    kind, problem, traceback = (reply.get(k) for k in ("failure", "problem", "traceback"))
    make = FAILURES.get(kind) if isinstance(kind, str) else None
    if make is None or not isinstance(problem, str) or not isinstance(traceback, str):
        return NoAnswer("the function gave an answer of no known form")
    return make(clean(problem)[:MAX_PROBLEM], clean(traceback)[:4000])


def _outcome(reply: dict[str, Any], args: Sequence, kwargs: dict[str, Any]) -> Outcome:
    back, named = reply.get("args"), reply.get("kwargs")
    fits = (
        "value" in reply
        and isinstance(back, tuple)
        and len(back) == len(args)
        and isinstance(named, dict)
        and named.keys() == kwargs.keys()
    )
    if not fits:
        raise NoAnswer("the function gave an answer of no known form")
    return Outcome(reply["value"], back, named)
