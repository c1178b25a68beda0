"""``course doctor``: what does not fit together in a course is named, with the way out."""

import json
import shutil

import pytest
from click.testing import CliRunner

from autograder.commands import machine
from autograder.commands.machine import examine_machine
from autograder.commands.main import main
from autograder.course.course import find_course, read_course
from autograder.course.doctor import examine, refuse_broken
from autograder.course.new import new_course
from helpers.checking.catalogue import _rooms, read_catalogue
from helpers.errors import CourseError

NOTEBOOK = "notebooks/01_words.ipynb"
WORDS = "exercises/1_1_words"


@pytest.fixture
def course(tmp_path):
    """A fresh sample course, to be broken."""
    return new_course(tmp_path / "words")


def problems(folder):
    """What is wrong, as if the files had never been read before."""
    for kept in (read_course, read_catalogue, _rooms):
        kept.cache_clear()
    return [problem for finding in examine(find_course(folder)) for problem in finding.problems]


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def without_cell(path, grade_id):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = notebook["cells"]
    notebook["cells"] = [c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id")
                         != grade_id]  # fmt: skip
    assert len(notebook["cells"]) == len(cells) - 1
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_both_courses_are_in_order(course):
    assert problems(course) == []
    assert problems(find_course().root) == []


BREAKS = {
    "a notebook is gone": (
        lambda c: (c / NOTEBOOK).unlink(), "01_words.ipynb cannot be read"),
    "a notebook that is not listed": (
        lambda c: shutil.copy(c / NOTEBOOK, c / "notebooks" / "02_more.ipynb"),
        "notebooks/02_more.ipynb is not among the notebooks in course.toml"),
    "the check cell is gone": (
        lambda c: without_cell(c / NOTEBOOK, "q1-1-check"),
        "exercise 1.1 has no graded cell q1-1-check in 01_words"),
    "the answer cell is gone": (
        lambda c: without_cell(c / NOTEBOOK, "q1-2"),
        "exercise 1.2 has no answer cell q1-2 in 01_words"),
    "the prose is gone": (
        lambda c: without_cell(c / NOTEBOOK, "q1-3"),
        "exercise 1.3 has no graded answer q1-3 in 01_words"),
    "an exercise is taken out of course.toml alone": (
        lambda c: change(c / "course.toml", 'id = "1.1"', 'id = "1.4"'),
        "the cell q1-1 in 01_words belongs to no exercise"),
    "an exercise needs one that comes later": (
        lambda c: change(c / "course.toml", 'needs = ["1.1"]', 'needs = ["1.3"]'),
        "exercise 1.2 needs 1.3, which does not come before it"),
    "a function has another name": (
        lambda c: change(c / "course.toml", '"words"]', '"split_words"]'),
        "the solution of 1.1 in 01_words does not define split_words"),
    "a check has no hint": (
        lambda c: change(c / WORDS / "hidden.py", "@hint(", "@(lambda text: lambda f: f)("),
        "has no mark `hint`"),
    "a check has an empty hint": (
        lambda c: change(c / WORDS / "public.py", "`word.lower()` makes small letters of capitals.",
                         " "),
        "the check 1.1/capitals_do_not_count has an empty hint"),
    "points that do not add up": (
        lambda c: change(c / WORDS / "hidden.py", "@points(1)", "@points(2)"),
        "the cell q1-1-check is worth 3 points, its checks 4 together"),
    "no checks at all": (
        lambda c: shutil.rmtree(c / WORDS), "exercise 1.1 has no checks: write exercises/1_1_"),
    "a room of no exercise": (
        lambda c: (c / "exercises" / "9_9_lost").mkdir(),
        "exercises/9_9_lost belongs to no exercise"),
    "a file that is named and not there": (
        lambda c: (c / "notebooks" / "readme_for_students.md").unlink(),
        "course.toml names the file notebooks/readme_for_students.md"),
    "a package without a version": (
        lambda c: change(c / "course.toml", '    "numpy==', '    "scikit-learn",\n    "numpy=='),
        "course.toml lists the package 'scikit-learn' without a version"),
}  # fmt: skip


@pytest.mark.parametrize("what", BREAKS)
def test_what_is_broken_is_named(course, what):
    breaking, said = BREAKS[what]
    breaking(course)
    assert any(said in problem for problem in problems(course)), problems(course)


def test_a_broken_course_is_neither_released_nor_graded(course, tmp_path):
    without_cell(course / NOTEBOOK, "q1-1-check")
    problems(course)
    with pytest.raises(CourseError, match="exercise 1.1 has no graded cell.*`course doctor`"):
        refuse_broken(find_course(course))
    (tmp_path / "class" / "ada").mkdir(parents=True)
    for command in (["release", tmp_path / "out"],
                    ["grade", tmp_path / "class", "--out", tmp_path / "out"]):  # fmt: skip
        done = CliRunner().invoke(main, [*map(str, command), "--course", str(course)])
        assert done.exit_code == 2 and "q1-1-check" in done.output
        assert not (tmp_path / "out").exists()


def test_a_key_that_is_not_known_is_refused(course):
    change(course / "course.toml", 'id = "1.1"\n', 'id = "1.1"\nfunktions = ["words"]\n')
    with pytest.raises(CourseError, match=r"exercise 1\.1 has a 'funktions'; allowed are"):
        problems(course)


@pytest.mark.parametrize(("old", "new", "said"), [
    ("- counts[word] = counts.get(word, 0) + 1", "- counts[word] += 1",
     "first_not_counted changes text that was found 0 times"),
    ('fails=["counts"]', "fails=[]", "first_not_counted needs a sentence"),
    ('fails=["counts"]', 'fails=["counts"', "chaffs.py cannot be read"),
])  # fmt: skip
def test_a_broken_mistake_is_named_and_stops_nobody_from_grading(course, old, new, said):
    change(course / "exercises" / "1_2_most_frequent" / "chaffs.py", old, new)
    done = CliRunner().invoke(main, ["doctor", "--course", str(course)])
    assert "! known mistakes" in done.output and said in done.output
    assert done.exit_code == 0


def test_a_package_that_the_sandbox_offers_and_nobody_installed_is_named(course):
    text = (course / "course.toml").read_text(encoding="utf-8")
    boxed = '[engine.box]\npackages = ["numpy", "not-a-package"]\n'
    (course / "course.toml").write_text(f"{text}\n{boxed}", encoding="utf-8")
    (finding,) = [f for f in examine_machine(find_course(course)) if "offers" in f.what]
    (said,) = finding.problems
    assert said.startswith("not-a-package is not installed") and not finding.serious


def test_what_cannot_be_graded_here_is_said_before_it_is_tried(monkeypatch):
    monkeypatch.setattr(machine, "missing", lambda names: list(names))
    (line,) = machine.cannot_grade(find_course())
    assert line.startswith(
        "6.1.1, 6.1.2, 6.1.3, 6.2 cannot be graded here. PyTorch is not installed"
    )
    (line,) = machine.cannot_grade(find_course(), ["2.2.2", "6.2"])
    assert line.startswith("6.2 cannot be graded here")
    assert not list(machine.cannot_grade(find_course(), ["2.2.2"]))


def test_the_command_says_a_line_for_each_thing_and_ends_with_a_status(course):
    right = CliRunner().invoke(main, ["doctor", "--course", str(course)])
    assert right.exit_code == 0 and "✓ checks" in right.output and "✓ sandbox" in right.output
    shutil.rmtree(course / WORDS)
    problems(course)
    wrong = CliRunner().invoke(main, ["doctor", "--course", str(course)])
    assert wrong.exit_code == 1 and "✗ checks" in wrong.output
