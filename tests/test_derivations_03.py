"""Every displayed formula of notebook 3 holds, as printed; and a misprint would be noticed."""

import re

import numpy as np
import pytest

from autograder.course.course import find_course
from autograder.course.reference import source_cells
from helpers.checking.answers import load_answers
from helpers.for_checks import two_layers
from tests.latex_reader import FUNCTIONS
from tests.printed_maths import TAG, displays, misprints, verify

CELLS = [c for c in find_course().read_notebook("03_training").cells if c.cell_type == "markdown"]
DISPLAYS = [display for cell in CELLS for display in displays(cell.source)]
PRINTED = {tags[0]: latex for tags, latex in DISPLAYS}
ANSWERS = load_answers(
    [*source_cells("02_network"), *source_cells("03_training")],
    ["evaluate", "predict", "confusion_matrix"],
).namespace
ENVIRONMENTS = {}


def holds(tag):
    """Register a function that yields values at which the formula of this name must hold."""

    def register(function):
        ENVIRONMENTS[tag] = function
        return function

    return register


def problem(rng, n, classes=3):
    x = rng.normal(size=(n, 4))
    return x, np.eye(classes)[rng.integers(0, classes, size=n)], two_layers.draw(rng, 4, 6, classes)


@holds("3.1.1")
def mean_loss(rng):
    for n in (3, 7):
        x, y, params = problem(rng, n)
        yield {
            **{"N": n, "C": 3, "y": y, "p": np.exp(two_layers.log_probs(x, params))},
            "bar J": ANSWERS["evaluate"](x, y, params)[0],
            "J": float(two_layers.loss(x, y, params).real),
        }


@holds("3.4.1")
def accuracy_from_the_matrix(rng):
    for n in (20, 50):
        x, y, params = problem(rng, n)
        answers = ANSWERS["predict"](x, params)
        yield {
            **{"N": n, "C": 3, "accuracy": ANSWERS["evaluate"](x, y, params)[1]},
            "M": ANSWERS["confusion_matrix"](y.argmax(axis=1), answers, 3),
        }


def test_every_display_has_one_tag():
    assert [display for display in DISPLAYS if len(display[0]) != 1] == []


def test_exactly_the_printed_formulas_are_verified():
    assert sorted(tag for tags, _ in DISPLAYS for tag in tags) == sorted(ENVIRONMENTS)


def test_references_lead_to_formulas():
    text = " ".join(TAG.sub("", cell.source) for cell in CELLS)
    assert set(re.findall(r"\((3\.\d\.\d)\)", text)) <= set(PRINTED)


@pytest.mark.parametrize("tag", sorted(ENVIRONMENTS))
def test_a_formula_holds_as_printed(tag):
    verify(PRINTED[tag], list(ENVIRONMENTS[tag](np.random.default_rng(7))), FUNCTIONS)


@pytest.mark.parametrize("tag", sorted(ENVIRONMENTS))
def test_a_misprint_is_noticed(tag):
    """A sign, a digit or an index printed wrongly does not get through."""
    survivors = []
    environments = list(ENVIRONMENTS[tag](np.random.default_rng(1)))
    for label, latex in misprints(PRINTED[tag]):
        try:
            verify(latex, environments, FUNCTIONS)
        except Exception:  # whatever it breaks, the misprint does not pass
            continue
        survivors.append(label)
    assert survivors == []
