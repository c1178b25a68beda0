"""Exercise 3.1: an untrained network, its loss and accuracy, and training it.

For the training, the first weights come from the checks. Where a batch holds all examples
nothing rests on chance, and the right weights and losses are known to the last digit.
"""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import steps, two_layers, walks, weights
from helpers.for_checks.histories import entries
from helpers.for_checks.naming import rule_out

pytestmark = exercise("3.1")

LISTS = ("train_loss", "train_acc", "valid_loss", "valid_acc")
RATE = 0.1


def problem(rng, n=6, n_valid=9, inputs=3, hidden=4, classes=3):
    """Examples to train on, others to validate on, and untrained weights."""
    x, x_valid = rng.normal(size=(n, inputs)), rng.normal(size=(n_valid, inputs))
    y = np.eye(classes)[np.arange(n) % classes]
    y_valid = np.eye(classes)[rng.integers(0, classes, size=n_valid)]
    return x, y, x_valid, y_valid, two_layers.draw(rng, inputs, hidden, classes)


@demand("a")
@points(0.25)
@hint(
    "Call initialize_weights twice, for 'layer1' and for 'output', with one dict. in_size, "
    "hidden_size and out_size say how large the layers are."
)
def test_network_shapes(student):
    params = student.new_network(20, 7, 5)
    expect.keys(params, two_layers.NAMES, "the network")
    for name, shape in zip(two_layers.NAMES, ((20, 7), (7,), (7, 5), (5,)), strict=True):
        expect.array(params[name], shape, f"its '{name}'")


@after("network_shapes")
@demand("a")
@points(0.25)
@hint("`values.astype(np.float32)` gives a new array: the dict must hold that one, for all four.")
def test_network_in_single_precision(student):
    params = student.new_network(20, 7, 5)
    expect.keys(params, two_layers.NAMES, "the network")
    for name in two_layers.NAMES:
        expect.array(params[name], what=f"its '{name}'")
        kind = params[name].dtype
        expect.true(
            kind == np.float32,
            f"its '{name}' holds {kind}, not float32",
            got=params[name],
        )


@demand("a")
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


SWAPPED = "the two numbers have changed places: the loss comes first"


@demand("b")
@points(1)
@hint("The loss comes first. compute_loss_and_acc adds up over all examples: is it divided?")
def test_evaluate_loss(student, rng):
    x, y, *_, params = problem(rng, n=9, inputs=4, hidden=6)
    total = float(two_layers.loss(x, y, params).real)
    swapped = walks.accuracies(x, y, [params])[0]
    of_truth = (y * two_layers.scores(x, params)).sum(axis=1)
    pair = expect.sequence(student.evaluate(x, y, params), 2, "the result, `loss, accuracy`,")
    expect.close(
        pair[0], total / 9, rtol=1e-4, what="the loss per example",
        mistakes={
            "it is the sum over all examples": total,
            "it is divided by the number of classes": total / 3,
            "it is divided by the number of examples and by that of classes": total / 27,
            SWAPPED: swapped,
            "the output layer has a sigmoid in place of softmax":
                np.log1p(np.exp(-of_truth)).mean(),
        },
    )  # fmt: skip


@demand("b")
@points(0.5)
@hint(
    "The accuracy comes second. compute_loss_and_acc gives the share of right answers: it needs no "
    "further division."
)
def test_evaluate_accuracy(student, rng):
    x, *_, params = problem(rng, n=8, inputs=4, hidden=6)
    y = walks.truths(x, params, np.arange(8) < 5)
    loss = walks.mean_losses(x, y, [params])[0]
    pair = expect.sequence(student.evaluate(x, y, params), 2, "the result, `loss, accuracy`,")
    expect.close(
        pair[1], 5 / 8, rtol=1e-4, what="the accuracy (5 of 8 are right)",
        mistakes={
            "it is the number of right answers": 5,
            "it is divided by the number of examples twice": 5 / 64,
            SWAPPED: loss,
        },
    )  # fmt: skip


