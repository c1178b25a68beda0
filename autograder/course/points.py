"""What each exercise is worth, as the graded cells of the source notebooks say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from autograder.course.course import Course, find_course
from helpers.checking.cells import grade_id_of, is_graded, mark_of
from helpers.errors import CourseError


def cell_points(course: Course) -> dict[str, float]:
    """The points of every graded cell, by ``grade_id``."""
    return dict(_cell_points(course.root))


@cache
def _cell_points(root: Path) -> dict[str, float]:
    return {
        grade_id_of(cell): float(mark_of(cell)["points"])
        for notebook in find_course(root).read_notebooks().values()
        for cell in notebook.cells
        if is_graded(cell)
    }


def machine_points(course: Course) -> dict[str, float]:
    """The points that a machine gives for each exercise, by its id.

    Raises
    ------
    CourseError
        An exercise has no graded cell.
    """
    points = cell_points(course)
    for exercise in course.graded:
        if exercise.check_id not in points:
            raise CourseError(
                f"exercise {exercise.id} has no cell {exercise.check_id} in {exercise.notebook}; "
                "put it back, or take the exercise out of course.toml"
            )
    return {exercise.id: points[exercise.check_id] for exercise in course.graded}
