"""Sheets: what is handed in together, when it is due, and what late work loses."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from helpers.checking.catalogue import FILE
from helpers.errors import CourseError


@dataclass(frozen=True)
class LatePolicy:
    """What late work loses.

    Attributes
    ----------
    per_day : float
        The share of its points that a sheet loses for each day begun: 1 loses all at once.
    grace : float
        Minutes after the due time that are forgiven.
    days : float
        So many days after the due time nothing counts any more; by default there is no end.

    Examples
    --------
    >>> policy = LatePolicy(per_day=0.1, grace=15, days=3)
    >>> [policy.kept(timedelta(hours=hours)) for hours in (0, 0.2, 1, 25, 73)]
    [1.0, 1.0, 0.9, 0.8, 0.0]
    """

    per_day: float = 0.0
    grace: float = 0.0
    days: float = math.inf

    def kept(self, late_by: timedelta) -> float:
        """The share of the points that work keeps that came so late."""
        if late_by <= timedelta(minutes=self.grace):
            return 1.0
        begun = late_by / timedelta(days=1)
        if begun > self.days:
            return 0.0
        return max(0.0, round(1.0 - self.per_day * math.ceil(begun), 10))


@dataclass(frozen=True)
class Sheet:
    """One or more notebooks that are handed in together.

    Attributes
    ----------
    name : str
        Of folders and of the assignment in nbgrader, such as ``"sheet-1"``.
    notebooks : tuple of str
        Names of notebooks of the course.
    title : str
        For people to read.
    due : datetime, optional
        When it is due, with a time zone; by default never.
    weight : float
        The factor with which its points count in the whole.
    late : LatePolicy
        What late work loses; by default nothing.
    """

    name: str
    notebooks: tuple[str, ...]
    title: str = ""
    due: datetime | None = None
    weight: float = 1.0
    late: LatePolicy = field(default_factory=LatePolicy)


def read_sheets(
    table: Mapping[str, Any], course: str, notebooks: Sequence[str]
) -> tuple[Sheet, ...]:
    """The sheets in ``course.toml``; where there are none, one of all notebooks.

    Parameters
    ----------
    table : mapping
        All of ``course.toml``: ``[[sheet]]``, ``[late]`` for sheets without a policy of their own,
        and in ``[calendar]`` the ``timezone`` of times without one.
    course : str
        The course's name, which a sheet of all notebooks bears.
    notebooks : sequence of str
        The course's notebooks.

    Raises
    ------
    CourseError
        A sheet does not fit.
    """
    usual = _policy(table.get("late", {}), "[late]")
    zone = _zone(table.get("calendar", {}))
    tables = table.get("sheet", [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        raise CourseError(f"{FILE} says `sheet` in another way than [[sheet]]; write [[sheet]]")
    if not tables:
        return (Sheet(course, tuple(notebooks), late=usual),)
    sheets = tuple(_sheet(one, usual, zone, notebooks) for one in tables)
    names = [sheet.name for sheet in sheets]
    for name in names:
        if names.count(name) > 1:
            raise CourseError(f"{FILE} has two sheets called {name!r}; call one something else")
    taken = [name for sheet in sheets for name in sheet.notebooks]
    for name in taken:
        if taken.count(name) > 1:
            raise CourseError(f"{FILE} has {name} in two sheets; a notebook is in one")
    return sheets


def _sheet(
    one: Mapping[str, Any], usual: LatePolicy, zone: ZoneInfo, notebooks: Sequence[str]
) -> Sheet:
    known = {"name", "title", "notebooks", "due", "weight", "late"}
    name = one.get("name")
    if not isinstance(name, str) or not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        raise CourseError(
            f"{FILE} has a sheet called {name!r}; give it a name of letters, digits, - and _"
        )
    for key in one.keys() - known:
        raise CourseError(
            f"{FILE} says {key!r} of {name}, where only these are allowed: "
            f"{', '.join(sorted(known))}"
        )
    wanted = one.get("notebooks", [])
    for notebook in wanted:
        if notebook not in notebooks:
            raise CourseError(
                f"{FILE} has {notebook!r} in {name}, which is none of the notebooks: "
                f"{', '.join(notebooks)}"
            )
    if not wanted:
        raise CourseError(f"{FILE} gives {name} no notebooks; list them: notebooks = [...]")
    weight = one.get("weight", 1.0)
    if isinstance(weight, bool) or not isinstance(weight, int | float) or weight < 0:
        raise CourseError(f"{FILE} gives {name} the weight {weight!r}; write a number from 0 on")
    return Sheet(
        name,
        tuple(wanted),
        one.get("title", name),
        _time(one.get("due"), zone, name),
        float(weight),
        _policy(one["late"], f"late of {name}") if "late" in one else usual,
    )


def _policy(table: Any, where: str) -> LatePolicy:
    if table == "zero":
        return LatePolicy(per_day=1.0)
    allowed = {"per_day": (0, 1), "grace": (0, math.inf), "days": (0, math.inf)}
    if not isinstance(table, dict) or table.keys() - allowed.keys():
        raise CourseError(
            f"{FILE} says {table!r} in {where}; allowed are per_day, grace and days, or 'zero'"
        )
    for key, value in table.items():
        low, high = allowed[key]
        good = isinstance(value, int | float) and not isinstance(value, bool)
        if not good or not low <= value <= high:
            raise CourseError(
                f"{FILE} says {key} = {value!r} in {where}; write a number from {low} to {high}"
            )
    return LatePolicy(**{key: float(value) for key, value in table.items()})


def _zone(calendar: Any) -> ZoneInfo:
    if not isinstance(calendar, dict) or calendar.keys() - {"timezone"}:
        raise CourseError(f"{FILE} says {calendar!r} in [calendar]; allowed is timezone")
    name = calendar.get("timezone", "UTC")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise CourseError(
            f"{FILE} says timezone = {name!r}; write one such as 'Europe/Berlin'"
        ) from None


def _time(due: Any, zone: ZoneInfo, sheet: str) -> datetime | None:
    if due is None:
        return None
    if isinstance(due, datetime):
        return due if due.tzinfo else due.replace(tzinfo=zone)
    if isinstance(due, date):  # until the end of that day
        return datetime(due.year, due.month, due.day, 23, 59, 59, tzinfo=zone)
    raise CourseError(
        f"{FILE} says due = {due!r} of {sheet}; write a time such as 2030-02-01T23:59:00, "
        "without quotes"
    )
