"""A mistake costs its own points and nothing else: later exercises are judged on their own."""

from functools import partial

import pytest

from autograder.course.course import find_course
from autograder.course.points import machine_points
from autograder.course.reference import source_cells, stand_ins
from autograder.grading.submission import grade_submission
from autograder.intake.answers import code_cells, take_apart
from autograder.intake.parsing import parse_notebook
from autograder.judging.chaffs import all_chaffs
from autograder.judging.concerns import suspicions
from autograder.judging.guards import all_wheats, in_this_process
from autograder.judging.judge import NotebookAnswers, concerns_about, judge
from autograder.judging.verdicts import SubmissionResult
from autograder.report.pages import feedback_html
from exercises.sample_class.submissions import (
    as_bytes,
    complete,
    release_notebooks,
    right_answers,
    student_notebook,
    write_submission,
)
from helpers.checking.answers import Cell
from helpers.checking.catalogue import catalogue
from helpers.checking.cells import grade_id_of
from helpers.checking.display import as_text
from helpers.checking.packages import missing

NAME = "02_network"
IN_NOTEBOOK = [e.id for e in catalogue().checked if e.notebook == NAME]
WRONG_SOFTMAX = "def softmax(x):\n    return x\n"
STUBBED = "raise NotImplementedError()"


def verdicts(answers=None, own=(), only=None, seed=1, notebooks=None):
    """Judge right answers but for these, in this process."""
    given = student_notebook(NAME, {**right_answers(NAME), **(answers or {})}, tuple(own))
    laid = take_apart(parse_notebook(as_bytes(given), NAME), release_notebooks()[NAME])
    ready = {NAME: NotebookAnswers(code_cells(laid, release_notebooks()[NAME]), laid.answers)}
    ready = ready if notebooks is None else notebooks
    only = only or IN_NOTEBOOK
    found = judge(find_course(), ready, in_this_process, seed=seed, only=only)
    return {verdict.exercise: verdict for verdict in found}


def not_passed(found):
    return {i: v.status for i, v in found.items() if v.status != "pass"}


def test_right_answers_pass_and_nothing_is_replaced():
    found = verdicts()
    assert not_passed(found) == {} and list(found) == IN_NOTEBOOK
    assert not any(verdict.replaced for verdict in found.values())


@pytest.mark.parametrize("softmax", [WRONG_SOFTMAX, "", STUBBED, "def softmax(x:\n", "softmax = 5",
                                     "def softmax(x):\n    raise KeyError(x)"])  # fmt: skip
def test_a_wrong_softmax_costs_its_own_points_only(softmax):
    found = verdicts({"q2-2-2": softmax})
    assert set(not_passed(found)) == {"2.2.2"}
    later = [e.id for e in catalogue().checked if "2.2.2" in e.needs and e.notebook == NAME]
    assert later, "no exercise builds on softmax: this test would see nothing"
    for exercise_id in later:
        assert found[exercise_id].replaced == ("softmax",)
        assert found[exercise_id].points == found[exercise_id].max_points


@pytest.mark.parametrize(
    "wrong", [i for i in IN_NOTEBOOK if len(catalogue().find(i).functions) > 0]
)
def test_any_exercise_left_out_costs_its_own_points_only(wrong):
    cells = release_notebooks()[NAME]["cells"]
    stub = next(c["source"] for c in cells if grade_id_of(c) == catalogue().find(wrong).grade_id)
    found = verdicts({catalogue().find(wrong).grade_id: stub})
    assert not_passed(found) == {wrong: "missing"}
    assert found[wrong].points == 0


def test_all_that_others_build_on_may_be_wrong_at_once():
    needed = {i for e in catalogue().checked if e.notebook == NAME for i in e.needs}
    assert len(needed) >= 3
    names = {catalogue().find(i).grade_id: list(catalogue().find(i).functions) for i in needed}
    broken = {
        k: "\n".join(f"def {n}(*args, **kwargs):\n    return 17" for n in v)
        for k, v in names.items()
    }
    found = verdicts(broken)
    assert set(not_passed(found)) == {i for i in needed if catalogue().find(i).notebook == NAME}


