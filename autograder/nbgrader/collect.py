"""Putting what a class handed in where nbgrader looks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

import nbformat
from nbgrader.coursedir import CourseDirectory

from autograder.course.course import Course, find_course
from autograder.course.sheets import Sheet
from autograder.intake.copies import flat_names
from autograder.intake.dates import TIMESTAMP, time_in
from autograder.intake.files import SubmittedFiles, collect, graded_file
from autograder.intake.handed import Owner
from autograder.intake.names import file_names, harmless, numbered
from autograder.intake.notebooks import NOT_HANDED_IN, NOTHING_THERE
from autograder.intake.roster import Person
from autograder.intake.submissions import Submission, find_submissions
from autograder.nbgrader.exchange import SECRET
from autograder.nbgrader.gradebook import (
    course_directory,
    forget_times,
    give_more_time,
    has_gradebook,
    in_utc,
    note_owners,
    open_gradebook,
)
from autograder.nbgrader.releasing import forget_graded
from helpers.errors import CourseDirectoryError, CourseError, SubmissionError

UNREADABLE = "unreadable.ipynb"
OURS = (".ipynb", ".py")  # endings of what is put among the submissions
NEW, CHANGED, SAME, OLDER = "new", "changed", "same", "older"


@dataclass(frozen=True)
class Collected:
    """What became of one student's submission.

    Attributes
    ----------
    state : str
        ``"new"``, ``"changed"`` since it was collected before, ``"same"``, or ``"older"`` than
        what was collected before, which was kept.
    fault : str
        Why there is nothing to grade, or an empty text.
    time : datetime, optional
        When it was handed in, in UTC.
    """

    state: str
    fault: str = ""
    time: datetime | None = None


def collect_class(
    submissions: Path | Sequence[Submission],
    directory: Path,
    course: Course | None = None,
    sheet: str = "",
    *,
    people: Sequence[Person] = (),
    more_time: Mapping[tuple[str, str], datetime] | None = None,
) -> dict[str, Collected]:
    """Copy what is graded of every submission into an nbgrader course directory.

    That is notebooks, under their own names, and the files that some exercises ask for: they
    are sorted out when they are graded. The time at which work was handed in goes along, in
    nbgrader's ``timestamp.txt``; a file of that name is never copied.

    A submission without any notebook gets a file in their place that says so, and with it a row in
    the gradebook that a person looks at. Why there is none is told whoever collects, and nobody
    else: a student could write such a file, too.

    Work that did not change is left alone. What did is graded again by the next ``nbgrader
    autograde``, though nobody says ``--force``. Older work never takes the place of newer.

    Parameters
    ----------
    submissions : Path or sequence of Submission
        A folder that holds a folder, an archive or a notebook per student; or what was found.
    directory : Path
        Made by :func:`autograder.nbgrader.course_directory.init_course`.
    course : Course, optional
        By default that of :func:`autograder.course.course.find_course`.
    sheet : str
        The name of the sheet; not needed where there is only one.
    people : sequence of Person
        The roster: nbgrader calls them by their keys, and shows their names. Who handed in nothing
        is in its gradebook, too.
    more_time : mapping, optional
        Due times of single people, by key and sheet; see
        :func:`autograder.marks.extensions.read_extensions`.

    Returns
    -------
    dict of str to Collected
        By student, as nbgrader will name them.

    Raises
    ------
    SubmissionError
        There are no submissions.
    CourseDirectoryError
        The directory is no nbgrader course directory, or cannot be written.
    CourseError
        The course has no such sheet, or several and none was named.
    """
    settings = course_directory(directory)
    course = course or find_course()
    sheet = sheet_named(course, sheet).name
    wanted = [exercise.file for exercise in course.graded if exercise.file]
    if isinstance(submissions, Path):
        submissions = find_submissions(submissions, notebooks=course.notebooks)
    found = list(submissions)
    names = _names([one.person or one.student for one in found], directory / "submitted")
    collected = {}
    for name, submission in zip(names, found, strict=True):
        files, fault = _notebooks(submission, wanted)
        folder = Path(settings.format_path(settings.submitted_directory, name, sheet))
        try:
            state = _take(folder, files, wanted, submission.time and in_utc(submission.time))
        except OSError as error:
            raise CourseDirectoryError(
                f"{directory} cannot be written ({error.strerror}: {error.filename})"
            ) from error
        collected[name] = Collected(state, fault, _time_in(folder))
        if state == CHANGED:
            forget_graded(settings, sheet, name)
    _record(settings, sheet, collected, _owners(names, found, people))
    due = course.sheet(sheet).due
    ids = {one.person: name for name, one in zip(names, found, strict=True)}
    longer = {ids[key]: time - due for (key, of), time in (more_time or {}).items()
              if of == sheet and due and key in ids}  # fmt: skip
    if longer:
        with open_gradebook(settings) as gradebook:
            give_more_time(gradebook, sheet, longer)
    return collected


def sheet_named(course: Course, name: str) -> Sheet:
    """The sheet of a name; without one, the only one that there is.

    Raises
    ------
    CourseError
        There is none of that name, or no name was given and there are several.
    """
    if not name and len(course.sheets) > 1:
        known = ", ".join(sheet.name for sheet in course.sheets)
        raise CourseError(f"the course has several sheets; name one with --sheet: {known}")
    return course.sheet(name) if name else course.sheets[0]


def _time_in(folder: Path) -> datetime | None:
    time = time_in(folder)
    return in_utc(time) if time else None


def _owners(
    names: Sequence[str], found: Sequence[Submission], people: Sequence[Person]
) -> dict[str, Owner | Person]:
    """Who is who, by nbgrader's names: as the roster tells, else the platform."""
    by_key = {person.key: person for person in people}
    handed = {n: by_key.get(one.person, one.owner) for n, one in zip(names, found, strict=True)}
    absent = by_key.keys() - {one.person for one in found}
    there = [by_key[key] for key in sorted(absent)]
    others = zip(file_names((person.key for person in there), names), there, strict=True)
    return {**dict(others), **handed}


