"""Exercise 2.4, second part: the training loop.

Batches come from `helpers.batches`, so that nothing rests on chance (nor on the student's
`get_random_batches`); the right parameters come from exact gradients.
"""

import numpy as np

from helpers import batches
from helpers.checking import exercise, expect, hint, limit, points, two_layers
from helpers.datasets import four_clouds

pytestmark = exercise("2.4")


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
