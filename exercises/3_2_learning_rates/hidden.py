"""Exercise 3.2: two runs only, and the data left alone."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import two_layers

pytestmark = exercise("3.2")


@demand("d")
@points(0.5)
@hint("Compare the runs with each other; nothing about their number belongs in the code.")
def test_choice_among_two(student, rng):
    x, y = rng.normal(size=(6, 2)), np.eye(2)[rng.integers(0, 2, size=6)]
    params = two_layers.draw(rng, 2, 3, 2)  # the same network: the test set cannot tell them apart
    names = ("train_loss", "train_acc", "valid_loss", "valid_acc")
    for best in (0, 1):
        curves = [[0.3, 0.5 + 0.2 * (place == best)] for place in range(2)]
        runs = [(params, {name: list(curve) for name in names}) for curve in curves]
        pair = expect.sequence(student.pick_and_test(runs, x, y), 2, "the result")
        expect.close(pair[0], best, what="the number of the better one of two runs")


@after("one_learning_rate")
@demand("c")
@points(0.5)
@hint("No operator such as -= on x or y, and no sorting of the list of rates in place.")
def test_comparing_leaves_the_data_alone(student, rng):
    x, y = rng.normal(size=(4, 2)), np.eye(2)[np.arange(4) % 2]
    start = two_layers.draw(rng, 2, 2, 2)
    student.compare_learning_rates(x, y, x[:2], y[:2], start, [0.2, 0.1], 4, 1)
    expect.arguments_unchanged(student)
