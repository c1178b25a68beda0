"""Exercise 3.4: classes that never occur, other sizes, arguments left alone."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import two_layers

pytestmark = exercise("3.4")


@after("confusion_counts")
@demand("b")
@points(0.25)
@hint("The matrix has n_classes rows and columns, whichever classes occur.")
def test_classes_that_never_occur(student, rng):
    labels, answers = rng.integers(0, 4, size=(2, 80))
    right = np.zeros((7, 7))
    np.add.at(right, (labels, answers), 1)
    matrix = student.confusion_matrix(labels, answers, 7)
    expect.close(matrix, right, what="the matrix of 7 classes, of which 3 never occur,")


@after("confusion_counts")
@demand("b")
@points(0.25)
@hint("Counts may be large. A matrix of bytes (uint8) ends at 255.")
def test_many_examples(student, rng):
    labels, answers = rng.integers(0, 4, size=(2, 8000))  # some 500 of each pair
    right = np.zeros((4, 4))
    np.add.at(right, (labels, answers), 1)
    matrix = student.confusion_matrix(labels, answers, 4)
    expect.close(matrix, right, what="the matrix of 8000 examples")


@demand("a")
@points(0.5)
@hint("One answer an example, as an array with one axis, even for a single example.")
def test_predictions_of_any_size(student, rng):
    for n, inputs, hidden, classes in ((1, 3, 2, 4), (7, 2, 9, 2)):
        x, params = rng.normal(size=(n, inputs)), two_layers.draw(rng, inputs, hidden, classes)
        right = two_layers.log_probs(x, params).argmax(axis=1)
        expect.close(
            student.predict(x, params), right,
            what=f"the array of predicted classes of {n} examples",
        )  # fmt: skip


@after("form_of_the_pairs")
@demand("d")
@points(0.5)
@hint("Look at the pairs i < j of a matrix of any size, and add [i, j] and [j, i].")
def test_pairs_of_many_classes(student, rng):
    names = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    matrix = np.diag(rng.integers(40, 50, size=36))
    wanted = []
    for count, (i, j) in zip((19, 15, 12, 9), ((26, 14), (5, 35), (25, 2), (18, 28)), strict=True):
        matrix[i, j], matrix[j, i] = count - 4, 4
        wanted.append("".join(sorted(names[i] + names[j])))
    value = expect.sequence(student.most_confused(matrix, names, 4), 4, "the list of pairs")
    found = []
    for entry in value:
        first, second, _ = expect.sequence(entry, 3, "an entry of the list of pairs")
        expect.true(
            isinstance(first, str) and isinstance(second, str),
            "an entry of the list of pairs does not name its classes by their letters",
        )
        found.append("".join(sorted(first + second)))
    expect.true(found == wanted, "the most confused pairs of 36 classes are not right")


@after("confusion_counts", "most_confused_pair")
@demand("e")
@points(0.5)
@hint("Work on copies: neither the matrix nor the labels may change.")
def test_counting_leaves_arguments_alone(student, rng):
    if student.defines("most_confused"):
        student.most_confused(rng.integers(1, 9, size=(4, 4)), "ABCD", 2)
    student.confusion_matrix(np.array([0, 1, 1]), np.array([1, 1, 0]), 2)
    expect.arguments_unchanged(student)