def test_what_stands_in_is_not_touched_by_the_students_own_helpers():
    spoil = "np_exp = None\ndef sigmoid(x):\n    return 0 * x\n"
    found = verdicts({"q2-2-2": WRONG_SOFTMAX}, own=[spoil, "import math as np"])
    assert set(not_passed(found)) == {"2.2.2"}


@pytest.mark.parametrize("only", [["2.4"], ["2.5"], ["2.2.2", "2.4"], ["q2-4"]])
def test_only_reports_what_was_asked_and_judges_what_it_needs(only):
    found = verdicts({"q2-2-2": WRONG_SOFTMAX}, only=only)
    assert list(found) == [catalogue().find(i).id for i in only]
    assert found[list(found)[-1]].replaced == ("softmax",)
    assert found[list(found)[-1]].status == "pass"


def test_the_same_seed_gives_the_same_verdicts_and_another_seed_other_inputs():
    first, again, other = (verdicts({"q2-2-2": WRONG_SOFTMAX}, only=["2.2.2"], seed=s)["2.2.2"]
                           for s in (5, 5, 6))  # fmt: skip
    assert first == again
    assert [c.status for c in first.checks] == [c.status for c in other.checks]
    assert [c.called for c in first.checks] != [c.called for c in other.checks]


def test_a_missing_notebook_is_missing_and_the_others_are_judged():
    found = verdicts(notebooks={}, only=["2.2.2", "2.4"])
    assert not_passed(found) == {"2.2.2": "missing", "2.4": "missing"}
    assert found["2.4"].message == "no notebook 02_network was handed in"


def test_an_unreadable_notebook_is_an_error_that_says_why():
    why = "02_network.ipynb is not a notebook: no valid JSON"
    found = verdicts(notebooks={NAME: NotebookAnswers(unreadable=why)}, only=["2.2.2"])
    assert (found["2.2.2"].status, found["2.2.2"].message) == ("error", why)


def test_a_function_under_another_name_is_said():
    """Something is written, if not what was asked for: "nothing written" would be false."""
    answer = right_answers(NAME)["q2-2-2"].replace("def softmax", "def Softmax")
    found = verdicts({"q2-2-2": answer})
    assert not_passed(found) == {"2.2.2": "fail"}
    said = "there is no function `softmax`; your cell defines `Softmax`"
    assert found["2.2.2"].message == said
    assert found["2.4"].message.endswith(
        "; judged with the reference `softmax`, since 2.2.2 does not pass all checks"
    )


@pytest.mark.parametrize(("answer", "why"), [
    ("def softmax(x):\n    return (x", "is not valid Python, line 2: return (x ('(' was"),
    ("def softmax(x, e=exponential):\n    return e(x)", "name 'exponential' is not defined"),
])  # fmt: skip
def test_the_error_of_a_cell_is_in_the_sentence_and_no_hint_leads_astray(answer, why):
    found = verdicts({"q2-2-2": answer})["2.2.2"]
    assert "`softmax` could not be defined: " in found.message and why in found.message
    shown = as_text(catalogue().find("2.2.2"), found.checks)
    assert shown.count("could not be defined") == 1 and "hint:" not in shown
    failed = [check for check in found.checks if check.status == "fail"]
    assert "(perhaps of the same cause)" in shown and len(failed) > 3


def test_what_has_the_wrong_form_gets_no_hint_about_values():
    right = right_answers(NAME)["q2-2-2"] + "\nright = softmax\n"
    found = verdicts({"q2-2-2": right + "def softmax(x):\n    return right(x).tolist()"})["2.2.2"]
    page = feedback_html(SubmissionResult("ada", (found,)))
    assert "is a list, not a NumPy array" in page and "Hint." not in page
    wrong = verdicts({"q2-2-2": WRONG_SOFTMAX})["2.2.2"]
    assert "Hint." in feedback_html(SubmissionResult("ada", (wrong,)))


