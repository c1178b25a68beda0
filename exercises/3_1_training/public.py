"""Exercise 3.1: an untrained network, its loss and accuracy, and training it.

For the training, the first weights come from the checks. Where a batch holds all examples
nothing rests on chance, and the right weights and losses are known to the last digit.
"""

import numpy as np

from helpers.checking import exercise, expect, hint, points
from helpers.for_checks import two_layers
from helpers.for_checks.histories import entries

pytestmark = exercise("3.1")


def examples(rng, n, features, classes):
    """Random inputs and one-hot truths."""
    return rng.normal(size=(n, features)), np.eye(classes)[rng.integers(0, classes, size=n)]


@points(0.5)
@hint("Call initialize_weights twice, for 'layer1' and for 'output', with one dict; return it.")
def test_network_shapes(student):
    params = student.new_network(20, 7, 5)
    expect.keys(params, two_layers.NAMES, "the network")
    for name, shape in zip(two_layers.NAMES, ((20, 7), (7,), (7, 5), (5,)), strict=True):
        expect.array(params[name], shape, f"its '{name}'")
        expect.true(
            params[name].dtype == np.float32,
            f"its '{name}' holds {params[name].dtype}; the text asks for float32, which is twice "
            "as quick (`astype` gives a new array: keep it)",
            got=params[name],
        )


@points(1)
@hint("Each layer has its own two sizes; initialize_weights of notebook 2 knows the rest.")
def test_network_begins_with_xavier(student):
    params = student.new_network(400, 60, 50)
    expect.keys(params, two_layers.NAMES, "the network")
    for name, shape in (("layer1", (400, 60)), ("output", (60, 50))):
        weights = expect.array(params[f"W{name}"], shape, f"its 'W{name}'")
        bound = np.sqrt(6 / sum(shape))
        expect.true(
            np.abs(weights).max() <= bound * (1 + 1e-5),
            f"weights of '{name}' reach {np.abs(weights).max():.3g}; Xavier's bound is {bound:.3g}",
            got=weights,
        )
        # Of 3000 uniform numbers the standard deviation is off by 10 % in less than 1 of 10^15.
        expect.close(
            weights.std(), bound / np.sqrt(3), rtol=0.1,
            what=f"the standard deviation of 'W{name}'",
        )  # fmt: skip
        expect.close(params[f"b{name}"], np.zeros(shape[1]), what=f"its 'b{name}'")


@points(1)
@hint("compute_loss_and_acc adds up over all examples: divide by their number.")
def test_evaluate_loss(student, rng):
    x, y = examples(rng, 9, 4, 3)
    params = two_layers.draw(rng, 4, 6, 3)
    total = float(two_layers.loss(x, y, params).real)
    pair = expect.sequence(student.evaluate(x, y, params), 2, "the result, `loss, accuracy`,")
    expect.close(
        pair[0], total / 9, rtol=1e-4, what="the loss per example",
        mistakes={
            "it is the sum over all examples": total,
            "it is divided by the number of classes": total / 3,
            "it is divided by the number of examples and by that of classes": total / 27,
        },
    )  # fmt: skip


@points(0.5)
@hint("compute_loss_and_acc gives the share of right answers; it needs no further division.")
def test_evaluate_accuracy(student, rng):
    x, _ = examples(rng, 8, 4, 3)
    params = two_layers.draw(rng, 4, 6, 3)
    likeliest = two_layers.log_probs(x, params).argmax(axis=1)
    y = np.eye(3)[(likeliest + (np.arange(8) > 4)) % 3]  # the first five are right
    pair = expect.sequence(student.evaluate(x, y, params), 2, "the result, `loss, accuracy`,")
    expect.close(
        pair[1], 5 / 8, rtol=1e-4, what="the accuracy (5 of 8 are right)",
        mistakes={
            "it is the number of right answers": 5,
            "it is divided by the number of examples twice": 5 / 64,
            "it is the share of wrong answers": 3 / 8,
        },
    )  # fmt: skip


