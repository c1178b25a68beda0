"""Where a class's work lies: in the folder that was named, in a folder in it, or in an archive.

Wrappers are opened where it is plain what they hold. Where it is not, nothing is graded, and one
sentence says what was seen and how to go on: a guess could put one student's answers into
another's gaps.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

from autograder.intake.archives import is_archive, printable
from autograder.intake.files import collect
from autograder.intake.names import NOTEBOOKS, is_submission_file, student_name
from autograder.intake.platforms import nbgrader
from autograder.intake.platforms.listing import entries, is_folder, is_stray, listed
from autograder.intake.platforms.recognise import FOLDERS, Download, recognised
from autograder.intake.several import Seen, own_words, people_of, same_notebook
from autograder.intake.unpacked import unpacked
from helpers.checking.catalogue import FILE
from helpers.errors import SubmissionError

REMEDY = "give a folder that holds one folder or archive per student"
FORCED = f"say --platform {FOLDERS}"
MAX_WRAPPERS = 6
MAX_LOOKED_AT = 12  # entries that are opened to see whose they are
MAX_FOLDERS = 5  # of one student that are taken for a class
MAX_SINGLE = 3000  # notebooks side by side that are opened to see whose they are
SUBMISSIONS = frozenset({"submissions", "submitted", "abgaben", "rendus", "entregas"})
CLASS, STUDENT, UNCLEAR = "class", "student", "unclear"
COPY = re.compile(r"([ _-]*\(\d+\)|[ _-]+copy\d*|-\d{1,2})+$", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """Where a class's work lies.

    Attributes
    ----------
    folder : Path
        What holds it side by side.
    works : tuple of Path
        What could be somebody's.
    strays : tuple of Path
        What is nobody's.
    download : Download, optional
        What a platform's names tell.
    opened : str
        The wrapper that it lies in, if it is another than what was named.
    """

    folder: Path
    works: tuple[Path, ...]
    strays: tuple[Path, ...]
    download: Download | None = None
    opened: str = ""


def find_class(
    named: Path, results: str = "", platform: str | None = None, notebooks: Collection[str] = ()
) -> Place:
    """Where a class's work lies.

    Parameters
    ----------
    named : Path
        A folder, or an archive of one.
    results : str
        The real path of a folder of results, which is no submission.
    platform : str, optional
        Where it is from, if that is known.
    notebooks : collection of str
        What the course's notebooks are called, without their ending.

    Raises
    ------
    SubmissionError
        It is not there or cannot be read, or it is not plain whose work lies where.
    """
    folder, opened = _folder(named), ""
    beside: list[Path] = []
    for _ in range(MAX_WRAPPERS):
        if nbgrader.is_course_directory(folder):
            folder = folder / nbgrader.SUBMITTED
            opened = printable(folder.name)
        place = _place(folder, results, platform, opened)
        wrapped = None if place.download or platform == FOLDERS else _wrapper(place.works)
        inner = _opened(wrapped) if wrapped else None
        if not wrapped or not inner or not (platform or _descend(inner, wrapped, notebooks)):
            break
        opened = printable(wrapped.name)
        beside += [path for path in (*place.works, *place.strays) if path != wrapped]
        folder = inner
    if platform not in (None, FOLDERS) and not place.download:
        raise SubmissionError(_no_such_download(named, platform, place))
    if place.works and not place.download and not platform:
        _refuse_own_folder(place, notebooks, named)
    return replace(place, strays=(*beside, *place.strays))


def _folder(named: Path) -> Path:
    if named.is_dir():
        if (named / FILE).is_file():
            raise SubmissionError(f"{named} is one student's folder, not a class; {REMEDY}")
        return named
    if not named.exists():
        raise SubmissionError(f"{named} does not exist; {REMEDY}")
    if is_archive(named.name):
        return unpacked(named)
    raise SubmissionError(f"{named} is a file; {REMEDY}")


def _place(folder: Path, results: str, platform: str | None, opened: str) -> Place:
    there = [path for path in listed(folder) if os.path.realpath(path) != results]
    works = tuple(path for path in there if not is_stray(path))
    strays = tuple(path for path in there if is_stray(path))
    download = None if platform == FOLDERS else recognised(folder, platform)
    return Place(folder, works, strays, download, opened)


def _wrapper(works: tuple[Path, ...]) -> Path | None:
    """The one entry that may hold the class; or a folder beside the archive that it came from.

    A sheet of exercises in the same place makes no difference, but a notebook does.
    """
    folders = [path for path in works if is_folder(path)]
    named = [path for path in folders if path.name.casefold() in SUBMISSIONS]
    if len(named) == 1 and len(folders) > 1 and _kind(named[0], ()) == CLASS:
        return named[0]
    if len(works) == 2 and len(folders) == 1 and _is_its_archive(works, folders[0]):
        return folders[0]
    holding = [path for path in works if is_folder(path) or is_submission_file(path)]
    only = holding[0] if len(holding) == 1 else None
    return only if only and (is_folder(only) or _is_archive(only)) else None


def _is_its_archive(works: tuple[Path, ...], folder: Path) -> bool:
    other = next(path for path in works if path != folder)
    return _is_archive(other) and student_name(other) == folder.name and _kind(folder, ()) == CLASS


def _is_archive(path: Path) -> bool:
    return is_archive(path.name) and path.is_file() and not path.is_symlink()


def _opened(wrapped: Path) -> Path | None:
    """What a wrapper holds, as a folder; nothing where it cannot be read: its row says why."""
    if is_folder(wrapped):
        return wrapped
    try:
        return unpacked(wrapped)
    except SubmissionError:
        return None


def _descend(inner: Path, wrapped: Path, notebooks: Collection[str]) -> bool:
    try:
        kind = _kind(inner, notebooks)
    except SubmissionError:
        return False  # whoever reads it as one submission says why it cannot be read
    if kind == UNCLEAR:
        names = _some([path for path in entries(inner) if not is_stray(path)])
        raise SubmissionError(
            f"{printable(wrapped.name)} holds {names}, and nothing tells whether these are "
            f"students or the work of one; where they are students, give {printable(wrapped.name)} "
            f"itself and {FORCED}; where they are one student's, {FORCED} alone"
        )
    return kind == CLASS


def _kind(folder: Path, notebooks: Collection[str], depth: int = 0) -> str:
    """Whether a folder holds a class, one student's work, or nobody can tell."""
    if (folder / FILE).is_file():
        return STUDENT  # the course's own folder, with a student's answers
    if recognised(folder):
        return CLASS
    works = [path for path in entries(folder) if not is_stray(path)]
    files = [path for path in works if _is_notebook(path)]
    if files:
        return _kind_of_files(files, notebooks)
    holding = {path: seen for path in works[:MAX_LOOKED_AT] if (seen := _seen(path))}
    if len(holding) == 1 and len(works) == 1 and depth < MAX_WRAPPERS:
        inner = _opened(works[0])
        return _kind(inner, notebooks, depth + 1) if inner else STUDENT
    if len(holding) < 2:
        apart = len(works) > 1 and _tell_apart(works, notebooks) and not own_words(folder.name)
        return UNCLEAR if holding and apart else STUDENT
    pairs = [pair for pair in combinations(holding, 2) if _tell_apart(pair, notebooks)]
    if not pairs:
        return STUDENT
    alike = any(_share(holding[one], holding[other]) for one, other in pairs)
    return CLASS if alike else UNCLEAR


