"""Between a student's process and the one in which functions of the course stand in for wrong ones.

The student's process holds functions that ask; the other one holds the real ones, and none of their
text can be had from here. A call goes over as plain data. While the caller waits, it answers calls
itself: a function that stands in may be given one of the student's. What a call changes in its
arguments, and how far it draws on the generators of random numbers, comes back with its value.

Both ends are this class. It does not trust the other one: it calls nothing but functions that are
served or were handed over, and modules that both processes share.
"""

from __future__ import annotations

import builtins
import importlib
from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np

from helpers.checking.chance import draws as where_drawn
from helpers.checking.chance import same_draws, set_draws
from helpers.checking.plain import plain
from helpers.checking.student import describe

from .traces import changes, remember, take_over
from .watched import NotSent, Watched
from .wire import DTYPES, Channel, WireError, decode, encode

Used = list[list[str] | None]
"""For each argument that is a dict, the keys that were looked up; ``None`` for all."""
MAX_LENT = 1000  # functions handed over to the other process
GONE = "the function that stands in for `{}` does not answer"


class Link:
    """One end of the link.

    Parameters
    ----------
    channel : Channel
    shared : collection of str
        The modules whose functions are the same on both sides, and may be passed by name.
    """

    def __init__(self, channel: Channel, shared: Collection[str]):
        self._channel = channel
        self._shared = frozenset(shared)
        self._served: Mapping[str, Callable] = {}
        self._askers: dict[str, Callable] = {}
        self._lent: list[Callable] = []
        self._used: dict[tuple, Used] = {}
        self._agreed: tuple | None = None  # where the generators stood when last compared

    def serve(self, functions: Mapping[str, Callable]) -> None:
        """Answer calls of these functions until the other side closes."""
        self._served = functions
        while True:
            try:
                self._answer(self._receive())
            except WireError:
                return

    def stand_in(self, name: str) -> Callable:
        """What stands here in the place of a function of the other process."""

        def asker(*args: Any, **kwargs: Any) -> Any:
            return self._ask(name, args, kwargs)

        asker.__name__ = asker.__qualname__ = name
        self._askers[name] = asker
        return asker

    def _ask(self, name: str, args: tuple, kwargs: dict[str, Any]) -> Any:
        values = [*args, *kwargs.values()]
        about = (name, len(args), *kwargs, *(value for value in values if type(value) is str))
        used = self._used.get(about)
        told = self._told(name, args, kwargs, used)
        if "again" in told:
            told = self._told(name, args, kwargs, None)
        if "raised" in told:
            raise _error(*told["raised"])
        self._used[about] = _both(used, told["used"])
        self._go_on_from(told["draws"])
        take_over(values, told["changes"])
        return told["value"]

    def _told(
        self, name: str, args: tuple, kwargs: dict[str, Any], used: Used | None
    ) -> dict[str, Any]:
        """What the other process says to a call; the entries of dicts that it used are sent."""
        keys = iter(used or [None] * (len(args) + len(kwargs)))
        absent: list[list[str]] = []
        question = {
            "call": name,
            "args": tuple(_sent(value, next(keys), absent) for value in args),
            "kwargs": {key: _sent(value, next(keys), absent) for key, value in kwargs.items()},
            "absent": absent,
            "draws": self._news_of_draws(),
        }
        try:
            frame = encode(question, self._refer)
        except WireError as error:
            raise ValueError(f"`{name}` cannot be given this: {error}") from None
        try:
            self._channel.send(frame)
            while "call" in (told := self._receive()):
                self._answer(told)
            return told
        except WireError:
            raise RuntimeError(GONE.format(name)) from None

    def _news_of_draws(self) -> tuple | None:
        """Where the generators stand, unless both sides know."""
        here = where_drawn()
        if self._agreed is not None and same_draws(here, self._agreed):
            return None
        self._agreed = here
        return here

    def _go_on_from(self, draws: tuple | None) -> None:
        """Draw from there; without news, from where both agreed, whatever a failed call drew."""
        draws = self._agreed if draws is None else draws
        if draws is not None and not same_draws(draws, where_drawn()):
            set_draws(draws)
        self._agreed = where_drawn()

    def _receive(self) -> dict[str, Any]:
        message = decode(*self._channel.receive(), resolve=self._resolve)
        if not isinstance(message, dict):
            raise WireError("a message is no dict")
        return message

    def _answer(self, question: dict[str, Any]) -> None:
        try:
            frame = encode(self._call(**question))
        except NotSent:
            frame = encode({"again": True})
        except Exception as error:  # whatever the other side sent
            frame = encode({"raised": (type(error).__name__, describe(error))})
        self._channel.send(frame)

    def _call(
        self,
        call: str,
        args: tuple,
        kwargs: dict[str, Any],
        absent: list[list[str]],
        draws: tuple | None,
    ) -> dict[str, Any]:
        function = self._lent[int(call)] if call.isdecimal() else self._served[call]
        keys = iter(absent)
        args = tuple(Watched(v, next(keys)) if isinstance(v, dict) else v for v in args)
        kwargs = {
            k: Watched(v, next(keys)) if isinstance(v, dict) else v for k, v in kwargs.items()
        }
        values = [*args, *kwargs.values()]
        before = remember(values)
        self._go_on_from(draws)
        value = function(*args, **kwargs)
        return {
            "value": plain(value),
            "changes": changes(before, values),
            "used": [value.keys_used() if isinstance(value, Watched) else None for value in values],
            "draws": self._news_of_draws(),
        }

    def _refer(self, value: Any) -> dict[str, str] | None:
        """The name by which the other process finds a function."""
        if not callable(value):
            return None
        home, name = (str(getattr(value, part, "")) for part in ("__module__", "__name__"))
        if self._askers.get(name) is value:
            return {"home": "served", "name": name}
        if home in self._shared and getattr(importlib.import_module(home), name, None) is value:
            return {"home": home, "name": name}
        number = next((n for n, lent in enumerate(self._lent) if lent is value), len(self._lent))
        if number == MAX_LENT:
            return None
        self._lent[number:] = self._lent[number:] or [value]
        return {"home": "lent", "name": str(number)}

    def _resolve(self, reference: dict[str, Any]) -> Callable:
        """A function that came by name: one that is served, of the other side, or of a module."""
        home, name = str(reference.get("home")), str(reference.get("name"))
        if home == "served" and name in self._served:
            return self._served[name]
        if home == "lent" and name.isdecimal():
            return lambda *args, **kwargs: self._ask(name, args, kwargs)
        if home in self._shared and not name.startswith("_"):
            return getattr(importlib.import_module(home), name)
        raise WireError("a function is passed on that may not be")


def _sent(value: Any, used: list[str] | None, absent: list[list[str]]) -> Any:
    """A value as it is sent; of a dict the entries that are used, and the keys of the others."""
    if not isinstance(value, dict):
        return _plain(value)
    absent.append([] if used is None else [key for key in value if key not in used])
    return {key: _plain(entry) for key, entry in value.items() if used is None or key in used}


def _plain(value: Any) -> Any:
    """Plain data; an array that is sent at once need not be copied first."""
    if callable(value) or (type(value) is np.ndarray and value.dtype.str in DTYPES):
        return value
    return plain(value)


def _both(used: Used | None, more: Used) -> Used:
    """The keys that either of two calls used."""
    if used is None:
        return more
    return [None if None in (a, b) else [*{*a, *b}] for a, b in zip(used, more, strict=True)]


def _error(kind: str, text: str) -> Exception:
    """The exception that a function elsewhere raised, as far as Python has it built in."""
    known = getattr(builtins, kind, None)
    known = known if isinstance(known, type) and issubclass(known, Exception) else RuntimeError
    try:
        return known(text.removeprefix(f"{kind}: "))
    except TypeError:  # such as UnicodeDecodeError, which takes more
        return RuntimeError(text)
