"""Mangled submissions graded from end to end, in the sandbox, and found in the class report."""

import pytest

from autograder.grading.submission import grade_submission
from autograder.report.class_report import report_html
from autograder.report.tables import write_grades_csv
from exercises.sample_class.submissions import as_bytes, write_submission
from tests import mangled
from tests.mangled import FILE, nb

pytestmark = pytest.mark.slow


def graded(folder, files, only=("2.2.2",)):
    return grade_submission(write_submission(folder, "ada", files), "ada", only=only, seed=1)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (mangled.several_exceptions_without_parentheses, "written for Python 3.14 or newer"),
        (mangled.a_module_beside_the_notebook_is_imported_by_name, "answers.py lies beside"),
        (mangled.the_answer_in_a_raw_cell, "in a raw cell after q2-2-2-check"),
        (mangled.cut_off_before_the_answer, "its file is cut off"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_cannot_be_judged_is_no_zero_and_stands_in_table_and_report(make, said, tmp_path):
    result = graded(tmp_path, make())
    (verdict,) = result.verdicts
    assert verdict.status == "error" and said in verdict.message
    write_grades_csv([result], tmp_path / "grades.csv")
    assert f",error,{verdict.message}" in (tmp_path / "grades.csv").read_text().replace('"', "")
    html = report_html([result], {})
    assert html.index("Needs a person to look") < html.index(said) < html.index("The class</h2>")
    assert "⚑" in html[html.index('<table class="class">') :]


def test_a_real_doubt_is_for_the_instructor_and_flagged_in_the_table(tmp_path):
    result = graded(tmp_path, mangled.nothing_tells_which_is_newer())
    (verdict,) = result.verdicts
    assert verdict.status == "pass" and "nothing tells" in verdict.concerns[0]
    html = report_html([result], {})
    assert "⚑" in html[html.index('<table class="class">') :]
    assert "nothing tells" in html[html.index("For you to look at") :]
    clean = graded(tmp_path / "clean", {FILE: as_bytes(nb())})
    assert 'class="flag"' in html and 'class="flag"' not in report_html([clean], {})


def test_a_matrix_costs_its_own_exercise_and_nothing_further_on(tmp_path):
    """It is refused where it arises, and the reference stands in for it in 2.4 and 2.5."""
    result = graded(tmp_path, mangled.a_matrix_comes_back(), ("2.2.2", "2.4", "2.5"))
    statuses = {verdict.exercise: verdict.status for verdict in result.verdicts}
    assert statuses == {"2.2.2": "fail", "2.4": "pass", "2.5": "pass"}
    assert "np.asarray(x)" in result.verdicts[0].message


def test_there_is_no_keyboard_in_the_sandbox(tmp_path):
    (verdict,) = graded(tmp_path, mangled.the_answer_asks_for_something_to_be_typed()).verdicts
    assert "input() has no keyboard here" in verdict.message
