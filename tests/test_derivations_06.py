"""The displayed formula of notebook 6 holds, as printed; and a misprint would be noticed."""

import numpy as np
import pytest

from autograder.course.course import find_course
from tests.printed_maths import displays, misprints, verify

CELLS = [c for c in find_course().read_notebook("06_pytorch").cells if c.cell_type == "markdown"]
DISPLAYS = [display for cell in CELLS for display in displays(cell.source)]
PRINTED = {tags[0]: latex for tags, latex in DISPLAYS if tags}
STEP = 1e-5


def decayed_weight(rng):
    """One step downhill on a loss with a penalty, its slope taken by central differences."""

    def loss(w):
        return np.sin(2 * w) + 0.3 * w**2

    for w in rng.normal(0, 2, size=5):
        rate, decay = rng.uniform(0.01, 0.5, size=2)

        def penalised(v, decay=decay):
            return loss(v) + decay / 2 * v**2

        def slope(function, w=w):
            return (function(w + STEP) - function(w - STEP)) / (2 * STEP)

        yield {
            **{"w": w, r"\eta": rate, r"\lambda": decay, "g": slope(loss)},
            "w_new": w - rate * slope(penalised),
        }


ENVIRONMENTS = {"6.1.1": decayed_weight}


def test_exactly_the_printed_formulas_are_verified():
    assert all(len(tags) == 1 for tags, _ in DISPLAYS)
    assert sorted(PRINTED) == sorted(ENVIRONMENTS)


@pytest.mark.parametrize("tag", sorted(ENVIRONMENTS))
def test_a_formula_holds_as_printed(tag):
    verify(PRINTED[tag], list(ENVIRONMENTS[tag](np.random.default_rng(7))))


@pytest.mark.parametrize("tag", sorted(ENVIRONMENTS))
def test_a_misprint_is_noticed(tag):
    environments = list(ENVIRONMENTS[tag](np.random.default_rng(1)))
    survivors = []
    for label, latex in misprints(PRINTED[tag]):
        try:
            verify(latex, environments)
        except Exception:  # whatever it breaks, the misprint does not pass
            continue
        survivors.append(label)
    assert survivors == []
