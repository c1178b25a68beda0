"""Exercise 2.4: random batches, and the training loop.

The loop gets its batches from `helpers.batches`, so that nothing rests on chance (nor on the
student's `get_random_batches`); the right parameters come from exact gradients.
"""

import numpy as np

from helpers import batches
from helpers.checking import after, demand, exercise, expect, hint, limit, points
from helpers.checking.failures import CheckFailure
from helpers.datasets import four_clouds
from helpers.for_checks import steps, two_layers, walks, weights, wrong_ways
from helpers.for_checks.random_batches import data, rows, students_batches

pytestmark = exercise("2.4")


@demand("a")
@points(0.25)
@hint("One list, an entry for each batch, and each entry a pair: x_batch with y_batch.")
def test_batches_are_a_list_of_pairs(student, rng):
    x, y = data(rng, 12)
    found = students_batches(student, x, y, 4)
    expect.true(bool(found), "there is no batch at all", got=[])


@after("batches_are_a_list_of_pairs")
@demand("d")
@points(0.25)
@hint("Cut the shuffled order into pieces of batch_size; the last piece is what is left.")
def test_batch_sizes(student, rng):
    x, y = data(rng, 10)
    sizes = [len(xb) for xb, _ in students_batches(student, x, y, 4)]
    said = {
        (4, 4): "the last two examples are lost: they are a batch, too",
        (4, 4, 4): "the last batch has been filled up to batch_size",
        (4,): "there is one batch only",
    }.get(tuple(sizes[:3]) if set(sizes) == {4} else tuple(sizes), "")
    problem = f"10 examples in batches of 4 give batches of {sizes}"
    wrong_ways.named(bool(said), problem, said, sizes)
    expect.true(sorted(sizes) == [2, 4, 4], problem, got=sizes, expected=[4, 4, 2])


@after("batches_are_a_list_of_pairs")
@demand("d")
@points(0.25)
@hint("What is left after the last full batch is a batch, also where there is no full one.")
def test_a_batch_size_beyond_the_set(student, rng):
    x, y = data(rng, 5)
    sizes = [len(xb) for xb, _ in students_batches(student, x, y, 9)]
    expect.true(
        sizes == [5], "5 examples and a batch_size of 9 do not give one batch of 5", got=sizes
    )


@after("batches_are_a_list_of_pairs")
@demand("b")
@points(0.75)
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


@after("batches_are_a_list_of_pairs")
@demand("c")
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


@after("pairs_stay_together")
@demand("b")
@points(1)
@hint("All examples are shuffled, before they are cut into batches, and differently for each call.")
def test_order_is_random(student, rng):
    x, y = data(rng, 60)
    found = [rows(yb) for _, yb in students_batches(student, x, y, 6)]
    used = [row for batch in found for row in batch]
    problem = "the order of the examples is not random"
    wrong_ways.named(used == sorted(used), problem, "it is the order of the data", used[:12])
    runs = [batch == list(range(batch[0], batch[0] + len(batch))) for batch in found if batch]
    neighbours = "each batch holds neighbouring rows of the data: only the batches are shuffled"
    wrong_ways.named(all(runs), problem, neighbours, found[0])
    again = [row for _, yb in students_batches(student, x, y, 6) for row in rows(yb)]
    seeded = "every call gives the same order: is a seed set?"
    wrong_ways.named(used == again, problem, seeded, again[:12])


@after("every_example_once", "batch_sizes")
@demand("i")
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


@demand("e")
@points(1)
@hint(
    "All four parameters move by learning_rate times their gradient. Follow delta back: from "
    "probs - y through the output layer, then through layer1, each with its own derivative."
)
def test_one_step(student, rng):
    x, y, params = problem(rng)
    start = {key: value.copy() for key, value in params.items()}
    slope = two_layers.gradients(x, y, start)

    def after_step(**ways):
        return wrong_ways.stepped(start, wrong_ways.gone_back(x, y, start, **ways), 0.1)

    student.train(x, y, params, 0.1, 6, 1, batches.all_at_once)
    try:
        weights.same(
            params,
            wrong_ways.stepped(start, slope, 0.1),
            "after one step with all examples",
            {
                "it has not changed at all": start,
                "it has moved uphill: a sign is wrong": wrong_ways.stepped(start, slope, -0.1),
                "the step is an average over the batch; gradients are summed":
                    wrong_ways.stepped(start, slope, 0.1 / 6),
                "the learning rate is not used": wrong_ways.stepped(start, slope, 1.0),
                "the output layer goes back with sigmoid_deriv": after_step(at_output="sigmoid"),
                "layer1 goes back with linear_deriv": after_step(at_hidden="linear"),
                "the output layer has moved before its delta went on to layer1":
                    after_step(moved_first=0.1),
                "the output layer makes its probabilities with the sigmoid":
                    after_step(probs="sigmoid"),
            },
        )  # fmt: skip
    except CheckFailure as failure:
        failure.diagnosis = failure.diagnosis or _other_step(student, x, y, params, start, slope)
        raise


