"""Stock nbgrader in our course directory: every command, and its quirks kept out."""

import copy
import csv
import json
import re
import subprocess
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.utils import determine_grade

from autograder.course.course import find_course
from autograder.course.release import student_notebook, write_notebook
from autograder.intake.notebooks import NOTHING_THERE
from autograder.judging.verdicts import ExerciseVerdict
from autograder.nbgrader.collect import Collected, collect_class
from autograder.nbgrader.course_directory import init_course
from autograder.nbgrader.messages import graded_outputs, message
from autograder.nbgrader.pages import markdown2html
from autograder.nbgrader.plugin import prepare_submission
from exercises.sample_class.submissions import zip_of
from helpers.checking.catalogue import catalogue
from helpers.checking.packages import missing
from helpers.checking.runner import CheckResult
from helpers.errors import CourseDirectoryError

pytestmark = pytest.mark.slow

COURSE = find_course()
ASSIGNMENT = find_course().name
SOURCES = COURSE.read_notebooks()
NETWORK = "02_network"
ONE_MAXIMUM = (
    "def softmax(x):\n    e = np.exp(x - x.max())\n    return e / e.sum(axis=1, keepdims=True)"
)
WRONG_SOFTMAX = "def softmax(x):\n    e = np.exp(x - x.max())\n    return e / e.sum()"
OUTSIDE = r"""<[^>]*(src|href)=["']?(https?:)?//(?!127\.0\.0\.1)"""
TAMPERED_CHECK = "import sys\nprint('warning', file=sys.stderr)\n100.0"


def marks(cell):
    return cell.metadata.get("nbgrader", {})


def released(name, right=()):
    """A student's copy, with the course's own answers put in for some ``grade_id``s."""
    notebook = student_notebook(SOURCES[name])
    answers = {marks(c).get("grade_id"): c.source for c in SOURCES[name].cells}
    for cell in notebook.cells:
        if marks(cell).get("solution") and (right == "all" or marks(cell)["grade_id"] in right):
            cell.source = answers[marks(cell)["grade_id"]]
    return notebook


def cell_of(notebook, grade_id):
    return next(c for c in notebook.cells if marks(c).get("grade_id") == grade_id)


def hand_in(course, student, notebooks):
    folder = course / "submitted" / student / ASSIGNMENT
    folder.mkdir(parents=True)
    for name, notebook in notebooks.items():
        write_notebook(notebook, folder / name)
    return folder


def submissions(folder):
    """What two students sent by mail: a zip file that is all right, and one that is none."""
    folder.mkdir()
    files = {
        f"my work/{name}.ipynb": nbformat.writes(released(name, "all")).encode() for name in SOURCES
    }
    (folder / "ada.zip").write_bytes(zip_of(files))
    (folder / "ivy.zip").write_bytes(b"this is no archive")
    return folder


def fill_the_class(course):
    """Students who hand in by hand: partly right, tampering, broken files, an answer beside."""
    partly = released(NETWORK, {"q2-2-1", "q2-2-2", "q2-2-3", "q2-1-1"})
    cell_of(partly, "q2-2-2").source = ONE_MAXIMUM
    hand_in(course, "bert", {"my network (1).ipynb": partly})

    tampered = released(NETWORK, {"q2-2-1"})
    for cell in tampered.cells:
        if marks(cell).get("grade"):
            marks(cell).points = 1000
    cell_of(tampered, "q2-2-1-check").source = TAMPERED_CHECK
    twice = copy.deepcopy(cell_of(tampered, "q2-2-2-check"))
    twice.source, twice.id = "42.0", "twice"
    tampered.cells.append(twice)
    tampered.cells.remove(cell_of(tampered, "q2-2-3-check"))
    answer = cell_of(tampered, "q2-1-1")
    answer.source = "<script>document.title = 'taken over'</script> The *units* stay alike."
    tampered.cells.append(nbformat.v4.new_raw_cell('<a href="http://elsewhere">raw</a>'))
    folder = hand_in(course, "eve", {f"{NETWORK}.ipynb": tampered})
    (folder / "stolen.txt").symlink_to(course / "nbgrader_config.py")

    folder = hand_in(course, "finn", {f"{NETWORK}.ipynb": released(NETWORK, "all")})
    (folder / "01_theory.ipynb").write_text("{ this is no notebook", encoding="utf-8")

    beside = released(NETWORK)
    index = beside.cells.index(cell_of(beside, "q2-1-1"))
    beside.cells.insert(index + 1, nbformat.v4.new_markdown_cell("My answer is down here."))
    hand_in(course, "gil", {f"{NETWORK}.ipynb": beside})

    (course / "submitted" / "hal" / ASSIGNMENT).mkdir(parents=True)
    (course / "submitted" / "hal" / ASSIGNMENT / "notes.txt").write_text("I was ill.")


