"""Putting what a class handed in where nbgrader looks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

import nbformat

from autograder.course.course import Course, find_course
from autograder.intake.copies import flat_names
from autograder.intake.files import SubmittedFiles, collect, graded_file
from autograder.intake.names import file_names, harmless, numbered
from autograder.intake.notebooks import NOT_HANDED_IN, NOTHING_THERE
from autograder.intake.submissions import Submission, find_submissions
from helpers.errors import CourseDirectoryError, SubmissionError

UNREADABLE = "unreadable.ipynb"


def collect_class(
    submissions: Path | Sequence[Submission], directory: Path, course: Course | None = None
) -> dict[str, str]:
    """Copy what is graded of every submission into an nbgrader course directory.

    That is notebooks, under their own names, and the files that some exercises ask for: they
    are sorted out when they are graded. A submission without any notebook gets a file in their
    place that says so, and with it a row in the gradebook that a person looks at. Why there is
    none is told whoever collects, and nobody else: a student could write such a file, too. What
    was collected for a student before is replaced.

    Parameters
    ----------
    submissions : Path or sequence of Submission
        A folder that holds a folder, an archive or a notebook per student; or what was found.
    directory : Path
        Made by :func:`autograder.nbgrader.course_directory.init_course`.
    course : Course, optional
        By default that of :func:`autograder.course.course.find_course`.

    Returns
    -------
    dict of str to str
        By student, as nbgrader will name them: why there is nothing to grade, or ``""``.

    Raises
    ------
    SubmissionError
        There are no submissions.
    CourseDirectoryError
        The directory is no nbgrader course directory, or cannot be written.
    """
    if not (directory / "nbgrader_config.py").is_file():
        raise CourseDirectoryError(
            f"{directory} is no nbgrader course directory (it has no nbgrader_config.py); "
            "make one with `course init`"
        )
    course = course or find_course()
    wanted = [exercise.file for exercise in course.graded if exercise.file]
    is_folder = isinstance(submissions, Path)
    found = find_submissions(submissions) if is_folder else list(submissions)
    names = _names([submission.student for submission in found], directory / "submitted")
    faults = {}
    for name, submission in zip(names, found, strict=True):
        notebooks, faults[name] = _notebooks(submission, wanted)
        try:
            _replace(directory / "submitted" / name / course.name, notebooks, wanted)
        except OSError as error:
            raise CourseDirectoryError(
                f"{directory} cannot be written ({error.strerror}: {error.filename})"
            ) from error
    return faults


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
    return {**notebooks, **_graded_files(handed, wanted)}, ""


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


def _flat(paths: Iterable[str]) -> list[str]:
    """File names for paths inside a submission: nbgrader looks in one folder only."""
    return [f"{stem}.ipynb" for stem in numbered(flat_names(paths))]


def _replace(folder: Path, notebooks: dict[str, bytes], wanted: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.suffix == ".ipynb" or graded_file(old.name, wanted):
            old.unlink()
    for name, data in notebooks.items():
        (folder / name).write_bytes(data)