def _record(
    settings: CourseDirectory,
    sheet: str,
    collected: Mapping[str, Collected],
    owners: Mapping[str, Owner | Person],
) -> None:
    """Tell the gradebook who they are, and that an old time does not hold for new work."""
    known = {name: owner for name, owner in owners.items() if owner.name or owner.ids}
    timeless = [n for n, one in collected.items() if one.state == CHANGED and not one.time]
    if known or (timeless and has_gradebook(settings)):
        with open_gradebook(settings) as gradebook:
            note_owners(gradebook, known)
            forget_times(gradebook, sheet, timeless)


def _names(students: list[str], there: Path) -> list[str]:
    """What nbgrader calls the students: one who was collected before keeps the name."""
    names = file_names(students)
    kept = {
        s for s, name in zip(students, names, strict=True) if s != name and (there / s).is_dir()
    }
    kept = {s for s in kept if harmless(s) == s}
    return [s if s in kept else name for s, name in zip(students, names, strict=True)]


def _notebooks(submission: Submission, wanted: list[str]) -> tuple[dict[str, bytes], str]:
    """A submission's notebooks; where there are none, a file that says so, and why."""
    try:
        handed = collect(submission.paths, wanted)
        fault = "" if handed.notebooks else f"{submission.path.name}: {handed.instead}"
    except SubmissionError as error:
        fault = str(error)
    if fault:
        return {UNREADABLE: _none()}, fault
    notebooks = dict(zip(_flat(handed.notebooks), handed.notebooks.values(), strict=True))
    return {**notebooks, **_graded_files(handed, wanted), **_scripts(handed)}, ""


def _none() -> bytes:
    """A notebook that says that there is none: nbgrader reads it as it reads any other."""
    cell = nbformat.v4.new_raw_cell(NOTHING_THERE, id=NOT_HANDED_IN)
    return nbformat.writes(nbformat.v4.new_notebook(cells=[cell])).encode()


def _graded_files(handed: SubmittedFiles, wanted: list[str]) -> dict[str, bytes]:
    """The files that are graded, under names that say so; the grader tells them apart."""
    named = {}
    for number, (path, data) in enumerate(handed.files.items(), start=1):
        name = PurePosixPath(graded_file(path, wanted))
        named[f"{name.stem} ({number}){name.suffix}"] = data
    return named


def _scripts(handed: SubmittedFiles) -> dict[str, bytes]:
    """Code that lies beside the notebooks: it is not run, but the grader says that it is there."""
    stems = numbered(PurePosixPath(path).stem for path in handed.scripts)
    texts = handed.scripts.values()
    return {f"{stem}.py": text.encode() for stem, text in zip(stems, texts, strict=True)}


def _flat(paths: Iterable[str]) -> list[str]:
    """File names for paths inside a submission: nbgrader looks in one folder only."""
    return [f"{stem}.ipynb" for stem in numbered(flat_names(paths))]


def _take(
    folder: Path, files: Mapping[str, bytes], wanted: list[str], time: datetime | None
) -> str:
    """Put what was handed in into its folder, unless that is there already, or newer."""
    ours = [p for p in _listing(folder) if p.suffix in OURS or graded_file(p.name, wanted)]
    ours = [path for path in ours if path.is_file() or path.is_symlink()]
    before = {path.name: path.read_bytes() for path in ours if not path.is_symlink()}
    time_before = _time_in(folder)
    if before and time and time_before and time < time_before:
        return SAME if before == files else OLDER
    if before == files and time in (None, time_before):
        return SAME
    folder.mkdir(parents=True, exist_ok=True)
    for name in (TIMESTAMP, SECRET):  # they belong to the work that they came with
        (folder / name).unlink(missing_ok=True)
    for old in ours:
        old.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    if time:
        (folder / TIMESTAMP).write_text(f"{time:%Y-%m-%d %H:%M:%S} UTC", encoding="utf-8")
    return CHANGED if before else NEW


def _listing(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []
