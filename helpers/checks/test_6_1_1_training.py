"""Exercise 6.1.1, second part: batches, an epoch, measuring, and optimisers."""

import numpy as np
from scipy import special

from helpers.checking import after, exercise, expect, hint, points, torch_probes, two_layers

pytestmark = exercise("6.1.1")

NEAR = {"rtol": 2e-3, "atol": 1e-4}


def recipe(params):
    """The network of 3.1, for functions that are handed a model."""
    return [("linear", params["Wlayer1"], params["blayer1"]), ("sigmoid",),
            ("linear", params["Woutput"], params["boutput"])]  # fmt: skip


def parameters(params):
    """Its arrays in PyTorch's order and shapes."""
    return [params[name].T for name in two_layers.NAMES]


def examples(rng, n, params=None):
    """Random examples; with `params`, of classes that this network does not nearly confuse.

    A class that wins by the last digit only would be another one in single precision.
    """
    x = rng.normal(size=(n, 4))
    while params is not None and two_layers.margins(x, params).min() < 1e-3:
        x = rng.normal(size=(n, 4))
    return x, rng.integers(0, 3, size=n)


def same_weights(found, right, said, wrong=None):
    found = expect.sequence(found, 4, "the list of parameters")
    for place, name in enumerate(two_layers.NAMES):
        mistakes = {sentence: values[name].T for sentence, values in (wrong or {}).items()}
        expect.close(
            found[place], right[name].T, **NEAR, what=f"the parameters of {name} {said}",
            mistakes=mistakes,
        )  # fmt: skip


def pairs_of(value, number=None):
    """The batches, each seen to be a pair of two arrays of one length."""
    pairs = []
    for batch in expect.sequence(value, number, "the list of batches"):
        x, labels = expect.sequence(batch, 2, "a batch, a pair (x, labels),")
        x = expect.array(x, (-1, 2), "the examples of a batch (of two features)")
        pairs.append((x, expect.array(labels, (len(x),), "the labels of a batch")))
    return pairs


def numbered(n):
    """Examples that say in their first column which one they are."""
    x = np.stack([np.arange(n), np.zeros(n)], axis=1)
    return x.astype(np.float32), (7 * np.arange(n)) % 11


@points(1)
@hint("Cut one random order of all rows into pieces of batch_size.")
def test_batches_hold_every_example_once(student):
    x, labels = numbered(22)
    value = student.via(torch_probes.on_tensors)(student.shuffled_batches, x, labels, 5)
    pairs = pairs_of(value)
    expect.equal(
        tuple(sorted(len(part) for part, _ in pairs)), (2, 5, 5, 5, 5),
        what="the sizes of the batches (22 examples, batch_size 5)",
    )  # fmt: skip
    rows = np.sort(np.concatenate([part[:, 0] for part, _ in pairs]))
    expect.close(rows, np.arange(22), what="the examples in all batches, sorted,")


@points(1)
@hint("Use the same random order for x and for labels.")
def test_batches_keep_pairs(student):
    x, labels = numbered(22)
    value = student.via(torch_probes.on_tensors)(student.shuffled_batches, x, labels, 5)
    for part, own in pairs_of(value, 5):
        expect.true(bool(np.isin(part[:, 0], x[:, 0]).all()), "a batch holds unknown examples")
        expect.close(own, labels[part[:, 0].astype(int)], what="the labels beside the examples")


@after("batches_hold_every_example_once")
@points(0.5)
@hint("torch.randperm gives a new order each time.")
def test_batches_are_random(student):
    x, labels = numbered(60)
    orders = []
    for _ in range(2):
        value = student.via(torch_probes.on_tensors)(student.shuffled_batches, x, labels, 7)
        pairs = pairs_of(value)
        expect.true(bool(pairs), "there are no batches")
        orders.append(np.concatenate([part[:, 0] for part, _ in pairs]))
    for order in orders:
        expect.true(
            not np.array_equal(order, np.sort(order)), "the examples come in their old order",
            got=order,
        )  # fmt: skip
    expect.true(not np.array_equal(*orders), "two calls give the same order", got=orders[0])


@points(2)
@hint("For each batch: zero_grad, loss with reduction='sum', backward, step.")
def test_epoch_makes_the_steps(student, rng):
    params = two_layers.draw(rng, 4, 3, 3)
    batches = [examples(rng, 5), examples(rng, 5), examples(rng, 2)]
    right, mean, heap = params, params, params
    heaped = {name: np.ones_like(params[name]) for name in params}
    for x, labels in batches:
        y = np.eye(3)[labels]
        right = two_layers.descended(x, y, right, 0.1)
        mean = two_layers.descended(x, y, mean, 0.1 / len(x))
        slope = two_layers.gradients(x, y, heap)
        heaped = {name: heaped[name] + slope[name] for name in heap}
        heap = {name: heap[name] - 0.1 * heaped[name] for name in heap}
    wrong = {
        "they have not changed": params,
        "the steps follow the mean loss; ours is summed over the batch": mean,
        "gradients of earlier steps were not set back to zero": heap,
    }
    result = torch_probes.report(
        student, torch_probes.trained, student.train_epoch, recipe(params), batches, 0.1, True
    )
    same_weights(result["parameters"], right, "after an epoch of three batches", wrong)