def _kind_of_files(files: list[Path], notebooks: Collection[str]) -> str:
    if len(files) == 1 or 2 * sum(is_nobodys(path, notebooks) for path in files) >= len(files):
        return STUDENT
    if len({who for path in files if (who := who_of(path, notebooks))}) > 1:
        return CLASS
    seen = [one for path in files[:MAX_LOOKED_AT] for one in _seen(path)]
    if not any(one.marks for one in seen):
        return UNCLEAR
    alike = any(same_notebook(one, other) for one, other in combinations(seen, 2))
    if not alike:
        return STUDENT
    return CLASS if _tell_apart(files, notebooks) else STUDENT


def _refuse_own_folder(place: Place, notebooks: Collection[str], named: Path) -> None:
    """A student's own folder makes no class of its notebooks."""
    if not (seen := _own_work(place.works, notebooks)):
        return
    classes = [p for p in place.works[:MAX_FOLDERS] if is_folder(p) and _kind(p, ()) == CLASS]
    if len(classes) > 1:
        raise SubmissionError(
            f"{named} holds {_some(classes)}, which hold several people's work each; grade each "
            f"on its own, with an --out of its own; where each is one student's, {FORCED}"
        )
    raise SubmissionError(
        f"{named} looks like one student's folder, not a class: it holds {seen}; put that folder "
        f"into another, and give that one; where each is one student's, {FORCED}"
    )


