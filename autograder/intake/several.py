"""Whether what was handed in as one person's work may be the work of several.

Notebooks are told apart by the marks in them, and where there are none by their names. Folders
that each hold the same notebook, not the same to the byte, are several people's, unless their names
say that they are copies: ``old``, ``v2``, ``sheet 1 (2)``. Files side by side are what people make
of one notebook all day; three that are named like three people are shown to a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations, islice
from pathlib import Path

from autograder.intake.archives import ARCHIVES, UNREADABLE, files_in, is_archive, printable
from autograder.intake.names import NOTEBOOKS
from autograder.intake.platforms.flat import owner_in
from helpers.errors import SubmissionError

MARK = re.compile(rb'"grade_id":\s{0,9}"([^"\\]{1,100})"')
MAX_MARKS = 1000
MAX_NAMES = 20_000  # in an archive
MAX_COMPARED = 60  # notebooks of one submission
DATE = re.compile(r"\d{4}[-_.]\d\d?[-_.]\d\d?([-_ tT]\d\d?[-_.:h]?\d\d([-_.:]?\d\d)?)?")
MANY = 12  # folders that each hold one notebook, and another's each
FEW = 3  # files side by side that are named like as many people
WORDS = frozenset(re.findall(r"\w+", """
    abgabe alt anlage answer answers assignment attempt aufgabe backup bak checkpoint clean colab
    copie copy corrected course current day done download draft drive due edit edited ex exercise
    exercises extra file files final finished first fixed folder for good graded hand handed
    handin homework hw improved in ipynb jupyter kopie kurs last late latest lösung mine my neu
    new notebook notebooks of old older original part partial previous question rev revised
    revision save saved second serie sheet solution solutions solved submission submissions submit
    submitted task tasks template test tests third tmp trial try turn turned u ue unfinished uni
    untitled update updated v ver version versions versuch w week work working worksheet zip übung
"""))  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """What tells a notebook from another."""

    stem: str
    marks: frozenset[bytes]
    content: int

    @classmethod
    def of(cls, path: str, data: bytes) -> Seen:
        """A notebook at a path inside a submission."""
        marks = (match[1] for match, _ in zip(MARK.finditer(data), range(MAX_MARKS), strict=False))
        return cls(path.rpartition("/")[2], frozenset(marks), hash(data))


def same_notebook(one: Seen, other: Seen) -> bool:
    """Whether two files are the same notebook of a course, filled in twice."""
    if one.marks and other.marks:
        both = len(one.marks & other.marks)
        return 2 * both >= len(one.marks | other.marks)
    return bool(own_words(one.stem)) and own_words(one.stem) == own_words(other.stem)


def own_words(name: str) -> tuple[str, ...]:
    """What in a name could tell a person: not what people call copies, versions and sheets.

    Examples
    --------
    >>> own_words("Ada Byron (2).zip"), own_words("submission_v10"), own_words("student12")
    (('ada', 'byron'), (), ('student', '12'))
    """
    name = name.casefold()
    for ending in (*ARCHIVES, *NOTEBOOKS):
        name = name.removesuffix(ending)
    tokens = re.findall(r"[^\W\d_]+|\(\d+\)|\d+", DATE.sub(" ", name))
    if not re.search(r"[^\W_]", name):
        return (name,)  # a name of signs is a name
    kept = []
    after_word = False
    for token in tokens:
        short = len(token) == 1 or (token.isdecimal() and len(token) == 2)
        dropped = token in WORDS or token.startswith("(") or (short and after_word)
        after_word = dropped
        if not dropped:
            kept.append(token)
    return tuple(kept)


def people_of(files: Mapping[str, Seen]) -> dict[str, str]:
    """Who handed in which of several files, where their names tell that some are one person's.

    Files of one notebook have words in common, and what is left in the name is the person, as in
    ``ada_hw1`` and ``ben_hw1``. It is believed where nobody has two files of one notebook.

    Parameters
    ----------
    files : mapping of str to Seen
        By the names of the files.

    Returns
    -------
    dict of str to str
        The person's name by that of the file; nothing where names do not tell.
    """
    kinds: list[list[str]] = []
    for name, seen in files.items():
        kind = next((k for k in kinds if seen.marks and same_notebook(files[k[0]], seen)), None)
        kinds.append([name]) if kind is None else kind.append(name)
    people: dict[tuple[str, ...], list[str]] = {}
    for kind in kinds:
        common = set.intersection(*(set(own_words(name)) for name in kind))
        common = common if len(kind) > 1 else set()
        left = [tuple(word for word in own_words(name) if word not in common) for name in kind]
        if len(set(left)) < len(left) or () in left:
            return {}
        for name, words in zip(kind, left, strict=True):
            people.setdefault(words, []).append(name)
    if len(people) < 2 or len(people) == len(files):
        return {}
    return {name: _as_written(names[0], w) for w, names in people.items() for name in names}


def _as_written(name: str, words: tuple[str, ...]) -> str:
    pattern = rf"{re.escape(words[0])}.*?{re.escape(words[-1])}|{re.escape(words[0])}"
    match = re.search(pattern, name, re.IGNORECASE | re.DOTALL)
    return printable(match[0]) if match else " ".join(words)


def several_people(notebooks: Mapping[str, bytes]) -> str:
    """Why notebooks, by their paths inside one submission, may be several people's; or nothing.

    Examples
    --------
    >>> several_people({"ada/02.ipynb": b"1", "ben/02.ipynb": b"2"})
    'ada and ben each hold 02.ipynb'
    >>> several_people({"old/02.ipynb": b"1", "new/02.ipynb": b"2"})
    ''
    """
    inside = _without_wrapper(dict(list(notebooks.items())[:MAX_COMPARED]))
    return _named_by_platform(list(notebooks)) or _in_folders(inside) or _side_by_side(inside)


def _named_by_platform(paths: list[str]) -> str:
    found: dict[str, str] = {}
    for path in paths:
        for name in path.split("/"):
            if owner := owner_in(name):
                found.setdefault(owner, name)
                break
    if len(found) < 2:
        return ""
    one, other, *_ = found.values()
    return f"a platform named {_shown(one)} and {_shown(other)} after different people"


def owners_in_archive(path: Path) -> set[str]:
    """Whom a platform named in the names of an archive's files; nobody where it cannot be read."""
    found: set[str] = set()
    if is_archive(path.name):
        with suppress(*UNREADABLE, SubmissionError):
            for entry in islice(files_in(path, []), MAX_NAMES):
                found |= {owner for name in entry.name.split("/") if (owner := owner_in(name))}
    return found


