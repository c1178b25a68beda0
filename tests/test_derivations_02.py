"""Every displayed formula of notebook 2 holds, as printed; and a misprint would be noticed."""

import re

import pytest

from autograder.course.course import find_course
from equations.chapters.network import CHAPTER
from equations.printed import TAG, displays_in, numbered

NOTEBOOK = find_course().read_notebook(CHAPTER.notebook)
DISPLAYS = displays_in(NOTEBOOK)
PRINTED = numbered(NOTEBOOK)
CELLS = [cell for cell in NOTEBOOK.cells if cell.cell_type == "markdown"]


def test_every_display_has_one_tag():
    assert [display for display in DISPLAYS if len(display[0]) != 1] == []


def test_exactly_the_printed_formulas_are_verified():
    assert sorted(tag for tags, _ in DISPLAYS for tag in tags) == sorted(CHAPTER.values)


def test_formulas_are_numbered_in_order():
    tags = [tag for tags, _ in DISPLAYS for tag in tags]
    for exercise in {tag.rpartition(".")[0] for tag in tags}:
        numbers = [
            int(tag.rpartition(".")[2]) for tag in tags if tag.rpartition(".")[0] == exercise
        ]
        assert numbers == list(range(1, len(numbers) + 1)), exercise


def test_references_lead_to_formulas():
    text = " ".join(TAG.sub("", cell.source) for cell in CELLS)
    referred = set(re.findall(r"\((2\.[1-3]\.\d\.\d|2\.[45]\.\d)\)", text))
    assert referred
    assert referred <= set(PRINTED)


@pytest.mark.parametrize("tag", sorted(CHAPTER.values))
def test_a_formula_holds_as_printed(tag):
    CHAPTER.verify(tag, PRINTED[tag])


@pytest.mark.parametrize("tag", sorted(CHAPTER.values))
def test_a_misprint_is_noticed(tag):
    """A sign, a digit, a bracket, an index or a transpose printed wrongly does not get through."""
    assert CHAPTER.unnoticed(tag, PRINTED[tag]) == CHAPTER.still_true.get(tag, set())
