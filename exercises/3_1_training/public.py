"""Exercise 3.1: an untrained network, its loss and accuracy, and training it.

For the training, the first weights come from the checks. Where a batch holds all examples
nothing rests on chance, and the right weights and losses are known to the last digit.
"""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.checking.failures import CheckFailure
from helpers.for_checks import steps, two_layers
from helpers.for_checks.histories import entries

pytestmark = exercise("3.1")


def examples(rng, n, features, classes):
    """Random inputs and one-hot truths."""
    return rng.normal(size=(n, features)), np.eye(classes)[rng.integers(0, classes, size=n)]


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
    x, y = examples(rng, 9, 4, 3)
    params = two_layers.draw(rng, 4, 6, 3)
    total = float(two_layers.loss(x, y, params).real)
    swapped = accuracies(x, y, [params])[0]
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
    x, _ = examples(rng, 8, 4, 3)
    params = two_layers.draw(rng, 4, 6, 3)
    likeliest = two_layers.log_probs(x, params).argmax(axis=1)
    y = np.eye(3)[(likeliest + (np.arange(8) > 4)) % 3]  # the first five are right
    loss = mean_losses(x, y, [params])[0]
    pair = expect.sequence(student.evaluate(x, y, params), 2, "the result, `loss, accuracy`,")
    expect.close(
        pair[1], 5 / 8, rtol=1e-4, what="the accuracy (5 of 8 are right)",
        mistakes={
            "it is the number of right answers": 5,
            "it is divided by the number of examples twice": 5 / 64,
            SWAPPED: loss,
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


@demand("c")
@points(1)
@hint(
    "Begin with the weights in `params`, and leave the trained ones there. The training set alone "
    "moves them, in every epoch, with learning_rate as it is."
)
def test_weights_are_trained(student, rng):
    x, y, x_valid, y_valid, params = problem(rng, n_valid=5)
    start, right = dict(params), path(x, y, params, RATE, 3)
    both = path(np.vstack([x, x_valid]), np.vstack([y, y_valid]), start, RATE, 3)[-1]
    wrong = {
        "they have not changed at all": start,
        "the network was trained on the validation set":
            path(x_valid, y_valid, start, RATE, 3)[-1],
        "each epoch trains on the training set and then on the validation set":
            _in_turn((x, y), (x_valid, y_valid), start, 3),
        "one epoch alone has moved them": right[1],
        "one epoch is missing": right[2],
        "there is one epoch too many": two_layers.descended(x, y, right[3], RATE),
        "each epoch makes as many rounds as there are epochs": path(x, y, start, RATE, 9)[-1],
    }  # fmt: skip
    student.train_network(x, y, x_valid, y_valid, params, RATE, 6, 3)
    together = dict(start)  # Would a batch that holds both sets be filled from both?
    student.train_network(x, y, x_valid, y_valid, together, RATE, 11, 3)
    wrong["the network was trained on both sets together"] = both
    arrays_like(right[3], together, "after 3 epochs with one batch of all examples")
    if steps.close(together, both):
        params = together
    same_weights(params, right[3], "after 3 epochs with one batch of all examples", wrong)


def _in_turn(train, valid, params, epochs):
    for _ in range(epochs):
        params = two_layers.descended(*train, params, RATE)
        params = two_layers.descended(*valid, params, RATE)
    return params


def arrays_like(right, params, said):
    """Ask for all four arrays, of the right shapes."""
    expect.keys(params, two_layers.NAMES, "`params` after training")
    for name in two_layers.NAMES:
        expect.array(params[name], right[name].shape, f"params['{name}'] {said}")


def same_weights(params, right, said, wrong=None):
    """Compare all four arrays; a mistake is named where it explains all of them."""
    arrays_like(right, params, said)
    named = expect.diagnose(
        steps.flat(params),
        {sentence: steps.flat(values) for sentence, values in (wrong or {}).items()},
        rtol=1e-5,
        atol=1e-6,
    )
    for name in two_layers.NAMES:
        try:
            expect.close(
                params[name], right[name], rtol=1e-3, atol=1e-5, what=f"params['{name}'] {said}"
            )
        except CheckFailure as failure:
            failure.diagnosis = named
            raise


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
    wrong = {
        "the step goes uphill: a sign is wrong": steps.moved(start, -RATE, slope),
        "the step is an average over the batch; gradients are summed":
            steps.moved(start, RATE / 4, slope),
        "learning_rate is not used": steps.moved(start, 1, slope),
        "the biases do not move": {**right, **{b: start[b] for b in ("blayer1", "boutput")}},
        "the first layer does not move": {**right, **{k: start[k] for k in two_layers.NAMES[:2]}},
        "the output weights move before they are used for the hidden layer":
            steps.output_first(x, y, start, RATE),
        "the slope of the hidden units, sigmoid_deriv, is missing":
            steps.without_slope(x, y, start, RATE),
        "`probs - y` goes back through the slope of a sigmoid; it needs linear_deriv":
            steps.with_slope_of_output(x, y, start, RATE),
    }  # fmt: skip
    labels = steps.with_other_labels(x, y, start, RATE)
    repeats = steps.with_replacement(x, y, start, RATE)
    begins_with(student, (x, y, x[:2], y[:2]), start, slope)
    for _ in range(4):  # by chance a wrong order may be the right one
        params.update(start)
        student.train_network(x, y, x[:2], y[:2], params, RATE, 4, 1)
        arrays_like(start, params, "after one step with all 4 examples")
        gone = steps.flat(start) - steps.flat(params)
        times = gone @ steps.flat(slope) / (RATE * (steps.flat(slope) ** 2).sum())
        found = {
            **wrong,
            "examples have been given the labels of others": steps.nearest(params, labels),
            "some examples are in the batch several times, others not at all":
                steps.nearest(params, repeats),
        }  # fmt: skip
        if np.abs(times - np.array([-1, 0, 0.25, 1, 1 / RATE])).min() > 1e-3:
            found[f"the step is {times:.3g} times as long as learning_rate makes it"] = steps.moved(
                start, times * RATE, slope
            )
        same_weights(params, right, "after one step with all 4 examples", found)


def begins_with(student, sets, start, slope):
    """Where the learning rate is 0, weights that are given stay as they are.

    Those that move along the gradient are left to be judged with another rate.
    """
    params = dict(start)
    student.train_network(*sets, params, 0.0, 4, 1)
    arrays_like(start, params, "after one step with a learning rate of 0")
    gone, along = steps.flat(start) - steps.flat(params), steps.flat(slope)
    if not np.allclose(gone, along * (gone @ along) / (along @ along), atol=1e-5):
        raise CheckFailure(
            "with a learning rate of 0 the weights in `params` have changed",
            diagnosis="with a learning rate of 0 the weights change: does training begin with "
            "those in `params`?",
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
    right = params
    for _ in range(6):
        right = two_layers.descended(x[:4], y[:4], right, RATE)
    wrong = {
        "each epoch is one step with all examples": path(x, y, params, RATE, 2)[-1],
        "each example is a step of its own": path(x[:1], y[:1], params, RATE, 24)[-1],
        "there is one step only in each epoch, with one batch":
            path(x[:4], y[:4], params, RATE, 2)[-1],
    }  # fmt: skip
    student.train_network(x, y, x[:2], y[:2], params, RATE, 4, 2)
    same_weights(params, right, "after 2 epochs of 12 equal examples in batches of 4", wrong)


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
        arrays_like(start, params, "after training")
        right = steps.nearest(params, orders)
        same_weights(params, right, f"after one epoch of {n} examples in batches of {size}", wrong)


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
    arrays_like(ends[0], params, "after training")
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
    walk = path(x, y, params, RATE, 4)
    losses = mean_losses(x_valid, y_valid, walk)
    mistakes = {
        "it is the sum over the examples; divide by their number": 9 * losses[1:],
        "it is measured before the epoch, not after it": losses[:-1],
        "it is the loss on the training set": mean_losses(x, y, walk)[1:],
        "it is the accuracy, not the loss": accuracies(x_valid, y_valid, walk)[1:],
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
    likeliest = two_layers.log_probs(x_valid, params).argmax(axis=1)
    y_valid = np.eye(3)[(likeliest + (np.arange(9) > 3)) % 3]  # the first four are right
    mistakes = {
        "it is the number of right answers, not their share": np.full(2, 4.0),
        "it is the accuracy on the training set": np.tile(accuracies(x, y, [params]), 2),
        "it is the loss, not the accuracy": np.tile(mean_losses(x_valid, y_valid, [params]), 2),
    }
    history = student.train_network(x, y, x_valid, y_valid, params, 0.0, 6, 2)
    expect.close(
        entries(history, "valid_acc", 2), np.full(2, 4 / 9), rtol=1e-4,
        what="history['valid_acc'] (4 of 9 are right)", mistakes=mistakes,
    )  # fmt: skip


def closest(found, candidates):
    """For each entry the candidate that is closest: which one it is rests on the batches drawn."""
    candidates = np.asarray(candidates, dtype=float)
    return candidates[np.abs(found[:, None] - candidates).argmin(axis=1)]


@demand("f")
@points(1)
@hint("Per example: add up the losses of all batches, and divide by the number of examples.")
def test_training_loss_is_per_example(student, rng):
    x, y, x_valid, y_valid, params = problem(rng, n=7)
    right = np.tile(mean_losses(x, y, [params]), 3)
    each = -(y * two_layers.log_probs(x, params)).sum(axis=1)
    of_valid = np.tile(mean_losses(x_valid, y_valid, [params]), 3)
    history = student.train_network(x, y, x_valid, y_valid, params, 0.0, 3, 3)
    found = entries(history, "train_loss", 3)
    mistakes = {
        "it is the sum over all examples": 7 * right,
        "it is divided by the number of batches": 7 / 3 * right,
        "it is the loss on the validation set": of_valid,
        "the sum is not set back to zero when an epoch begins": right * np.arange(1, 4),
        # One example is alone in its batch, and nobody knows which.
        "the mean of each batch counts the same, however small it is":
            closest(found, each.sum() / 9 + each * 2 / 9),
        "the means of the batches are added up": closest(found, each.sum() / 3 + each * 2 / 3),
        "it is the loss of the last batch alone": closest(found, each),
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
    likeliest = two_layers.log_probs(x, params).argmax(axis=1)
    y = np.eye(3)[(likeliest + (np.arange(6) > 4)) % 3]  # the first five are right
    of_valid = np.tile(accuracies(x_valid, y_valid, [params]), 2)
    history = student.train_network(x, y, x_valid, y_valid, params, 0.0, 3, 2)
    found = entries(history, "train_acc", 2)
    expect.close(
        found, np.full(2, 5 / 6), rtol=1e-4,
        what="history['train_acc'] (5 of 6 are right, in batches of 3)",
        mistakes={
            "it is the number of right answers, not their share": np.full(2, 5.0),
            "the accuracies of the batches are added up": np.full(2, 5 / 3),
            "it is the accuracy of the last batch alone": closest(found, (2 / 3, 1)),
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
    likeliest = two_layers.log_probs(x, params).argmax(axis=1)
    y = np.eye(3)[(likeliest + (np.arange(7) > 3)) % 3]  # the first four are right
    history = student.train_network(x, y, x_valid, y_valid, params, 0.0, 3, 2)
    found = entries(history, "train_acc", 2)
    expect.close(
        found, np.full(2, 4 / 7), rtol=1e-4,
        what="history['train_acc'] (4 of 7 are right, in batches of 3, 3 and 1)",
        mistakes={
            # One is alone in its batch: 1 of 1 and 3 of 6 are right, or 0 of 1 and 4 of 6.
            "each batch counts the same, however small it is": closest(found, (2 / 3, 4 / 9)),
        },
    )  # fmt: skip
