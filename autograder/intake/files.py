"""From whatever a student handed in to the notebooks and other files in it.

A submission is a folder, an archive, or a single notebook; archives may lie in folders and
in archives, as systems that collect homework like to pack them. See
:mod:`autograder.intake.archives` for the care with which files are read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path, PurePosixPath

from autograder.intake.archives import (
    LEFT_OUT,
    MAX_NAME,
    UNREADABLE,
    Allowance,
    Entry,
    files_in,
    files_in_archive,
    is_archive,
    open_plainly,
    printable,
    reason,
)
from autograder.intake.kinds import is_notebook_text, kind_by_name
from autograder.intake.legible import MAX_READ, IllegibleError, without_outputs
from autograder.intake.names import NOTEBOOKS, not_taken
from autograder.intake.platforms.flat import handed_name
from autograder.intake.several import several_people
from helpers.errors import SubmissionError

MAX_FILE = 64 * 2**20  # bytes of one notebook; of more than MAX_READ the outputs are left out
MAX_SCRIPTS = 2**20  # bytes of all code that lies beside the notebooks
MAX_TOTAL = 100 * 2**20  # bytes of all notebooks, and of all archives inside the submission
MAX_NOTEBOOKS = 200
MAYBE = frozenset({".json", ".txt", ".py", ""})  # endings under which a notebook may lie
MAX_NESTING = 2  # archives in archives
MAX_REMARKS = 50
MAX_OTHERS = 100  # names of files that nothing is made of
MAX_FILES = 20  # of those that are graded for what is in them


@dataclass
class SubmittedFiles:
    """The notebooks in one submission, as they were handed in.

    Attributes
    ----------
    notebooks : dict of str to bytes
        By path inside the submission.
    files : dict of str to bytes
        The other files that the course grades, by path.
    broken : dict of str to str
        Notebooks that could not be read, by path, and why.
    remarks : list of str
        What was odd about the files.
    others : list of str
        Paths of other files, which nothing was made of.
    scripts : dict of str to str
        Code that lies beside the notebooks, by path: it is looked at, never run.
    times : dict of str to datetime
        When notebooks were last changed, where an archive tells.
    """

    notebooks: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    scripts: dict[str, str] = field(default_factory=dict)
    times: dict[str, datetime] = field(default_factory=dict)

    @property
    def instead(self) -> str:
        """What is there, for a submission without a notebook of the course."""
        there = [*self.notebooks, *self.files, *self.scripts, *self.others]
        kinds = ((name, kind_by_name(name)) for name in there[:5])
        names = ", ".join(f"{name} ({kind})" if kind else name for name, kind in kinds)
        names += f" and {len(there) - 5} more" if len(there) > 5 else ""
        nothing = "there is no notebook of the course in it"
        return f"{nothing}, but {names}" if there else f"{nothing}, nor anything else"


def graded_file(name: str, wanted: Collection[str]) -> str:
    """The one of the wanted files that a name or path stands for, or an empty text.

    Browsers and desktops number the copies that they make.

    Examples
    --------
    >>> [graded_file(name, ["n.npz"]) for name in ("n.npz", "N (1).npz", "notes.npz")]
    ['n.npz', 'n.npz', '']
    """
    name = PurePosixPath(name).name.lower()
    plain = re.sub(r"([ _-]*\(\d+\)|[ _-]+copy)+(?=\.[^.]*$)", "", name)
    return plain if plain in wanted else ""


def collect(
    path: Path | Sequence[Path], wanted: Collection[str] = (), of_one: bool = True
) -> SubmittedFiles:
    """Read the notebooks out of a submission, and other files that are graded.

    Parameters
    ----------
    path : Path or sequence of Path
        A folder, an archive, or a notebook; several where one student handed in several.
    wanted : collection of str
        Names of the other files that are graded.
    of_one : bool
        Whether it must be one person's work.

    Raises
    ------
    SubmissionError
        It is none of these, or cannot be read, or is larger than any submission can be; or it may
        be the work of several people.
    """
    collector = _Collector(wanted)
    handed = collector.handed
    paths = [path] if isinstance(path, Path) else list(path)
    faults: list[SubmissionError] = []
    for one in paths:
        before = len(handed.notebooks) + len(handed.broken)
        known = set(handed.notebooks)
        try:
            collector.take_all(_entries(one, handed.remarks, collector.allowance))
        except (*UNREADABLE, SubmissionError) as error:
            count = len(handed.notebooks) + len(handed.broken) - before
            if count:
                handed.remarks.append(
                    f"only a part could be read ({reason(error)}): {count} notebooks"
                )
            else:
                faults.append(_as_submission_error(one.name, error))
        if of_one:
            new = {name: data for name, data in handed.notebooks.items() if name not in known}
            _refuse_several(one.name, new)
    if faults and not (handed.notebooks or handed.broken):
        raise faults[0]
    handed.remarks += map(str, faults)
    if not (handed.notebooks or handed.broken):
        handed.remarks.append(handed.instead)
    if len(handed.remarks) > MAX_REMARKS:
        rest = len(handed.remarks) - MAX_REMARKS
        handed.remarks[MAX_REMARKS:] = [f"and {rest} more remarks like these"]
    return handed


def _refuse_several(name: str, notebooks: dict[str, bytes]) -> None:
    """Nobody's answers may fill another's gaps."""
    if why := several_people(notebooks):
        raise SubmissionError(
            f"{printable(name)} may hold the work of several people, and is not graded: {why}; "
            "hand in one person's work, or grade the whole as a class of its own"
        )


def _entries(path: Path, remarks: list[str], allowance: Allowance) -> Iterator[Entry]:
    name = handed_name(path.name)
    is_one_of_many = bool(name) and not is_archive(name)
    name = name or path.name
    if not path.is_dir() and (is_one_of_many or name.lower().endswith(NOTEBOOKS)):
        with open_plainly(path) as stream:
            yield Entry(name, path.stat().st_size, lambda: stream.read(MAX_FILE + 1))
    else:
        yield from files_in(path, remarks, allowance)


def _as_submission_error(name: str, error: BaseException) -> SubmissionError:
    if isinstance(error, SubmissionError):
        return error
    return SubmissionError(
        f"{printable(name)} cannot be read ({reason(error)}); it must be handed in again, as a "
        "folder or a zip file"
    )


class _Collector:
    """Takes the notebooks among the files, within limits."""

    def __init__(self, wanted: Collection[str]) -> None:
        self._wanted = wanted
        self.handed = SubmittedFiles()
        self.allowance = Allowance()
        self._left = MAX_TOTAL
        self._left_for_archives = MAX_TOTAL

    def take_all(self, entries: Iterator[Entry], inside: str = "", nesting: int = 0) -> None:
        for entry in entries:
            name = inside + printable(entry.name).replace("\\", "/")[-MAX_NAME:]
            last = PurePosixPath(name).name
            if last.startswith(("._", "~$")) or LEFT_OUT.intersection(PurePosixPath(name).parts):
                continue  # companions that macOS and Office add, and folders of programs
            if name.lower().endswith(NOTEBOOKS):
                self._take(name, entry)
            elif graded_file(last, self._wanted):
                self._take_file(name, entry)
            elif is_archive(name) and nesting < MAX_NESTING:
                self._open(name, entry, nesting)
            elif not last.startswith("."):
                self._take_other(name, entry)

    def _take_other(self, name: str, entry: Entry) -> None:
        """Look whether a notebook has another name, and keep code that may belong to one."""
        plain = name.lower()
        wanted = ".ipynb" in plain or PurePosixPath(plain).suffix in MAYBE
        if wanted and entry.size <= min(MAX_READ, self._left):
            with suppress(*UNREADABLE):
                data = entry.read()
                if plain.endswith(".py") or (plain.endswith(".txt") and b"\ndef " in b"\n" + data):
                    self._take_script(name, data)
                    return
                if len(data) <= self._left and is_notebook_text(data):
                    self._take(name, replace(entry, read=lambda: data))
                    return
        if len(self.handed.others) < MAX_OTHERS:
            self.handed.others.append(name)

    def _take_script(self, name: str, data: bytes) -> None:
        if sum(map(len, self.handed.scripts.values())) + len(data) <= MAX_SCRIPTS:
            self.handed.scripts[name] = data.decode("utf-8", "replace")
        else:
            self.handed.others.append(name)

    def _take(self, name: str, entry: Entry) -> None:
        name = self._not_taken(name)
        if len(self.handed.notebooks) + len(self.handed.broken) >= MAX_NOTEBOOKS:
            raise SubmissionError(f"there are more than {MAX_NOTEBOOKS} notebooks")
        if entry.size > MAX_FILE:
            self._refuse(name, f"is larger than {MAX_FILE // 2**20} MB; clear its outputs")
            return
        if entry.size > self._left:
            self._refuse(name, "was not read: the submission is too large")
            return
        self._left -= entry.size
        try:
            data = entry.read()
        except UNREADABLE as error:
            self._refuse(name, f"cannot be read ({reason(error)})")
            return
        if len(data) > MAX_FILE:
            self._refuse(name, f"is larger than {MAX_FILE // 2**20} MB; clear its outputs")
        else:
            try:
                kept = without_outputs(data) if len(data) > MAX_READ else data
            except IllegibleError as error:
                self._refuse(name, str(error))
                return
            self.handed.notebooks[name] = kept
            if entry.time:
                self.handed.times[name] = entry.time

    def _take_file(self, name: str, entry: Entry) -> None:
        """Keep a file that is graded; one that cannot be read counts as one that is not there."""
        if len(self.handed.files) >= MAX_FILES or entry.size > min(MAX_FILE, self._left):
            self.handed.remarks.append(f"{name} is too large, or one too many, and was not read")
            return
        self._left -= entry.size
        try:
            self.handed.files[name] = entry.read()[:MAX_FILE]
        except UNREADABLE as error:
            self.handed.remarks.append(f"{name} cannot be read ({reason(error)})")

    def _not_taken(self, name: str) -> str:
        here = self.handed
        return not_taken(name, lambda one: one in here.notebooks or one in here.broken)

    def _refuse(self, name: str, why: str) -> None:
        self.handed.broken[name] = f"{PurePosixPath(name).name} {why}"

    def _open(self, name: str, entry: Entry, nesting: int) -> None:
        if entry.size > self._left_for_archives:
            self.handed.remarks.append(f"{name} is too large and was not opened")
            return
        self._left_for_archives -= entry.size
        try:
            opened = BytesIO(entry.read())
            entries = files_in_archive(opened, PurePosixPath(name).name, self.allowance)
            self.take_all(entries, f"{name}/", nesting + 1)
        except (*UNREADABLE, SubmissionError) as error:
            self.handed.remarks.append(f"{name} cannot be read ({reason(error)})")