@pytest.fixture(scope="module")
def nbgrader(command_env):
    """A function that runs stock nbgrader in a folder and gives what it printed."""

    def run(course, *arguments, fails=False):
        done = subprocess.run(["nbgrader", *arguments], cwd=course, env=command_env,
                              capture_output=True, text=True, timeout=400)  # fmt: skip
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


@pytest.fixture(scope="module")
def course(tmp_path_factory, nbgrader):
    """A course directory in which all stock commands were run."""
    folder = tmp_path_factory.mktemp("nbgrader") / "course"
    init_course(folder)
    nbgrader(folder, "generate_assignment", ASSIGNMENT)
    collected = collect_class(submissions(folder.parent / "mail"), folder)
    assert list(collected) == ["ada", "ivy"] and not collected["ada"].fault
    assert "ivy.zip" in collected["ivy"].fault
    fill_the_class(folder)
    nbgrader(folder, "autograde", ASSIGNMENT)
    nbgrader(folder, "generate_feedback", ASSIGNMENT)
    nbgrader(folder, "export")
    return folder


@pytest.fixture
def grades(course):
    """All grades: ``{(student, grade_id): (score by machine, maximum, for a person)}``."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {
            (student.id, grade.name): (grade.auto_score, grade.max_score, grade.needs_manual_grade)
            for student in gradebook.students
            for submission in student.submissions
            for notebook in submission.notebooks
            for grade in notebook.grades
        }


def autograded(course, student, name=NETWORK):
    return nbformat.read(course / "autograded" / student / ASSIGNMENT / f"{name}.ipynb", 4)


def feedback(course, student, name=NETWORK):
    path = course / "feedback" / student / ASSIGNMENT / f"{name}.html"
    return path.read_text(encoding="utf-8")


# --- The stock commands ---------------------------------------------------------------------


@pytest.mark.slow
def test_the_release_is_the_one_that_we_write(course):
    for name in SOURCES:
        theirs = nbformat.read(course / "release" / ASSIGNMENT / f"{name}.ipynb", 4)
        assert theirs.cells == student_notebook(SOURCES[name]).cells
    assert (course / "release" / ASSIGNMENT / "helpers" / "__init__.py").exists()


@pytest.mark.slow
def test_right_answers_get_all_points_and_prose_waits_for_a_person(grades):
    mine = {grade_id: grade for (who, grade_id), grade in grades.items() if who == "ada"}
    for exercise in catalogue().checked:
        score, of, by_hand = mine[exercise.check_id]
        if missing(exercise.packages):  # no verdict: a person must look
            assert by_hand, exercise.id
        else:
            assert (score, by_hand) == (of, False), exercise.id
    written = {g: grade for g, grade in mine.items() if not g.endswith("-check")}
    assert written and all(grade == (None, grade[1], True) for grade in written.values())


@pytest.mark.slow
def test_partial_credit_comes_with_its_message(course, grades):
    score, of, by_hand = grades["bert", "q2-2-2-check"]
    assert 0 < score < of and not by_hand
    assert grades["bert", "q2-2-1-check"][0] == grades["bert", "q2-2-1-check"][1]
    assert grades["bert", "q2-4-check"][0] == 0
    cell = cell_of(autograded(course, "bert"), "q2-2-2-check")
    assert [output.output_type for output in cell.outputs] == ["display_data", "execute_result"]
    for shown in (cell.outputs[0].data["text/plain"], feedback(course, "bert")):
        assert "rows of different size" in shown and "hint" in shown


@pytest.mark.slow
def test_a_renamed_notebook_is_found_and_a_missing_one_is_zero(course, grades):
    assert "was taken for 02_network.ipynb" in autograded(course, "bert").cells[0].source
    theory = [g for (who, name), g in grades.items() if who == "bert" and name.startswith("q1-")]
    assert theory and all(grade[0] == 0 and not grade[2] for grade in theory)


@pytest.mark.slow
def test_tampering_gains_and_costs_nothing(course, grades):
    score, of, _ = grades["eve", "q2-2-1-check"]
    assert score == of < 100
    assert grades["eve", "q2-2-2-check"][0] == 0
    assert grades["eve", "q2-2-3-check"][0] == 0
    ids = [marks(c)["grade_id"] for c in autograded(course, "eve").cells if marks(c)]
    assert len(ids) == len(set(ids)) and "q2-2-3-check" in ids


@pytest.mark.slow
def test_a_broken_notebook_stops_nobody_and_is_for_a_person_to_see(grades):
    assert grades["finn", "q1-1-check"][0] is None and grades["finn", "q1-1-check"][2]
    assert grades["finn", "q2-5-check"][0] == grades["finn", "q2-5-check"][1]


@pytest.mark.slow
def test_an_archive_that_is_none_has_a_row_for_a_person_to_see(course, grades):
    checks = [g for (who, name), g in grades.items() if who == "ivy" and name.endswith("-check")]
    assert checks and all(score is None and by_hand for score, _, by_hand in checks)
    said = autograded(course, "ivy").cells[0].source
    assert NOTHING_THERE in said and "unreadable.ipynb" not in said
    assert "nothing that was handed in is a notebook" in feedback(course, "ivy")


@pytest.mark.slow
def test_an_answer_in_a_cell_of_its_own_is_not_zero_unseen(grades):
    assert grades["gil", "q2-1-1"][0] is None and grades["gil", "q2-1-1"][2]
    assert grades["gil", "q2-1-3"] == (0, grades["gil", "q2-1-3"][1], False)


@pytest.mark.slow
def test_links_in_a_submission_lead_nowhere(course):
    assert not list(course.glob("*/eve/**/stolen.txt"))


@pytest.mark.slow
def test_rubrics_are_shown_to_graders_and_in_feedback_not_before(course):
    sources = [cell.source for cell in autograded(course, "ada").cells]
    assert any(source.startswith("**How this is graded**") for source in sources)
    assert "How this is graded" in feedback(course, "ada")
    for path in (course / "release").rglob("*.ipynb"):
        assert "1 point**" not in path.read_text(encoding="utf-8")


@pytest.mark.slow
def test_feedback_runs_no_script_of_a_student_and_fetches_nothing(course):
    page = feedback(course, "eve")
    assert "<script>document.title" not in page and "taken over" in page
    assert "<math" in page and "elsewhere" in page
    assert not re.search(OUTSIDE, page)


@pytest.mark.slow
def test_the_export_has_a_row_for_everybody_who_handed_in_a_notebook(course):
    with open(course / "grades.csv", encoding="utf-8") as table:
        rows = {row["student_id"]: float(row["score"]) for row in csv.DictReader(table)}
    assert set(rows) == {"ada", "bert", "eve", "finn", "gil", "ivy"}
    assert rows["ada"] > rows["finn"] > rows["bert"] > rows["gil"] == rows["ivy"] == 0


@pytest.mark.slow
def test_validate_passes_right_answers_and_no_others(course, nbgrader):
    right, wrong = released(NETWORK, "all"), released(NETWORK, "all")
    cell_of(wrong, "q2-2-2").source = WRONG_SOFTMAX
    path = course / "release" / ASSIGNMENT / "validated.ipynb"
    for notebook in (right, wrong):
        notebook.cells = [cell_of(notebook, i) for i in ("setup-02", "q2-2-2", "q2-2-2-check")]
        write_notebook(notebook, path)
        output = nbgrader(course, "validate", str(path))
        path.unlink()
        assert ("Success!" in output) == (notebook is right), output
        assert ("✗" in output) == (notebook is wrong)


@pytest.mark.slow
def test_formgrader_shows_written_answers_with_score_boxes(
    course, browser, jupyter_server, command_env
):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.wait import WebDriverWait

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        number = gradebook.find_submission_notebook(NETWORK, ASSIGNMENT, "eve").id
    address = jupyter_server(course, command_env)
    browser.get(f"{address}/formgrader/submissions/{number}/")
    WebDriverWait(browser, 60).until(lambda page: page.find_elements(By.ID, "q2-1-1"))
    box = browser.find_element(By.ID, "q2-1-1")
    assert box.get_attribute("type") == "number"
    body = browser.find_element(By.TAG_NAME, "body").text
    assert "The units stay alike." in body
    assert "How this is graded" in body
    assert "checks pass" in body
    assert "taken over" not in browser.title
    assert browser.find_elements(By.TAG_NAME, "math")
    assert not re.search(OUTSIDE, browser.page_source)
    WebDriverWait(browser, 30).until(
        lambda page: (
            page.find_element(By.ID, "q2-2-1-check").get_attribute("value")
            or page.find_element(By.ID, "q2-2-1-check").get_attribute("placeholder")
        )
    )


# --- Its parts ------------------------------------------------------------------------------


def test_a_course_directory_that_exists_is_left_alone(tmp_path):
    (tmp_path / "gradebook.db").write_text("precious", encoding="utf-8")
    with pytest.raises(CourseDirectoryError, match="is not empty"):
        init_course(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["gradebook.db"]


def test_collecting_again_replaces_and_flattens(tmp_path):
    course, sent = tmp_path / "course", tmp_path / "sent"
    folder = sent / "ada" / "deep" / "er"
    folder.mkdir(parents=True)
    course.mkdir()
    with pytest.raises(CourseDirectoryError, match="make one with `course init`"):
        collect_class(sent, course)
    (course / "nbgrader_config.py").touch()
    (folder / "a.ipynb").write_bytes(b"1")
    (folder.parent / "a.ipynb").write_bytes(b"2")
    (folder / "mine.py").write_bytes(b"x = 1")
    collect_class(sent, course)
    target = course / "submitted" / "ada" / ASSIGNMENT
    assert {path.name for path in target.iterdir()} == {"a.ipynb", "a (in er).ipynb", "mine.py"}
    assert collect_class(sent, course)["ada"].state == "same"
    (folder / "a.ipynb").unlink()
    (folder / "mine.py").unlink()
    (folder.parent / "a.ipynb").unlink()
    (folder / "note.txt").touch()
    fault = "ada: there is no notebook of the course in it, but deep/er/note.txt"
    assert collect_class(sent, course) == {"ada": Collected("changed", fault)}
    (written,) = target.iterdir()
    assert written.name == "unreadable.ipynb"
    (cell,) = nbformat.read(written, as_version=4).cells
    assert cell.source == NOTHING_THERE


def verdict(points, max_points=4.0, status="partial", checks=(), message="", replaced=()):
    return ExerciseVerdict("2.2.2", "Softmax", NETWORK, points, max_points, status, message,
                           tuple(checks), replaced=tuple(replaced))  # fmt: skip


def graded_cell(outputs, points):
    cell = nbformat.v4.new_code_cell('check("2.2.2")', outputs=outputs)
    cell.metadata.nbgrader = {"grade": True, "solution": False, "points": points,
                              "grade_id": "q2-2-2-check"}  # fmt: skip
    return nbformat.from_dict(json.loads(json.dumps(cell)))


@pytest.mark.parametrize(
    ("points", "of", "worth", "score"),
    [(1.5, 4, 4, 1.5), (0, 4, 4, 0), (4, 4, 4, 4), (2, 4, 10, 5), (0.1 + 0.2, 0.3, 3, 3)],
)
def test_stock_nbgrader_reads_the_score_that_was_meant(points, of, worth, score):
    cell = graded_cell(graded_outputs(find_course(), verdict(points, of), worth), worth)
    assert determine_grade(cell) == (score, worth)


def check_result(name, status="fail", public=True):
    return CheckResult(
        f"2.2.2/{name}", "2.2.2", 1.0, status, public,
        problem="rows sum to 99, not 1", told="rows do not sum to 1",
        diagnosis="wrong axis", called="softmax([[1, 2]])", got="[[9, 9]]",
        expected="[[0.3, 0.7]]", hint="which axis?",
        traceback="a secret path" if status == "error" else "",
    )  # fmt: skip


def test_hidden_checks_show_no_values_and_broken_ones_no_traceback():
    html, text = message(find_course(), verdict(0, checks=[check_result("hidden", public=False)]))
    for shown in (html, text):
        assert "rows do not sum to 1" in shown and "which axis?" in shown
        assert "softmax([[1, 2]])" not in shown and "[[9, 9]]" not in shown
        assert "0.3" not in shown and "99" not in shown and "wrong axis" in shown
    html, text = message(find_course(), verdict(0, checks=[check_result("broken", "error")]))
    assert "a secret path" not in html + text and "your instructor will look" in text
    html, text = message(find_course(), verdict(0, checks=[check_result("public")]))
    assert "[[9, 9]]" in text and "softmax([[1, 2]])" in html


def test_what_a_student_returned_is_text_in_the_message():
    result = CheckResult("2.2.2/x", "2.2.2", 1.0, "fail", got="<script>alert(1)</script>")
    html, _ = message(find_course(), verdict(0, checks=[result], replaced=["sigmoid"]))
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert "Graded with the reference sigmoid: 2.2.1 does not pass all its checks." in html


def test_without_any_check_the_message_says_why():
    html, text = message(find_course(), verdict(0, status="error", message="the file is damaged"))
    assert "your instructor will look" in text or "the file is damaged" in text
    assert catalogue().find("2.2.2").title in html


def test_the_hook_removes_links_and_names_missing_notebooks(tmp_path):
    folder = tmp_path / "submitted" / "ada" / ASSIGNMENT
    (folder / "notes").mkdir(parents=True)
    (folder / "notes" / "link").symlink_to("/etc/hostname")
    (folder / "away").symlink_to("/etc", target_is_directory=True)
    (folder / "kept.txt").write_text("kept", encoding="utf-8")
    write_notebook(released(NETWORK), folder / f"{NETWORK}.ipynb")
    notebooks = [str(folder / f"{NETWORK}.ipynb")]
    prepare_submission(find_course(), ASSIGNMENT, "*", notebooks)
    names = {Path(notebook).stem for notebook in notebooks}
    assert names == {exercise.notebook for exercise in catalogue().checked}
    left = {path.name for path in folder.rglob("*")}
    assert left == {"kept.txt", f"{NETWORK}.ipynb"}


@pytest.mark.parametrize(
    "source",
    ["<script>x</script>", "<img src=x onerror=x>", "[a](javascript:x)", "<iframe src=x>",
     "![a](http://elsewhere/x.png)", r"$\href{javascript:x}{a}$"],
)  # fmt: skip
def test_markdown_on_nbgraders_pages_can_do_nothing(source):
    cell = nbformat.v4.new_markdown_cell(source)
    cell.metadata.nbgrader = {"solution": True}
    shown = str(markdown2html({"cell": cell, "resources": {}}, source))
    elements = re.findall(r"<[^>]*>", shown)
    assert not [e for e in elements if re.search(r"script|<img|iframe|href|src|onerror", e)]


def test_markdown_without_a_cell_is_a_graders_comment():
    assert "<strong>good</strong>" in markdown2html({}, "**good**")
    assert markdown2html({}, None) == ""
