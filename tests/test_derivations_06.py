"""Every displayed formula of notebook 6 holds, as printed; and a misprint would be noticed."""

import pytest

from autograder.course.course import find_course
from equations.chapters.pytorch import CHAPTER
from equations.printed import displays_in, numbered

NOTEBOOK = find_course().read_notebook(CHAPTER.notebook)
DISPLAYS = displays_in(NOTEBOOK)
PRINTED = numbered(NOTEBOOK)


def test_every_display_has_one_tag():
    assert [display for display in DISPLAYS if len(display[0]) != 1] == []


def test_exactly_the_printed_formulas_are_verified():
    assert sorted(tag for tags, _ in DISPLAYS for tag in tags) == sorted(CHAPTER.values)


@pytest.mark.parametrize("tag", sorted(CHAPTER.values))
def test_a_formula_holds_as_printed(tag):
    CHAPTER.verify(tag, PRINTED[tag])


@pytest.mark.parametrize("tag", sorted(CHAPTER.values))
def test_a_misprint_is_noticed(tag):
    """A sign, a digit, a bracket, an index or a transpose printed wrongly does not get through."""
    assert CHAPTER.unnoticed(tag, PRINTED[tag]) == CHAPTER.still_true.get(tag, set())