@demand("c")
@points(1)
@hint(
    "Begin with the weights in `params`, and leave the trained ones there. The training set alone "
    "moves them, in every epoch, with learning_rate as it is."
)
def test_weights_are_trained(student, rng):
    x, y, x_valid, y_valid, params = problem(rng, n_valid=5)
    train, valid = (x, y), (x_valid, y_valid)
    both = np.vstack([x, x_valid]), np.vstack([y, y_valid])
    start, right = dict(params), walks.end([train] * 3, params, RATE)
    wrong = {
        "they have not changed at all": [],
        "the network was trained on the validation set": [valid] * 3,
        "each epoch trains on the training set and then on the validation set": [train, valid] * 3,
        "one epoch alone has moved them": [train],
        "one epoch is missing": [train] * 2,
        "there is one epoch too many": [train] * 4,
        "each epoch makes as many rounds as there are epochs": [train] * 9,
        "the network was trained on both sets together": [both] * 3,
    }
    wrong = {said: walks.end(batches, start, RATE) for said, batches in wrong.items()}
    student.train_network(x, y, x_valid, y_valid, params, RATE, 6, 3)
    together = dict(start)  # Would a batch that holds both sets be filled from both?
    student.train_network(x, y, x_valid, y_valid, together, RATE, 11, 3)
    said = "after 3 epochs with one batch of all examples"
    weights.arrays(together, right, said)
    if steps.close(together, wrong["the network was trained on both sets together"]):
        params = together
    weights.same_in_all(params, right, said, wrong)


@demand("c", "d")
@points(0.5)
@hint(
    "One batch is one step: all four arrays move by learning_rate times the gradient, which is the "
    "sum over the batch. Is each example in it once, with its own label?"
)
def test_one_step(student, rng):
    x, y = rng.normal(size=(4, 3)), np.eye(4)
    params = two_layers.draw(rng, 3, 3, 4)
    start, slope = dict(params), two_layers.gradients(x, y, params)
    right = steps.moved(start, RATE, slope)
    begins_with(student, (x, y, x[:2], y[:2]), start, slope)
    for _ in range(4):  # by chance a wrong order may be the right one
        params.update(start)
        student.train_network(x, y, x[:2], y[:2], params, RATE, 4, 1)
        found = weights.arrays(params, start, "after one step with all 4 examples")
        wrong = steps.named(x, y, start, RATE, found)
        weights.same_in_all(found, right, "after one step with all 4 examples", wrong)


def begins_with(student, sets, start, slope):
    """Where the learning rate is 0, weights that are given stay as they are.

    Those that move along the gradient are left to be judged with another rate.
    """
    params = dict(start)
    student.train_network(*sets, params, 0.0, 4, 1)
    weights.arrays(params, start, "after one step with a learning rate of 0")
    along_gradient = steps.moved(start, steps.length(params, start, slope), slope)
    rule_out(
        not np.allclose(steps.flat(params), steps.flat(along_gradient), atol=1e-5),
        "with a learning rate of 0 the weights change: does training begin with those in `params`?",
        "with a learning rate of 0 the weights in `params` have changed",
    )


def alike(rng, n):
    """Examples that are all alike, so that their order does not matter; and first weights."""
    x, y = np.repeat(rng.normal(size=(1, 3)), n, axis=0), np.repeat(np.eye(3)[[1]], n, axis=0)
    return x, y, two_layers.draw(rng, 3, 4, 3)


@demand("d")
@points(0.5)
@hint("Cut the training set into batches of batch_size, and make a step with each of them.")
def test_every_batch_is_a_step(student, rng):
    x, y, params = alike(rng, 12)
    right = steps.in_batches(x, y, params, RATE, [4] * 6)
    wrong = {
        "each epoch is one step with all examples": [12] * 2,
        "each example is a step of its own": [1] * 24,
        "there is one step only in each epoch, with one batch": [4] * 2,
    }
    wrong = {said: steps.in_batches(x, y, params, RATE, sizes) for said, sizes in wrong.items()}
    student.train_network(x, y, x[:2], y[:2], params, RATE, 4, 2)
    weights.same_in_all(params, right, "after 2 epochs of 12 equal examples in batches of 4", wrong)


