"""The form in which a platform imports marks, and the filling of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.intake.roster import Person, rows_of_people, same_person
from autograder.intake.tables import Table
from autograder.marks.points import Marks, SheetMark
from helpers.errors import RosterError


@dataclass(frozen=True)
class Form:
    """What one platform wants.

    Attributes
    ----------
    name : str
        Of the platform, as commands call it.
    column : callable
        Of a table and the title of a sheet: the column with its marks, or an empty text.
    maximum : callable
        Of a table and that column: the points that the platform knows, or ``None``.
    kept : callable
        Of a table and that column: the columns that go back, in their order.
    blank : callable
        Of people, the title of a sheet and its points: a table with nobody's mark.
    """

    name: str
    column: Callable[[Table, str], str]
    maximum: Callable[[Table, str], float | None]
    kept: Callable[[Table, str], tuple[str, ...]]
    blank: Callable[[Sequence[Person], str, float], Table]


@dataclass(frozen=True)
class Filled:
    """A table with marks, and who is not in it.

    Attributes
    ----------
    table : Table
        Rows of people without a mark are left out, so that an import cannot make zeros of them.
    waiting : tuple of str
        Whose answers nobody has judged yet.
    unknown : tuple of str
        Who has marks and no row in the platform's table.
    """

    table: Table
    waiting: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def fill(
    form: Form,
    marks: Sequence[Marks],
    sheet: str,
    title: str,
    table: Table | None = None,
    scale: bool = False,
) -> Filled:
    """Fill in the marks of a sheet.

    Parameters
    ----------
    form : Form
    marks : sequence of Marks
    sheet, title : str
        The sheet's name, and what the platform calls it.
    table : Table, optional
        The platform's own export; by default a new table with the ids of the roster.
    scale : bool
        Whether points are brought to the platform's maximum, where that is another one.

    Raises
    ------
    RosterError
        The table has no column for the sheet, or another maximum.
    """
    ours = {one.person.key: _of_sheet(one, sheet) for one in marks}
    people = [one.person for one in marks]
    points = max((mark.maximum for mark in ours.values()), default=0.0)
    if table is None:
        table = form.blank([one for one in people if one.ids], title, points)
    column = form.column(table, title)
    if not column:
        raise RosterError(
            f"{table.name} has no column for {title!r}; it has {', '.join(table.columns[:12])}: "
            "say which with --column"
        )
    factor = _factor(form.maximum(table, column), points, scale, table, title)
    rows, waiting, seen = [], [], set()
    for row, person in rows_of_people(table):
        owner = same_person(person, people) if person else None
        if owner is None:
            if person is None and any(row.values()):  # a row of the platform's own
                rows.append(row)
            continue
        if owner.key in seen:
            raise RosterError(
                f"{table.name} has several rows that may be {owner.name} ({owner.key}); an id in "
                "both lists tells them apart"
            )
        seen.add(owner.key)
        mark = ours[owner.key]
        if mark.points is None:
            waiting.append(owner.name)
        else:
            rows.append({**row, column: number(mark.points * factor)})
    kept = form.kept(table, column)
    unknown = [p.name for p in people if p.key not in seen and ours[p.key].there]
    if not seen:
        raise RosterError(f"{table.name} has no row of anybody here; is it the right table?")
    return Filled(replace(table, columns=kept, rows=tuple(rows)), tuple(waiting), tuple(unknown))


def number(points: float) -> str:
    """Points with at most two decimals and a point, as platforms read them.

    Examples
    --------
    >>> number(3.0), number(2.5), number(1 / 3)
    ('3', '2.5', '0.33')
    """
    return f"{points:.2f}".rstrip("0").rstrip(".")


def amount(text: str) -> float | None:
    """A number in a platform's table; ``None`` where there is none.

    Examples
    --------
    >>> amount("100,00"), amount("47.5"), amount("(read only)")
    (100.0, 47.5, None)
    """
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def cells(people: Sequence[Person], ids: Mapping[str, str]) -> list[dict[str, str]]:
    """A row for each person: ``ids`` names the column of each kind of id, or part of a name."""
    return [
        {
            column: getattr(person, kind) if kind in ("name", "first", "last", "section")
            else person.ids.get(kind, "")
            for kind, column in ids.items()
        }
        for person in people
    ]  # fmt: skip


def _of_sheet(marks: Marks, sheet: str) -> SheetMark:
    return next(mark for mark in marks.sheets if mark.sheet == sheet)


def _factor(theirs: float | None, ours: float, scale: bool, table: Table, title: str) -> float:
    if theirs is None or not ours or abs(theirs - ours) < 0.005:
        return 1.0
    if scale:
        return theirs / ours
    raise RosterError(
        f"{table.name} gives {theirs:g} points for {title!r} and the sheet has {ours:g}; set it to "
        f"{ours:g} in the platform, or say --scale"
    )
