"""Exercise 3.2: the same beginning for every learning rate, and a choice without the test set.

`compare_learning_rates` gets first weights and one batch of all examples, so that nothing rests
on chance; `pick_and_test` gets runs that the check made up.
"""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import two_layers

pytestmark = exercise("3.2")


def problem(rng, n=6, inputs=3, hidden=4, classes=3):
    """Training and validation examples, and first weights."""
    x, x_valid = rng.normal(size=(n, inputs)), rng.normal(size=(5, inputs))
    y = np.eye(classes)[np.arange(n) % classes]
    y_valid = np.eye(classes)[rng.integers(0, classes, size=5)]
    return x, y, x_valid, y_valid, two_layers.draw(rng, inputs, hidden, classes)


def trained(x, y, params, rate, epochs):
    for _ in range(epochs):
        params = two_layers.descended(x, y, params, rate)
    return params


def runs_of(value, number):
    """The runs, each seen to be a pair of weights and history."""
    runs = expect.sequence(value, number, "the list of runs")
    pairs = []
    for place, run in enumerate(runs):
        params, history = expect.sequence(run, 2, f"run {place}, a pair (params, history),")
        expect.keys(params, two_layers.NAMES, f"the weights of run {place}")
        expect.keys(history, ["valid_acc", "valid_loss"], f"the history of run {place}")
        pairs.append((params, history))
    return pairs


def same_weights(params, right, said, wrong=None):
    expect.keys(params, two_layers.NAMES)
    for name in two_layers.NAMES:
        named = {sentence: values[name] for sentence, values in (wrong or {}).items()}
        expect.close(
            params[name], right[name], rtol=1e-3, atol=1e-5, what=f"'{name}' {said}",
            mistakes=named,
        )  # fmt: skip


@demand("a")
@points(0.5)
@hint(
    "Return one list with a pair for each rate: first the trained weights, then the history. Does "
    "`return` come after the loop?"
)
def test_a_run_for_each_rate(student, rng):
    value = student.compare_learning_rates(*problem(rng), [0.1, 0.05, 0.2], 6, 2)
    expect.close(
        len(expect.sequence(value, what="the list of runs")), 3, what="the number of runs",
        mistakes={"there is only one run for three rates": 1},
    )  # fmt: skip
    for place, run in enumerate(value):
        if isinstance(run, (list, tuple)) and len(run) == 2 and isinstance(run[0], dict):
            reversed_ = "valid_acc" in run[0] and "valid_acc" not in run[1]
            expect.close(
                int(reversed_), 0, what=f"the place of the weights in run {place}",
                mistakes={"the history comes first; the weights should": 1},
            )  # fmt: skip
    runs_of(value, 3)


@after("a_run_for_each_rate")
@demand("b")
@points(1)
@hint(
    "Does each run begin with the weights in `params`, and does train_network get the training "
    "set, the validation set, batch_size and epochs as they are?"
)
def test_one_learning_rate(student, rng):
    x, y, x_valid, y_valid, start = problem(rng)
    right = trained(x, y, start, 0.1, 3)
    wrong = {
        "they have not been trained": start,
        "there is one epoch only": trained(x, y, start, 0.1, 1),
        "the network was trained on the validation set": trained(x_valid, y_valid, start, 0.1, 3),
    }
    value = student.compare_learning_rates(x, y, x_valid, y_valid, dict(start), [0.1], 6, 3)
    [(params, _)] = runs_of(value, 1)
    same_weights(params, right, "after 3 epochs with the rate 0.1", wrong)


@after("one_learning_rate", "a_run_for_each_rate")
@demand("c")
@points(1.5)
@hint(
    "Every run begins with its own copy of the first weights: copy the arrays, not the dict only."
)
def test_each_run_begins_anew(student, rng):
    x, y, x_valid, y_valid, start = problem(rng)
    first = trained(x, y, start, 0.05, 2)
    value = student.compare_learning_rates(x, y, x_valid, y_valid, dict(start), [0.05, 0.1], 6, 2)
    params, _ = runs_of(value, 2)[1]
    wrong = {
        "the second run went on where the first one ended": trained(x, y, first, 0.1, 2),
        "it was trained with the first learning rate": first,
    }
    same_weights(params, trained(x, y, start, 0.1, 2), "of the second of two runs", wrong)


@after("a_run_for_each_rate")
@demand("a", "c")
@points(1)
@hint("One run for each rate, in the order of the rates, each from the same first weights.")
def test_runs_in_order(student, rng):
    x, y, x_valid, y_valid, start = problem(rng)
    rates = [0.05, 0.2, 0.01]
    value = student.compare_learning_rates(x, y, x_valid, y_valid, dict(start), rates, 6, 2)
    ends = [trained(x, y, start, rate, 2) for rate in rates]
    right = [float(two_layers.loss(x_valid, y_valid, end).real) / 5 for end in ends]
    found = [np.ravel(history["valid_loss"]) for _, history in runs_of(value, 3)]
    expect.true(
        all(len(part) == 2 for part in found),
        "a history does not have one entry for each of 2 epochs",
        got=[len(part) for part in found],
    )
    expect.close(
        np.array([part[-1] for part in found]), right, rtol=1e-3,
        what="the last validation losses of the runs with the rates 0.05, 0.2 and 0.01",
        mistakes={"the runs are sorted by their rate": [right[2], right[0], right[1]]},
    )  # fmt: skip


@after("one_learning_rate")
@demand("c")
@points(0.5)
@hint("Train a copy. The weights that were handed over belong to whoever called.")
def test_first_weights_are_left_alone(student, rng):
    x, y, x_valid, y_valid, start = problem(rng)
    given = {name: value.copy() for name, value in start.items()}
    student.compare_learning_rates(x, y, x_valid, y_valid, given, [0.1], 6, 1)
    same_weights(given, start, "in the `params` that were handed over, after the call,")


