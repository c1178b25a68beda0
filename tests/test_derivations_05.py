"""Every displayed formula of notebook 5 holds, as printed; and a misprint would be noticed."""

import re

import numpy as np
import pytest

from autograder.course.course import find_course
from equations.chapters.autoencoder import ANSWERS, CHAPTER
from equations.printed import TAG, displays_in, numbered, verify

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
        numbers = [int(t.rpartition(".")[2]) for t in tags if t.rpartition(".")[0] == exercise]
        assert numbers == list(range(1, len(numbers) + 1)), exercise


def test_references_lead_to_formulas():
    text = " ".join(TAG.sub("", cell.source) for cell in CELLS)
    referred = set(re.findall(r"\((5\.[13]\.\d\.\d|5\.2\.\d)\)", text))
    assert referred and referred <= set(PRINTED)


@pytest.mark.parametrize("tag", sorted(CHAPTER.values))
def test_a_formula_holds_as_printed(tag):
    CHAPTER.verify(tag, PRINTED[tag])


@pytest.mark.parametrize("tag", sorted(CHAPTER.values))
def test_a_misprint_is_noticed(tag):
    """A sign, a digit, a bracket, an index or a transpose printed wrongly does not get through."""
    assert CHAPTER.unnoticed(tag, PRINTED[tag]) == CHAPTER.still_true.get(tag, set())


def test_the_peak_counts():
    """(5.3.2.2) with another peak: the same image in bytes has the same PSNR."""
    rng = np.random.default_rng(5)
    x, other = rng.uniform(size=50), rng.uniform(size=50)
    in_bytes = {"MSE": np.mean((255 * x - 255 * other) ** 2), "p": 255.0}
    verify(PRINTED["5.3.2.2"], [{**in_bytes, "PSNR": ANSWERS["psnr"](x, other)}])