@after("every_batch_is_a_step")
@demand("d")
@points(0.25)
@hint("What is left over is a smaller batch, and one step as well.")
def test_rest_is_a_batch(student, rng):
    for n, size, sizes in ((7, 3, (3, 3, 1)), (4, 6, (4,))):
        x, y, params = alike(rng, n)
        start = dict(params)
        wrong = {
            "the examples that do not fill a batch are left out": (3, 3) if n == 7 else (),
            "the last batch is filled up": (3, 3, 3) if n == 7 else (6,),
        }
        wrong = {said: steps.in_batches(x, y, start, RATE, cut) for said, cut in wrong.items()}
        orders = {sizes, sizes[::-1], (*sizes[::2], *sizes[1::2])}  # the rest may come first
        orders = [steps.in_batches(x, y, start, RATE, order) for order in sorted(orders)]
        student.train_network(x, y, x[:2], y[:2], params, RATE, size, 1)
        weights.arrays(params, start)
        right = steps.nearest(params, orders)
        weights.same_in_all(
            params, right, f"after one epoch of {n} examples in batches of {size}", wrong
        )


EPOCHS = 40
"""Two batches, drawn anew, come in the same order in all of 40 epochs once in 5 * 10^11 runs."""


@after("every_batch_is_a_step")
@demand("d")
@points(0.25)
@hint("All epochs have the same batches in the same order: shuffle and cut anew in each of them.")
def test_batches_are_drawn_anew(student, rng):
    x, y = rng.normal(size=(2, 2)), np.eye(2)
    params = two_layers.draw(rng, 2, 2, 2)
    ends = steps.in_the_same_order(x, y, params, RATE, EPOCHS)
    student.train_network(x, y, x, y, params, RATE, 1, EPOCHS)
    weights.arrays(params, ends[0])
    expect.true(
        not any(steps.close(params, end, rtol=1e-7) for end in ends),
        f"in {EPOCHS} epochs, two batches of one example come in the same order every time",
    )


@demand("e")
@points(1)
@hint("Return a dict of four lists; append one number to each of them in every epoch.")
def test_history_entries(student, rng):
    history = student.train_network(*problem(rng), 0.01, 2, 5)
    expect.keys(history, LISTS, "the history")
    for name in LISTS:
        if isinstance(history[name], (list, tuple, np.ndarray)):
            expect.close(
                len(history[name]), 5,
                what=f"the number of entries of history['{name}'] after 5 epochs",
                mistakes={
                    "there is no entry": 0,
                    "there is an entry of one epoch only": 1,
                    "one epoch has left no entry": 4,
                    "there is one entry more than epochs": 6,
                    "there is an entry for every batch": 15,
                },
            )  # fmt: skip
        entries(history, name, 5)


@demand("e")
@points(1.5)
@hint("When an epoch is over, evaluate the weights as they are now on the validation set.")
def test_validation_history(student, rng):
    x, y, x_valid, y_valid, params = problem(rng)
    walked = walks.walk([(x, y)] * 4, params, RATE)
    losses = walks.mean_losses(x_valid, y_valid, walked)
    mistakes = {
        "it is the sum over the examples; divide by their number": 9 * losses[1:],
        "it is measured before the epoch, not after it": losses[:-1],
        "it is the loss on the training set": walks.mean_losses(x, y, walked)[1:],
        "it is the accuracy, not the loss": walks.accuracies(x_valid, y_valid, walked)[1:],
    }
    history = student.train_network(x, y, x_valid, y_valid, params, RATE, 6, 4)
    expect.close(
        entries(history, "valid_loss", 4), losses[1:], rtol=1e-3,
        what="history['valid_loss']", mistakes=mistakes,
    )  # fmt: skip