@pytest.mark.parametrize("answer", ["", "# softmax comes here", "import numpy as np"])
def test_an_answer_without_any_function_is_missing(answer):
    assert not_passed(verdicts({"q2-2-2": answer})) == {"2.2.2": "missing"}


def test_the_reference_of_an_exercise_never_goes_where_it_is_judged():
    for exercise in catalogue().checked:
        own = {catalogue().find(i) for i in exercise.needs}
        assert not any(
            cell.name.startswith(f"{exercise.grade_id} ") for cell in stand_ins(find_course(), own)
        )


def test_what_stands_in_is_complete():
    """Reference solutions that build on others bring them along."""
    train = stand_ins(find_course(), [catalogue().find("2.4")])
    defined = "\n".join(cell.source for cell in train)
    assert all(f"def {name}(" in defined for name in ("train", "forward", "softmax", "backwards"))


def test_needs_point_backwards():
    """Exercises are judged in order, so what one needs must come before it."""
    ids = [exercise.id for exercise in catalogue().exercises]
    for exercise in catalogue().checked:
        assert all(ids.index(i) < ids.index(exercise.id) for i in exercise.needs)
        assert exercise.id not in exercise.needs


@pytest.mark.slow
def test_a_submission_in_the_sandbox(tmp_path):
    """The whole way: a folder with one wrong function, and a notebook that was not handed in."""
    answers = {**right_answers(NAME), "q2-2-2": WRONG_SOFTMAX}
    path = write_submission(tmp_path, "ada", {"x.ipynb": as_bytes(student_notebook(NAME, answers))})
    result = grade_submission(path, "ada", seed=3)
    found = {verdict.exercise: verdict for verdict in result.verdicts}
    others = {e.id for e in catalogue().graded if e.notebook != NAME}
    assert not_passed(found) == {**dict.fromkeys(others, "missing"), "2.2.2": found["2.2.2"].status}
    assert found["2.4"].replaced == ("softmax",)
    assert "x.ipynb was taken for 02_network.ipynb" in result.remarks
    again = grade_submission(path, "ada", seed=3)
    assert again.verdicts == result.verdicts and again.seed == "3"


@pytest.mark.parametrize(("source", "said"), [
    ("from helpers.checking import expect", "makes use of helpers.checking"),
    ("import importlib\nimportlib.import_module('exercises')", "makes use of exercises"),
    ("import numpy\nnumpy.exp = print", "sets an attribute of the module numpy"),
    ("import numpy as np\nsetattr(np.linalg, 'norm', print)", "of the module np.linalg"),
    ("import sys\nup = sys._getframe().f_back", "looks at what called it (_getframe)"),
    ("!ls\nimport numpy as np\nnp.exp = print", "sets an attribute of the module np"),
])  # fmt: skip
def test_what_an_honest_answer_does_not_do_is_told_to_the_instructor(source, said):
    softmax, noted = catalogue().find("2.2.2"), partial(concerns_about, find_course())
    cells = (Cell("x = 1", "q2-2-1"), Cell(source, "own"))
    there = NotebookAnswers(cells, {"q2-2-1": "x = 1", "q2-2-2": "def softmax(x):\n    return x"})
    assert any(said in concern for concern in noted(softmax, there, first=True))
    assert noted(softmax, there, first=False) == ()
    there = NotebookAnswers(cells[:1], {"q2-2-1": "x = 1", "q2-2-2": source})
    [*concerns] = noted(softmax, there, first=False)
    assert concerns and all(concern.startswith("the answer ") for concern in concerns)
    assert any(said in concern for concern in concerns)


def test_a_ready_made_softmax_is_noted_where_it_can_be_had():
    """As without the sandbox; in it there is none."""
    answer = (
        "from scipy.special import softmax as ready\n\ndef softmax(x):\n    return ready(x, axis=1)"
    )
    verdict = verdicts({"q2-2-2": answer}, only=["2.2.2"])["2.2.2"]
    assert verdict.status == "pass"
    assert verdict.concerns == ("the answer calls the ready-made scipy.special.softmax",)
    assert suspicions(answer) == ()


