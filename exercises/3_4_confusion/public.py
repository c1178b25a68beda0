"""Exercise 3.4: the network's answers, the confusion matrix, and the pairs most confused."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.checking.failures import CheckFailure
from helpers.checking.show import show
from helpers.for_checks import two_layers

pytestmark = exercise("3.4")


@demand("a")
@points(1)
@hint(
    "Forward through both layers; the answer of each row is the number of its most probable class."
)
def test_predictions(student, rng):
    x, params = rng.normal(size=(30, 4)), two_layers.draw(rng, 4, 6, 5)
    probs = two_layers.log_probs(x, params)
    strongest = two_layers.hidden(x, params).argmax(axis=1)
    expect.close(
        student.predict(x, params), probs.argmax(axis=1), what="the predicted classes",
        mistakes={
            "these are the least probable classes": probs.argmin(axis=1),
            "these are the largest probabilities; we want the classes that have them":
                np.exp(probs.max(axis=1)),
            "these are all the probabilities; we want the class of the largest": np.exp(probs),
            "these are one-hot rows; we want the numbers of the classes":
                np.eye(5)[probs.argmax(axis=1)],
            "the classes are counted from 1; they begin at 0": probs.argmax(axis=1) + 1,
            "these are the strongest hidden units; the output layer is missing": strongest,
            "the largest entry of each column was looked for, not of each row":
                probs.argmax(axis=0),
        },
    )  # fmt: skip


@demand("b")
@points(1.5)
@hint(
    "Entry [i, j] counts the examples whose true class is i and whose predicted class is j; "
    "there are n_classes rows and columns."
)
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
            "the columns are divided by their sums; we want counts": counts / counts.sum(axis=0),
            "it is divided by the number of examples; we want counts": counts / len(labels),
            "it counts right answers only": np.diag(np.diag(counts)),
            "each pair is counted once, however often it occurs": counts > 0,
            "it counts wrong answers only": counts - np.diag(np.diag(counts)),
        },
    )  # fmt: skip


@demand("c")
@points(0.5)
@hint("Set the entries [i, i] to zero; np.fill_diagonal does it.")
def test_diagonal_is_gone(student, rng):
    matrix = rng.integers(1, 20, size=(4, 4))
    expect.close(
        student.without_diagonal(matrix), matrix * (1 - np.eye(4, dtype=int)),
        what="the matrix without its diagonal",
        mistakes={
            "only the diagonal is left": np.diag(np.diag(matrix)),
            "the diagonal is one, not zero": matrix + np.diag(1 - np.diag(matrix)),
            "the diagonal has been cut out, so that a column is missing":
                matrix[~np.eye(4, dtype=bool)].reshape(4, 3),
            "the other diagonal is gone": matrix * (1 - np.eye(4, dtype=int)[::-1]),
        },
    )  # fmt: skip


@after("diagonal_is_gone")
@demand("c")
@points(0.5)
@hint("np.fill_diagonal changes the array that it is given: give it a copy.")
def test_matrix_is_left_alone(student, rng):
    student.without_diagonal(rng.integers(1, 20, size=(4, 4)))
    expect.arguments_unchanged(student)


def pairs_of(value, number):
    """The pairs as they came back, each seen to be two letters and a number."""
    expect.close(
        len(expect.sequence(value, what="the list of pairs")), number,
        what="the number of pairs",
        mistakes={
            "all pairs are there, not the first k": 10,
            "one pair of the k is missing": number - 1,
        },
    )  # fmt: skip
    for place, entry in enumerate(value):
        triple = expect.sequence(entry, 3, f"pair {place}, (one, other, times),")
        if isinstance(triple[2], str) and not isinstance(triple[0], str):
            raise CheckFailure(
                f"pair {place} does not begin with two letters", got=show(entry),
                expected=show(("A", "B", 12)), diagnosis="the count comes first; it goes last",
            )  # fmt: skip
        for name in triple[:2]:
            expect.true(
                isinstance(name, str), f"pair {place} does not begin with two letters",
                got=entry, expected=("A", "B", 12),
            )  # fmt: skip
        expect.number(triple[2], f"pair {place}[2]")
    return [tuple(entry) for entry in value]


@demand("d")
@points(0.5)
@hint("A list of k tuples such as ('O', '0', 21): two characters of `classes`, then the count.")
def test_form_of_the_pairs(student, rng):
    matrix, names = five_classes(rng)
    for first, second, _ in pairs_of(student.most_confused(matrix, names, 3), 3):
        expect.true(
            {first, second} <= set(names), "a pair holds letters that are not in `classes`",
            got=(first, second), expected=f"two of {names}",
        )  # fmt: skip


def ranked(matrix, taken):
    """Pairs of row and column, the one first of which most is ``taken``; and how much that is."""
    rows = [(i, j, taken(i, j)) for i in range(len(matrix)) for j in range(len(matrix))]
    return sorted((row for row in rows if row[2] is not None), key=lambda row: -row[2])


ONE_WAY = "only one way round is counted; a pair is the sum of two entries"
TWICE = "each pair is there twice, once each way round"


def rankings(matrix):
    """The pairs in the right order, and as mistakes put them: rows of (i, j, count).

    What is meant by one way round is one of three things: these are a list.
    """
    M = matrix.tolist()

    def upper(count):
        return ranked(matrix, lambda i, j: count(i, j) if i < j else None)

    right = upper(lambda i, j: M[i][j] + M[j][i])
    one_way = [
        ranked(matrix, lambda i, j: M[i][j] if i != j else None),
        upper(lambda i, j: M[i][j]),
        upper(lambda i, j: M[j][i]),
    ]
    return right, one_way, {
        "a class is confused with itself: leave the diagonal out":
            ranked(matrix, lambda i, j: M[i][j] + M[j][i] if i <= j else None),
        "the two entries are subtracted; we want their sum":
            upper(lambda i, j: abs(M[i][j] - M[j][i])),
        "each pair is counted double": [(i, j, 2 * n) for i, j, n in right],
        "the least confused pair comes first": right[::-1],
        "the pairs are not sorted: they come in the order of the classes": sorted(right),
        "the pairs are sorted by their letters": sorted(right)[::-1],
        TWICE: [row for row in right for _ in "12"],
    }  # fmt: skip


def as_rows(pairs):
    """Pairs of class numbers in order, and the count, as an array."""
    return np.array([(min(i, j), max(i, j), count) for i, j, count in pairs], dtype=float)


def five_classes(rng):
    """A matrix of five classes and their letters; every mistake puts another pair first."""
    names = "".join(sorted(rng.choice(list("ABCDEFGH2345678"), 5, replace=False)))
    while True:
        matrix = rng.permutation(np.arange(1, 40))[:25].reshape(5, 5)
        matrix[np.diag_indices(5)] += 50
        right, one_way, wrong = rankings(matrix)
        del wrong[TWICE]
        tops = [right, *one_way[1:], *wrong.values()]
        counts = {count for *_, count in right}
        firsts = {tuple(as_rows(top[:1])[0]) for top in tops}
        orders = [[{i, j} for i, j, _ in top[:4]] for top in (right, *one_way, *wrong.values())]
        # A pair that is counted double comes in the right order.
        if len(counts) == len(right) and len(firsts) == len(tops) and orders.count(orders[0]) == 2:
            return matrix, names


def named(pairs, names, matrix):
    """What is wrong with some pairs, if that is known."""
    rows = as_rows([(names.find(one), names.find(other), n) for one, other, n in pairs])
    _, one_way, wrong = rankings(matrix)
    tables = {said: as_rows(top[: len(pairs)]) for said, top in wrong.items()}
    if len(pairs) == 1:
        del tables[TWICE]
    halves = [as_rows(top[: len(pairs)]) for top in one_way]
    tables[ONE_WAY] = next((half for half in halves if np.array_equal(half, rows)), halves[-1])
    return expect.diagnose(rows, tables)


@after("form_of_the_pairs")
@demand("d")
@points(0.75)
@hint(
    "A taken for B and B taken for A are one pair: add the two entries, and take the largest sum."
)
def test_most_confused_pair(student, rng):
    matrix, names = five_classes(rng)
    [(i, j, count), *_] = rankings(matrix)[0]
    [(first, second, times)] = pairs_of(student.most_confused(matrix, names, 1), 1)
    diagnosis = named([(first, second, times)], names, matrix)
    if {first, second} != {names[i], names[j]} or expect.number(times) != count:
        raise CheckFailure(
            "the most confused pair is not right", got=show((first, second, times)),
            expected=show((names[i], names[j], count)), diagnosis=diagnosis,
        )  # fmt: skip


@after("form_of_the_pairs")
@demand("d")
@points(0.75)
@hint("The most confused pair first; each pair once, whichever way round.")
def test_pairs_in_order(student, rng):
    matrix, names = five_classes(rng)
    right = rankings(matrix)[0]
    pairs = pairs_of(student.most_confused(matrix, names, 4), 4)
    diagnosis = named(pairs, names, matrix)
    found = [{first, second} for first, second, _ in pairs]
    if found != [{names[i], names[j]} for i, j, _ in right[:4]]:
        raise CheckFailure(
            "the four most confused pairs are not right", got=show(pairs),
            expected=show([(names[i], names[j], count) for i, j, count in right[:4]]),
            diagnosis=diagnosis,
        )  # fmt: skip