@points(1)
@hint("Add up the losses and the right answers of all batches; divide by the number of examples.")
def test_epoch_gives_loss_and_accuracy(student, rng):
    params = two_layers.draw(rng, 4, 3, 3)
    (x, labels), (x2, labels2) = batches = [examples(rng, 6, params), examples(rng, 3, params)]
    every, truth = np.concatenate([x, x2]), np.concatenate([labels, labels2])
    total = float(two_layers.loss(every, np.eye(3)[truth], params).real)
    first = float(two_layers.loss(x, np.eye(3)[labels], params).real)
    right = two_layers.log_probs(every, params).argmax(axis=1) == truth
    result = torch_probes.report(
        student, torch_probes.trained, student.train_epoch, recipe(params), batches, 0.0, True
    )
    pair = expect.sequence(result["value"], 2, "the result, `loss, accuracy`,")
    expect.true(
        not result.get("graph"),
        "the result is a tensor that still holds the way it was computed; we want plain numbers "
        "(add up `loss.item()`)",
    )
    expect.close(
        pair[0], total / 9, rtol=1e-3, what="the loss per example (9 examples, 2 batches, rate 0)",
        mistakes={
            "it is the sum over the examples": total,
            "it is the sum, divided by the number of batches": total / 2,
            "it is the mean of the batches' means; a small batch counts too much":
                (first / 6 + (total - first) / 3) / 2,
        },
    )  # fmt: skip
    expect.close(
        pair[1], right.mean(), rtol=1e-3, what="the accuracy",
        mistakes={"it is the number of right answers": right.sum()},
    )  # fmt: skip


@after("epoch_makes_the_steps")
@points(0.5)
@hint("model.train() at the beginning: whoever measured before may have left it in eval mode.")
def test_epoch_is_in_training_mode(student, rng):
    params = two_layers.draw(rng, 4, 3, 3)
    result = torch_probes.report(
        student,
        torch_probes.trained,
        student.train_epoch,
        recipe(params),
        [examples(rng, 4)] * 2,
        0.1,
        False,
    )
    modes = [mode for mode, _ in result["saw"]]
    expect.true(
        bool(modes) and all(modes),
        "the model was handed over in evaluation mode and was not in training mode at each step",
        got=modes,
    )


@points(1)
@hint("The loss is the mean over the examples, the accuracy the share of right answers.")
def test_measures_loss_and_accuracy(student, rng):
    params = two_layers.draw(rng, 4, 3, 3)
    x, labels = examples(rng, 9, params)
    total = float(two_layers.loss(x, np.eye(3)[labels], params).real)
    right = two_layers.log_probs(x, params).argmax(axis=1) == labels
    probs = np.exp(two_layers.log_probs(x, params))
    twice = -special.log_softmax(probs, axis=1)[np.arange(9), labels].mean()
    result = torch_probes.report(
        student, torch_probes.on_model, student.measure, recipe(params), (x, labels)
    )
    pair = expect.sequence(result["value"], 2, "the result, `loss, accuracy`,")
    expect.close(
        pair[0], total / 9, rtol=1e-3, what="the loss per example",
        mistakes={
            "it is the sum over the examples": total,
            "there is a softmax before the cross-entropy, which contains one already": twice,
        },
    )  # fmt: skip
    expect.close(
        pair[1], right.mean(), rtol=1e-3, what="the accuracy",
        mistakes={"it is the number of right answers": right.sum()},
    )  # fmt: skip


@after("measures_loss_and_accuracy")
@points(1)
@hint("model.eval() before the forward pass.")
def test_measures_in_evaluation_mode(student, rng):
    params, (x, labels) = two_layers.draw(rng, 4, 3, 3), examples(rng, 9)
    layers = recipe(params)
    layers.insert(2, ("dropout", 0.5))
    total = float(two_layers.loss(x, np.eye(3)[labels], params).real)
    result = torch_probes.report(
        student, torch_probes.on_model, student.measure, layers, (x, labels)
    )
    modes = [mode for mode, _ in result["saw"]]
    expect.true(not any(modes), "the forward pass was in training mode", got=modes)
    pair = expect.sequence(result["value"], 2, "the result, `loss, accuracy`,")
    expect.close(pair[0], total / 9, rtol=1e-3, what="for a network with dropout, the loss")


