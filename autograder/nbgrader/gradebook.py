"""nbgrader's gradebook and folders, found as nbgrader finds them: by ``nbgrader_config.py``."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config, PyFileConfigLoader

from autograder.course.course import Course, find_course
from autograder.intake.handed import Owner
from autograder.intake.roster import Person
from helpers.errors import CourseDirectoryError

CONFIG_FILE = "nbgrader_config.py"


def course_directory(directory: Path) -> CourseDirectory:
    """A directory of nbgrader with the settings that stand in it.

    Raises
    ------
    CourseDirectoryError
        It is none, or its settings cannot be read.
    """
    if not (directory / CONFIG_FILE).is_file():
        raise CourseDirectoryError(
            f"{directory} is no nbgrader course directory (it has no {CONFIG_FILE}); "
            "make one with `course init`"
        )
    root = str(directory.resolve())
    try:
        config = PyFileConfigLoader(CONFIG_FILE, path=root).load_config()
    except Exception as error:  # it is a program: it may raise anything
        raise CourseDirectoryError(
            f"{directory / CONFIG_FILE} cannot be read ({error}); mend it"
        ) from error
    settings = Config(config)
    settings.CourseDirectory.root = settings.CourseDirectory.get("root", root)
    return CourseDirectory(config=settings)


def course_of(config: Config) -> Course:
    """The course that nbgrader's settings name."""
    folder = config.SubmissionExporter.get("course", "")
    return find_course(Path(folder) if folder else None)


def open_gradebook(directory: CourseDirectory) -> Gradebook:
    """The gradebook, made where there is none yet; to be used in a ``with``.

    nbgrader runs a program of its environment to make one, and finds it by ``PATH`` alone.
    """
    if not shutil.which("alembic"):
        here = Path(sys.executable).parent
        os.environ["PATH"] = os.pathsep.join([str(here), os.environ.get("PATH", "")])
    return Gradebook(directory.db_url, directory.course_id)


def has_gradebook(directory: CourseDirectory) -> bool:
    """Whether there may be a gradebook already; to make one takes seconds."""
    kind, _, path = directory.db_url.partition(":///")
    return kind != "sqlite" or Path(path).exists()


def in_utc(time: datetime) -> datetime:
    """A time as nbgrader keeps it: in UTC, without a zone, in whole seconds."""
    return time.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def set_due_dates(gradebook: Gradebook, course: Course) -> list[str]:
    """Let nbgrader know when each sheet is due; a sheet without a date is left as it is.

    Returns
    -------
    list of str
        What changed, in words.
    """
    changed = []
    for sheet in course.sheets:
        try:
            known = gradebook.find_assignment(sheet.name).duedate
        except MissingEntry:
            known = None
        if sheet.due and known != in_utc(sheet.due):
            gradebook.update_or_create_assignment(sheet.name, duedate=in_utc(sheet.due))
            changed.append(f"{sheet.name} is due {in_utc(sheet.due)} UTC")
    return changed


def note_owners(gradebook: Gradebook, owners: Mapping[str, Owner | Person]) -> None:
    """Fill in names and addresses that the gradebook has not, by which formgrader shows students.

    Parameters
    ----------
    gradebook : Gradebook
    owners : mapping of str to Owner or Person
        By the student's id in nbgrader. People of a roster are added where they are missing.
    """
    for student_id, owner in owners.items():
        first, last = first_and_last(owner.name)
        if isinstance(owner, Person) and owner.first and owner.last:
            first, last = _plain(owner.first), _plain(owner.last)
        told = {"first_name": first, "last_name": last, "email": _plain(owner.ids.get("email", ""))}
        if not (first and last):  # nbgrader shows both or none
            told = {"email": told["email"]}
        try:
            known = gradebook.find_student(student_id)
        except MissingEntry:
            known = None
        new = {key: text for key, text in told.items() if text and not getattr(known, key, None)}
        if new or (known is None and isinstance(owner, Person)):
            gradebook.update_or_create_student(student_id, **new)


def first_and_last(name: str) -> tuple[str, str]:
    """A person's first and last names; two empty texts where one cannot tell.

    Examples
    --------
    >>> first_and_last("Ada King Byron"), first_and_last("Byron, Ada"), first_and_last("ada")
    (('Ada King', 'Byron'), ('Ada', 'Byron'), ('', ''))
    """
    last, comma, first = name.partition(",")
    if not comma:
        first, _, last = name.strip().rpartition(" ")
    first, last = _plain(first), _plain(last)
    return (first, last) if first and last else ("", "")


def _plain(text: str) -> str:
    """A text that fits into a cell of a table: nbgrader's export quotes nothing."""
    kept = "".join(c if c.isprintable() and c not in ',"' else " " for c in text)
    return " ".join(kept.split()).lstrip("=+-@")


def forget_times(gradebook: Gradebook, sheet: str, students: Iterable[str]) -> None:
    """Take the times of earlier work back, where nothing tells when the new work came."""
    for student in students:
        try:
            gradebook.find_submission(sheet, student).timestamp = None
        except MissingEntry:
            continue
    gradebook.db.commit()


def give_more_time(gradebook: Gradebook, sheet: str, longer: Mapping[str, timedelta]) -> None:
    """Note how much later a sheet is due for single students.

    Raises
    ------
    CourseDirectoryError
        The sheet was not generated yet: nbgrader has no place for their grades.
    """
    try:
        ready = bool(gradebook.find_assignment(sheet).notebooks)
    except MissingEntry:
        ready = False
    if not ready:
        raise CourseDirectoryError(
            f"nbgrader does not know {sheet} yet, and so not who has more time for it; run "
            f"`nbgrader generate_assignment {sheet}` first, then collect again"
        )
    for student, time in longer.items():
        gradebook.update_or_create_student(student)
        gradebook.update_or_create_submission(sheet, student).extension = time
    gradebook.db.commit()
