"""Exercise 6.1.1: the network of 3.1 as a model, its gradients, dropout, and its training."""

import numpy as np
from scipy import special

from helpers.checking import after, exercise, expect, hint, points
from helpers.for_checks import torch_probes, two_layers
from helpers.for_checks.torch_training import (
    adam_step,
    compare,
    draw,
    examples,
    follow,
    numbered,
    pairs_of,
    path_of,
    recipe,
    same_gradients,
    same_weights,
)  # fmt: skip

pytestmark = exercise("6.1.1")
NEAR = {"rtol": 1e-3, "atol": 1e-4}


@points(0.5)
@hint("nn.Linear(inputs, outputs) twice, nn.Sigmoid() in between; sizes are those of the arrays.")
def test_model_has_the_sizes_of_the_arrays(student, rng):
    params, x = draw(rng, 7, 5, 3), rng.normal(size=(6, 7))
    scores = student.via(torch_probes.outputs)(student.build_network, (params,), x)
    expect.array(scores, (6, 3), "what the model gives for 6 examples")


@points(1.5)
@hint("Copy the arrays into the layers; nn.Linear keeps its weight as (outputs, inputs).")
def test_model_computes_the_scores(student, rng):
    params, x = draw(rng, 5, 5, 5), rng.normal(size=(6, 5))
    right = two_layers.scores(x, params)
    turned = special.expit(x @ params["Wlayer1"].T + params["blayer1"]) @ params["Woutput"].T
    flat = (x @ params["Wlayer1"] + params["blayer1"]) @ params["Woutput"] + params["boutput"]
    scores = student.via(torch_probes.outputs)(student.build_network, (params,), x)
    expect.close(
        scores, right, **NEAR, what="the scores of the model built from `params`",
        mistakes={
            "there is a softmax at the end; the loss already contains it":
                special.softmax(right, axis=1),
            "there is a log-softmax at the end; the loss already contains it":
                special.log_softmax(right, axis=1),
            "there is a sigmoid after the output layer too": special.expit(right),
            "the sigmoid between the layers is missing": flat,
            "the weights are transposed the wrong way round": turned + params["boutput"],
            "the biases of the output layer are missing": right - params["boutput"],
        },
    )  # fmt: skip


@points(1)
@hint("torch.from_numpy shares memory with the array. torch.tensor, or copy_, copies.")
def test_weights_are_copied(student, rng):
    params, x = draw(rng, 4, 3, 2), rng.normal(size=(5, 4))
    moved = {name: values + np.float32(1) for name, values in params.items()}
    before, after, left = expect.sequence(
        student.via(torch_probes.linked)(student.build_network, dict(params), x), 3
    )
    expect.close(
        before,
        two_layers.scores(x, params),
        **NEAR,
        what="the scores of the model built from `params`",
    )
    expect.close(
        after, before, **NEAR,
        what="after the arrays in `params` have been changed, what the model gives",
    )  # fmt: skip
    expect.keys(left, two_layers.NAMES, "the dict afterwards")
    for name in two_layers.NAMES:
        expect.close(
            left[name], moved[name], **NEAR,
            what=f"after the model's weights have been changed, params['{name}']",
        )  # fmt: skip


@points(1.5)
@hint("The loss is summed: reduction='sum'. loss.backward() puts the gradients into .grad.")
def test_gradients_of_the_summed_loss(student, rng):
    params, x = draw(rng, 4, 3, 3), rng.normal(size=(6, 4))
    labels = rng.integers(0, 3, size=6)
    right = two_layers.gradients(x, np.eye(3)[labels], params)
    wrong = {
        "it is that of the mean loss; ours is summed over the batch":
            {name: slope / 6 for name, slope in right.items()},
    }  # fmt: skip
    result = torch_probes.report(
        student, torch_probes.on_model, student.parameter_gradients, recipe(params), (x, labels)
    )
    same_gradients(result["value"], right, wrong)


@points(1)
@hint("Gradients are added up in .grad: set them to zero first.")
def test_old_gradients_do_not_count(student, rng):
    params, x = draw(rng, 4, 3, 3), rng.normal(size=(6, 4))
    labels = rng.integers(0, 3, size=6)
    right = two_layers.gradients(x, np.eye(3)[labels], params)
    wrong = {
        "gradients of an earlier step are still in it":
            {name: slope + 1 for name, slope in right.items()},
    }  # fmt: skip
    result = torch_probes.report(
        student,
        torch_probes.on_model,
        student.parameter_gradients,
        recipe(params),
        (x, labels),
        stale=True,
    )
    same_gradients(result["value"], right, wrong)


@points(1)
@hint("nn.Dropout does nothing in evaluation mode; a dropout of your own must look at the mode.")
def test_dropout_rests_in_evaluation(student, rng):
    params, x = draw(rng, 5, 20, 3), rng.normal(size=(6, 5))
    scores = student.via(torch_probes.outputs)(student.build_with_dropout, (params, 0.5), x)
    expect.close(
        scores, two_layers.scores(x, params), **NEAR, what="in evaluation mode, the scores",
        mistakes={
            "the hidden values are scaled in evaluation mode":
                two_layers.scores(x, {**params, "Woutput": params["Woutput"] * 0.5}),
        },
    )  # fmt: skip


@points(1)
@hint("nn.Dropout(p) between the sigmoid and the output layer.")
def test_dropout_switches_hidden_units_off(student, rng):
    params = {
        **draw(rng, 5, 20, 20),
        "Woutput": np.eye(20, dtype=np.float32), "boutput": np.ones(20, dtype=np.float32),
    }  # fmt: skip
    x = rng.normal(size=(400, 5))
    scores = student.via(torch_probes.outputs)(
        student.build_with_dropout, (params, 0.25), x, training=True
    )
    # The last layer hands the hidden values on, plus 1: dropping its scores would show.
    scores = expect.array(scores, (400, 20), "in training mode, what the model gives") - 1
    kept = np.abs(scores) > 1e-6
    # 8000 units, each off with probability 1/4: 0.04 is more than eight standard deviations.
    expect.true(
        abs(1 - kept.mean() - 0.25) < 0.04,
        f"in training mode {1 - kept.mean():.1%} of the hidden values are zero; it should be "
        "about 25 % with p = 0.25",
        got=scores,
    )
    hidden = two_layers.hidden(x, params)
    expect.close(
        scores, np.where(kept, hidden / 0.75, 0.0), **NEAR,
        what="in training mode, hidden values that were not switched off (an output layer that "
        "hands them on shows them)",
        mistakes={"they are not multiplied by 1 / (1 - p)": np.where(kept, hidden, 0.0)},
    )  # fmt: skip


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
    layers = [*recipe(params)[:2], ("dropout", 0.5), *recipe(params)[2:]]
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
