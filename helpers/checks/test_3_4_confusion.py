"""Exercise 3.4: the network's answers, the confusion matrix, and the pairs most confused."""

import numpy as np

from helpers.checking import after, exercise, expect, hint, points, two_layers

pytestmark = exercise("3.4")

LABELS = [0, 0, 0, 1, 1, 2, 2, 2, 2]
ANSWERS = [0, 1, 1, 1, 2, 2, 2, 0, 1]
COUNTS = np.array([[1, 2, 0], [0, 1, 1], [1, 1, 2]])


@points(1)
@hint("Forward through both layers; the answer is the class with the largest probability.")
def test_predictions(student, rng):
    x, params = rng.normal(size=(30, 4)), two_layers.draw(rng, 4, 6, 5)
    probs = two_layers.log_probs(x, params)
    expect.close(
        student.predict(x, params), probs.argmax(axis=1), what="the predicted classes",
        mistakes={
            "these are the least probable classes": probs.argmin(axis=1),
            "these are the largest probabilities; we want the classes that have them":
                np.exp(probs.max(axis=1)),
        },
    )  # fmt: skip


@points(1.5)
@hint("Entry [i, j] counts the examples whose true class is i and whose predicted class is j.")
def test_confusion_counts(student):
    matrix = student.confusion_matrix(np.array(LABELS), np.array(ANSWERS), 3)
    expect.close(
        matrix, COUNTS, what="the confusion matrix of 9 examples of 3 classes",
        mistakes={
            "the axes are swapped: rows are true classes, columns are answers": COUNTS.T,
            "the rows are divided by their sums; we want counts":
                COUNTS / COUNTS.sum(axis=1, keepdims=True),
            "it is divided by the number of examples; we want counts": COUNTS / 9,
            "each pair is counted once, however often it occurs": COUNTS > 0,
            "it counts wrong answers only": COUNTS - np.diag(np.diag(COUNTS)),
        },
    )  # fmt: skip


@points(0.5)
@hint("Set the entries [i, i] to zero; np.fill_diagonal does it.")
def test_diagonal_is_gone(student, rng):
    matrix = rng.integers(1, 20, size=(4, 4))
    expect.close(
        student.without_diagonal(matrix), matrix * (1 - np.eye(4, dtype=int)),
        what="the matrix without its diagonal",
        mistakes={
            "only the diagonal is left": np.diag(np.diag(matrix)),
            "the other diagonal is gone": matrix * (1 - np.eye(4, dtype=int)[::-1]),
        },
    )  # fmt: skip


@after("diagonal_is_gone")
@points(0.5)
@hint("np.fill_diagonal changes the array that it is given: give it a copy.")
def test_matrix_is_left_alone(student, rng):
    student.without_diagonal(rng.integers(1, 20, size=(4, 4)))
    expect.arguments_unchanged(student)


MATRIX = np.array([[50, 9, 1, 2], [3, 60, 0, 8], [6, 0, 70, 1], [2, 7, 0, 80]])
"""Of the classes A, B, C and 8. Both ways together: B/8 15, A/B 12, A/C 7, A/8 4, C/8 1."""


def pairs_of(value, number):
    """The pairs as (letters of both in order, count)."""
    found = []
    for place, entry in enumerate(expect.sequence(value, number, "the list of pairs")):
        first, second, count = expect.sequence(entry, 3, f"pair {place}, (one, other, times),")
        for name in (first, second):
            expect.true(
                isinstance(name, str), f"pair {place} does not name its classes by their letters",
                got=entry, expected=("A", "B", 12),
            )  # fmt: skip
        found.append(("".join(sorted(first + second)), expect.number(count, f"pair {place}[2]")))
    return found


@points(1)
@hint("A taken for B and B taken for A are one pair: add the two entries.")
def test_most_confused_pair(student):
    [pair] = pairs_of(student.most_confused(MATRIX, "ABC8", 1), 1)
    said = {
        ("88", 80): "a class is confused with itself: leave the diagonal out",
        ("8B", 8): "B taken for 8 is counted, but not 8 taken for B",
        ("AB", 9): "this is the largest entry; the sum of both ways round is what counts",
    }
    problem = said.get(pair, "the most confused pair is not right")
    expect.true(pair == ("8B", 15), problem, got=pair, expected=("8", "B", 15))


@points(1)
@hint("The most confused pair first; each pair once, whichever way round.")
def test_pairs_in_order(student):
    pairs = pairs_of(student.most_confused(MATRIX, "ABC8", 3), 3)
    names = [name for name, _ in pairs]
    problem = "the three most confused pairs are not right"
    if len(set(names)) < 3:
        problem = "a pair is there twice: once each way round"
    elif names == ["AC", "AB", "8B"]:
        problem = "the most confused pair comes last"
    expect.true(names == ["8B", "AB", "AC"], problem, got=names, expected=["8B", "AB", "AC"])
