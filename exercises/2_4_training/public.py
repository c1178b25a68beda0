"""Exercise 2.4: random batches, and the training loop.

The loop gets its batches from `helpers.batches`, so that nothing rests on chance (nor on the
student's `get_random_batches`); the right parameters come from exact gradients.
"""

import numpy as np

from helpers import batches
from helpers.checking import after, exercise, expect, hint, limit, points
from helpers.datasets import four_clouds
from helpers.for_checks import two_layers

pytestmark = exercise("2.4")


def data(rng, n, features=3, classes=4):
    """Examples that can be told apart: no two rows of x are alike, and none of y."""
    x = rng.normal(size=(n, features))
    return x, np.column_stack([np.arange(n), rng.normal(size=(n, classes - 1))])


def students_batches(student, x, y, batch_size):
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
    found = students_batches(student, x, y, 4)
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
    used = [row for _, yb in students_batches(student, x, y, 20) for row in rows(yb)]
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
    for number, (xb, yb) in enumerate(students_batches(student, x, y, 6)):
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
    found = [rows(yb) for _, yb in students_batches(student, x, y, 12)]
    used = [row for batch in found for row in batch]
    expect.true(used != sorted(used), "the examples come in the order of the data", got=used[:12])
    runs = [batch == list(range(batch[0], batch[0] + len(batch))) for batch in found if batch]
    expect.true(
        not all(runs),
        "each batch holds neighbouring rows of the data: only the batches are shuffled",
        got=found[0],
    )
    again = [row for _, yb in students_batches(student, x, y, 12) for row in rows(yb)]
    expect.true(used != again, "a second call gives the same order as the first", got=again[:12])


@after("every_example_once", "batch_sizes")
@points(0.5)
@hint("Index with shuffled row numbers, x[rows]; np.random.shuffle(x) shuffles the caller's data.")
def test_batches_leave_the_data_alone(student, rng):
    x, y = data(rng, 40)
    student.get_random_batches(x, y, 8)
    expect.arguments_unchanged(student)


def problem(rng, n=6, inputs=2, hidden=3, classes=4):
    """A small data set and untrained parameters."""
    x = rng.normal(size=(n, inputs))
    y = np.eye(classes)[rng.integers(0, classes, size=n)]
    return x, y, two_layers.draw(rng, inputs, hidden, classes)


def same_parameters(params, right, when, mistakes=None):
    """Compare all four parameters; name the mistake that all of them share, if there is one."""
    expect.keys(params, two_layers.NAMES, "`params` after training")
    for name in two_layers.NAMES:
        named = {sentence: wrong[name] for sentence, wrong in (mistakes or {}).items()}
        expect.close(params[name], right[name], what=f"params['{name}'] {when}", mistakes=named)


@points(1)
@hint(
    "All four parameters move by learning_rate times their gradient. Is the first delta probs - y, "
    "and does the output layer go back with linear_deriv?"
)
def test_one_step(student, rng):
    x, y, params = problem(rng)
    start = {key: value.copy() for key, value in params.items()}
    slope = two_layers.gradients(x, y, start)

    def moved(factor, names=two_layers.NAMES):
        return {k: v - factor * slope[k] * (k in names) for k, v in start.items()}

    student.train(x, y, params, 0.1, 6, 1, batches.all_at_once)
    same_parameters(
        params,
        moved(0.1),
        "after one step with all examples",
        {
            "it has not changed at all": start,
            "it has moved uphill: a sign is wrong": moved(-0.1),
            "the step is an average over the batch; gradients are summed": moved(0.1 / 6),
            "the learning rate is not used": moved(1.0),
        },
    )


@points(1)
@hint("Step after every batch, with that batch's gradients, and go through all epochs.")
def test_a_step_for_every_batch(student, rng):
    x, y, params = problem(rng, n=4)
    right = dict(params)
    for _ in range(2):
        for xb, yb in batches.one_by_one(x, y, 1):
            right = two_layers.descended(xb, yb, right, 0.2)
    first_epoch = dict(params)
    for xb, yb in batches.one_by_one(x, y, 1):
        first_epoch = two_layers.descended(xb, yb, first_epoch, 0.2)
    once = two_layers.descended(x, y, two_layers.descended(x, y, params, 0.2), 0.2)
    student.train(x, y, params, 0.2, 1, 2, batches.one_by_one)
    same_parameters(
        params,
        right,
        "after two epochs of four batches, one example each,",
        {
            "there is only one step in an epoch, with all examples at once": once,
            "only the first epoch is there": first_epoch,
        },
    )
    batches_are_made_anew(student, rng)


