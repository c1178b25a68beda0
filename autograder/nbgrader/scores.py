"""Points that people gave in formgrader, read from an nbgrader course directory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry

from autograder.course.course import Course
from autograder.intake.roster import Person, plain_id, same_person
from autograder.marks.by_hand import Given
from autograder.nbgrader.gradebook import course_directory, open_gradebook


def manual_scores(
    directory: Path, course: Course, people: Sequence[Person]
) -> dict[tuple[str, str], list[Given]]:
    """What people gave by hand, by the key of a person and the ``grade_id``.

    Raises
    ------
    CourseDirectoryError
        The directory is no course directory of nbgrader's.
    """
    found: dict[tuple[str, str], list[Given]] = {}
    with open_gradebook(course_directory(directory)) as gradebook:
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
) -> dict[tuple[str, str], list[Given]]:
    try:
        submission = gradebook.find_submission(sheet, student)
    except MissingEntry:
        return {}
    return {
        (plain_id(key), grade.name): [
            Given(float(grade.manual_score) + float(grade.extra_credit or 0), "")
        ]
        for notebook in submission.notebooks
        for grade in notebook.grades
        if grade.manual_score is not None and not grade.needs_manual_grade
    }
