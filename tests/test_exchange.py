"""nbgrader's exchange, as a hub has it: from the release to feedback, and who gets in the way."""

import os
import re
import shutil
import zipfile
from datetime import datetime

import nbformat
import pytest
from nbgrader.exchange import ExchangeError
from nbgrader.exchange.default import Exchange, ExchangeCollect
from nbgrader.utils import get_username

from autograder.course.course import read_course
from autograder.course.download import kit_digest
from autograder.course.new import new_course
from autograder.course.release import write_notebook
from autograder.nbgrader import exchange as ours
from autograder.nbgrader.collect import collect_class
from autograder.nbgrader.course_directory import HUB_FILE, init_course
from autograder.nbgrader.gradebook import course_directory
from helpers.errors import CourseError
from tests.left_out import EXCHANGE
from tests.sheets_of_words import NOTHING, RIGHT, Book, hand_in, stock_again, two_sheets
from tests.test_howto_courses import ROOT, Terminal, environment, follow, page

WHO = get_username()
"""The student on the hub: nbgrader asks the system."""


@pytest.fixture(scope="module", autouse=True)
def stock_nbgrader_afterwards():
    with stock_again():
        yield


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    """A course directory with an exchange; sheet one is generated."""
    folder = tmp_path_factory.mktemp("hub")
    course = two_sheets(folder / "words")
    book = Book(init_course(folder / "book", course, folder / "exchange"), course)
    book.well(book.api.generate_assignment("one", force=False))
    return book


# --- The page, followed -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """What the page says of Colab and of hubs, done; and the terminals in which it was done."""
    folder = tmp_path_factory.mktemp("page")
    course = new_course(folder / "words")
    exchange, home = folder / "exchange", folder / "home"
    home.mkdir()
    ours = environment(PYTHONPATH=str(ROOT))
    own = {"HOME": str(home), "JUPYTER_CONFIG_DIR": str(course / "gradebook" / "etc"),
           "JUPYTER_DATA_DIR": str(folder / "data")}  # fmt: skip
    instructor, student = Terminal(course, ours), Terminal(home, {**ours, **own})
    text = page("colab_and_hubs").replace("/srv/nbgrader/exchange", str(exchange))
    before, fetch, after = text.partition("```{code-block} bash\n:caption: a student\n")
    follow(before, instructor)
    etc = course / "gradebook" / "etc"
    etc.mkdir()
    shutil.copy(course / "gradebook" / HUB_FILE, etc / "nbgrader_config.py")
    follow(fetch + after.partition("```{code")[0], instructor, student)
    book = Book(course / "gradebook", read_course(course))
    (home / "words" / "01_words.ipynb").unlink()
    write_notebook(book.notebook("01_words", "words", q1_1=NOTHING), home / "words/01_words.ipynb")
    follow("```{code" + after.partition("```{code")[2], instructor, student)
    return book, student


def feedback_pages(student):
    return sorted((student.folder / "words" / "feedback").rglob("01_words.html"))


@pytest.mark.slow
def test_a_sheet_goes_through_the_exchange_and_its_feedback_comes_back(followed):
    book, student = followed
    (fetched,) = feedback_pages(student)
    assert "✗" in fetched.read_text(encoding="utf-8")
    assert book.scores(WHO, "words")["q1-1-check"] == 0
    there = book.root / "submitted" / WHO / "words"
    time = (there / "timestamp.txt").read_text(encoding="utf-8")
    with book.gradebook as gradebook:
        kept = gradebook.find_submission("words", WHO).timestamp
    assert kept == datetime.fromisoformat(time.removesuffix(" UTC"))
    assert {path.name for path in there.iterdir()} == {
        "01_words.ipynb", "timestamp.txt", "submission_secret.txt"
    }  # fmt: skip


@pytest.mark.slow
def test_handed_in_again_it_is_graded_and_handed_back_again(followed, tmp_path):
    book, student = followed
    # Somebody whose work came by mail gets no feedback this way, and stops nobody.
    mail = hand_in(tmp_path / "mail", "bob", book.notebook("01_words", "words"), "01_words")
    collect_class(mail, book.root, book.course)
    again = student.folder / "words" / "01_words.ipynb"
    write_notebook(book.notebook("01_words", "words", q1_1=RIGHT), again)
    student.run("nbgrader submit words")
    book.well(book.api.collect("words", update=True))
    book.autograde("words", WHO, "bob")
    for who in (WHO, "bob"):
        book.feedback("words", who)
    said = book.well(book.api.release_feedback("words"))
    assert "did not come through it: bob" in said and "feedback/*/words" in said
    student.run("nbgrader fetch_feedback words")
    assert book.scores(WHO, "words")["q1-1-check"] == 3
    pages = feedback_pages(student)
    assert len(pages) == 2 and "✗" not in pages[-1].read_text(encoding="utf-8").partition("1.2")[0]


@pytest.mark.slow
def test_the_archive_of_the_page_is_what_its_notebooks_wait_for(followed):
    book, _ = followed
    students, archive = book.course.root / "students", book.course.root / "words-1.zip"
    with zipfile.ZipFile(archive) as packed:
        there = {name.removeprefix("students/") for name in packed.namelist() if name[-1] != "/"}
    assert there == {p.relative_to(students).as_posix() for p in students.rglob("*") if p.is_file()}
    for folder in (students, book.root / "release" / "words"):
        text = (folder / "01_words.ipynb").read_text(encoding="utf-8")
        assert text.count("https://example.org/words-1.zip") == 1
        assert kit_digest(book.course) in text


