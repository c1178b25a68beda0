"""A wrong function costs its own checks; what calls it within the exercise is judged on its own."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from autograder.course.course import find_course
from autograder.intake.answers import code_cells, take_apart
from autograder.intake.parsing import parse_notebook
from autograder.judging.guards import in_this_process
from autograder.judging.judge import NotebookAnswers, judge, sandboxed
from autograder.judging.verdicts import SubmissionResult, from_json, to_json
from autograder.judging.within import faulty_functions, follow_through
from autograder.report.pages import feedback_html
from autograder.sandbox.box import Sandbox
from exercises.sample_class.submissions import (
    as_bytes,
    release_notebooks,
    right_answers,
    student_notebook,
)
from helpers.checking.runner import CheckResult
from helpers.checking.student import LocalBackend, Student

INVERTED = "def to_black_and_white(ink):\n    return 1 - _right(ink)\n\n\ndef _right(ink):"
CASES = {  # the exercise, what is changed in its answer, the points that it may cost
    "multiplied by W, not by its transpose": (
        "2.3.1", "params['W' + name].T", "params['W' + name]", 4.0),
    "the rate shrinks in every epoch": ("5.2", "epoch // 20", "epoch / 20", 1.0),
    "two values in the wrong order": (
        "3.1", "return loss / len(x), acc", "return acc, loss / len(x)", 1.5),
    "black and white the wrong way round": ("4.2", "def to_black_and_white(ink):", INVERTED, 1.0),
    "a frame that is a pixel too wide": (
        "4.3", "picture[y1:y2, x1:x2]", "picture[y1 : y2 + 1, x1 : x2 + 1]", 0.5),
}  # fmt: skip


def answers_of(name, answers):
    """What the judge gets of a notebook in which these answers stand."""
    released = release_notebooks()[name]
    given = student_notebook(name, answers, ())
    parts = take_apart(parse_notebook(as_bytes(given), name), released)
    return NotebookAnswers(code_cells(parts, released), parts.answers)


def judged(exercise_id, answer, backend_for=in_this_process, **more):
    """The verdict on one exercise; all others are right."""
    course = find_course()
    exercise = course.find(exercise_id)
    names = {course.find(i).notebook for i in exercise.needs} | {exercise.notebook}
    right = {name: right_answers(name) for name in names}
    right[exercise.notebook][exercise.grade_id] = answer
    notebooks = {name: answers_of(name, right[name]) for name in names}
    (verdict,) = judge(course, notebooks, backend_for, seed=1, only=[exercise_id], **more)
    return verdict


def changed(exercise_id, old, new):
    exercise = find_course().find(exercise_id)
    answer = right_answers(exercise.notebook)[exercise.grade_id]
    assert old in answer
    return answer.replace(old, new)


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_costs_its_own_points(case):
    exercise_id, old, new, most = CASES[case]
    verdict = judged(exercise_id, changed(exercise_id, old, new))
    assert 0 < verdict.max_points - verdict.points <= most


def test_what_stood_in_is_said_to_the_student():
    verdict = judged("3.1", changed("3.1", *CASES["two values in the wrong order"][1:3]))
    assert {check.stood_in for check in verdict.checks} == {(), ("evaluate",)}
    result = SubmissionResult("ada", (verdict,))
    assert "Graded with the reference <code>evaluate</code>" in feedback_html(result)
    assert from_json(json.loads(json.dumps(to_json(result)))) == result


def test_without_it_the_checks_fail_as_they_do_for_the_student():
    answer = changed("3.1", *CASES["two values in the wrong order"][1:3])
    alone, with_reference = (judged("3.1", answer, within=within) for within in (False, True))
    assert alone.points < with_reference.points
    assert not any(check.stood_in for check in alone.checks)


def test_in_the_box_it_is_the_same():
    answer = changed("3.1", *CASES["two values in the wrong order"][1:3])
    with Sandbox() as box:
        there = judged("3.1", answer, sandboxed(box))
    here = judged("3.1", answer)
    assert [(c.check, c.status, c.stood_in) for c in there.checks] == [
        (c.check, c.status, c.stood_in) for c in here.checks
    ]


def test_nothing_is_gained_by_functions_that_come_later():
    """`find_letters` is wrong, and what comes before it cannot have its work done by it."""
    lazy = (
        "def remove_background(image):\n    return 1 - find_letters(image)[1]\n\n\n"
        "def to_black_and_white(ink):\n    return find_letters(1 - ink)[1]\n\n\n"
        "def merge_pieces(boxes):\n    return boxes\n\n\n"
        "def find_letters(image):\n    return None\n"
    )
    assert judged("4.2", lazy).points == judged("4.2", lazy, within=False).points


def test_one_function_of_two_is_judged_with_what_it_needs():
    """`get_random_batches` is a stub still; `train` is right, and calls a wrong softmax."""
    answers = right_answers("02_network")
    stub = "def get_random_batches(x, y, batch_size):\n    raise NotImplementedError()\n\n\n"
    answers["q2-4"] = stub + answers["q2-4"][answers["q2-4"].index("def train(") :]
    answers["q2-2-2"] = "def softmax(x):\n    return x\n"
    notebooks = {"02_network": answers_of("02_network", answers)}
    (verdict,) = judge(find_course(), notebooks, in_this_process, seed=1, only=["2.4"])
    assert verdict.replaced == ("softmax",)
    right = [c for c in verdict.checks if c.status == "pass"]
    assert any(check.functions == ("train",) for check in right)
    missing = {check.functions for check in verdict.checks if check.status == "missing"}
    assert missing == {("get_random_batches",), ()}, "what waits has called nothing"


def test_training_is_judged_where_only_the_small_function_is_missing():
    stub = "def decayed_rate(learning_rate, epoch):\n    raise NotImplementedError()\n\n\n"
    answer = right_answers("05_autoencoder")["q5-2"]
    verdict = judged("5.2", stub + answer[answer.index("def train_autoencoder(") :])
    assert verdict.points == verdict.max_points - 1


def test_an_answer_in_another_cell_is_judged_with_what_it_needs():
    """The answer's own cell is a stub still, and softmax is wrong."""
    answers = right_answers("02_network")
    own, answers["q2-4"] = answers["q2-4"], "def train():\n    raise NotImplementedError()\n"
    answers["q2-2-2"] = "def softmax(x):\n    return x\n"
    answers["q2-3-1"] += "\n\n" + own
    notebooks = {"02_network": answers_of("02_network", answers)}
    (verdict,) = judge(find_course(), notebooks, in_this_process, seed=1, only=["2.4"])
    assert (verdict.status, verdict.replaced) == ("pass", ("softmax",))