def _own_work(works: tuple[Path, ...], notebooks: Collection[str]) -> str:
    """What in a folder shows that it is one student's; nothing where it is a class."""
    files = [path for path in works if _is_notebook(path)]
    nobodys = [path for path in files if is_nobodys(path, notebooks)]
    if nobodys and 2 * len(nobodys) >= len(files):
        return f"{_some(nobodys)}, named like the course's notebooks and like nobody"
    rest = [path for path in works if path not in files]
    seen = [one for path in files[:MAX_LOOKED_AT] for one in _seen(path) if one.marks]
    if len(seen) > 1 and not any(same_notebook(*pair) for pair in combinations(seen, 2)):
        return f"{_some(files)}, each a notebook of its own"
    only_folders = rest and all(is_folder(path) and not _seen(path) for path in rest)
    if len(seen) == len(files) == 1 and only_folders:
        return f"{_some(files)} alone, and folders without a notebook"
    if 1 < len(works) <= MAX_FOLDERS and not files and not _tell_apart(works, notebooks):
        holding = [path for path in works if _seen(path)]
        return f"{_some(holding)}, whose names tell no people apart" if len(holding) > 1 else ""
    return ""


def who_of(path: Path, notebooks: Collection[str]) -> str:
    """Who is named beside a notebook of the course in the name of a file.

    Examples
    --------
    >>> who_of(Path("ada_02_network (1).ipynb"), ["02_network"])
    'ada'
    >>> who_of(Path("02_network - Ada B.ipynb"), ["02_network"])
    'Ada B'
    """
    name = COPY.sub("", student_name(path)).strip()
    for notebook in notebooks:
        if match := re.fullmatch(rf"(.+?)[ _-]+{re.escape(notebook)}", name, re.IGNORECASE):
            return printable(match[1].strip()) if own_words(match[1]) else ""
        if match := re.fullmatch(rf"{re.escape(notebook)}[ _-]+(.+)", name, re.IGNORECASE):
            return printable(match[1].strip()) if own_words(match[1]) else ""
    return ""


def people_in(works: Sequence[Path]) -> dict[Path, str]:
    """Who handed in which of single notebooks, where names and what is in them tell it."""
    files = [path for path in works if _is_notebook(path)]
    if len(files) < len(works) or len(files) > MAX_SINGLE:
        return {}
    seen = {path.name: one for path in files for one in _seen(path)[:1]}
    who = people_of(seen) if len(seen) == len(files) else {}
    return {path: who[path.name] for path in files if path.name in who}


def is_nobodys(path: Path, notebooks: Collection[str]) -> bool:
    """Whether a file is named after a notebook of the course, and after nobody."""
    name = set(own_words(path.name))
    return bool(name) and any(name <= set(own_words(notebook)) for notebook in notebooks)


def _tell_apart(paths: Iterable[Path], notebooks: Collection[str]) -> bool:
    """Whether at least two names could be people's, and not copies', sheets' or notebooks'."""
    known = {word for notebook in notebooks for word in own_words(notebook)}
    names = {tuple(word for word in own_words(path.name) if word not in known) for path in paths}
    return len(names - {()}) > 1


def _share(mine: list[Seen], theirs: list[Seen]) -> bool:
    return any(same_notebook(one, other) for one in mine for other in theirs)


def _seen(path: Path) -> list[Seen]:
    """The notebooks in an entry; none where it cannot be read."""
    if not (is_folder(path) or is_submission_file(path)):
        return []
    try:
        found = collect(path, of_one=False).notebooks
    except SubmissionError:
        return []
    return [Seen.of(name, data) for name, data in found.items()]


def _is_notebook(path: Path) -> bool:
    return path.name.lower().endswith(NOTEBOOKS) and not is_folder(path)


def _some(paths: list[Path]) -> str:
    names = [printable(path.name) for path in paths]
    shown = ", ".join(names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown or "nothing"


def _no_such_download(named: Path, platform: str, place: Place) -> str:
    there = _some([*place.works, *place.strays])
    return (
        f"{named} is no download from {platform}: it holds {there}; leave out --platform, or "
        "give the folder as the platform made it"
    )
