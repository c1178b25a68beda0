"""Sheets in nbgrader: times, late work, work handed in again, points, questions taken out."""

import shutil
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import nbformat
import pytest
from click.testing import CliRunner
from nbgrader.converters import GenerateAssignment

from autograder.commands.nbgrader import collect
from autograder.course.points import _cell_points as cached_points
from autograder.course.points import machine_points
from autograder.course.release import student_notebook, write_notebook
from autograder.course.sheets import LatePolicy, Sheet
from autograder.intake.handed import Attempt, Owner, Part
from autograder.intake.submissions import Submission
from autograder.nbgrader import collect as collecting
from autograder.nbgrader.collect import collect_class
from autograder.nbgrader.course_directory import update_course
from autograder.nbgrader.gradebook import give_more_time
from autograder.nbgrader.late import ExportWithLatePenalties, policy_of
from helpers.errors import CourseDirectoryError, CourseError
from tests.sheets_of_words import NOTHING, RIGHT, Book, hand_in, stock_again

LATE, IN_TIME = "2030-02-01 15:00:00 UTC", "2030-01-31 15:00:00 UTC"


@pytest.fixture(scope="module", autouse=True)
def stock_nbgrader_afterwards():
    with stock_again():
        yield


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return Book.made(tmp_path_factory.mktemp("sheets"))


@pytest.fixture
def book(made, tmp_path):
    return made.copied(tmp_path)


def points_by_hand(book, student, points):
    with book.gradebook as gradebook:
        grade = gradebook.find_grade("q1-3", "01_words", "one", student)
        grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.db.commit()


def exported(book):
    to = str(book.root / "grades.csv")
    with book.gradebook as gradebook:
        ExportWithLatePenalties(parent=book.api, to=to).export(gradebook)
    lines = (book.root / "grades.csv").read_text(encoding="utf-8").splitlines()
    keys = lines[0].split(",")
    rows = [dict(zip(keys, line.split(","), strict=True)) for line in lines[1:]]
    return {(row["student_id"], row["assignment"]): float(row["score"]) for row in rows}


