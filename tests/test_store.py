"""The folder of results: what a later run of other work, or of less, does to what is kept."""

from dataclasses import replace

import pytest

from autograder.course.course import find_course, read_course
from autograder.grading.store import KEPT, Place, keep, stored
from autograder.grading.submission import grade_submission
from autograder.judging.verdicts import ExerciseVerdict, SubmissionResult
from helpers.checking.catalogue import _rooms, read_catalogue
from tests import term


def result(points, handed_in="", exercise="1.1"):
    verdict = ExerciseVerdict(exercise, "t", "n", points, 3.0, "partial", "said")
    return SubmissionResult("Ada", (verdict,), handed_in=handed_in, person="ab1")


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path / "students" / "ab1.json", tmp_path / "feedback" / "ab1.html", True)


def test_older_work_does_not_replace_newer(place):
    """One exercise of everybody, once more, from the folder that somebody has handed in after."""
    keep(result(3.0, "2030-02-02T10:00:00+00:00"), place)
    for _ in range(2):
        keep(result(1.0, "2030-02-01T10:00:00+00:00"), place)
    kept = stored(place)
    assert [verdict.points for verdict in kept.verdicts] == [3.0]
    assert kept.remarks == (KEPT,) and kept.handed_in == "2030-02-02T10:00:00+00:00"


def test_newer_work_does(place):
    keep(result(3.0, "2030-02-01T10:00:00+00:00"), place)
    keep(result(1.0, "2030-02-01T12:00:00+01:00"), place)
    assert [verdict.points for verdict in stored(place).verdicts] == [1.0]


def test_a_run_without_times_or_a_roster_takes_neither_away(place):
    keep(result(3.0, "2030-02-01T10:00:00+00:00"), place)
    keep(replace(result(2.0, exercise="1.2"), person=""), place)
    kept = stored(place)
    assert kept.handed_in == "2030-02-01T10:00:00+00:00" and kept.person == "ab1"


@pytest.mark.slow
def test_the_notebook_of_another_sheet_is_for_a_person_to_look_at(tmp_path):
    for cached in (read_course, read_catalogue, _rooms):
        cached.cache_clear()
    root = term.term_course(tmp_path / "words")
    path = tmp_path / "02_words.ipynb"
    path.write_bytes(term.notebook(root, term.CLASS[0], 2, "right"))
    course = find_course(root)
    wrong = grade_submission(path, "ada", course=course, only=["1.1", "1.2"])
    assert wrong.instead == "there is no 01_words in it, but 02_words"
    assert grade_submission(path, "ada", course=course, only=["2.1"]).instead == ""
