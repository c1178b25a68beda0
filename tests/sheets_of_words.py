"""A small course with two sheets, its nbgrader directory, and what a class hands in."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from traitlets.config import PyFileConfigLoader

from autograder.course.course import Course, read_course
from autograder.course.new import new_course
from autograder.course.release import write_notebook
from autograder.nbgrader.course_directory import init_course
from autograder.nbgrader.gradebook import course_directory

SHEETS = """
[[sheet]]
name = "one"
notebooks = ["01_words"]
due = 2030-02-01T12:00:00
late = "zero"

[[sheet]]
name = "two"
notebooks = ["02_ranks"]
due = 2030-03-01T12:00:00
late = {per_day = 0.25, grace = 10, days = 2}
"""
MOVED = ("exercise-1-2", "q1-2", "q1-2-check")


def two_sheets(folder: Path) -> Course:
    """Write the course: exercise 1.2, which builds on 1.1, is a notebook of its own."""
    new_course(folder, "Words")
    notebooks = folder / "notebooks"
    first = nbformat.read(notebooks / "01_words.ipynb", as_version=4)
    second = nbformat.v4.new_notebook(metadata=first.metadata)
    title = nbformat.v4.new_markdown_cell("# 2 Ranks", id="title")
    second.cells = [title, *(cell for cell in first.cells if cell.id in (*MOVED, "setup-01"))]
    first.cells = [cell for cell in first.cells if cell.id not in MOVED]
    write_notebook(first, notebooks / "01_words.ipynb")
    write_notebook(second, notebooks / "02_ranks.ipynb")
    toml = (folder / "course.toml").read_text(encoding="utf-8")
    toml = toml.replace('["01_words"]', '["01_words", "02_ranks"]')
    before, exercise, after = toml.partition('id = "1.2"')
    after = after.replace('notebook = "01_words"', 'notebook = "02_ranks"', 1)
    (folder / "course.toml").write_text(before + exercise + after + SHEETS, encoding="utf-8")
    return read_course(folder)


@contextmanager
def stock_again() -> Iterator[None]:
    """Settings of ours change classes of nbgrader's; others get them as they were."""
    with pytest.MonkeyPatch.context() as patch:
        for kind, name in (
            (CourseDirectory, "get_existing_timestamp"),
            (GenerateAssignment, "start"),
        ):
            patch.setattr(kind, name, getattr(kind, name))
        yield


class Book:
    """A course directory, with nbgrader's commands in this process."""

    def __init__(self, root: Path, course: Course) -> None:
        self.root, self.course = root, course

    @classmethod
    def made(cls, folder: Path) -> "Book":
        """The course and its directory, both sheets released."""
        course = two_sheets(folder / "words")
        book = cls(init_course(folder / "book", course), course)
        for sheet in ("one", "two"):
            book.well(book.api.generate_assignment(sheet, force=False))
        return book

    def copied(self, folder: Path) -> "Book":
        """A copy of course and directory, to be changed at will."""
        shutil.copytree(self.course.root, folder / "words")
        shutil.copytree(self.root, folder / "book")
        config = folder / "book" / "nbgrader_config.py"
        text = config.read_text(encoding="utf-8")
        text = text.replace(str(self.course.root), str(folder / "words"))
        config.write_text(text, encoding="utf-8")
        return Book(folder / "book", read_course(folder / "words"))

    @property
    def api(self) -> NbGraderAPI:
        """nbgrader with the settings of the directory, as its commands have them."""
        config = PyFileConfigLoader("nbgrader_config.py", path=str(self.root)).load_config()
        config.NbGraderAPI.log_level = 0
        return NbGraderAPI(course_directory(self.root), config=config)

    @property
    def gradebook(self) -> Gradebook:
        """The gradebook, to be used in a ``with``."""
        return Gradebook(f"sqlite:///{self.root / 'gradebook.db'}", "words")

    def autograde(self, sheet: str, *students: str) -> str:
        """``nbgrader autograde SHEET``: without ``--force``."""
        api = self.api
        return "".join(self.well(api.autograde(sheet, who, force=False)) for who in students)

    def feedback(self, sheet: str, student: str) -> str:
        """``nbgrader generate_feedback SHEET`` without ``--force``: the page as it is then."""
        self.well(self.api.generate_feedback(sheet, student, force=False))
        (page,) = (self.root / "feedback" / student / sheet).glob("*.html")
        return page.read_text(encoding="utf-8")

    def scores(self, student: str, sheet: str) -> dict[str, float]:
        """What the gradebook gives a student for each cell."""
        with self.gradebook as gradebook:
            submission = gradebook.find_submission(sheet, student)
            return {g.name: g.score for n in submission.notebooks for g in n.grades}

    @staticmethod
    def well(done: dict) -> str:
        """What nbgrader printed, where it went well."""
        assert done["success"], done
        return done.get("log", "")

    def notebook(self, name: str, sheet: str = "", **answers: str):
        """A student's notebook, with answers by their ``grade_id`` (``_`` for ``-``)."""
        sheet = sheet or next(s.name for s in self.course.sheets if name in s.notebooks)
        released = nbformat.read(self.root / "release" / sheet / f"{name}.ipynb", as_version=4)
        source = nbformat.read(self.course.notebook_paths()[name], as_version=4)
        right = {cell.id: cell.source for cell in source.cells}
        for cell in released.cells:
            answer = answers.get(cell.id.replace("-", "_"))
            if answer is not None:
                cell.source = right[cell.id] if answer == RIGHT else answer
        return released


RIGHT = "as in the course"
NOTHING = "def words(text):\n    return []"


def hand_in(folder: Path, student: str, notebook, name: str, time: str = "") -> Path:
    """Put a notebook where a class's work was collected, with a ``timestamp.txt``."""
    (folder / student).mkdir(parents=True, exist_ok=True)
    write_notebook(notebook, folder / student / f"{name}.ipynb")
    if time:
        (folder / student / "timestamp.txt").write_text(time, encoding="utf-8")
    return folder
