"""Every displayed formula of notebook 1 holds, as printed; and a misprint would be noticed."""

import re

import pytest

from autograder.course.course import find_course
from equations.chapters.theory import CHAPTER
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
    tags = [tuple(map(int, tag.split("."))) for tags, _ in DISPLAYS for tag in tags]
    assert tags == sorted(tags)
    for exercise in {tag[:2] for tag in tags}:
        numbers = [tag[2] for tag in tags if tag[:2] == exercise]
        assert numbers == list(range(1, len(numbers) + 1))


def for_students(cell):
    tags = cell.metadata.get("tags", [])
    return not (cell.metadata.get("nbgrader") or "rubric" in tags or "solution" in tags)


def test_references_lead_somewhere():
    """And what students read refers to nothing that is taken out of their copy."""
    given = {tag for cell in CELLS if for_students(cell) for tag in TAG.findall(cell.source)}
    seen = set()
    for cell in CELLS:
        referred = set(re.findall(r"\b1\.\d\.\d+\b", TAG.sub("", cell.source)))
        allowed = given if for_students(cell) and cell.id != "symbols" else set(PRINTED)
        assert referred <= allowed, cell.id
        seen |= referred
    assert seen


@pytest.mark.parametrize("tag", sorted(CHAPTER.values))
def test_a_formula_holds_as_printed(tag):
    CHAPTER.verify(tag, PRINTED[tag])


@pytest.mark.parametrize("tag", sorted(CHAPTER.values))
def test_a_misprint_is_noticed(tag):
    """A sign, a digit, a bracket, an index or a transpose printed wrongly does not get through."""
    assert CHAPTER.unnoticed(tag, PRINTED[tag]) == CHAPTER.still_true.get(tag, set())