LISTS = ("train_loss", "train_acc", "valid_loss", "valid_acc")
RATE = 0.1


def problem(rng, n=6, n_valid=9, inputs=3, hidden=4, classes=3):
    """Examples to train on, others to validate on, and untrained weights."""
    x, x_valid = rng.normal(size=(n, inputs)), rng.normal(size=(n_valid, inputs))
    y = np.eye(classes)[np.arange(n) % classes]
    y_valid = np.eye(classes)[rng.integers(0, classes, size=n_valid)]
    return x, y, x_valid, y_valid, two_layers.draw(rng, inputs, hidden, classes)


def path(x, y, params, rate, steps):
    """The weights before the first step and after each one, with one batch of all examples."""
    found = [params]
    for _ in range(steps):
        found.append(two_layers.descended(x, y, found[-1], rate))
    return found


def mean_losses(x, y, path):
    return np.array([float(two_layers.loss(x, y, params).real) / len(x) for params in path])


def accuracies(x, y, path):
    answers = [two_layers.log_probs(x, params).argmax(axis=1) for params in path]
    return np.array([(answer == y.argmax(axis=1)).mean() for answer in answers])


@points(1)
@hint("Return a dict of four lists; append one number to each of them in every epoch.")
def test_history_entries(student, rng):
    history = student.train_network(*problem(rng), 0.01, 2, 5)
    expect.keys(history, LISTS, "the history")
    for name in LISTS:
        entries(history, name, 5)


@points(1.5)
@hint("Only the training set moves the weights, beginning with those in params.")
def test_weights_are_trained(student, rng):
    x, y, x_valid, y_valid, params = problem(rng)
    right = path(x, y, params, RATE, 3)
    both = np.vstack([x, x_valid]), np.vstack([y, y_valid])
    wrong = {
        "they have not changed at all": dict(params),
        "the network was trained on the validation set": path(x_valid, y_valid, params, RATE, 3)[
            -1
        ],
        "the network was trained on both sets together": path(*both, params, RATE, 3)[-1],
        "each epoch trains on the training set and then on the validation set": _in_turn(
            (x, y), (x_valid, y_valid), params, 3
        ),
        "one epoch is missing": right[2],
        "there is one epoch too many": two_layers.descended(x, y, right[3], RATE),
    }
    student.train_network(x, y, x_valid, y_valid, params, RATE, 50, 3)
    same_weights(params, right[3], "after 3 epochs with one batch of all examples", wrong)


def _in_turn(train, valid, params, epochs):
    for _ in range(epochs):
        params = two_layers.descended(*train, params, RATE)
        params = two_layers.descended(*valid, params, RATE)
    return params


def same_weights(params, right, said, wrong=None):
    expect.keys(params, two_layers.NAMES, "`params` after training")
    for name in two_layers.NAMES:
        named = {sentence: values[name] for sentence, values in (wrong or {}).items()}
        expect.close(
            params[name], right[name], rtol=1e-3, atol=1e-5,
            what=f"params['{name}'] {said}", mistakes=named,
        )  # fmt: skip


@points(1)
@hint("Cut the training set into random batches of batch_size anew in every epoch.")
def test_every_batch_is_a_step(student, rng):
    # All examples are alike, so their order does not matter, but the number of steps does.
    x, y = np.repeat(rng.normal(size=(1, 3)), 12, axis=0), np.repeat(np.eye(3)[[1]], 12, axis=0)
    params = two_layers.draw(rng, 3, 4, 3)
    right, once = params, path(x, y, params, RATE, 2)[-1]
    for _ in range(6):
        right = two_layers.descended(x[:4], y[:4], right, RATE)
    student.train_network(x, y, x[:2], y[:2], params, RATE, 4, 2)
    same_weights(
        params, right, "after 2 epochs of 12 equal examples in batches of 4",
        {"each epoch is one step with all examples": once},
    )  # fmt: skip


