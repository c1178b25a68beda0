"""Exercise 1.2, hidden: any number of scores, and arguments left alone."""

import numpy as np

from helpers.checking import after, exercise, expect, hint, points

pytestmark = exercise("1.2")


@points(0.5)
@hint("The number of scores is whatever the array holds: 1, 36, or a thousand.")
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


@after("step_1", "step_2", "step_3")
@points(0.5)
@hint("`s /= S` changes the caller's array; `s / S` makes a new one.")
def test_inputs_unchanged(student, rng):
    s = rng.uniform(1, 2, size=5)
    student.softmax_step_1(s)
    student.softmax_step_2(s)
    student.softmax_step_3(s, float(s.sum()))
    expect.arguments_unchanged(student)