@demand("e")
@points(1)
@hint("evaluate gives the accuracy beside the loss: keep it, for the validation set.")
def test_validation_accuracy(student, rng):
    x, y, x_valid, _, params = problem(rng)
    y_valid = walks.truths(x_valid, params, np.arange(9) < 4)
    mistakes = {
        "it is the number of right answers, not their share": np.full(2, 4.0),
        "it is the accuracy on the training set": np.tile(walks.accuracies(x, y, [params]), 2),
        "it is the loss, not the accuracy": np.tile(
            walks.mean_losses(x_valid, y_valid, [params]), 2
        ),
    }
    history = student.train_network(x, y, x_valid, y_valid, params, 0.0, 6, 2)
    expect.close(
        entries(history, "valid_acc", 2), np.full(2, 4 / 9), rtol=1e-4,
        what="history['valid_acc'] (4 of 9 are right)", mistakes=mistakes,
    )  # fmt: skip


@demand("f")
@points(1)
@hint("Per example: add up the losses of all batches, and divide by the number of examples.")
def test_training_loss_is_per_example(student, rng):
    x, y, x_valid, y_valid, params = problem(rng, n=7)
    right = np.tile(walks.mean_losses(x, y, [params]), 3)
    each = -(y * two_layers.log_probs(x, params)).sum(axis=1)
    of_valid = np.tile(walks.mean_losses(x_valid, y_valid, [params]), 3)
    history = student.train_network(x, y, x_valid, y_valid, params, 0.0, 3, 3)
    found = entries(history, "train_loss", 3)
    mistakes = {
        "it is the sum over all examples": 7 * right,
        "it is divided by the number of batches": 7 / 3 * right,
        "it is the loss on the validation set": of_valid,
        "the sum is not set back to zero when an epoch begins": right * np.arange(1, 4),
        # One example is alone in its batch, and nobody knows which.
        "the mean of each batch counts the same, however small it is":
            walks.closest(found, each.sum() / 9 + each * 2 / 9),
        "the means of the batches are added up":
            walks.closest(found, each.sum() / 3 + each * 2 / 3),
        "it is the loss of the last batch alone": walks.closest(found, each),
    }  # fmt: skip
    expect.close(
        found, right, rtol=1e-3,
        what="history['train_loss'] with a learning rate of 0 (7 examples in batches of 3)",
        mistakes=mistakes,
    )  # fmt: skip


@demand("f")
@points(0.5)
@hint("The share of right answers in the training set: a number between 0 and 1 for each epoch.")
def test_training_accuracy(student, rng):
    x, _, x_valid, y_valid, params = problem(rng)
    y = walks.truths(x, params, np.arange(6) < 5)
    of_valid = np.tile(walks.accuracies(x_valid, y_valid, [params]), 2)
    history = student.train_network(x, y, x_valid, y_valid, params, 0.0, 3, 2)
    found = entries(history, "train_acc", 2)
    expect.close(
        found, np.full(2, 5 / 6), rtol=1e-4,
        what="history['train_acc'] (5 of 6 are right, in batches of 3)",
        mistakes={
            "it is the number of right answers, not their share": np.full(2, 5.0),
            "the accuracies of the batches are added up": np.full(2, 5 / 3),
            "it is the accuracy of the last batch alone": walks.closest(found, (2 / 3, 1)),
            "it is the accuracy on the validation set": of_valid,
            "the sum is not set back to zero when an epoch begins": 5 / 6 * np.arange(1, 3),
        },
    )  # fmt: skip


@after("training_accuracy")
@demand("f")
@points(0.5)
@hint("Every example counts the same: weigh the accuracy of a batch by how many examples it has.")
def test_accuracy_over_unequal_batches(student, rng):
    x, _, x_valid, y_valid, params = problem(rng, n=7)
    y = walks.truths(x, params, np.arange(7) < 4)
    history = student.train_network(x, y, x_valid, y_valid, params, 0.0, 3, 2)
    found = entries(history, "train_acc", 2)
    expect.close(
        found, np.full(2, 4 / 7), rtol=1e-4,
        what="history['train_acc'] (4 of 7 are right, in batches of 3, 3 and 1)",
        mistakes={
            # One is alone in its batch: 1 of 1 and 3 of 6 are right, or 0 of 1 and 4 of 6.
            "each batch counts the same, however small it is": walks.closest(found, (2 / 3, 4 / 9)),
        },
    )  # fmt: skip