@points(1.5)
@hint("When an epoch is over, evaluate the weights as they are now on the validation set.")
def test_validation_history(student, rng):
    x, y, x_valid, y_valid, params = problem(rng)
    walk = path(x, y, params, RATE, 4)
    losses = mean_losses(x_valid, y_valid, walk)
    mistakes = {
        "it is the sum over the examples; divide by their number": 9 * losses[1:],
        "it is divided by the number of training examples": 9 / 6 * losses[1:],
        "it is measured before the epoch, not after it": losses[:-1],
        "it is the loss on the training set": mean_losses(x, y, walk)[1:],
        "it is the loss on the training set, before the epoch": mean_losses(x, y, walk)[:-1],
    }
    history = student.train_network(x, y, x_valid, y_valid, params, RATE, 50, 4)
    expect.close(
        entries(history, "valid_loss", 4), losses[1:], rtol=1e-3,
        what="history['valid_loss']", mistakes=mistakes,
    )  # fmt: skip


@points(1)
@hint("evaluate gives the accuracy beside the loss: keep it, for the validation set.")
def test_validation_accuracy(student, rng):
    x, y, x_valid, _, params = problem(rng)
    likeliest = two_layers.log_probs(x_valid, params).argmax(axis=1)
    y_valid = np.eye(3)[(likeliest + (np.arange(9) > 3)) % 3]  # the first four are right
    mistakes = {
        "it is the number of right answers, not their share": np.full(2, 4.0),
        "it is the accuracy on the training set": np.tile(accuracies(x, y, [params]), 2),
        "it is the share of wrong answers": np.full(2, 5 / 9),
    }
    history = student.train_network(x, y, x_valid, y_valid, params, 0.0, 50, 2)
    expect.close(
        entries(history, "valid_acc", 2), np.full(2, 4 / 9), rtol=1e-4,
        what="history['valid_acc'] (4 of 9 are right)", mistakes=mistakes,
    )  # fmt: skip


@points(1)
@hint("Per example: add up the losses of all batches, and divide by the number of examples.")
def test_training_loss_is_per_example(student, rng):
    x, y, x_valid, y_valid, params = problem(rng, n=7)
    right = np.tile(mean_losses(x, y, [params]), 3)
    mistakes = {
        "it is the sum over all examples": 7 * right,
        "it is divided by the number of batches": 7 / 3 * right,
        "it is the loss on the validation set": np.tile(mean_losses(x_valid, y_valid, [params]), 3),
        "the sum is not set back to zero when an epoch begins": right * np.arange(1, 4),
    }
    history = student.train_network(x, y, x_valid, y_valid, params, 0.0, 3, 3)
    expect.close(
        entries(history, "train_loss", 3), right, rtol=1e-3,
        what="history['train_loss'] with a learning rate of 0 (7 examples in batches of 3)",
        mistakes=mistakes,
    )  # fmt: skip


@points(1)
@hint(
    "The share of all training examples that are right; a batch of one counts less than one of 3."
)
def test_training_accuracy(student, rng):
    x, _, x_valid, y_valid, params = problem(rng, n=7)
    likeliest = two_layers.log_probs(x, params).argmax(axis=1)
    y = np.eye(3)[(likeliest + (np.arange(7) > 3)) % 3]  # the first four are right
    history = student.train_network(x, y, x_valid, y_valid, params, 0.0, 3, 2)
    expect.close(
        entries(history, "train_acc", 2), np.full(2, 4 / 7), rtol=1e-4,
        what="history['train_acc'] (4 of 7 are right, in batches of 3)",
        mistakes={
            "it is the number of right answers, not their share": np.full(2, 4.0),
            "it is the accuracy on the validation set": np.tile(
                accuracies(x_valid, y_valid, [params]), 2
            ),
        },
    )  # fmt: skip
