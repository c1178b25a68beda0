"""Exercise 2.4, first part: random batches."""

import numpy as np

from helpers.checking import after, exercise, expect, hint, points

pytestmark = exercise("2.4")


def data(rng, n, features=3, classes=4):
    """Examples that can be told apart: no two rows of x are alike, and none of y."""
    x = rng.normal(size=(n, features))
    return x, np.column_stack([np.arange(n), rng.normal(size=(n, classes - 1))])


def batches(student, x, y, batch_size):
    """The student's batches, with every part seen to be a matrix."""
    found = []
    for number, pair in enumerate(expect.sequence(student.get_random_batches(x, y, batch_size))):
        parts = expect.sequence(pair, 2, f"batch {number}, a pair (x_batch, y_batch),")
        xb = expect.array(parts[0], (-1, x.shape[1]), f"x_batch of batch {number}")
        yb = expect.array(parts[1], (-1, y.shape[1]), f"y_batch of batch {number}")
        found.append((xb, yb))
    expect.true(found, "there is no batch at all", got=[])
    return found


def rows(y_batch):
    """Numbers of the examples in a batch: the first column of y holds them."""
    return [round(float(value)) for value in y_batch[:, 0]]


@points(0.5)
@hint("Cut the shuffled order into pieces of batch_size; the last piece is what is left.")
def test_batch_sizes(student, rng):
    x, y = data(rng, 10)
    found = batches(student, x, y, 4)
    sizes = [len(xb) for xb, _ in found]
    said = ""
    if sizes == [4, 4]:
        said = "the last two examples are lost"
    elif sizes == [4, 4, 4]:
        said = "the last batch has been filled up"
    elif len(sizes) > 3:
        said = "there are too many batches"
    problem = f"10 examples in batches of 4 give batches of {sizes}"
    expect.true(
        sorted(sizes) == [2, 4, 4],
        f"{problem}: {said}" if said else problem,
        got=sizes,
        expected=[4, 4, 2],
    )


@points(1)
@hint("Shuffle the row numbers once and cut them up: then no example is drawn twice or left out.")
def test_every_example_once(student, rng):
    x, y = data(rng, 60)
    used = [row for _, yb in batches(student, x, y, 20) for row in rows(yb)]
    twice = len(used) - len(set(used))
    left_out = 60 - len(set(used))
    expect.true(
        sorted(used) == list(range(60)),
        f"of 60 examples, {left_out} are in no batch, and {twice} entries are repeats",
        got=f"{len(used)} rows in all batches together",
        expected="each of the 60 examples exactly once",
    )


@points(1)
@hint("Use the same row numbers for x and for y.")
def test_pairs_stay_together(student, rng):
    x, y = data(rng, 30)
    for number, (xb, yb) in enumerate(batches(student, x, y, 6)):
        expect.true(
            len(xb) == len(yb),
            f"batch {number} has {len(xb)} rows of x and {len(yb)} rows of y",
        )
        for row, features in zip(rows(yb), xb, strict=True):
            expect.true(
                0 <= row < 30 and np.allclose(features, x[row]),
                f"in batch {number} an example has been given the label of another one",
                got=features,
                expected=x[row % 30],
            )


@points(1)
@hint("Shuffle the examples, not the finished batches: np.random.permutation(N).")
def test_order_is_random(student, rng):
    x, y = data(rng, 60)
    found = [rows(yb) for _, yb in batches(student, x, y, 12)]
    used = [row for batch in found for row in batch]
    expect.true(used != sorted(used), "the examples come in the order of the data", got=used[:12])
    runs = [batch == list(range(batch[0], batch[0] + len(batch))) for batch in found if batch]
    expect.true(
        not all(runs),
        "each batch holds neighbouring rows of the data: only the batches are shuffled",
        got=found[0],
    )
    again = [row for _, yb in batches(student, x, y, 12) for row in rows(yb)]
    expect.true(used != again, "a second call gives the same order as the first", got=again[:12])


@after("every_example_once", "batch_sizes")
@points(0.5)
@hint("Index with shuffled row numbers, x[rows]; np.random.shuffle(x) shuffles the caller's data.")
def test_batches_leave_the_data_alone(student, rng):
    x, y = data(rng, 40)
    student.get_random_batches(x, y, 8)
    expect.arguments_unchanged(student)
