"""Formulas are read and held against values; what is not known is refused."""

import copy

import numpy as np
import pytest

from autograder.course.course import Course, find_course
from equations.chapter import Chapter
from equations.chapters import chapter_of
from equations.chapters.training import CHAPTER
from equations.checked import checked_equations
from equations.differences import slopes
from equations.printed import displays, displays_in, misprints, numbered, verify
from equations.reading import CannotRead
from helpers.errors import CourseError

COURSE = find_course()


@pytest.fixture
def changed(monkeypatch):
    """A course whose notebook 3 is printed otherwise."""

    def change(old, new):
        notebook = copy.deepcopy(COURSE.read_notebook("03_training"))
        cell = next(c for c in notebook.cells if c.cell_type == "markdown" and old in c.source)
        cell.source = cell.source.replace(old, new, 1)
        monkeypatch.setattr(Course, "read_notebook", lambda self, name: notebook)
        return COURSE

    return change


# --- a chapter as the book sees it


def test_what_was_held_is_told():
    found = {equation.tag: equation for equation in checked_equations(COURSE, "03_training")}
    assert set(found) == set(CHAPTER.values)
    mean = found["3.1.1"]
    assert mean.function == "mean_loss" and mean.file == "equations/chapters/training.py"
    assert "def mean_loss(rng):" in mean.source
    assert mean.values == 2 and mean.misprints > 0


def test_a_notebook_without_equations_needs_no_chapter():
    assert list(checked_equations(COURSE, "04_ocr")) == []


def test_an_equation_without_values_stops_the_book(monkeypatch):
    monkeypatch.delitem(CHAPTER.values, "3.1.1")
    with pytest.raises(CourseError, match=r"3\.1\.1.*add a function.*equations/chapters/training"):
        list(checked_equations(COURSE, "03_training"))


def test_a_wrong_equation_stops_the_book(changed):
    with pytest.raises(CourseError, match=r"3\.1\.1.*does not hold"):
        list(checked_equations(changed(r"\ln", r"2 \ln"), "03_training"))


def test_a_notebook_without_a_chapter_is_told_what_to_write():
    with pytest.raises(CourseError, match=r"equations\.chapters\.nowhere"):
        chapter_of("09_nowhere")


def test_an_equation_has_its_values_from_one_function():
    chapter = Chapter("01_small")
    chapter.holds("1.1", "1.2")(lambda rng: iter([{"x": 1.0}]))
    with pytest.raises(ValueError, match=r"1\.2 has values already"):
        chapter.holds("1.2")(lambda rng: iter([]))
    assert chapter.verify("1.1", "x = 1") == 1
    with pytest.raises(AssertionError):
        chapter.verify("1.1", "x = 2")


def test_a_misprint_that_nothing_reveals_is_named():
    chapter = Chapter("01_small")
    chapter.holds("1.1")(lambda rng: iter([{"x": 0.0, "y": 1.0}]))
    assert chapter.unnoticed("1.1", "y = 1 + x") == {"+ became - at symbol 3"}


# --- formulas in a text


def test_formulas_are_found_with_their_numbers():
    text = "a $$ x = 1 \\tag{1.1} $$ b $y$ $$ z $$"
    assert displays(text) == [(["1.1"], "x = 1"), ([], "z")]
    notebook = COURSE.read_notebook("03_training")
    assert numbered(notebook) == {tags[0]: latex for tags, latex in displays_in(notebook)}


@pytest.mark.parametrize(("latex", "env"), [
    ("a = b", {"a": 1.0, "b": 1.0 + 1e-9}),
    (r"\frac{1}{2} x = 0.5 x", {"x": 3.0}),
    (r"A B^\top = C", {"A": np.ones((2, 3)), "B": np.ones((1, 3)), "C": np.full((2, 1), 3.0)}),
    (r"\sum_{k=1}^{n} k = 6", {"n": 3}),
    (r"|x| < 2, \quad x \approx -1.5", {"x": -1.52}),
    (r"e^{x} \ge 1", {"x": 0.0}),
], ids=["nearly", "fraction", "matrices", "sum", "two", "bound"])  # fmt: skip
def test_what_holds_is_accepted(latex, env):
    verify(latex, [env])


@pytest.mark.parametrize(("latex", "env"), [
    ("a = b", {"a": 1.0, "b": 1.1}),
    ("A = b", {"A": np.ones((2, 2)), "b": 1.0}),
    (r"x \approx -1.5", {"x": -1.56}),
    (r"x \le 2", {"x": 1.0}),  # never reached: it is not the bound that was meant
    (r"x \in [0, 1]", {"x": 0.5}),
    (r"\underbrace{A}_{2 \times 3} = A", {"A": np.ones((3, 2))}),
], ids=["value", "shape", "digits", "bound", "range", "brace"])  # fmt: skip
def test_what_does_not_hold_is_refused(latex, env):
    with pytest.raises(AssertionError):
        verify(latex, [env])


def test_nothing_is_held_against_nothing():
    with pytest.raises(AssertionError, match="against nothing"):
        verify("1 = 1", [])


def test_what_cannot_be_read_is_refused():
    for latex in ("x", r"x = \unknown", "x = (1", r"x = \frac{1}{2", "x = 1 2 )"):
        with pytest.raises(CannotRead):
            verify(latex, [{"x": 1.0}])


def test_misprints_change_one_symbol():
    found = misprints(r"a + 1 = W_{ij}^\top")
    assert [label for label, _ in found] == [
        "+ became - at symbol 1",
        "1 became 2 at symbol 2",
        "indices became the same at symbol 7",
        "transpose lost at symbol 11",
    ]


def test_slopes_keep_the_axes_of_both_sides():
    W = np.arange(6.0).reshape(2, 3)
    found = slopes(lambda x: W @ x, np.ones((3, 1)))
    assert found.shape == (2, 1, 3, 1)
    assert np.allclose(found[:, 0, :, 0], W)
