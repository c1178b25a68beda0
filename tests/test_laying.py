"""Cells deleted, doubled, split, moved, edited, unmarked: no right answer is lost."""

import copy
import json

import nbformat
import pytest

from autograder.course.course import find_course
from autograder.intake.answers import (
    code_cells,
    fill_in_answers,
    grade_id_of,
    join_code,
    join_text,
    take_apart,
)
from autograder.intake.parsing import parse_notebook
from autograder.judging.guards import in_this_process
from autograder.judging.judge import NotebookAnswers, judge
from exercises.sample_class.submissions import (
    as_bytes,
    release_notebooks,
    right_answers,
    student_notebook,
)

NAME = "02_network"
SOURCE = release_notebooks()[NAME]
JUDGED = ("2.2.1", "2.2.2", "2.2.3", "2.3.1")
STUB = next(c["source"] for c in SOURCE["cells"] if grade_id_of(c) == "q2-2-2")
SOFTMAX = (
    "def softmax(x):\n    shifted = x - x.max(axis=1, keepdims=True)\n"
    "    e = np.exp(shifted)\n    return e / e.sum(axis=1, keepdims=True)"
)
WRONG = "def softmax(x):\n    return x"


def code(source, grade_id="", id="", **more):
    metadata = {"nbgrader": {"grade_id": grade_id, "solution": True}} if grade_id else {}
    return {"cell_type": "code", "source": source, "metadata": metadata, "id": id,
            "outputs": [], "execution_count": None, **more}  # fmt: skip


@pytest.fixture
def notebook():
    return copy.deepcopy(student_notebook(NAME, right_answers(NAME)))


def find(notebook, grade_id):
    return next(i for i, cell in enumerate(notebook["cells"]) if grade_id_of(cell) == grade_id)


def taken_apart(notebook):
    return take_apart(parse_notebook(json.dumps(notebook).encode(), f"{NAME}.ipynb"), SOURCE)


def wrong_exercises(notebook, only=JUDGED):
    laid = taken_apart(notebook)
    answers = {NAME: NotebookAnswers(code_cells(laid, SOURCE), laid.answers)}
    verdicts = judge(find_course(), answers, in_this_process, seed=1, only=only)
    return {v.exercise: v.message for v in verdicts if v.status != "pass"}


def replace(notebook, grade_id, *cells):
    at = find(notebook, grade_id)
    notebook["cells"][at : at + 1] = cells


# --- Right answers, whatever became of their cells ------------------------------------------


def untouched(nb):
    pass


def stub_after_the_answer(nb):
    nb["cells"].insert(find(nb, "q2-2-2") + 1, code(STUB, "q2-2-2"))


def stub_before_the_answer(nb):
    nb["cells"].insert(find(nb, "q2-2-2"), code(STUB, "q2-2-2"))


def two_copies_the_last_is_right(nb):
    replace(nb, "q2-2-2", code(WRONG, "q2-2-2"), code(SOFTMAX, "q2-2-2"))


def copy_that_is_half_written(nb):
    replace(nb, "q2-2-2", code(SOFTMAX, "q2-2-2"), code("def softmax(x):\n    return (", "q2-2-2"))


def split_in_two(nb):
    first, last = SOFTMAX.split("\n    e = ")
    replace(nb, "q2-2-2", code(first, "q2-2-2"), code("    e = " + last, "q2-2-2"))


def split_and_one_half_lost_its_mark(nb):
    first, last = SOFTMAX.split("\n    e = ")
    replace(nb, "q2-2-2", code(first, "q2-2-2"), code("    e = " + last))


def split_in_three_lines(nb):
    replace(nb, "q2-2-2", *(code(line, "q2-2-2") for line in SOFTMAX.split("\n")))


def reversed_cells(nb):
    nb["cells"].reverse()


def answers_at_the_end(nb):
    answers = [c for c in nb["cells"] if grade_id_of(c).startswith("q2-2")]
    nb["cells"] = [c for c in nb["cells"] if c not in answers] + answers


def imports_added_to_the_setup_cell(nb):
    nb["cells"][find(nb, "setup-02")]["source"] += "\nfrom math import pi\nEPS = 0.0"
    replace(nb, "q2-2-2", code(SOFTMAX + " + EPS", "q2-2-2"))