def by_hand(notebook):
    course = find_course()
    return course.by_hand if notebook in course.by_hand.notebooks else None


def test_right_answers_raise_no_concern():
    for notebook in {exercise.notebook for exercise in catalogue().checked}:
        for cell in source_cells(notebook):
            assert suspicions(cell.source, by_hand(notebook)) == (), cell.name
    for wheat in all_wheats():
        assert suspicions(wheat.read_text(encoding="utf-8"), by_hand(wheat.stem)) == (), wheat


def test_a_changed_submission_gets_other_inputs_from_the_same_seed(tmp_path, monkeypatch):
    """Who knows the inputs of one run can make nothing of them."""
    used = []

    def note(course, notebooks, backend_for, *, seed, **rest):
        used.append(seed)
        return ()

    monkeypatch.setattr("autograder.grading.submission.judge", note)
    for number, own in enumerate(("", "", "# known", "# known better")):
        files = {"02_network.ipynb": as_bytes(student_notebook(NAME, {}, (own,) if own else ()))}
        path = write_submission(tmp_path / str(number), "ada", files)
        assert grade_submission(path, "ada", seed=3, sandbox=False).seed == "3"
    assert used[0] == used[1] and len(set(used)) == 3 and 3 not in used


@pytest.mark.slow
@pytest.mark.parametrize(("name", "data", "there"), [
    ("02_network.py", b"def softmax(x): pass", ", but 02_network.py"),
    ("essay.ipynb", b'{"cells": [], "nbformat": 4}', ", but essay.ipynb"),
    (".hidden", b"", ", nor anything else"),
])  # fmt: skip
def test_a_submission_without_a_notebook_of_the_course(tmp_path, name, data, there):
    result = grade_submission(write_submission(tmp_path, "ada", {name: data}), "ada")
    assert {verdict.status for verdict in result.verdicts} == {"missing"}
    assert result.instead == f"there is no notebook of the course in it{there}"


@pytest.mark.slow
def test_prose_of_a_damaged_notebook_cannot_be_read(tmp_path):
    path = write_submission(tmp_path, "ada", {"02_network.ipynb": b"%PDF"})
    result = grade_submission(path, "ada", only=["2.1.1", "2.2.2", "1.4"])
    assert [a.status for a in result.written if a.notebook == NAME] == ["unreadable"]
    assert result.instead == ""


@pytest.mark.slow
def test_what_jupyter_knows_and_python_does_not_works_in_the_sandbox_too(tmp_path):
    right = right_answers(NAME)
    answers = {
        **right,
        "q2-2-1": "%matplotlib inline\n" + right["q2-2-1"] + "\n!ls\nforward?",
        "q2-2-2": "%%time\n" + right["q2-2-2"].replace("return", "display(x)\n    return", 1),
        "q2-2-3": right["q2-2-3"] + "\nthis is no Python",
    }
    own = ("import matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()", "raise SystemExit")
    files = {"02_network.ipynb": as_bytes(student_notebook(NAME, answers, own))}
    wanted = ["2.2.1", "2.2.2", "2.2.3"]
    result = grade_submission(write_submission(tmp_path, "ada", files), "ada", only=wanted)
    assert {v.exercise: v.status for v in result.verdicts} == dict.fromkeys(wanted, "pass")


@pytest.mark.slow
def test_a_complete_submission_gets_all_points(tmp_path):
    result = grade_submission(write_submission(tmp_path, "ada", complete(), "zip"), "ada")
    lost = [e.id for e in catalogue().checked if missing(e.packages)]
    points = machine_points(find_course())
    assert result.max_points == sum(points.values())
    assert result.points == result.max_points - sum(points[name] for name in lost)
    assert result.remarks == ()
    assert {answer.status for answer in result.written} == {"answered"}


def test_chaffs_of_what_others_need_are_there():
    """The tests of the chaffs show follow-through for every such mistake."""
    needed = {i for e in catalogue().checked for i in e.needs}
    assert needed <= {chaff.exercise for chaff in all_chaffs()}
