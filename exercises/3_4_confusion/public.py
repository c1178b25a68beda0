"""Exercise 3.4: the network's answers, the confusion matrix, and the pairs most confused."""

import numpy as np

from helpers.checking import after, exercise, expect, hint, points
from helpers.for_checks import two_layers

pytestmark = exercise("3.4")


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
def test_confusion_counts(student, rng):
    counts = np.array([[1, 2, 0], [0, 1, 1], [1, 1, 2]]) + rng.integers(0, 3, size=(3, 3))
    counts[0, 2], counts[2, 0] = 0, counts[2, 0] + 1  # swapped axes must show
    labels, answers = rng.permutation(np.repeat(np.argwhere(np.ones((3, 3))), counts.ravel(), 0)).T
    matrix = student.confusion_matrix(labels, answers, 3)
    expect.close(
        matrix, counts, what=f"the confusion matrix of {len(labels)} examples of 3 classes",
        mistakes={
            "the axes are swapped: rows are true classes, columns are answers": counts.T,
            "the rows are divided by their sums; we want counts":
                counts / counts.sum(axis=1, keepdims=True),
            "it is divided by the number of examples; we want counts": counts / len(labels),
            "each pair is counted once, however often it occurs": counts > 0,
            "it counts wrong answers only": counts - np.diag(np.diag(counts)),
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


BOTH_WAYS = ((1, 3, 8, 7), (0, 1, 9, 3), (0, 2, 1, 6), (0, 3, 2, 2), (2, 3, 1, 0))
"""Of four classes: 15 mistakes between 1 and 3, 12 between 0 and 1, then 7, 4 and 1."""


def four_classes(rng):
    """A matrix of four classes, their letters, and their pairs, the most confused one first."""
    names = [str(name) for name in rng.choice(list("ABCDEFGH2345678"), 4, replace=False)]
    order = rng.permutation(4)
    matrix, pairs = np.diag(rng.integers(50, 90, size=4)), []
    for one, other, there, back in BOTH_WAYS:
        i, j = order[one], order[other]
        matrix[i, j], matrix[j, i] = there, back
        pairs.append(("".join(sorted(names[i] + names[j])), there + back))
    return matrix, names, pairs


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
def test_most_confused_pair(student, rng):
    matrix, names, ((right, count), (second, _), *_) = four_classes(rng)
    [pair] = pairs_of(student.most_confused(matrix, "".join(names), 1), 1)
    one, other = right
    problem = "the most confused pair is not right"
    if len(set(pair[0])) == 1:
        problem = "a class is confused with itself: leave the diagonal out"
    elif pair[0] == right and pair[1] in (7, 8):
        problem = f"only one way round is counted: {one} taken for {other} and {other} for {one}"
    elif pair == (second, 9):
        problem = "this is the largest entry; the sum of both ways round is what counts"
    expect.true(pair == (right, count), problem, got=pair, expected=(one, other, count))


@points(1)
@hint("The most confused pair first; each pair once, whichever way round.")
def test_pairs_in_order(student, rng):
    matrix, names, pairs = four_classes(rng)
    right = [name for name, _ in pairs[:3]]
    found = [name for name, _ in pairs_of(student.most_confused(matrix, "".join(names), 3), 3)]
    problem = "the three most confused pairs are not right"
    if len(set(found)) < 3:
        problem = "a pair is there twice: once each way round"
    elif found == right[::-1]:
        problem = "the most confused pair comes last"
    expect.true(found == right, problem, got=found, expected=right)
