"""Of a hidden check a student is told words of its author's: an answer has no part in them."""

import json
import re

import numpy as np
import pytest
from scipy import special

from autograder.course.course import find_course
from autograder.gradescope.results import as_gradescope
from autograder.judging.judge import verdict_of
from autograder.judging.verdicts import SubmissionResult
from autograder.report.pages import feedback_html
from helpers.checking import own_words
from helpers.checking.failures import CheckFailure, NoAnswer, NotWritten, StudentRaised
from helpers.checking.runner import run_checks
from helpers.checking.student import LocalBackend, Student

COURSE = find_course()
EXERCISE = COURSE.find("2.2.2")
DRAWN_NUMBER = re.compile(
    r"(?<![\w.])-?(?:\d+\.\d+(?:e[-+]?\d+)?|\d+\.?e[-+]?\d+|\d{5,})(?!\w|\.\d)"
)
"""The rule of before: numbers that look drawn are cut out, and the rest is shown."""


def number_of(x):
    """Of a hidden input: three digits, enough to tell whether it came through."""
    return 100 + int(abs(x[0, 0]) * 1000) % 900


def in_letters(x):
    return "".join("qwertzuiop"[int(digit)] for digit in str(number_of(x)))


def raises(x):
    raise ValueError(f"all wrong: {in_letters(x)}")


def raises_in_digits(x):
    raise ValueError(f"all wrong: {number_of(x)}")


def names_its_exception(x):
    raise type(f"Wrong_{in_letters(x)}", (Exception,), {})


def names_its_result(x):
    return type(f"wrong_{in_letters(x)}", (), {})()


def shapes_its_result(x):
    return np.zeros((number_of(x), 1))


def calls_what_is_not_written(x):
    def inner():
        raise NotImplementedError

    inner.__code__ = inner.__code__.replace(co_qualname=f"not_{in_letters(x)}")
    inner()


CHANNELS = [raises, raises_in_digits, names_its_exception, names_its_result, shapes_its_result,
            calls_what_is_not_written]  # fmt: skip


def judged(channel):
    """The verdict on a softmax that is right but for one hidden check, and what it tells there."""
    sent = []

    def softmax(x):
        if x.shape != (6, 6):
            return special.softmax(x, axis=1)
        sent.extend([in_letters(x), str(number_of(x))])
        return channel(x)

    student = Student(LocalBackend({"softmax": softmax}))
    results = run_checks(COURSE.check_files(EXERCISE), lambda _: student, seed=4)
    verdict = verdict_of(COURSE, EXERCISE, results, 5.0)
    (wrong,) = [result for result in results if result.status != "pass"]
    assert not wrong.public and sent
    return verdict, wrong, sent


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_hidden_input_does_not_come_through(channel):
    verdict, wrong, sent = judged(channel)
    found = SubmissionResult("mallory", (verdict,))
    shown = [feedback_html(found, COURSE), json.dumps(as_gradescope(found, COURSE))]
    for text in shown:
        assert "as many rows as columns" in text
        assert not any(word in text for word in sent)
    by_the_rule_of_before = DRAWN_NUMBER.sub("…", wrong.problem)
    assert any(word in by_the_rule_of_before for word in sent), "the attack was not played"


def test_what_is_told_names_what_is_wrong_all_the_same():
    told = {channel.__name__: judged(channel)[1].told for channel in CHANNELS}
    assert told == {
        "raises": "`softmax` raised a ValueError",
        "raises_in_digits": "`softmax` raised a ValueError",
        "names_its_exception": "`softmax` raised an exception",
        "names_its_result": "softmax of a square matrix is not a NumPy array of numbers",
        "shapes_its_result": "softmax of a square matrix has another shape than asked",
        "calls_what_is_not_written": "`softmax` is not written yet, or calls something that is not",
    }


@pytest.mark.parametrize(
    "failure",
    [
        StudentRaised("`f(x)` raised ValueError: SECRET", "SECRET", "SECRET"),
        StudentRaised("SECRET` raised ZeroDivisionError"),
        StudentRaised("`SECRET` could not be defined"),
        NoAnswer("SECRET"),
        NotWritten("SECRET"),
        CheckFailure("SECRET"),
        CheckFailure("SECRET", about="SECRET", gist="is wrong"),
        CheckFailure("the answer called SECRET is wrong"),
    ],
)
def test_whatever_the_students_process_says_is_not_told(failure):
    assert "SECRET" not in own_words.told_of(failure, "f", [own_words.__file__])


def test_a_text_is_told_as_its_source_has_it(tmp_path):
    source = tmp_path / "checks.py"
    source.write_text('n = f"the sum of {1} rows, of {2} in all"\nm = "the whole of it"\n')
    told = own_words.own_words("the sum of 12 rows, of 3 in all", [str(source)])
    assert told == "the sum of … rows, of … in all"
    assert own_words.own_words("the whole of it", [str(source)]) == "the whole of it"
    for other in ("the whole of it, 4711", "the sum of 12 rows", "x the sum of 1 rows"):
        assert own_words.own_words(other, [str(source)]) == ""
    assert own_words.own_words("anything", [str(tmp_path / "none.py")]) == ""


def test_a_long_text_of_pieces_costs_no_time(tmp_path):
    """Many pieces, each found many times: they are looked for once, from left to right."""
    source = tmp_path / "checks.py"
    source.write_text("x = f'" + "a{0}" * 40 + "b'\n")
    assert own_words.own_words("a" * 100_000 + "c", [str(source)]) == ""