def _other_step(student, x, y, params, start, slope):
    """What can be said of a step that is none of the known wrong ones."""
    name = two_layers.NAMES[2]
    moved = params.get(name)
    if isinstance(moved, np.ndarray) and moved.shape == start[name].shape:
        for sentence in wrong_ways.a_multiple(start[name] - moved, 0.1 * slope[name]):
            return sentence.replace("it is", "the step is")
    resting = {key: value.copy() for key, value in start.items()}
    student.train(x, y, resting, 0.0, 6, 1, batches.all_at_once)
    if weights.unmoved(resting, start):
        return ""
    return (
        "the parameters change even where the learning rate is 0: training begins with those "
        "in `params`, and moves them by nothing but the step"
    )


@demand("f")
@points(0.5)
@hint("A step for every batch that get_batches gives, with that batch's gradients, in all epochs.")
def test_a_step_for_every_batch(student, rng):
    x, y, params = problem(rng, n=4)
    epoch, everything, last = batches.one_by_one(x, y, 1), (x, y), (x[-1:], y[-1:])
    right = walks.end([*epoch, *epoch], params, 0.2)
    mistakes = {
        "there is only one step in an epoch, with all examples at once": [everything] * 2,
        "there is only one step in an epoch, with the last batch's gradients": [last] * 2,
        "each step takes all of x and y, not its batch": [everything] * 8,
        "only the first epoch is there": epoch,
    }
    mistakes = {said: walks.end(wrong, params, 0.2) for said, wrong in mistakes.items()}
    student.train(x, y, params, 0.2, 1, 2, batches.one_by_one)
    said = "after two epochs of four batches, one example each,"
    weights.same(params, right, said, mistakes)


@after("a_step_for_every_batch")
@demand("f")
@points(0.5)
@hint("Where in the two loops is `get_batches` called? Each epoch asks for batches of its own.")
def test_every_epoch_asks_for_its_batches(student, rng):
    # Where each call of `get_batches` gives another third, two epochs have seen two of them.
    x, y, params = problem(rng, n=6)
    thirds = [batches.one_by_one(x[k::3], y[k::3], 1) for k in range(3)]
    alike = [walks.end([*third, *third], params, 0.2) for third in thirds]
    student.train(x, y, params, 0.2, 4, 2, batches.in_turn)
    trained = weights.arrays(params, alike[0])
    # Other mistakes have been seen above; here only the same batches are looked for.
    wrong_ways.named(
        any(steps.close(trained, end, rtol=1e-4) for end in alike),
        "the second epoch has had the batches of the first once more",
        "the batches are made once, before the epochs",
    )


def _train_standing(student, x, y, params, epochs):
    """Train with a learning rate of 0, so that every epoch measures the same network."""
    start = {name: value.copy() for name, value in params.items()}
    pair = student.train(x, y, params, 0.0, 3, epochs, batches.one_two_and_rest)
    expect.keys(params, two_layers.NAMES, "`params` after training")
    wrong_ways.named(
        not weights.unmoved(params, start),
        "training with a learning rate of 0 has changed the parameters",
        "the parameters move where the learning rate is 0, so that no two epochs are alike",
    )
    return pair


@demand("g")
@points(0.5)
@hint("One number an epoch: add up the losses of the batches and divide by the number of examples.")
def test_history_of_losses(student, rng):
    for _ in range(200):
        x, y, params = problem(rng, n=7)
        cut = batches.one_two_and_rest(x, y, 1)
        hits = two_layers.log_probs(x, params).argmax(axis=1) == y.argmax(axis=1)
        parts = [float(two_layers.loss(*b, params).real) for b in cut]
        right = sum(parts) / 7
        means = [part / len(xb) for part, (xb, _) in zip(parts, cut, strict=True)]
        ways = [right, 7 * right, sum(parts) / 3, parts[2], parts[2] / 7, means[2],
                np.mean(means), np.mean(hits)]  # fmt: skip
        if wrong_ways.distinct(ways):
            break
    pair = _train_standing(student, x, y, params, 3)
    losses = _history(expect.sequence(pair, 2, "the result, `losses, accuracies`,")[0], "losses")
    expect.close(
        losses,
        np.full(3, right),
        what="`losses` with a learning rate of 0 (so that nothing changes),",
        rtol=1e-4,
        mistakes={
            "it is the sum over all examples; divide by their number": np.full(3, 7 * right),
            "it is divided by the number of batches, not of examples": np.full(3, sum(parts) / 3),
            "it is the loss of the last batch alone": np.full(3, parts[2]),
            "it is the last batch's loss divided by N": np.full(3, parts[2] / 7),
            "it is the last batch's loss per example": np.full(3, means[2]),
            "each batch's mean counts the same, however small it is": np.full(3, np.mean(means)),
            "the sum is not set back to zero when an epoch begins": right * np.arange(1, 4),
            "those are the accuracies: the losses come first":
                np.full(3, np.mean(hits)),
            **_per_batch(losses, means, parts),
        },
    )  # fmt: skip


