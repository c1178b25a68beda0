"""Exercise 3.2: the same beginning for every learning rate, and a choice without the test set.

`compare_learning_rates` gets first weights and one batch of all examples, so that nothing rests
on chance; `pick_and_test` gets runs that the check made up.
"""

import numpy as np

from helpers.checking import after, exercise, expect, hint, points
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


@points(1)
@hint("Train with each learning rate for so many epochs and keep (weights, history) in a list.")
def test_one_learning_rate(student, rng):
    x, y, x_valid, y_valid, start = problem(rng)
    right = trained(x, y, start, 0.1, 3)
    wrong = {
        "they have not been trained": start,
        "there is one epoch only": trained(x, y, start, 0.1, 1),
    }
    value = student.compare_learning_rates(x, y, x_valid, y_valid, dict(start), [0.1], 50, 3)
    [(params, _)] = runs_of(value, 1)
    same_weights(params, right, "after 3 epochs with the rate 0.1", wrong)


@points(2)
@hint(
    "Every run begins with its own copy of the first weights: copy the arrays, not the dict only."
)
def test_each_run_begins_anew(student, rng):
    x, y, x_valid, y_valid, start = problem(rng)
    first = trained(x, y, start, 0.1, 2)
    value = student.compare_learning_rates(x, y, x_valid, y_valid, dict(start), [0.1, 0.05], 50, 2)
    params, _ = runs_of(value, 2)[1]
    wrong = {
        "the second run went on where the first one ended": trained(x, y, first, 0.05, 2),
        "it is the network of the first run": first,
        "it was trained with the first learning rate": trained(x, y, start, 0.1, 2),
    }
    same_weights(params, trained(x, y, start, 0.05, 2), "of the second of two runs", wrong)


@points(1)
@hint("One run for each rate, in the order of the rates, each with the weights of that very run.")
def test_runs_in_order(student, rng):
    x, y, x_valid, y_valid, start = problem(rng)
    rates = [0.05, 0.2, 0.01]
    value = student.compare_learning_rates(x, y, x_valid, y_valid, dict(start), rates, 50, 2)
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
@points(0.5)
@hint("Train a copy. The weights that were handed over belong to whoever called.")
def test_first_weights_are_left_alone(student, rng):
    x, y, x_valid, y_valid, start = problem(rng)
    given = {name: value.copy() for name, value in start.items()}
    student.compare_learning_rates(x, y, x_valid, y_valid, given, [0.1], 50, 1)
    same_weights(given, start, "in the `params` that were handed over, after the call,")


def made_up_runs(rng):
    """Five runs and a test set on which the third network is the best.

    By the validation accuracy after the last epoch it is the second one; by the training
    accuracy, the validation loss and the best epoch it is the first, fourth and fifth.
    """
    x = rng.normal(size=(20, 3))
    curves = {
        "valid_acc": [[0.4, 0.5], [0.5, 0.7], [0.6, 0.6], [0.3, 0.65], [0.9, 0.55]],
        "train_acc": [[0.8, 0.95], [0.6, 0.8], [0.6, 0.7], [0.5, 0.75], [0.7, 0.72]],
        "valid_loss": [[1.6, 1.5], [1.5, 1.2], [1.4, 1.3], [1.1, 1.0], [1.2, 1.4]],
        "train_loss": [[0.3, 0.2], [0.7, 0.5], [0.8, 0.6], [0.9, 0.7], [0.6, 0.4]],
    }
    runs = []
    for place in range(5):
        params = two_layers.draw(rng, 3, 4, 3)
        runs.append((params, {name: values[place] for name, values in curves.items()}))
    answers = np.array([two_layers.log_probs(x, params).argmax(axis=1) for params, _ in runs])
    right = answers[2].copy()
    right[:4] = (right[:4] + 1) % 3
    shares = (answers == right).mean(axis=1)
    return runs, x, np.eye(3)[right], shares


def distinct_runs(rng):
    """Made-up runs whose test accuracies tell the second network from all others."""
    while True:
        runs, x, y, shares = made_up_runs(rng)
        others = [0.7, *np.delete(shares, 1)]  # 0.7 is its accuracy on the validation set
        if np.abs(others - shares[1]).min() > 0.01 and shares.argmax() == 2:
            return runs, x, y, shares


@points(1.5)
@hint("Compare the last entries of the runs' valid_acc. The test set has no say in the choice.")
def test_choice_by_validation(student, rng):
    runs, x, y, _ = distinct_runs(rng)
    pair = expect.sequence(student.pick_and_test(runs, x, y), 2, "the result, `best, accuracy`,")
    expect.number(pair[1], "the accuracy on the test set")
    expect.close(
        pair[0], 1, what="the number of the best run, counted from 0,",
        mistakes={
            "this run is the best on the test set, which must not be used to choose": 2,
            "this run is the best on the training set": 0,
            "this run has the lowest validation loss; choose by the accuracy": 3,
            "this run was the best in an earlier epoch; its weights are those of the last": 4,
        },
    )  # fmt: skip


@points(1)
@hint("evaluate the weights of the chosen run on the test set, once.")
def test_accuracy_on_the_test_set(student, rng):
    runs, x, y, shares = distinct_runs(rng)
    pair = expect.sequence(student.pick_and_test(runs, x, y), 2, "the result, `best, accuracy`,")
    expect.close(
        pair[1], shares[1], rtol=1e-4, what="the accuracy on the test set",
        mistakes={
            "it is the accuracy on the validation set": 0.7,
            "it is that of the network which is best on the test set": shares[2],
            "it is that of the network with the best training accuracy": shares[0],
            "it is that of the network with the lowest validation loss": shares[3],
        },
    )  # fmt: skip