def setup_cell_deleted(nb):
    nb["cells"].pop(find(nb, "setup-02"))


def setup_cell_broken(nb):
    nb["cells"][find(nb, "setup-02")]["source"] = "import numpy as\nnp = None"


def given_prose_and_demos_deleted(nb):
    nb["cells"] = [c for c in nb["cells"] if grade_id_of(c)]


def demos_broken(nb):
    for cell in nb["cells"]:
        if cell["cell_type"] == "code" and not grade_id_of(cell):
            cell["source"] = "1 / 0\nwhile True: pass"


def checks_edited(nb):
    for cell in nb["cells"]:
        if grade_id_of(cell).endswith("-check"):
            cell["source"] = "print('all right')\ndef softmax(x): return x"


def checks_deleted(nb):
    nb["cells"] = [c for c in nb["cells"] if not grade_id_of(c).endswith("-check")]


def marks_tampered_with(nb):
    for cell in nb["cells"]:
        if grade_id_of(cell):
            cell["metadata"]["nbgrader"] |= {"points": 1e6, "grade": False, "solution": False,
                                             "locked": True, "schema_version": 99}  # fmt: skip


def marks_swapped_between_answers(nb):
    a, b = nb["cells"][find(nb, "q2-2-1")], nb["cells"][find(nb, "q2-3-1")]
    a["metadata"], b["metadata"] = b["metadata"], a["metadata"]


def marks_and_ids_swapped(nb):
    marks_swapped_between_answers(nb)
    a, b = nb["cells"][find(nb, "q2-2-1")], nb["cells"][find(nb, "q2-3-1")]
    a["id"], b["id"] = b["id"], a["id"]


def answers_bear_the_marks_of_checks(nb):
    for cell in nb["cells"]:
        if grade_id_of(cell) in ("q2-2-1", "q2-2-2", "q2-2-3"):
            cell["metadata"]["nbgrader"]["grade_id"] += "-check"
            cell["id"] = ""


def answers_bear_the_mark_of_the_setup(nb):
    at = find(nb, "q2-2-2")
    nb["cells"][at]["metadata"] = copy.deepcopy(nb["cells"][find(nb, "setup-02")]["metadata"])


def code_became_markdown(nb):
    nb["cells"][find(nb, "q2-2-2")]["cell_type"] = "markdown"


def code_became_raw(nb):
    nb["cells"][find(nb, "q2-2-2")]["cell_type"] = "raw"


def marks_lost(nb):
    for cell in nb["cells"]:
        cell["metadata"] = {}


def ids_lost(nb):
    for cell in nb["cells"]:
        cell.pop("id")
    nb["nbformat_minor"] = 2


def marks_and_ids_lost(nb):
    marks_lost(nb)
    ids_lost(nb)


def marks_of_the_wrong_types(nb):
    for i, cell in enumerate(nb["cells"]):
        cell["metadata"] = [{"nbgrader": None}, {"nbgrader": {"grade_id": ["x"]}}, None, []][i % 4]


def all_in_one_cell(nb):
    whole = "\n\n".join(c["source"] for c in nb["cells"] if c["cell_type"] == "code")
    nb["cells"] = [code(whole)]


def all_in_the_first_answer(nb):
    whole = "\n\n".join(c["source"] for c in nb["cells"] if grade_id_of(c).startswith("q2")
                        and c["cell_type"] == "code")  # fmt: skip
    nb["cells"] = [code(whole, "q2-1-2")]


def helpers_in_own_cells(nb):
    helper = "def exps(x):\n    return np.exp(x - x.max(1, keepdims=True))"
    answer = "def softmax(x):\n    return exps(x) / exps(x).sum(1, keepdims=True)"
    replace(nb, "q2-2-2", code(helper), code(answer, "q2-2-2"))


def helpers_at_the_end(nb):
    helpers_in_own_cells(nb)
    nb["cells"].append(nb["cells"].pop(find(nb, "q2-2-2") - 1))


