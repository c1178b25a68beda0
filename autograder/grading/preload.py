"""Imported once by the server from which graders fork: all that each of them would import."""

import importlib
from contextlib import suppress

import helpers.checking.runner  # noqa: F401
from autograder.course.course import find_course
from autograder.course.release import release_notebooks
from autograder.sandbox.machine import EVERYTHING, items_offered, package_folders
from helpers.errors import CourseError

for name in ("scipy.special", "autograder.report"):  # what checks and pages import
    importlib.import_module(name)
with suppress(CourseError):  # whoever grades says which course; its notebooks are read then
    course = find_course()
    release_notebooks(course)
    for offers in {course.box.offered(name) for name in course.notebook_paths()} - {EVERYTHING}:
        for folder in package_folders():
            items_offered(folder, offers)