@after("measures_loss_and_accuracy")
@points(0.5)
@hint("Remember model.training, and put it back with model.train(...).")
def test_measuring_puts_the_mode_back(student, rng):
    params, (x, labels) = two_layers.draw(rng, 4, 3, 3), examples(rng, 9)
    for mode in (True, False):
        result = torch_probes.report(
            student,
            torch_probes.on_model,
            student.measure,
            recipe(params),
            (x, labels),
            training=mode,
        )
        expect.true(
            result["training"] is mode,
            f"the model came in {'training' if mode else 'evaluation'} mode and is in the "
            "other mode afterwards",
        )


@after("measures_loss_and_accuracy")
@points(0.5)
@hint("with torch.no_grad(): around the forward pass.")
def test_measuring_keeps_no_record(student, rng):
    params, (x, labels) = two_layers.draw(rng, 4, 3, 3), examples(rng, 9)
    result = torch_probes.report(
        student, torch_probes.on_model, student.measure, recipe(params), (x, labels)
    )
    expect.true(
        not any(record for _, record in result["saw"]),
        "the forward pass kept a record for gradients, which nobody needs here",
    )
    expect.true(all(slope is None for slope in result["gradients"]), "gradients were computed")


def path_of(student, rng, kind, rate):
    """The weights of a model, gradients for three steps, and what the optimiser made of them."""
    params = two_layers.draw(rng, 4, 3, 2)
    start = parameters(params)
    slopes = [[rng.normal(size=values.shape) for values in start] for _ in range(3)]
    found = student.via(torch_probes.optimised)(
        student.make_optimiser, recipe(params), (kind, rate), slopes
    )
    return start, slopes, expect.sequence(found, 3, "the parameters after three steps")


def follow(start, slopes, rule):
    """Parameters after each step; `rule` gives each step from the past slopes and the values."""
    path, now = [], start
    for count in range(1, len(slopes) + 1):
        steps = [rule([step[k] for step in slopes[:count]], now[k]) for k in range(len(now))]
        now = [values + step for values, step in zip(now, steps, strict=True)]
        path.append(now)
    return path


def compare(found, right, said, wrong=None):
    for count, (got, values) in enumerate(zip(found, right, strict=True), start=1):
        for place, value in enumerate(values):
            mistakes = {s: path[count - 1][place] for s, path in (wrong or {}).items()}
            expect.close(
                expect.sequence(got, len(values), "the parameters")[place], value,
                rtol=1e-3, atol=1e-5,
                what=f"parameter {place} after step {count} of {said}", mistakes=mistakes,
            )  # fmt: skip


@points(0.5)
@hint("torch.optim.SGD with the learning rate; it must get the model's own parameters.")
def test_plain_descent(student, rng):
    start, slopes, found = path_of(student, rng, "plain", 0.1)
    right = follow(start, slopes, lambda past, now: -0.1 * past[-1])
    compare(found, right, "plain descent", {"nothing moves": [start] * 3})


@points(1)
@hint("torch.optim.SGD(..., momentum=0.9)")
def test_momentum(student, rng):
    start, slopes, found = path_of(student, rng, "momentum", 0.1)
    right = follow(
        start, slopes,
        lambda past, now: -0.1 * sum(0.9**age * g for age, g in enumerate(reversed(past))),
    )  # fmt: skip
    plain = follow(start, slopes, lambda past, now: -0.1 * past[-1])
    compare(found, right, "momentum", {"there is no momentum": plain, "nothing moves": [start] * 3})


def adam_step(past, rate):
    """Kingma and Ba's algorithm 1, for the newest of the past gradients."""
    weights = np.arange(len(past))[::-1]
    mean = sum(0.1 * 0.9**age * g for age, g in zip(weights, past, strict=True))
    square = sum(0.001 * 0.999**age * g**2 for age, g in zip(weights, past, strict=True))
    mean, square = mean / (1 - 0.9 ** len(past)), square / (1 - 0.999 ** len(past))
    return -rate * mean / (np.sqrt(square) + 1e-8)


@points(1)
@hint("torch.optim.Adam with the learning rate that was asked for.")
def test_adam(student, rng):
    start, slopes, found = path_of(student, rng, "adam", 0.05)
    right = follow(start, slopes, lambda past, now: adam_step(past, 0.05))
    usual = follow(start, slopes, lambda past, now: adam_step(past, 0.001))
    compare(found, right, "Adam", {"the learning rate is Adam's usual one, 0.001": usual})


@points(0.5)
@hint("torch.optim.SGD(..., weight_decay=0.01)")
def test_weight_decay(student, rng):
    start, slopes, found = path_of(student, rng, "decay", 0.5)
    right = follow(start, slopes, lambda past, now: -0.5 * (past[-1] + 0.01 * now))
    plain = follow(start, slopes, lambda past, now: -0.5 * past[-1])
    compare(found, right, "weight decay", {"there is no weight decay": plain})
