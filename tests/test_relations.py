"""How a wrong array is related to the right one: each sentence where it is true, else silence."""

import numpy as np
import pytest

from helpers.checking import relations
from helpers.checking.relations import EACH, OF_A_MATRIX, OF_A_WHOLE, OF_ONE, related

POSITIVE = np.array([[0.3, 1.7, 2.9], [0.8, 2.2, 1.1]])
SIGNED = POSITIVE - 1.3
CASES = {**EACH, **OF_A_WHOLE, **OF_A_MATRIX}


@pytest.mark.parametrize("sentence", CASES)
def test_each_is_said_of_its_own_change(sentence):
    right = SIGNED if "negative" in sentence else POSITIVE
    assert related(CASES[sentence](right), right) == sentence


@pytest.mark.parametrize("sentence", OF_ONE)
def test_each_is_said_of_a_number(sentence):
    assert related(OF_ONE[sentence](np.array(0.37)), 0.37) == sentence


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (POSITIVE + 0.5, "too large by 0.5"),
        (POSITIVE - 0.5, "too small by 0.5"),
        (POSITIVE * 2, "2 times"),
        (POSITIVE / 3, "1/3 of"),
        (POSITIVE[[1, 0]], "from last to first"),
        (POSITIVE[:, [1, 0, 2]], "in another order"),
        (POSITIVE.ravel(), relations.SHAPE),
    ],
)
def test_what_has_a_number_in_it(found, said):
    assert said in related(found, POSITIVE)


def test_a_row_for_a_column_is_not_a_sum():
    row = POSITIVE[:1]
    assert "column in place of a row" in related(row.T, row)
    assert related(row[0], row) == relations.SHAPE


def test_nothing_is_said_of_other_mistakes_nor_by_accident():
    rng = np.random.default_rng(3)
    for _ in range(200):
        right = rng.normal(size=(3, 4))
        assert related(right + 0.1 * rng.normal(size=(3, 4)), right) == ""
    labels = np.eye(3)
    assert related(labels[[1, 0, 2]], labels) == ""  # zeros and ones in any order are alike
    assert related(np.full(3, 5.0), np.full(3, 2.0)) == ""
    assert related(np.array([1.0, np.nan]), np.array([1.0, 2.0])) == ""
