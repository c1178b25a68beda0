"""Dicts that are sent in part: what a function looks up the first time is sent the next time.

Functions that share their ``params`` look up a few entries each; sending all of them with every
call would cost ten times as much as the calls themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any


class NotSent(BaseException):
    """A function looks at an entry that was not sent. It is called again, with all."""


class Watched(dict):
    """A dict that knows which of its entries were looked up.

    Parameters
    ----------
    entries : mapping
    absent : collection of str
        Keys of entries that exist and were not sent.

    Attributes
    ----------
    used : set of str, or None
        The keys looked up so far; ``None`` where all were looked at.

    Examples
    --------
    >>> params = Watched({"W": 1, "b": 2}, absent=["old"])
    >>> params["W"], params.get("new")
    (1, None)
    >>> sorted(params.used)
    ['W', 'new']
    >>> params["old"]
    Traceback (most recent call last):
    ...
    autograder.student_process.watched.NotSent: old
    """

    def __init__(self, entries: Mapping[str, Any], absent: Collection[str] = ()):
        super().__init__(entries)
        self.absent = set(absent)
        self.used: set[str] | None = set()

    def _look_up(self, key: Any) -> None:
        if key in self.absent:
            raise NotSent(key)
        if self.used is not None:
            self.used.add(key)

    def _look_at_all(self) -> None:
        if self.absent:
            raise NotSent(", ".join(sorted(self.absent)))
        self.used = None

    def keys_used(self) -> list[str] | None:
        """The keys looked up so far, as plain data."""
        return None if self.used is None else [key for key in self.used if type(key) is str]

    def __getitem__(self, key: Any) -> Any:
        self._look_up(key)
        return super().__getitem__(key)

    def __contains__(self, key: Any) -> bool:
        self._look_up(key)
        return super().__contains__(key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self.absent.discard(key)
        super().__setitem__(key, value)

    def __delitem__(self, key: Any) -> None:
        self._look_up(key)
        super().__delitem__(key)

    def get(self, key: Any, default: Any = None) -> Any:
        """As `dict.get`."""
        self._look_up(key)
        return super().get(key, default)

    def pop(self, key: Any, *default: Any) -> Any:
        """As `dict.pop`."""
        self._look_up(key)
        return super().pop(key, *default)

    def setdefault(self, key: Any, default: Any = None) -> Any:
        """As `dict.setdefault`."""
        self._look_up(key)
        return super().setdefault(key, default)

    def update(self, *others: Any, **entries: Any) -> None:
        """As `dict.update`."""
        for key, value in dict(*others, **entries).items():
            self[key] = value


def _of_all(name: str) -> Any:
    plain = getattr(dict, name)

    def method(self: Watched, *args: Any) -> Any:
        self._look_at_all()
        return plain(self, *args)

    method.__name__ = name
    method.__doc__ = f"As `dict.{name}`; all entries count as looked up."
    return method


WHOLE = ("__iter__", "__len__", "__eq__", "__ne__", "__or__", "__ror__", "__repr__", "__reversed__",
         "keys", "values", "items", "copy", "popitem", "clear")  # fmt: skip
for _name in WHOLE:
    setattr(Watched, _name, _of_all(_name))


def entries_of(watched: dict) -> Iterator[tuple[str, Any]]:
    """The entries of a dict, none of which counts as looked up."""
    return iter(dict.items(watched))