def experiments_at_the_end(nb):
    nb["cells"] += [code(text) for text in (
        WRONG, "sigmoid = forward = None", "np = 'no more'", "from scipy.special import *",
        "raise SystemExit", "input()", "while True: pass", "%timeit softmax(1)", "sum = max = 0",
    )]  # fmt: skip


def outputs_and_noise(nb):
    for cell in nb["cells"]:
        cell["noise"] = {"a": [1, None]}
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "error", "traceback": ["x"]}, 5]


def windows_line_ends(nb):
    for cell in nb["cells"]:
        cell["source"] = cell["source"].replace("\n", "\r\n").splitlines(keepends=True)


CHANGES = [change for name, change in list(globals().items())
           if callable(change) and getattr(change, "__code__", None)
           and change.__code__.co_varnames[:1] == ("nb",)]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_right_answer_is_found_after(change, notebook):
    change(notebook)
    assert wrong_exercises(notebook) == {}


def test_changes_were_found():
    assert len(CHANGES) >= 30


def test_wrong_answers_stay_wrong(notebook):
    """The tests above would show nothing if everything passed."""
    replace(notebook, "q2-2-2", code(WRONG, "q2-2-2"))
    notebook["cells"].pop(find(notebook, "q2-3-1"))
    assert set(wrong_exercises(notebook)) == {"2.2.2", "2.3.1"}


def test_of_two_written_copies_the_last_counts_as_when_run(notebook):
    replace(notebook, "q2-2-2", code(SOFTMAX, "q2-2-2"), code(WRONG, "q2-2-2"))
    assert set(wrong_exercises(notebook)) == {"2.2.2"}


def test_nothing_that_a_student_marks_as_given_takes_the_place_of_what_is_given(notebook):
    """An edited set-up or check cell of theirs runs beside the course's own, never instead."""
    laid = taken_apart(notebook)
    checks_edited(notebook)
    names = [cell.name for cell in code_cells(laid, SOURCE)]
    assert list(dict.fromkeys(n for n in names if "+" not in n)) == [
        grade_id_of(c) or c["id"] for c in SOURCE["cells"] if c["cell_type"] == "code"
    ]  # fmt: skip
    laid = taken_apart(notebook)
    by_name = {cell.name: cell.source for cell in code_cells(laid, SOURCE)}
    assert by_name["q2-2-2-check"] == "" and "print" in by_name["q2-2-2-check+1"]


# --- What is said ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (untouched, []),
        (stub_after_the_answer, ["the cell q2-2-2 is there 2 times; all were read"]),
        (split_and_one_half_lost_its_mark, ["the cell q2-2-2 was split; the halves were joined"]),
        (
            setup_cell_broken,
            ["the given cell setup-02 was edited; the course's own was used as well"],
        ),
        (ids_lost, []),
        (marks_lost, []),
    ],
)
def test_what_was_mended_is_said_and_nothing_else(change, said, notebook):
    change(notebook)
    assert taken_apart(notebook).remarks == said


def test_deleted_and_edited_cells_are_said(notebook):
    notebook["cells"].pop(find(notebook, "q2-2-2"))
    notebook["cells"].pop(find(notebook, "q2-1-1"))
    notebook["cells"][find(notebook, "q2-4-check")]["source"] = "pass"
    assert taken_apart(notebook).remarks == [
        "the graded cell q2-4-check was edited; the course's own was used",
        "the cell q2-1-1 was deleted",
        "the cell q2-2-2 was deleted",
    ]


def test_moved_cells_are_said(notebook):
    notebook["cells"].append(notebook["cells"].pop(find(notebook, "q2-2-2")))
    assert taken_apart(notebook).remarks == ["moved: q2-2-2"]


def test_functions_whose_cell_lost_everything_are_shown_from_where_they_are(notebook):
    replace(notebook, "q2-2-2", code(SOFTMAX))
    laid = taken_apart(notebook)
    assert "q2-2-2" not in laid.answers and laid.elsewhere["q2-2-2"] == SOFTMAX
    assert laid.remarks == ["the cell q2-2-2 was deleted; its functions are in another cell"]


# --- Written answers ------------------------------------------------------------------------


def markdown(source, grade_id="", id="", **more):
    return {**code(source, grade_id, id), "cell_type": "markdown", **more}