def batches_are_made_anew(student, rng):
    """Where each call of `get_batches` gives another third, two epochs have seen two of them."""
    x, y, params = problem(rng, n=6)
    thirds = [list(zip(x[k::3], y[k::3], strict=True)) for k in range(3)]
    alike = [descended_through([*third, *third], params) for third in thirds]
    student.train(x, y, params, 0.2, 4, 2, batches.in_turn)
    expect.keys(params, two_layers.NAMES, "`params` after training")
    # Other mistakes have been seen above; here only the same batches are looked for.
    expect.true(
        not any(is_end(params, end) for end in alike),
        "both epochs have the same batches: call `get_batches` in each epoch",
    )


def descended_through(examples, params):
    for one, truth in examples:
        params = two_layers.descended(one[None], truth[None], params, 0.2)
    return params


def is_end(params, end):
    return all(
        np.allclose(expect.array(params[n], end[n].shape, f"params['{n}']"), end[n], rtol=1e-4)
        for n in two_layers.NAMES
    )


@points(1)
@hint("One number an epoch: add up the losses of the batches and divide by the number of examples.")
def test_history_of_losses(student, rng):
    x, y, params = problem(rng, n=7)
    right = float(two_layers.loss(x, y, params).real) / 7
    parts = [two_layers.loss(*b, params).real for b in batches.first_and_rest(x, y, 1)]
    pair = student.train(x, y, params, 0.0, 3, 3, batches.first_and_rest)
    losses = _history(expect.sequence(pair, 2, "the result, `losses, accuracies`,")[0], "losses")
    expect.close(
        losses,
        np.full(3, right),
        what="`losses` with a learning rate of 0 (so that nothing changes),",
        rtol=1e-4,
        mistakes={
            "it is the sum over all examples; divide by their number": np.full(3, 7 * right),
            "it is divided by the number of batches, not of examples": np.full(3, sum(parts) / 2),
            "it is the loss of the last batch alone": np.full(3, parts[1]),
            "it is the last batch's loss divided by N": np.full(3, parts[1] / 7),
            "it is the last batch's loss per example": np.full(3, parts[1] / 6),
            "each batch's mean counts the same, however small it is":
                np.full(3, (parts[0] + parts[1] / 6) / 2),
            "the sum is not set back to zero when an epoch begins": right * np.arange(1, 4),
        },
    )  # fmt: skip


@points(1)
@hint("The share of all examples that are right; a batch of one counts less than a batch of six.")
def test_history_of_accuracies(student, rng):
    x, y, params = problem(rng, n=7)
    likeliest = two_layers.log_probs(x, params).argmax(axis=1)
    y = np.eye(4)[(likeliest + (np.arange(7) > 3)) % 4]  # the first four are right
    pair = student.train(x, y, params, 0.0, 3, 2, batches.first_and_rest)
    found = expect.sequence(pair, 2, "the result, `losses, accuracies`,")[1]
    expect.close(
        _history(found, "accuracies"),
        np.full(2, 4 / 7),
        what="`accuracies` (4 of 7 examples are right)",
        mistakes={
            "each batch counts the same, however small it is": np.full(2, (1 + 3 / 6) / 2),
            "it is the number of right answers, not their share": np.full(2, 4),
            "the batches' accuracies are added up, not averaged": np.full(2, 1 + 3 / 6),
            "the batches' accuracies are added up and divided by N": np.full(2, 1.5 / 7),
            "it is the accuracy of the last batch alone": np.full(2, 3 / 6),
        },
    )


def _history(values, what):
    """A list of numbers (or an array with one axis) as an array."""
    if isinstance(values, np.ndarray):
        return expect.array(values, (-1,), f"`{what}`")
    numbers = expect.sequence(values, None, f"`{what}`")
    return np.array([expect.number(v, f"an entry of `{what}`") for v in numbers])


@points(1)
@limit(20)
@hint("Look at the loss: it must fall from about ln 4. If it grows, the steps are too long.")
def test_learns_the_four_clouds(student, rng):
    x, y = four_clouds(20, rng)
    centre, spread = x.mean(axis=0), x.std(axis=0)
    params = two_layers.draw(rng, 2, 16, 4)
    new_x, new_y = four_clouds(100, rng)
    new_x = (new_x - centre) / spread
    begin = float(two_layers.loss(new_x, new_y, params).real) / len(new_y)
    student.train((x - centre) / spread, y, params, 0.05, 80, 150, batches.all_at_once)
    expect.keys(params, two_layers.NAMES, "`params` after training")
    shapes = ((2, 16), (16,), (16, 4), (4,))
    learnt = {
        name: expect.array(params[name], shape, f"params['{name}'] after training")
        for name, shape in zip(two_layers.NAMES, shapes, strict=True)
    }
    left = float(two_layers.loss(new_x, new_y, learnt).real) / len(new_y)
    expect.true(
        left < 0.25,
        f"after 150 epochs on four clouds the loss per new point is {left:.3g}; "
        f"it was {begin:.3g} before",
        got=left,
        expected="less than 0.25 (a right loop reaches about 0.04)",
    )
