"""Sheets in course.toml: what is handed in together, when it is due, and what late work loses."""

import tomllib
from datetime import UTC, datetime, timedelta

import pytest

from autograder.course.course import find_course
from autograder.course.sheets import LatePolicy, read_sheets
from helpers.errors import CourseError

NOTEBOOKS = ("01_theory", "02_network", "03_training")
TWO = """
[calendar]
timezone = "Europe/Berlin"
[late]
per_day = 0.25
grace = 10
[[sheet]]
name = "sheet-1"
title = "Sheet 1"
notebooks = ["01_theory", "02_network"]
due = 2030-02-01T23:59:00
[[sheet]]
name = "sheet-2"
notebooks = ["03_training"]
due = 2030-03-01
weight = 2
late = "zero"
"""


def sheets(text):
    return read_sheets(tomllib.loads(text), "course", NOTEBOOKS)


def test_a_course_that_names_none_has_one_of_all_notebooks():
    (sheet,) = sheets("")
    assert (sheet.name, sheet.notebooks, sheet.due) == ("course", NOTEBOOKS, None)
    assert [one.name for one in find_course().sheets] == [find_course().name]


def test_times_are_those_of_the_courses_place():
    first, second = sheets(TWO)
    assert first.due.astimezone(UTC) == datetime(2030, 2, 1, 22, 59, tzinfo=UTC)
    assert second.due.astimezone(UTC) == datetime(2030, 3, 1, 22, 59, 59, tzinfo=UTC)
    assert (first.title, second.title, second.weight) == ("Sheet 1", "sheet-2", 2.0)


def test_a_sheets_own_policy_goes_before_the_courses():
    first, second = sheets(TWO)
    assert first.late == LatePolicy(per_day=0.25, grace=10)
    assert [first.late.kept(timedelta(minutes=m)) for m in (10, 11, 24 * 60 + 1)] == [1, 0.75, 0.5]
    assert [second.late.kept(timedelta(minutes=m)) for m in (0, 1)] == [1, 0]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('sheet = "one"', r"write \[\[sheet\]\]"),
        ("[[sheet]]\nnotebooks = []", "called None"),
        ('[[sheet]]\nname = "a/b"\nnotebooks = ["01_theory"]', "called 'a/b'"),
        ('[[sheet]]\nname = "a"\nnotebooks = []', "no notebooks"),
        ('[[sheet]]\nname = "a"\nnotebooks = ["09_more"]', "none of the notebooks"),
        ('[[sheet]]\nname = "a"\nnotebooks = ["01_theory"]\n' * 2, "two sheets called 'a'"),
        ('[[sheet]]\nname = "a"\nnotebooks = ["01_theory"]\n[[sheet]]\nname = "b"\n'
         'notebooks = ["01_theory"]', "01_theory in two sheets"),
        ('[[sheet]]\nname = "a"\nnotebooks = ["01_theory"]\ndue = "tomorrow"', "write a time"),
        ('[[sheet]]\nname = "a"\nnotebooks = ["01_theory"]\nweight = -1', "weight -1"),
        ('[[sheet]]\nname = "a"\nnotebooks = ["01_theory"]\npoints = 3', "says 'points' of a"),
        ("[late]\nper_day = 10", "from 0 to 1"),
        ("[late]\nper_week = 1", "allowed are per_day"),
        ('[calendar]\ntimezone = "Middle/Earth"', "Europe/Berlin"),
        ("[calendar]\nweeks = 3", "allowed is timezone"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(text, says):
    table = text if "[[sheet]]" in text or "=" not in text else f"{text}\n"
    with pytest.raises(CourseError, match=says):
        sheets(table)


def test_a_sheet_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(CourseError, match="no sheet 'nine'; it has neural-networks"):
        find_course().sheet("nine")