# --- The rule by itself ---------------------------------------------------------------------

FUNCTIONS = ("draw", "rate", "train")


def result(name, status, *functions):
    return CheckResult(f"9.9/{name}", "9.9", 1.0, status, functions=functions)


def followed(*results, passing=()):
    """The statuses, where in every rerun these checks pass and call `train` alone."""
    asked = []

    def rerun(stood_in):
        asked.append(stood_in)
        return [
            replace(check, status="pass", functions=check.functions or ("train",))
            if check.check.partition("/")[2] in passing
            else check
            for check in results
        ]

    found = follow_through(FUNCTIONS, results, rerun)
    return {check.check.partition("/")[2]: (check.status, check.stood_in) for check in found}, asked


RATE, TRAIN = result("rate", "fail", "rate"), result("train", "fail", "train")


def test_a_later_function_is_judged_with_the_earlier_one_stood_in_for():
    found, asked = followed(RATE, TRAIN, passing=["train", "rate"])
    assert found == {"rate": ("fail", ()), "train": ("pass", ("rate",))}
    assert asked == [("rate",)]


def test_where_all_is_right_or_one_function_wrong_nothing_is_made_again():
    assert followed(result("rate", "pass", "rate"), result("train", "pass", "train"))[1] == []
    assert followed(result("rate", "pass", "rate"), TRAIN)[1] == []
    assert followed(RATE, result("train", "pass", "train"))[1] == []


def test_a_check_that_calls_the_wrong_function_itself_stays_red():
    both = result("both", "fail", "rate", "train")
    assert followed(RATE, both, passing=["both"])[0]["both"] == ("fail", ())


def test_an_earlier_function_is_never_helped_by_a_later_one():
    found, asked = followed(result("draw", "fail", "draw"), TRAIN, passing=["draw"])
    assert found["draw"] == ("fail", ()) and asked == [("draw",)]


def test_all_wrong_functions_before_it_stand_in_at_once():
    draw = result("draw", "missing", "draw")
    found, asked = followed(draw, RATE, TRAIN, passing=["train", "rate"])
    assert found == {
        "draw": ("missing", ()), "rate": ("pass", ("draw",)), "train": ("pass", ("draw", "rate"))
    }  # fmt: skip
    assert asked == [("draw",), ("draw", "rate")]


def test_a_check_that_waited_is_made_and_one_that_broke_is_not_mended():
    found, _ = followed(
        RATE, TRAIN, result("later", "waits"), result("broke", "error", "train"),
        passing=["train", "later", "broke"],
    )  # fmt: skip
    assert found["later"] == ("pass", ("rate",)) and found["broke"] == ("error", ())


def test_a_function_is_faulty_by_checks_that_are_about_it_alone():
    results = [result("both", "fail", "rate", "train"), result("draw", "fail", "draw")]
    assert faulty_functions(FUNCTIONS, results) == ("draw",)


# --- What was stored before an error --------------------------------------------------------


def raising(stored):
    def function(params):
        params.update(stored)
        raise ValueError("later")

    return Student(LocalBackend({"f": function})).f.storing("a", "b")


def test_what_was_stored_before_the_error_is_there():
    params = {"old": 1}
    assert raising({"a": 2, "b": 3})(params) is None
    assert params == {"old": 1, "a": 2, "b": 3}


@pytest.mark.parametrize(("before", "stored"), [({}, {"a": 2}), ({"a": 5}, {"a": 2, "b": 3})])
def test_where_not_all_was_stored_now_the_error_counts(before, stored):
    with pytest.raises(Exception, match="raised ValueError: later"):
        raising(stored)(before)