def _per_batch(found, *values):
    """The name of histories with an entry a batch, if that is what came back."""
    alike = [np.tile(v, 3) for v in values if found.shape == (9,)]
    alike = [value for value in alike if np.allclose(found, value)]
    said = "it has a number for each batch, not for each epoch"
    return {said: alike[0]} if alike else {}


@after("history_of_losses")
@demand("g")
@points(0.5)
@hint("Each batch is measured with the probabilities from which its own step is computed.")
def test_losses_are_measured_before_each_step(student, rng):
    x, y, params = problem(rng, n=7)
    cut = batches.one_two_and_rest(x, y, 1)
    walked = walks.walk(cut, params, 0.2)
    moved = walked[-1]["Wlayer1"]
    before, behind = (
        sum(float(two_layers.loss(*batch, at).real) for batch, at in zip(cut, places, strict=True))
        for places in (walked[:-1], walked[1:])
    )
    at_end = float(two_layers.loss(x, y, walked[-1]).real)
    pair = student.train(x, y, params, 0.2, 3, 1, batches.one_two_and_rest)
    losses = _history(expect.sequence(pair, 2, "the result, `losses, accuracies`,")[0], "losses")
    stepped = expect.array(params.get("Wlayer1"), moved.shape, "params['Wlayer1']")
    # Whoever steps otherwise has lost points above, and is not asked for the losses of these steps.
    expect.close(
        losses,
        [before / 7] if np.allclose(stepped, moved) else losses,
        what="`losses` after one epoch with three batches, of 1, 2 and 4 examples,",
        rtol=1e-4,
        mistakes={
            "each batch is measured after its step": [behind / 7],
            "all examples are measured at the end of the epoch": [at_end / 7],
        },
    )


@demand("h")
@points(1)
@hint("The share of all examples that are right; a batch of one counts less than a batch of four.")
def test_history_of_accuracies(student, rng):
    x, _, params = problem(rng, n=7)
    # All of the first batch are right, and a half of the others.
    y = walks.truths(x, params, [True, True, False, True, True, False, False])
    pair = _train_standing(student, x, y, params, 2)
    found = expect.sequence(pair, 2, "the result, `losses, accuracies`,")[1]
    one, two, rest = 1, 1 / 2, 2 / 4
    expect.close(
        _history(found, "accuracies"),
        np.full(2, 4 / 7),
        what="`accuracies` (4 of 7 examples are right)",
        mistakes={
            "each batch counts the same, however small it is": np.full(2, (one + two + rest) / 3),
            "it is the mean of the last batch and of what was there before it":
                np.full(2, ((one + two) / 2 + rest) / 2),
            "it is the number of right answers, not their share": np.full(2, 4),
            "the batches' accuracies are added up, not averaged": np.full(2, one + two + rest),
            "the batches' accuracies are added up and divided by N":
                np.full(2, (one + two + rest) / 7),
            "it is the accuracy of the last batch alone": np.full(2, rest),
        },
    )  # fmt: skip


def _history(values, what):
    """A list of numbers (or an array with one axis) as an array."""
    if isinstance(values, np.ndarray):
        return expect.array(values, (-1,), f"`{what}`")
    numbers = expect.sequence(values, None, f"`{what}`")
    return np.array([expect.number(v, f"an entry of `{what}`") for v in numbers])


@demand("e", "f")
@points(1)
@limit(20)
@hint("Look at `losses`: does it fall, and how fast? Mend the red checks above first, if any.")
def test_learns_the_four_clouds(student, rng):
    x, y = four_clouds(20, rng)
    centre, spread = x.mean(axis=0), x.std(axis=0)
    params = two_layers.draw(rng, 2, 16, 4)
    start = dict(params)
    new_x, new_y = four_clouds(100, rng)
    new_x = (new_x - centre) / spread
    begin = float(two_layers.loss(new_x, new_y, params).real) / len(new_y)
    student.train((x - centre) / spread, y, params, 0.05, 80, 150, batches.all_at_once)
    learnt = weights.arrays(params, start)
    left = float(two_layers.loss(new_x, new_y, learnt).real) / len(new_y)
    expect.true(
        left < 0.25,
        f"after 150 epochs on four clouds the loss per new point is {left:.3g}; "
        f"it was {begin:.3g} before",
        got=left,
        expected="less than 0.25 (a right loop reaches about 0.04)",
    )
