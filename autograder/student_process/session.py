"""One exercise on the student's side: load the answers, then answer calls until told to stop.

Where functions of the course stand in for wrong ones, they run in another process, and what is here
in their place asks for their values over a link between the two; see :mod:`.link`.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from helpers.checking.answers import Answers, Cell, load_answers
from helpers.checking.chance import start_draws
from helpers.checking.failures import CheckFailure
from helpers.checking.plain import plain
from helpers.checking.student import call_function

from .link import Link
from .pristine import helper
from .watch import used, watch
from .wire import Channel, WireError, decode, encode

REPLY_SECONDS = 60.0


def serve(channel: Channel, link: Channel | None = None) -> None:
    """Answer requests, one after the other, until the other side closes.

    Parameters
    ----------
    channel : Channel
        To the judge.
    link : Channel, optional
        To the process in which functions stand in for the student's; or, in that process, to the
        student's.
    """
    answers = Answers({})
    while True:
        try:
            request = decode(*channel.receive(), resolve=partial(_resolve, answers=answers))
        except WireError:
            return
        other = Link(link, request["shared"]) if link and request["do"] == "load" else None
        if request["do"] == "load":
            watch(request["watched"])
            answers = _load(request, other)
            reply = {
                "defined": _defined(answers, request["wanted"]),
                "problems": plain(answers.problems),
            }
        else:
            reply = _call(request, answers)
        reply = {"id": request["id"], "used": used(), **reply}
        channel.send(_encode(reply), time.monotonic() + REPLY_SECONDS)
        if other and not request["replaced"]:
            other.serve({name: answers.namespace[name] for name in reply["defined"]})
            return


def _load(request: dict[str, Any], other: Link | None) -> Answers:
    start_draws(request["chance"])
    return load_answers(
        [Cell(*pair) for pair in request["cells"]],
        request["wanted"],
        {name: other.stand_in(name) for name in request["replaced"]},
        request["checked_at"],
    )


def _defined(answers: Answers, wanted: list[str]) -> list[str]:
    return [name for name in wanted if callable(answers.namespace.get(name))]


def _call(request: dict[str, Any], answers: Answers) -> dict[str, Any]:
    name, args, kwargs = request["function"], request["args"], request["kwargs"]
    function = helper(name) if "." in name else answers.namespace[name]
    name = request["blamed"]
    try:
        value = call_function(function, name, args, kwargs, answers.problems)
        return {
            "value": plain(value),
            "args": tuple(map(plain, args)),
            "kwargs": {key: plain(entry) for key, entry in kwargs.items()},
        }
    except CheckFailure as failure:
        return {
            "failure": type(failure).__name__,
            "problem": str(failure.problem),
            "traceback": str(failure.traceback),
            "explanation": str(getattr(failure, "explanation", "")),
            **_left(args, kwargs),
        }
    except RecursionError:
        return {
            "failure": "StudentRaised",
            "problem": f"`{name}` returned something endless",
            "traceback": "",
            "explanation": "",
        }


def _left(args: tuple, kwargs: dict[str, Any]) -> dict[str, Any]:
    """The arguments after a call that raised, where they can be sent."""
    try:
        left = {
            "args": tuple(map(plain, args)),
            "kwargs": {key: plain(entry) for key, entry in kwargs.items()},
        }
        encode(left)
    except (WireError, RecursionError, MemoryError):
        return {}
    return left


def _encode(reply: dict[str, Any]) -> bytes:
    try:
        return encode(reply)
    except (WireError, RecursionError, MemoryError) as error:
        return encode(
            {
                "id": reply["id"],
                "failure": "NoAnswer",
                "problem": f"the answer cannot be sent: {error}",
                "traceback": "",
                "explanation": "",
            }
        )


def _resolve(reference: dict[str, str], answers: Answers) -> Callable:
    """A function that was passed by name: one of the student's own, or one of ``helpers``."""
    if reference["home"] == "student":
        return answers.namespace[reference["name"]]
    return getattr(importlib.import_module(reference["home"]), reference["name"])