# --- Without an exchange ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "told"),
    [("ReleaseAssignment", "lies in release/one: zip that folder"),
     ("Collect", "`course collect DOWNLOAD . --sheet one`"),
     ("ReleaseFeedback", "lie in feedback/STUDENT/one/, one for each notebook")],
)  # fmt: skip
def test_without_an_exchange_it_is_said_what_to_do_instead(tmp_path, caplog, kind, told):
    (tmp_path / "nbgrader_config.py").touch()
    directory = course_directory(tmp_path)
    directory.assignment_id = "one"
    assert Exchange.root.default_value == "/usr/local/share/nbgrader/exchange"
    if os.path.exists(Exchange.root.default_value):
        pytest.skip(EXCHANGE)
    with pytest.raises(ExchangeError, match=re.escape(told)) as caught:
        getattr(ours, kind)(coursedir=directory).start()
    assert "c.Exchange.root = '/its/folder'" in str(caught.value)


def test_the_settings_name_the_exchange_and_what_does_not_go_back(hub):
    exchange = str(hub.root.parent / "exchange")
    assert hub.api.config.Exchange.root == exchange
    text = (hub.root / HUB_FILE).read_text(encoding="utf-8")
    assert f"c.Exchange.root = '{exchange}'" in text and 'course_id = "words"' in text
    assert "autograder" not in text  # students' servers have no grader


# --- What students leave in an exchange ---------------------------------------------------------


@pytest.fixture
def inbound(hub, tmp_path):
    """An exchange with what two students handed in; one of them has ideas."""
    root = tmp_path / "exchange"
    place = root / "words" / "inbound"
    place.mkdir(parents=True)
    for name in ("ada+one+2030-01-02 03:04:05 UTC+x", "eve+one+2030-01-02 03:04:05 UTC+y"):
        hand_in(place, name, hub.notebook("01_words"), "01_words", "2030-01-02 03:04:05 UTC")
    shutil.copytree(hub.root / "source" / "one" / "helpers", place / name / "helpers")
    (place / name / "02_mine.ipynb").symlink_to(hub.root / "source" / "one" / "01_words.ipynb")
    (place / name / "away").symlink_to(hub.root / "source")
    os.mkfifo(place / name / "pipe")
    return root


def collected(hub, root, folder, kind):
    shutil.copy(hub.root / "nbgrader_config.py", folder)
    shutil.copytree(hub.root / "source", folder / "source")
    directory = course_directory(folder)
    directory.assignment_id, directory.course_id = "one", "words"
    directory.db_url = f"sqlite:///{hub.root / 'gradebook.db'}"
    exchange = kind(coursedir=directory)
    exchange.root = str(root)
    exchange.start()
    return folder / "submitted"


def names(folder):
    return {path.name for path in folder.rglob("*")}


def test_links_of_a_student_are_not_followed(hub, inbound, tmp_path):
    folder = tmp_path / "book"
    folder.mkdir()
    there = collected(hub, inbound, folder, ours.Collect)
    for student in ("ada", "eve"):
        assert names(there / student / "one") == {"01_words.ipynb", "timestamp.txt"}


def test_stock_nbgrader_would_bring_the_solution_to_where_feedback_is_made(hub, inbound, tmp_path):
    os.unlink(inbound / "words" / "inbound" / "eve+one+2030-01-02 03:04:05 UTC+y" / "pipe")
    folder = tmp_path / "book"
    folder.mkdir()
    there = collected(hub, inbound, folder, ExchangeCollect)
    stolen = nbformat.read(there / "eve" / "one" / "02_mine.ipynb", as_version=4)
    assert any("BEGIN SOLUTION" in cell.source for cell in stolen.cells)


@pytest.mark.parametrize("name", ["eve+one+yesterday+z", "bob+one+", "cyd+one+9999999999999999+"])
def test_a_folder_without_a_time_stops_nobodys_collecting(hub, inbound, tmp_path, name):
    (inbound / "words" / "inbound" / name).mkdir()
    for kind in (ExchangeCollect, ours.Collect):
        folder = tmp_path / kind.__module__
        folder.mkdir()
        if kind is ExchangeCollect:
            with pytest.raises(Exception):  # noqa: B017  (whatever dateutil or nbgrader raises)
                collected(hub, inbound, folder, kind)
        else:
            there = collected(hub, inbound, folder, kind)
            assert names(there / "ada" / "one") == {"01_words.ipynb", "timestamp.txt"}
            assert "01_words.ipynb" in names(there / "eve" / "one")  # the one with a time counts


def test_more_than_a_sheet_can_be_stops_nobodys_collecting(hub, inbound, tmp_path):
    large = inbound / "words" / "inbound" / "eve+one+2030-01-02 03:04:05 UTC+y" / "film.mp4"
    with open(large, "wb") as file:
        file.truncate(101_000_000)  # a hole: it takes no room
    folder = tmp_path / "book"
    folder.mkdir()
    there = collected(hub, inbound, folder, ours.Collect)
    assert "01_words.ipynb" in names(there / "ada" / "one")
    assert names(there / "eve" / "one") == {"01_words.ipynb", "timestamp.txt"}


def test_an_exchange_that_cannot_be_made_is_named(tmp_path, hub):
    (tmp_path / "file").touch()
    with pytest.raises(CourseError, match="cannot be made"):
        init_course(tmp_path / "book", hub.course, tmp_path / "file" / "exchange")
