"""Exercise 1.2, hidden: any number of scores."""

import numpy as np

from helpers.checking import demand, exercise, expect, hint, points

pytestmark = exercise("1.2")


@points(0.5)
@demand("a", "b", "c")
@hint("The number of scores is whatever the array holds, and they can be of either sign.")
def test_any_number_of_scores(student, rng):
    for d in (1, 36):
        x = rng.normal(size=d)
        s = np.exp(x)
        total = float(np.add.reduce(s))
        expect.close(student.softmax_step_1(x), s, what="step 1 for another number of scores")
        expect.close(student.softmax_step_2(s), total, what="step 2 for another number of scores")
        expect.close(
            student.softmax_step_3(s, total), s / total, what="step 3 for another number of scores"
        )