def test_written_answers_come_with_their_pictures(notebook):
    picture = {"drawing.png": {"image/png": "iVBORw0KGgo="}}
    replace(
        notebook,
        "q2-1-1",
        markdown("See ![](attachment:drawing.png)", "q2-1-1", attachments=picture),
    )
    laid = taken_apart(notebook)
    assert laid.attachments["q2-1-1"] == picture
    laid_out, _ = fill_in_answers(parse_notebook(json.dumps(notebook).encode(), NAME), SOURCE)
    cell = laid_out["cells"][find(laid_out, "q2-1-1")]
    assert cell["attachments"] == picture and cell["source"].startswith("See")


@pytest.mark.parametrize("kind", ["code", "raw"])
def test_a_written_answer_in_a_cell_of_another_type_is_still_read(notebook, kind):
    replace(notebook, "q2-1-1", {**markdown("Because.", "q2-1-1"), "cell_type": kind})
    assert taken_apart(notebook).answers["q2-1-1"] == "Because."


def test_a_written_answer_without_a_mark_is_found_by_its_place(notebook):
    replace(notebook, "q2-1-1", markdown("Because every unit is the same."), markdown("And so on."))
    laid = taken_apart(notebook)
    assert laid.answers["q2-1-1"] == "Because every unit is the same.\n\nAnd so on."
    assert "q2-1-1 lost its mark" in laid.remarks[0]


def test_copies_of_a_written_answer_are_joined_without_the_stub():
    assert join_text(["YOUR ANSWER HERE", "a", "a", "b"], "YOUR ANSWER HERE") == "a\n\nb"
    assert join_text(["YOUR ANSWER HERE", ""], "YOUR ANSWER HERE") == "YOUR ANSWER HERE"


def test_halves_and_copies_of_code_are_joined():
    assert join_code([SOFTMAX]) == SOFTMAX
    assert join_code(["def f(:", SOFTMAX]) == SOFTMAX
    assert join_code(["def f(:", "def g(:"]) == "def f(:\ndef g(:"
    assert join_code([STUB, SOFTMAX]) == SOFTMAX
    huge = "x = 1\n" * 200_000
    assert join_code([huge, huge]) == huge


# --- The laid-out notebook, which nbgrader shows --------------------------------------------


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_the_laid_out_notebook_is_the_courses_own_with_answers(change, notebook):
    change(notebook)
    laid, _ = fill_in_answers(parse_notebook(json.dumps(notebook).encode(), NAME), SOURCE)
    nbformat.validate(nbformat.from_dict(laid))
    assert len({cell["id"] for cell in laid["cells"]}) == len(laid["cells"])
    marks = [cell["metadata"] for cell in laid["cells"] if grade_id_of(cell)]
    assert marks == [cell["metadata"] for cell in SOURCE["cells"] if grade_id_of(cell)]
    checks = {
        grade_id_of(c): c["source"] for c in laid["cells"] if grade_id_of(c).endswith("-check")
    }
    assert checks == {
        grade_id_of(c): c["source"] for c in SOURCE["cells"] if grade_id_of(c).endswith("-check")
    }  # fmt: skip


def test_an_untouched_submission_comes_out_as_it_was_given_out():
    given = student_notebook(NAME)
    laid, remarks = fill_in_answers(parse_notebook(as_bytes(given), NAME), SOURCE)
    assert [c["source"] for c in laid["cells"]] == [c["source"] for c in SOURCE["cells"]]
    assert remarks == []


def test_a_notebook_that_lost_all_its_marks_is_a_few_lines():
    notebook = student_notebook(NAME, right_answers(NAME))
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    remarks = taken_apart(notebook).remarks
    assert 1 <= len(remarks) <= 6, remarks
    assert any("its functions are in another cell (and so for " in remark for remark in remarks)


@pytest.mark.parametrize("count", [1, 3])
def test_a_few_deleted_cells_are_named_one_by_one(notebook, count):
    gone = ["q2-2-1", "q2-2-2", "q2-2-3"][:count]
    notebook["cells"] = [c for c in notebook["cells"] if grade_id_of(c) not in gone]
    remarks = taken_apart(notebook).remarks
    assert remarks == [f"the cell {grade_id} was deleted" for grade_id in gone]
