"""What was handed in, as a platform tells it: whose it is, which attempt, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Owner:
    """Who handed something in.

    Attributes
    ----------
    name : str
        As the platform shows it, such as ``"Ada Byron"``; or a login, where it tells no more.
    ids : mapping of str to str
        What else is known of them: ``"email"``, ``"login"``, and the platform's own number under
        the platform's name, such as ``"canvas"``.
    members : tuple of Owner
        The people of a group that handed in together, where the platform names them.
    """

    name: str
    ids: Mapping[str, str] = field(default_factory=dict)
    members: tuple[Owner, ...] = ()


@dataclass(frozen=True)
class Part:
    """One file or folder of a download.

    Attributes
    ----------
    owner : Owner
        Whose it is.
    path : Path
        Where it lies.
    name : str
        What its owner called it, where the platform renamed it.
    attempt : int
        Which attempt it belongs to: a later one has a higher number. 0 where nothing tells.
    time : datetime, optional
        When it was handed in; without a time zone where the platform tells none.
    late : bool, optional
        Whether the platform says that it came late.
    counts : bool
        False for what is kept and not graded, such as a text typed into the platform's own page.
    """

    owner: Owner
    path: Path
    name: str = ""
    attempt: int = 0
    time: datetime | None = None
    late: bool | None = None
    counts: bool = True


@dataclass(frozen=True)
class Attempt:
    """All that somebody handed in at one time."""

    parts: tuple[Part, ...]

    @property
    def time(self) -> datetime | None:
        """When its last part came, where anything tells."""
        return max((part.time for part in self.parts if part.time), default=None)

    @property
    def late(self) -> bool | None:
        """Whether the platform says that it came late."""
        said = [part.late for part in self.parts if part.late is not None]
        return any(said) if said else None

    @property
    def paths(self) -> tuple[Path, ...]:
        """What of it is graded."""
        return tuple(part.path for part in self.parts if part.counts)
