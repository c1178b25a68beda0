"""Points that people gave in formgrader, read from an nbgrader course directory."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from traitlets.config import PyFileConfigLoader

from autograder.course.course import Course
from autograder.intake.roster import Person, same_person
from autograder.marks.by_hand import Given
from helpers.errors import CourseDirectoryError


def manual_scores(
    directory: Path, course: Course, people: Sequence[Person]
) -> dict[tuple[str, str], Given]:
    """What people gave by hand, by the key of a person and the ``grade_id``.

    Raises
    ------
    CourseDirectoryError
        The directory has no gradebook.
    """
    if not (directory / "nbgrader_config.py").is_file():
        raise CourseDirectoryError(
            f"{directory} is no nbgrader course directory (it has no nbgrader_config.py); name one "
            "that `course init` made"
        )
    found: dict[tuple[str, str], Given] = {}
    with closing(Gradebook(_address(directory), course.name)) as gradebook:
        for student in gradebook.students:
            name = f"{student.first_name or ''} {student.last_name or ''}".strip()
            ids = {"login": student.id, "email": student.email or ""}
            ids = {kind: value for kind, value in ids.items() if value}
            known = Person(student.id, name or student.id, ids=ids)
            person = same_person(known, people) or known
            for sheet in course.sheets:
                found |= _of_sheet(gradebook, sheet.name, student.id, person.key)
    return found


def _of_sheet(
    gradebook: Gradebook, sheet: str, student: str, key: str
) -> dict[tuple[str, str], Given]:
    try:
        submission = gradebook.find_submission(sheet, student)
    except MissingEntry:
        return {}
    return {
        (key, grade.name): Given(float(grade.manual_score) + float(grade.extra_credit or 0), "")
        for notebook in submission.notebooks
        for grade in notebook.grades
        if grade.manual_score is not None and not grade.needs_manual_grade
    }


def _address(directory: Path) -> str:
    config = PyFileConfigLoader("nbgrader_config.py", path=str(directory)).load_config()
    named = config.get("CourseDirectory", {}).get("db_url", "")
    return named if isinstance(named, str) and named else f"sqlite:///{directory}/gradebook.db"