@after("a_run_for_each_rate")
@demand("b")
@points(0.5)
@hint("Hand batch_size and epochs on to train_network as they are, in their own places.")
def test_batches_of_the_runs(student, rng):
    # All examples are alike: the order of the batches does not matter, their number does.
    x, y = np.repeat(rng.normal(size=(1, 2)), 6, axis=0), np.repeat(np.eye(2)[[0]], 6, axis=0)
    start = two_layers.draw(rng, 2, 3, 2)
    value = student.compare_learning_rates(x, y, x[:1], y[:1], dict(start), [0.1], 2, 3)
    [(params, _)] = runs_of(value, 1)
    wrong = {
        "batch_size and epochs have changed places": trained(x[:3], y[:3], start, 0.1, 4),
        "each epoch is one step with all examples": trained(x, y, start, 0.1, 3),
    }
    right = trained(x[:2], y[:2], start, 0.1, 9)
    same_weights(params, right, "after 3 epochs of 6 equal examples in batches of 2", wrong)


CURVES = {
    "valid_acc": [
        [0.4, 0.45, 0.5], [0.4, 0.5, 0.5], [0.3, 0.4, 0.55], [0.3, 0.95, 0.5], [0.4, 0.6, 0.7],
        [0.35, 0.45, 0.52], [0.5, 0.6, 0.65], [0.7, 0.8, 0.6], [0.85, 0.2, 0.45], [0.2, 0.3, 0.1],
    ],
    "train_acc": [[0.4, 0.5, 0.6], [0.8, 0.9, 0.95], *([[0.5, 0.6, 0.7]] * 8)],
    "valid_loss": [[1.5, 1.4, 1.3]] * 6 + [[1.2, 1.1, 1.0]] + [[1.6, 1.5, 1.4]] * 3,
    "train_loss": [[0.9, 0.8, 0.7]] + [[0.3, 0.25, 0.2]] + [[0.9, 0.8, 0.7]] * 8,
}  # fmt: skip
BEST, ON_TRAINING, ON_TEST, LOW_LOSS, LAST = 4, 1, 2, 6, 9
"""Of ten runs, by the last validation accuracy, on the other sets, and by the validation loss.

Run 3 is the best in one of its epochs, run 7 on average, run 8 in its first epoch; run 9 is the
worst.
"""


def made_up_runs(rng):
    """Ten runs, and a test set on which the third network is the best."""
    x = rng.normal(size=(60, 3))
    runs = [
        (two_layers.draw(rng, 3, 4, 3), {name: list(part[place]) for name, part in CURVES.items()})
        for place in range(10)
    ]
    answers = np.array([two_layers.log_probs(x, params).argmax(axis=1) for params, _ in runs])
    right = answers[ON_TEST].copy()
    right[:9] = (right[:9] + 1) % 3
    return runs, x, np.eye(3)[right], (answers == right).mean(axis=1)


def distinct_runs(rng):
    """Made-up runs whose test accuracies tell the right network from all others."""
    while True:
        runs, x, y, shares = made_up_runs(rng)
        told_apart = np.sort([0.7, *shares[[BEST, ON_TEST, LAST]]])  # 0.7 on the validation set
        others = np.delete(shares, BEST)
        if (
            np.diff(told_apart).min() > 0.01
            and np.abs(others - shares[BEST]).min() > 0.01
            and shares.argmax() == ON_TEST
        ):
            return runs, x, y, shares


@demand("d")
@points(1.5)
@hint("Compare the last entries of the runs' valid_acc. The test set has no say in the choice.")
def test_choice_by_validation(student, rng):
    runs, x, y, shares = distinct_runs(rng)
    pair = expect.sequence(student.pick_and_test(runs, x, y), 2, "the result, `best, accuracy`,")
    expect.close(
        pair[0], BEST, what="the number of the best of ten runs",
        mistakes={
            "the runs are counted from 1": BEST + 1,
            "the two numbers have changed places: the run comes first": shares[BEST],
            "this run is the best on the test set, which must not be used to choose": ON_TEST,
            "this run is the best on the training set": ON_TRAINING,
            "this run has the lowest validation loss; choose by the accuracy": LOW_LOSS,
            "this run was the best in an earlier epoch; its weights are those of the last": 3,
            "this run is the best on average over the epochs; its weights are those of the last": 7,
            "this run is the best after the first epoch; its weights are those of the last": 8,
            "this run has the lowest accuracy": LAST,
            "it is the first run in the list": 0,
        },
    )  # fmt: skip


@demand("e")
@points(1)
@hint("evaluate the weights of the run that you picked on the test set. Which of its two numbers?")
def test_accuracy_on_the_test_set(student, rng):
    runs, x, y, shares = distinct_runs(rng)
    pair = expect.sequence(student.pick_and_test(runs, x, y), 2, "the result, `best, accuracy`,")
    # Whoever picks another run is told so above: here it is that run's accuracy that counts.
    best = pair[0] if isinstance(pair[0], int) and pair[0] in range(10) else BEST
    loss = float(two_layers.loss(x, y, runs[best][0]).real) / 60
    mistakes = {
        "it is the accuracy on the validation set": CURVES["valid_acc"][best][-1],
        "it is the loss": loss,
        "it is given in per cent": 100 * shares[best],
    }
    if best == BEST:
        mistakes |= {
            "it is that of the network which is best on the test set": shares[ON_TEST],
            "it is that of the last run": shares[LAST],
        }
    expect.close(
        pair[1], shares[best], rtol=1e-4, what="the accuracy on the test set", mistakes=mistakes
    )