def _without_wrapper(notebooks: dict[str, bytes]) -> dict[str, bytes]:
    """The same without folders that hold all of it."""
    while notebooks:
        tops = {path.partition("/")[0] for path in notebooks}
        if len(tops) > 1 or not all("/" in path for path in notebooks):
            break
        notebooks = {path.partition("/")[2]: data for path, data in notebooks.items()}
    return notebooks


def _in_folders(notebooks: dict[str, bytes]) -> str:
    if any("/" not in path for path in notebooks):
        return ""  # the one at the top is theirs
    tops: dict[str, list[Seen]] = {}
    for path, data in notebooks.items():
        tops.setdefault(path.partition("/")[0], []).append(Seen.of(path, data))
    if many := _many_copies(tops):
        return many
    for one, other in combinations(tops, 2):
        if not own_words(one) or not own_words(other) or own_words(one) == own_words(other):
            continue
        for mine in tops[one]:
            for theirs in tops[other]:
                if same_notebook(mine, theirs) and mine.content != theirs.content:
                    return f"{_shown(one)} and {_shown(other)} each hold {_shown(mine.stem)}"
    return ""


def _many_copies(tops: dict[str, list[Seen]]) -> str:
    """``submission 1`` to ``submission 30`` are no one's copies, whatever their names say."""
    if len(tops) < MANY:
        return ""
    first, *others = (seen[0] for seen in tops.values())
    alike = {one.content for one in (first, *others) if same_notebook(first, one)}
    if len(alike) < MANY:
        return ""
    return f"{len(alike)} folders hold {_shown(first.stem)}, filled in differently"


def _side_by_side(notebooks: dict[str, bytes]) -> str:
    top = [Seen.of(path, data) for path, data in notebooks.items() if "/" not in path]
    for first in top:
        alike = [one for one in top if first.marks and same_notebook(first, one)]
        words = [set(own_words(one.stem)) for one in alike]
        common = set.intersection(*words) if words else set()
        people = {
            (frozenset(left), one.content): one.stem
            for one, its in zip(alike, words, strict=True)
            if (left := {word for word in its - common if not word.isdecimal()})
        }
        named = {left for left, _ in people}
        if len(named) >= FEW and len({content for _, content in people}) >= FEW:
            one, other, *_ = people.values()
            return (
                f"{_shown(one)}, {_shown(other)} and {len(alike) - 2} more are the same notebook, "
                "filled in differently"
            )
    return ""


def _shown(name: str) -> str:
    return printable(name)[:80]
