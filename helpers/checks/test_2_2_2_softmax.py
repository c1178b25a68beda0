"""Exercise 2.2.2: softmax, row by row."""

import numpy as np
from scipy import special

from helpers.checking import exercise, expect, hint, points

pytestmark = exercise("2.2.2")


@points(1)
@hint("Each row is one example: which axis does the sum run over?")
def test_rows_sum_to_one(student, rng):
    scores = rng.normal(size=(36, 7))
    probs = expect.array(student.softmax(scores), (36, 7), "softmax(scores)")
    total = probs.sum(axis=1)
    expect.true(
        np.allclose(total, 1, atol=1e-9),
        f"rows of the result sum to {total[0]:.4g}, not 1",
        got=total[:6],
    )


@points(1)
@hint("exp(x - c) / sum exp(x - c) is the same for every c: pick the c that keeps exp small.")
def test_known_values(student, rng):
    scores = rng.normal(size=(5, 3))
    expect.close(
        student.softmax(scores),
        special.softmax(scores, axis=1),
        what="softmax(scores)",
        mistakes={"the sum runs over the whole matrix": special.softmax(scores)},
    )