def written(path):
    """Which file it is, and when it was written."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns


# --- Assignments --------------------------------------------------------------------------------


def test_each_sheet_is_an_assignment_with_its_notebooks_and_its_date(made):
    for sheet in made.course.sheets:
        for step in ("source", "release"):
            found = {path.stem for path in (made.root / step / sheet.name).glob("*.ipynb")}
            assert found == set(sheet.notebooks)
        assert (made.root / "release" / sheet.name / "helpers" / "__init__.py").is_file()
        with made.gradebook as gradebook:
            assert gradebook.find_assignment(sheet.name).duedate == sheet.due.replace(tzinfo=None)
    readme = (made.root / "release" / "two" / "README.md").read_text(encoding="utf-8")
    assert "02_ranks" in readme and "01_words" not in readme


def test_which_sheet_is_asked_where_there_are_several(made, tmp_path):
    with pytest.raises(CourseError, match="name one with --sheet: one, two"):
        collect_class(hand_in(tmp_path, "ada", made.notebook("01_words"), "01_words"),
                      made.root, made.course)  # fmt: skip
    with pytest.raises(CourseError, match="no sheet 'three'; it has one, two"):
        collect_class(tmp_path, made.root, made.course, "three")


# --- Times, and work handed in again ------------------------------------------------------------


def test_a_time_goes_along_and_is_never_kept_beside_new_work(made, tmp_path):
    course = made.course
    root = tmp_path / "book"
    root.mkdir()
    (root / "nbgrader_config.py").touch()
    work = hand_in(tmp_path / "work", "ada", made.notebook("01_words"), "01_words", IN_TIME)
    there = root / "submitted" / "ada" / "one"

    def collect():
        (one,) = collect_class(work, root, course, "one").values()
        path = there / "timestamp.txt"
        return one.state, path.read_text(encoding="utf-8") if path.exists() else ""

    assert collect() == ("new", IN_TIME)
    before = written(there / "01_words.ipynb")
    assert collect() == ("same", IN_TIME)
    (work / "ada" / "timestamp.txt").unlink()
    assert collect() == ("same", IN_TIME)  # nothing new is told of the same work
    assert written(there / "01_words.ipynb") == before
    hand_in(work, "ada", made.notebook("01_words", q1_1=NOTHING), "01_words")
    assert collect() == ("changed", "")
    hand_in(work, "ada", made.notebook("01_words", q1_1=RIGHT), "01_words", LATE)
    assert collect() == ("changed", LATE)
    hand_in(work, "ada", made.notebook("01_words"), "01_words", IN_TIME)  # an older download
    assert collect() == ("older", LATE)
    (work / "ada" / "timestamp.txt").write_bytes(b"\xff no date")
    assert collect() == ("changed", "")


def test_the_platforms_time_outranks_a_file_that_a_student_can_write(made, tmp_path):
    root = tmp_path / "book"
    root.mkdir()
    (root / "nbgrader_config.py").touch()
    work = hand_in(tmp_path / "work", "ada", made.notebook("01_words"), "01_words", IN_TIME)
    told = datetime(2030, 2, 1, 16, 0, 0, 5, tzinfo=timezone(timedelta(hours=1)))
    earlier = Attempt((Part(Owner("Ada Byron"), tmp_path / "nowhere.ipynb"),))
    one = Submission("ada", work / "ada", time=told, earlier=(earlier,))
    collect_class([one], root, made.course, "one")
    found = root / "submitted" / "ada" / "one"
    assert (found / "timestamp.txt").read_text(encoding="utf-8") == LATE
    assert {path.name for path in found.iterdir()} == {"01_words.ipynb", "timestamp.txt"}
    # On a platform that tells no time, as Moodle, a student could hand in such a file, too.
    assert collect_class([replace(one, time=None)], root, made.course, "one")["ada"].state == "same"
    hand_in(work, "ada", made.notebook("01_words", q1_1=NOTHING), "01_words")
    assert collect_class([replace(one, time=None)], root, made.course, "one")["ada"].time is None


@pytest.mark.slow
def test_work_handed_in_again_is_graded_again_and_its_feedback_renewed(book, tmp_path):
    work = hand_in(tmp_path / "work", "ada", book.notebook("01_words", q1_1=NOTHING), "01_words")
    hand_in(work, "bob", book.notebook("01_words", q1_1=RIGHT), "01_words", IN_TIME)

    def again():
        states = [one.state for one in collect_class(work, book.root, book.course, "one").values()]
        book.autograde("one", "ada", "bob")
        pages = [book.feedback("one", who) for who in ("ada", "bob")]
        return states, book.scores("ada", "one")["q1-1-check"], pages

    states, points, (first, other) = again()
    assert (states, points) == (["new", "new"], 0)
    bobs = written(book.root / "autograded" / "bob" / "one" / "01_words.ipynb")
    points_by_hand(book, "ada", 1.5)
    hand_in(work, "ada", book.notebook("01_words", q1_1=RIGHT), "01_words")  # and no time
    states, points, (second, same) = again()
    assert (states, points) == (["changed", "same"], 3)
    assert "all 3 checks pass" not in first.lower() and first != second and other == same
    assert "0 of 3" in first or "✗" in first
    assert "✗" not in second
    assert book.scores("ada", "one")["q1-3"] == 1.5  # what a person gave stays
    assert written(book.root / "autograded" / "bob" / "one" / "01_words.ipynb") == bobs


@pytest.mark.slow
def test_stock_nbgrader_would_keep_the_old_grades(book, tmp_path, monkeypatch):
    """Without times it does not see that anything changed: ours has to say so."""
    monkeypatch.setattr(collecting, "forget_graded", lambda *_: None)
    work = hand_in(tmp_path / "work", "ada", book.notebook("01_words", q1_1=NOTHING), "01_words")
    for answer in (NOTHING, RIGHT):
        hand_in(work, "ada", book.notebook("01_words", q1_1=answer), "01_words")
        collect_class(work, book.root, book.course, "one")
        book.autograde("one", "ada")
    assert book.scores("ada", "one")["q1-1-check"] == 0


def test_the_gradebook_forgets_a_time_that_is_not_of_this_work(book, tmp_path):
    work = hand_in(tmp_path / "work", "ada", book.notebook("01_words"), "01_words", LATE)
    collect_class(work, book.root, book.course, "one")
    with book.gradebook as gradebook:
        gradebook.add_student("ada")
        gradebook.add_submission("one", "ada", timestamp=LATE)
    (work / "ada" / "timestamp.txt").unlink()
    hand_in(work, "ada", book.notebook("01_words", q1_1=NOTHING), "01_words")
    collect_class(work, book.root, book.course, "one")
    with book.gradebook as gradebook:
        assert gradebook.find_submission("one", "ada").timestamp is None


def test_students_get_the_names_that_the_platform_tells(book, tmp_path):
    work = hand_in(tmp_path / "work", "ada", book.notebook("01_words"), "01_words")
    for owner in (Owner("Byron, Ada", {"email": "ada@example.org"}), Owner("Somebody Else")):
        one = Submission("ada", work / "ada", owner=owner)
        collect_class([one], book.root, book.course, "one")
        with book.gradebook as gradebook:
            ada = gradebook.find_student("ada")
            assert (ada.first_name, ada.last_name, ada.email) == ("Ada", "Byron", "ada@example.org")


# --- Late work ----------------------------------------------------------------------------------


def test_a_sheet_without_a_policy_goes_by_nbgraders_settings(made):
    course = replace(made.course, sheets=(Sheet("plain", ("01_words",)), *made.course.sheets))
    assert policy_of(course, "plain", "zero") == policy_of(course, "elsewhere", "zero")
    assert policy_of(course, "plain", "zero").kept(timedelta(seconds=1)) == 0
    assert policy_of(course, "plain") == LatePolicy() == policy_of(course, "elsewhere")
    assert policy_of(course, "two", "zero") == LatePolicy(0.25, 10, 2)


@pytest.mark.slow
def test_zero_stays_zero_when_prose_is_graded_after_the_code(book, tmp_path):
    right = book.notebook("01_words", q1_1=RIGHT, q1_3="The order of the words.")
    work = hand_in(tmp_path / "work", "ada", right, "01_words", LATE)
    collect_class(work, book.root, book.course, "one")
    book.autograde("one", "ada")
    points_by_hand(book, "ada", 2)
    with book.gradebook as gradebook:  # what stock nbgrader has at this point
        ada = gradebook.find_submission("one", "ada")
        assert ada.score - ada.late_submission_penalty == 2
    assert exported(book) == {("ada", "one"): 0, ("ada", "two"): 0}
    points_by_hand(book, "ada", 1)
    page = book.feedback("one", "ada")
    with book.gradebook as gradebook:
        ada = gradebook.find_submission("one", "ada")
        assert ada.score == ada.late_submission_penalty == 4
    assert "Score: 0.0 / 5.0" in page


def test_a_share_is_lost_for_each_day_and_an_extension_gives_it_back(book):
    """Sheet two: a quarter for each day begun after ten minutes of grace, nothing after two."""
    due = datetime(2030, 3, 1, 12)
    late = {"ada": 9, "bob": 11, "cyd": 24 * 60 + 1, "dan": 48 * 60 + 1}  # minutes
    with book.gradebook as gradebook:
        for who, minutes in late.items():
            gradebook.add_student(who)
            gradebook.add_submission("two", who, timestamp=due + timedelta(minutes=minutes))
            gradebook.find_grade("q1-2-check", "02_ranks", "two", who).auto_score = 3
        gradebook.db.commit()
    scores = exported(book)
    assert [scores[who, "two"] for who in late] == [3, 2.25, 1.5, 0]
    with book.gradebook as gradebook:
        gradebook.grant_extension("two", "dan", days=3)
    assert exported(book)["dan", "two"] == 3


@pytest.mark.slow
def test_a_later_sheet_builds_on_what_the_student_handed_in_before(book, tmp_path):
    """Exercise 1.2 calls `words` of sheet one, which the student has wrong, or has not."""
    work = hand_in(tmp_path / "one", "ada", book.notebook("01_words", q1_1=RIGHT), "01_words")
    collect_class(work, book.root, book.course, "one")
    book.autograde("one", "ada")
    for who in ("ada", "bob"):
        hand_in(tmp_path / "two", who, book.notebook("02_ranks", q1_2=RIGHT), "02_ranks")
    collect_class(tmp_path / "two", book.root, book.course, "two")
    book.autograde("two", "ada", "bob")
    assert book.scores("ada", "two") == book.scores("bob", "two") == {"q1-2-check": 3}
    pages = {
        who: (book.root / "autograded" / who / "two" / "02_ranks.ipynb").read_text(encoding="utf-8")
        for who in ("ada", "bob")
    }
    assert "reference" not in pages["ada"]
    assert "Graded with the reference words: 1.1 is not written yet." in pages["bob"]


# --- Points, and questions that go --------------------------------------------------------------


def change(book, name, grade_id, change):
    path = book.course.notebook_paths()[name]
    notebook = nbformat.read(path, as_version=4)
    change(notebook, next(cell for cell in notebook.cells if cell.id == grade_id))
    write_notebook(notebook, path)


@pytest.mark.slow
def test_points_changed_in_the_course_are_changed_everywhere(book, tmp_path):
    work = hand_in(tmp_path / "work", "ada", book.notebook("01_words", q1_1=RIGHT), "01_words")
    collect_class(work, book.root, book.course, "one")
    book.autograde("one", "ada")
    assert book.scores("ada", "one")["q1-1-check"] == 3
    assert update_course(book.root, book.course) == []
    change(book, "01_words", "q1-1-check", lambda _, cell: cell.metadata.nbgrader.update(points=6))
    said = book.well(book.api.generate_assignment("one", force=True))
    assert "Points changed" not in said and "is worth 3 in source/one and 6 in" in said
    hidden = book.course.root / "exercises" / "1_1_words" / "hidden.py"  # `course doctor` asks it
    hidden.write_text(hidden.read_text("utf-8").replace("@points(1)", "@points(4)"), "utf-8")
    (told,) = update_course(book.root, book.course)
    assert "q1-1-check: 3 → 6" in told
    log = book.well(book.api.generate_assignment("one", force=True))
    assert "Points changed (q1-1-check: 3 → 6)" in log
    released = nbformat.read(book.root / "release" / "one" / "01_words.ipynb", as_version=4)
    assert released.cells == student_notebook(book.course.read_notebook("01_words")).cells
    with book.gradebook as gradebook:
        assert gradebook.find_grade_cell("q1-1-check", "01_words", "one").max_score == 6
    cached_points.cache_clear()
    assert machine_points(book.course)["1.1"] == 6
    book.autograde("one", "ada")  # nobody says --force
    assert book.scores("ada", "one")["q1-1-check"] == 6


def test_points_that_differ_from_the_courses_are_named(book):
    path = book.root / "source" / "one" / "01_words.ipynb"
    notebook = nbformat.read(path, as_version=4)
    next(c for c in notebook.cells if c.id == "q1-1-check").metadata.nbgrader.points = 5
    write_notebook(notebook, path)
    log = book.well(book.api.generate_assignment("one", force=True))
    assert "q1-1-check is worth 5 in source/one and 3 in" in log
    assert "`course init --update .`" in log
    update_course(book.root, book.course)
    kept = nbformat.read(book.root / "replaced" / "one" / "01_words.ipynb", as_version=4)
    assert kept == notebook and nbformat.read(path, as_version=4) != notebook


def with_a_grade(book, student="ada"):
    with book.gradebook as gradebook:
        gradebook.add_student(student)
        gradebook.add_submission("one", student)


@pytest.mark.parametrize("what", ["removed", "added"])
def test_a_question_with_grades_cannot_go_and_the_release_stays(book, what):
    with_a_grade(book)
    release = book.root / "release" / "one" / "01_words.ipynb"
    before = release.read_bytes()
    source = book.root / "source" / "one" / "01_words.ipynb"
    notebook = nbformat.read(source, as_version=4)
    cell = next(c for c in notebook.cells if c.id == "q1-1-check")
    if what == "removed":
        notebook.cells.remove(cell)
    else:
        more = nbformat.from_dict({**cell, "id": "q1-9-check"})
        more.metadata.nbgrader.grade_id = "q1-9-check"
        notebook.cells.append(more)
    write_notebook(notebook, source)
    done = book.api.generate_assignment("one", force=True)
    log = done["log"]
    said = {"removed": "q1-1-check is gone from 01_words, and ada has grades there: put it back",
            "added": "q1-9-check is new in 01_words, where ada has grades already"}  # fmt: skip
    assert not done["success"] and said[what] in log and "RuntimeError" not in log
    assert release.read_bytes() == before and "is as it was" in log
    shutil.copy(source, book.course.notebook_paths()["01_words"])
    with pytest.raises(CourseDirectoryError, match="nothing was changed") as caught:
        update_course(book.root, book.course)
    assert said[what] in str(caught.value)


def test_stock_nbgrader_would_lose_the_release(book, monkeypatch):
    with_a_grade(book)
    source = book.root / "source" / "one" / "01_words.ipynb"
    notebook = nbformat.read(source, as_version=4)
    notebook.cells = [c for c in notebook.cells if c.id != "q1-1-check"]
    write_notebook(notebook, source)
    api = book.api
    monkeypatch.setattr(GenerateAssignment, "start", GenerateAssignment.start.stock)
    done = api.generate_assignment("one", force=True)
    assert not done["success"] and "RuntimeError" in done["log"]
    assert not (book.root / "release" / "one").exists()


def test_whatever_goes_wrong_the_release_stays(book, monkeypatch):
    before = sorted((book.root / "release" / "one").rglob("*"))
    api = book.api
    monkeypatch.setattr(GenerateAssignment, "convert_single_notebook", lambda *_: 1 / 0)
    assert not api.generate_assignment("one", force=True)["success"]
    assert sorted((book.root / "release" / "one").rglob("*")) == before
    assert not list((book.root / "release").glob(".*"))


# --- Copies -------------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_everybody_has_is_not_in_each_students_folder(book):
    """A student hands in the whole folder, as the exchange and ZIP files bring it."""
    folder = book.root / "submitted" / "ada" / "one"
    shutil.copytree(book.root / "release" / "one", folder)
    (folder / "photo.jpg").write_bytes(b"my own")
    (folder / "helpers" / "errors.py").write_bytes(b"# changed")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    book.autograde("one", "ada")
    book.feedback("one", "ada")
    own = {"01_words.ipynb", "photo.jpg", "helpers/errors.py"}
    for step in ("submitted", "autograded", "feedback"):
        there = book.root / step / "ada" / "one"
        files = {p.relative_to(there).as_posix() for p in there.rglob("*") if p.is_file()}
        assert {name.replace(".html", ".ipynb") for name in files} == own
    assert size > 100_000


# --- The roster ---------------------------------------------------------------------------------


def test_with_a_roster_nbgrader_knows_people_by_their_ids_and_names(book, tmp_path):
    """Whatever the download calls them; who handed in nothing is in the gradebook, too."""
    roster = tmp_path / "class.csv"
    roster.write_text(
        "name,login,email\nMüller Jörg 李,jm1,jm@example.org\nAda Byron,ab2,\nBo Li,bl3,\n", "utf-8"
    )
    work = tmp_path / "work"
    work.mkdir()
    names = ("müllerjörg李_5512_77123_01_words.ipynb", "byronada_LATE_5613_78123_01_words-1.ipynb")
    for name in names:
        write_notebook(book.notebook("01_words"), work / name)
    words = [str(work), str(book.root), "--course", str(book.course.root), "--sheet", "one"]
    done = CliRunner().invoke(collect, [*words, "--roster", str(roster)], catch_exceptions=False)
    assert "2 submissions for one: 2 new, 0 changed" in done.output
    assert "came late, and not when: Ada Byron. To nbgrader it is in time" in done.output
    assert {path.name for path in (book.root / "submitted").iterdir()} == {"jm1", "ab2"}
    with book.gradebook as gradebook:
        known = {s.id: (s.first_name, s.last_name) for s in gradebook.students}
    assert known == {"jm1": ("Müller Jörg", "李"), "ab2": ("Ada", "Byron"), "bl3": ("Bo", "Li")}
    times = tmp_path / "times.csv"
    times.write_text("login,handed in\nab2,2030-02-01 15:00\n", encoding="utf-8")
    told = CliRunner().invoke(collect, [*words, "--roster", str(roster), "--times", str(times)])
    assert "0 new, 1 changed" in told.output and "came late" not in told.output
    path = book.root / "submitted" / "ab2" / "one" / "timestamp.txt"
    assert path.read_text(encoding="utf-8") == LATE
    again = CliRunner().invoke(collect, [*words, "--roster", str(roster)], catch_exceptions=False)
    assert "2 submissions for one: 0 new, 0 changed, the others as before" in again.output


def test_an_extension_is_nbgraders_too(book, tmp_path):
    """So that its pages of feedback and its table say what `course grade` says."""
    (tmp_path / "class.csv").write_text("name,login\nAda Byron,ab2\nBo Li,bl3\n", "utf-8")
    (tmp_path / "more.csv").write_text("student,sheet,days\nab2,two,3\nbl3,one,9\n", "utf-8")
    for who in ("Ada Byron", "Bo Li"):
        time = "2030-03-04 11:00:00 UTC"
        hand_in(tmp_path / "work", who, book.notebook("02_ranks"), "02_ranks", time)
    words = [str(tmp_path / "work"), str(book.root), "--course", str(book.course.root),
             "--sheet", "two", "--extensions", str(tmp_path / "more.csv")]  # fmt: skip
    with pytest.raises(CourseError, match="say --roster, too"):
        CliRunner().invoke(collect, words, catch_exceptions=False)
    words += ["--roster", str(tmp_path / "class.csv")]
    CliRunner().invoke(collect, words, catch_exceptions=False)
    with book.gradebook as gradebook:
        gradebook.add_submission("two", "bl3")
        for who in ("ab2", "bl3"):
            submission = gradebook.find_submission("two", who)
            submission.timestamp = datetime(2030, 3, 4, 11)
            gradebook.find_grade("q1-2-check", "02_ranks", "two", who).auto_score = 3
        gradebook.db.commit()
    scores = exported(book)
    assert (scores["ab2", "two"], scores["bl3", "two"]) == (3, 0)
    with book.gradebook as gradebook, pytest.raises(CourseDirectoryError, match="run `nbgrader ge"):
        give_more_time(gradebook, "three", {"ab2": timedelta(days=1)})
