"""Which of several copies of one notebook counts, and when a person has to look.

The order is: nearer to the top of what was handed in; then newer, as names, dates in names and the
times in an archive tell; then the one with more answers. What is hardly begun beside a copy with
more than twice as many answers is a beginning or an experiment, wherever it lies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

OLD = re.compile(
    r"(?<![a-z])(old|backups?|bak|orig|original|drafts?|scratch|experiments?|archive|previous|prev|"
    r"trash|test|tests|playground|checkpoint|alt|vieux)(?![a-z])"
)
NEW = re.compile(
    r"(?<![a-z])(final|finished|new|newest|latest|submit|submitted|submission|resubmit|resubmitted|"
    r"resubmission|revised|updated|fixed|corrected|abgabe|neu)(?![a-z])"
)
YEAR_FIRST = re.compile(r"(20\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?([0-2]\d|3[01])(?!\d)")
DAY_FIRST = re.compile(r"(?<!\d)([0-2]?\d|3[01])[-_.]([01]?\d)[-_.](20\d\d)")
ENDING = re.compile(r"\.ipynb[^/]*$|\.(?:json|txt)$")
COPIED = re.compile(r"(?:copy|kopie|copie|copia)(?: (?:of|von|de))?[ _-]*\d*")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = rf"({'|'.join(MONTHS)})[a-z]*"
NAMED_DAY = re.compile(
    rf"(?<![a-z0-9]){MONTH}[ ._-]*(\d{{1,2}})(?!\d)|(?<!\d)(\d{{1,2}})[ ._-]*{MONTH}(?![a-z])"
)
AS_GOOD_AS_AT_ONCE = timedelta(seconds=3)  # zip archives count in steps of two

Version = tuple[int, tuple[int, ...], tuple[int, ...]]


@dataclass
class Copy:
    """One file: the notebook that it is, and the answers that it holds.

    Attributes
    ----------
    answers : dict of str to str
        The text of each by its label: a function, or the ``grade_id`` of a written answer.
    known : bool
        Whether it holds any of the course's own cells.
    time : datetime, optional
        When it was last changed, where that is known.
    """

    path: str
    notebook: dict[str, Any]
    name: str
    answers: dict[str, str]
    known: bool = True
    time: datetime | None = None

    @property
    def depth(self) -> int:
        """In how many folders it lies."""
        return self.path.count("/")

    @property
    def version(self) -> Version:
        """What its name tells of its age."""
        return version(self.path, self.name)


def version(path: str, name: str) -> Version:
    """What a path tells of a copy's age: words, dates, numbers; a newer one is larger.

    Examples
    --------
    >>> names = ["02_network_v10", "02_network_v2", "02_network", "02_network_old", "final"]
    >>> sorted(names, key=lambda path: version(path, "02_network"))
    ['02_network_old', '02_network', '02_network_v2', '02_network_v10', 'final']
    >>> version("a_03.11.2026", "a") > version("a 2026-10-30", "a")
    True
    >>> version("a Nov 3", "a") > version("a 30 october", "a")
    True
    """
    plain = COPIED.sub("", ENDING.sub("", path.lower()).replace(name.lower(), ""))
    days = [(int(y), int(m), int(d)) for y, m, d in YEAR_FIRST.findall(plain)]
    days += [(int(y), int(m), int(d)) for d, m, y in DAY_FIRST.findall(plain)]
    for after, day, other_day, before in NAMED_DAY.findall(plain):
        days.append((0, MONTHS.index(after or before) + 1, int(day or other_day)))
    rest = plain
    for dates in (YEAR_FIRST, DAY_FIRST, NAMED_DAY):
        rest = dates.sub("", rest)
    word = -1 if OLD.search(plain) else int(bool(NEW.search(plain)))
    numbers = tuple(int(digits[:9]) for digits in re.findall(r"\d+", rest))
    return word, max(days, default=()), numbers


def in_order(copies: Sequence[Copy]) -> list[Copy]:
    """The copies of one notebook, the one that counts first."""
    most = max((len(copy.answers) for copy in copies), default=0)

    def rank(copy: Copy) -> tuple[Any, ...]:
        return (
            copy.known,
            2 * len(copy.answers) >= most and bool(copy.answers),
            not copy.notebook.get("lost"),
            -copy.depth,
            copy.version,
            copy.time or datetime.min,
            len(copy.answers),
            PurePosixPath(copy.path).stem == copy.name,
        )

    by_name = sorted(copies, key=lambda copy: copy.path)
    return sorted(by_name, key=rank, reverse=True)


def doubt(best: Copy, other: Copy) -> str:
    """Why a person should look which of two copies counts, or an empty text."""
    common = sorted(best.answers.keys() & other.answers.keys())
    differing = [label for label in common if best.answers[label] != other.answers[label]]
    if not differing or not other.known:
        return ""
    by_time = _later(other.time, best.time)
    if by_time > 0:
        why = "was changed later"
    elif by_time == 0 and other.version > best.version:
        why = "has the name of a newer one"
    elif len(other.answers) > len(best.answers):
        why = "holds more answers"
    elif by_time == 0 and (best.depth, best.version) == (other.depth, other.version):
        why = "may be the newer one: nothing tells"
    else:
        return ""
    return f"{best.path} was graded, but {other.path} {why}; they differ in {_listed(differing)}"


def _later(one: datetime | None, other: datetime | None) -> int:
    if one is None or other is None or abs(one - other) <= AS_GOOD_AS_AT_ONCE:
        return 0
    return 1 if one > other else -1


def _listed(labels: Sequence[str]) -> str:
    more = f" and {len(labels) - 5} more" if len(labels) > 5 else ""
    return ", ".join(labels[:5]) + more


def needed_with(
    taken: Sequence[Mapping[str, Any]],
    own: Mapping[int, frozenset[str]],
    cells: Sequence[Mapping[str, Any]],
    there: frozenset[str],
) -> list[Mapping[str, Any]]:
    """The student's own cells that define what answers from another copy use.

    Parameters
    ----------
    taken : sequence of mapping
        The cells with these answers.
    own : mapping of int to frozenset
        What own cells of the other copy define, by their positions in ``cells``.
    cells : sequence of mapping
        All cells of the other copy.
    there : frozenset of str
        What is defined already where the answers go.
    """
    used = {word for cell in taken for word in re.findall(r"\w+", cell["source"])}
    chosen: set[int] = set()
    grown = True
    while grown:
        more = {i for i, names in own.items() if i not in chosen and (names - there) & used}
        used |= {word for i in more for word in re.findall(r"\w+", cells[i]["source"])}
        chosen |= more
        grown = bool(more)
    return [cells[i] for i in sorted(chosen)]
