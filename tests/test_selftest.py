"""``course selftest``: it says that all is well only where it is."""

import pytest
from click.testing import CliRunner

from autograder.commands.main import main
from autograder.course.new import new_course

MISTAKES = "exercises/1_1_words/chaffs.py"
WHEAT = "exercises/wheats/plain/01_words.py"


@pytest.fixture
def course(tmp_path):
    """A fresh sample course, to be broken."""
    return new_course(tmp_path / "words")


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def selftest(course, *exercises):
    return CliRunner().invoke(main, ["selftest", *exercises, "--course", str(course)])


def test_it_counts_what_it_judged_and_says_what_a_submission_costs(course):
    done = selftest(course)
    assert done.exit_code == 0, done.output
    assert "3 right answers and 4 known mistakes were judged; 7 verdicts are as" in done.output
    assert "A right answer to a whole notebook takes" in done.output


def test_of_an_exercise_that_is_named_all_mistakes_are_judged(course):
    done = selftest(course, "1.2")
    assert done.exit_code == 0, done.output
    assert "and 3 known mistakes were judged" in done.output


def test_a_right_answer_that_fails_is_named(course):
    change(course / WHEAT, ".lower()", "")
    done = selftest(course, "1.1")
    assert done.exit_code == 1
    assert "plain/01_words: a right answer fails 1.1/capitals_do_not_count" in done.output


def test_a_mistake_that_is_not_noticed_is_named(course):
    change(course / "exercises/1_2_most_frequent/chaffs.py", 'fails=["counts"]',
           'fails=["counts", "most_frequent_first"]')  # fmt: skip
    done = selftest(course, "1.2")
    assert done.exit_code == 1
    assert "1_2_first_not_counted: passes 1.2/most_frequent_first" in done.output


def test_a_broken_course_is_not_tested(course):
    (course / "exercises/1_1_words/public.py").unlink()
    done = selftest(course)
    assert done.exit_code == 2 and "`course doctor` shows all" in done.output
