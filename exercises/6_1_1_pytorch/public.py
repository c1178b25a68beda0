"""Exercise 6.1.1: the network of 3.1 as a model, its gradients, dropout, and its training."""

import numpy as np
from scipy import special

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import torch_probes, two_layers
from helpers.for_checks.naming import close_all, rule_out
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
    slopes_from,
    through_softmax_twice,
)  # fmt: skip

pytestmark = exercise("6.1.1")
NEAR = {"rtol": 1e-3, "atol": 1e-4}


@points(0.5)
@demand("a")
@hint("nn.Linear(inputs, outputs) twice, nn.Sigmoid() in between; sizes are those of the arrays.")
def test_model_has_the_sizes_of_the_arrays(student, rng):
    params, x = draw(rng, 7, 5, 3), rng.normal(size=(6, 7))
    scores = torch_probes.asked(student, torch_probes.outputs, student.build_network, (params,), x)
    expect.array(scores, (6, 3), "what the model gives for 6 examples")


@points(1.5)
@demand("a")
@hint("Copy the arrays into the layers; nn.Linear keeps its weight as (outputs, inputs).")
def test_model_computes_the_scores(student, rng):
    params, x = draw(rng, 5, 5, 5), rng.normal(size=(6, 5))
    right = two_layers.scores(x, params)
    turned = special.expit(x @ params["Wlayer1"].T + params["blayer1"]) @ params["Woutput"].T
    hidden = x @ params["Wlayer1"] + params["blayer1"]
    flat = (x @ params["Wlayer1"] + params["blayer1"]) @ params["Woutput"] + params["boutput"]
    scores = torch_probes.asked(student, torch_probes.outputs, student.build_network, (params,), x)
    again = torch_probes.asked(student, torch_probes.outputs, student.build_network, (params,), x)
    rule_out(
        isinstance(again, np.ndarray) and isinstance(scores, np.ndarray)
        and again.shape == scores.shape and not np.allclose(again, scores, **NEAR),
        "something in the model still is random",
        "two models that were built from the same `params` give different scores", scores,
    )  # fmt: skip
    expect.close(
        scores, right, **NEAR, what="the scores of the model built from `params`",
        mistakes={
            "there is a softmax at the end; the loss already contains it":
                special.softmax(right, axis=1),
            "there is a log-softmax at the end; the loss already contains it":
                special.log_softmax(right, axis=1),
            "there is a sigmoid after the output layer too": special.expit(right),
            "the sigmoid between the layers is missing": flat,
            "there is a ReLU between the layers; it must be a sigmoid":
                np.maximum(hidden, 0) @ params["Woutput"] + params["boutput"],
            "the weights are transposed the wrong way round": turned + params["boutput"],
            "the biases of the output layer are missing": right - params["boutput"],
        },
    )  # fmt: skip


@points(1)
@demand("a")
@hint("torch.from_numpy shares memory with the array. torch.tensor, or copy_, copies.")
def test_weights_are_copied(student, rng):
    params, x = draw(rng, 4, 3, 2), rng.normal(size=(5, 4))
    moved = {name: values + np.float32(1) for name, values in params.items()}
    before, after, left = expect.sequence(
        torch_probes.asked(student, torch_probes.linked, student.build_network, dict(params), x), 3
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
@demand("b")
@hint("The loss is summed: reduction='sum'. loss.backward() puts the gradients into .grad.")
def test_gradients_of_the_summed_loss(student, rng):
    params, x = draw(rng, 4, 3, 3), rng.normal(size=(6, 4))
    labels = rng.integers(0, 3, size=6)
    right = two_layers.gradients(x, np.eye(3)[labels], params)
    y = np.eye(3)[labels]
    wrong = {
        "it is that of the mean loss; ours is summed over the batch":
            {name: slope / 6 for name, slope in right.items()},
        "there is a softmax before the cross-entropy, which contains one already":
            slopes_from(x, params, through_softmax_twice(x, params, y)),
        "it is that of the scores alone: the logarithm of the softmax is missing":
            slopes_from(x, params, -y),
        "these are the parameters themselves, not their gradients": params,
    }  # fmt: skip
    result = torch_probes.report(
        student, torch_probes.on_model, student.parameter_gradients, recipe(params), (x, labels)
    )
    same_gradients(result["value"], right, wrong)


@points(1)
@demand("b")
@hint("Gradients are added up in .grad: set them to zero first.")
def test_old_gradients_do_not_count(student, rng):
    params, x = draw(rng, 4, 3, 3), rng.normal(size=(6, 4))
    labels = rng.integers(0, 3, size=6)
    clean, stale = (
        torch_probes.report(
            student, torch_probes.on_model, student.parameter_gradients, recipe(params),
            (x, labels), stale=left,
        )["value"]
        for left in (False, True)
    )  # fmt: skip
    names = ("0.weight", "0.bias", "2.weight", "2.bias")
    for value in (clean, stale):
        expect.keys(value, names, "the dict of gradients")
    right = {name: expect.array(clean[name], what=f"the gradient of '{name}'") for name in names}
    close_all(
        stale, right, "where gradients of 1 were left before, the gradient of '{}'",
        together={
            "gradients of an earlier step are still in it": {n: g + 1 for n, g in right.items()}
        },
        rtol=1e-3, atol=1e-4,
    )  # fmt: skip


@points(1)
@demand("g")
@hint("nn.Dropout does nothing in evaluation mode; a dropout of your own must look at the mode.")
def test_dropout_rests_in_evaluation(student, rng):
    params, x = draw(rng, 5, 20, 3), rng.normal(size=(6, 5))
    scores = torch_probes.asked(
        student, torch_probes.outputs, student.build_with_dropout, (params, 0.5), x
    )
    expect.close(
        scores, without_dropout(student, params, x), **NEAR, what="in evaluation mode, the scores",
        mistakes={
            "the hidden values are scaled in evaluation mode":
                two_layers.scores(x, {**params, "Woutput": params["Woutput"] * 0.5}),
        },
    )  # fmt: skip


def without_dropout(student, params, x):
    """The right scores, or those of a wrong `build_network`, which has been charged above."""
    right = two_layers.scores(x, params)
    own = torch_probes.asked(student, torch_probes.outputs, student.build_network, (params,), x)
    fits = isinstance(own, np.ndarray) and own.shape == right.shape
    return own if fits and not np.allclose(own, right, **NEAR) else right


@points(1)
@demand("g")
@hint("nn.Dropout(p) between the sigmoid and the output layer.")
def test_dropout_switches_hidden_units_off(student, rng):
    params = {
        **draw(rng, 5, 20, 20),
        "Woutput": np.eye(20, dtype=np.float32), "boutput": np.ones(20, dtype=np.float32),
    }  # fmt: skip
    x = rng.normal(size=(400, 5))
    hidden = without_dropout(student, params, x) - 1
    scores = torch_probes.asked(
        student, torch_probes.outputs, student.build_with_dropout, (params, 0.25), x, training=True
    )
    # The last layer hands the hidden values on, plus 1: dropping its scores would show.
    scores = expect.array(scores, (400, 20), "in training mode, what the model gives") - 1
    kept = np.abs(scores) > 1e-6
    off, halves = 1 - kept.mean(), (np.abs(scores - 0.5) < 1e-6).mean()
    said = f"in training mode {off:.1%} of the hidden values are zero; about 25 % should be"
    for wrong, name in (
        ((np.abs(scores + 1) < 1e-6).mean() > 0.1, "the scores are dropped, not the hidden values"),
        (halves > 0.1, "dropout comes before the sigmoid, which makes 0.5 of 0"),
        (abs(off - 0.75) < 0.04, "`p` is taken for the probability of being kept"),
        (abs(off - 0.5) < 0.04, "half of the values are switched off, whatever `p` is"),
        (np.allclose(scores, hidden, **NEAR), "nothing is switched off in training mode"),
    ):
        rule_out(bool(wrong), name, said, scores)
    # 8000 units, each off with probability 1/4: 0.04 is more than eight standard deviations.
    expect.true(abs(off - 0.25) < 0.04, said, got=scores)
    expect.close(
        scores, np.where(kept, hidden / 0.75, 0.0), **NEAR,
        what="in training mode, hidden values that were not switched off (an output layer that "
        "hands them on shows them)",
        mistakes={"they are not multiplied by 1 / (1 - p)": np.where(kept, hidden, 0.0)},
    )  # fmt: skip


@points(1)
@demand("c")
@hint("Cut one random order of all rows into pieces of batch_size.")
def test_batches_hold_every_example_once(student):
    x, labels = numbered(22)
    value = torch_probes.asked(
        student, torch_probes.on_tensors, student.shuffled_batches, x, labels, 5
    )
    pairs = pairs_of(value)
    rows = np.sort(np.concatenate([part[:, 0] for part, _ in pairs] or [np.zeros(0)]))
    rule_out(
        len(pairs) == 4 and all(len(part) == 5 for part, _ in pairs),
        "the last batch, which is smaller, is missing", "of 22 examples, 20 are in a batch", rows,
    )  # fmt: skip
    rule_out(
        len(rows) == 22 and len(set(rows)) < 22, "some examples come twice, and others never",
        "the examples in all batches are not those that were handed over", rows,
    )  # fmt: skip
    expect.equal(
        tuple(sorted(len(part) for part, _ in pairs)), (2, 5, 5, 5, 5),
        what="the sizes of the batches (22 examples, batch_size 5)",
    )  # fmt: skip
    expect.close(rows, np.arange(22), what="the examples in all batches, sorted,")


@points(1)
@demand("c")
@hint("Use the same random order for x and for labels.")
def test_batches_keep_pairs(student):
    x, labels = numbered(22)
    value = torch_probes.asked(
        student, torch_probes.on_tensors, student.shuffled_batches, x, labels, 5
    )
    pairs = pairs_of(value)
    expect.true(bool(pairs), "there are no batches")
    for part, own in pairs:
        expect.true(bool(np.isin(part[:, 0], x[:, 0]).all()), "a batch holds unknown examples")
        expect.close(own, labels[part[:, 0].astype(int)], what="the labels beside the examples")


@after("batches_hold_every_example_once")
@points(0.5)
@demand("c")
@hint("torch.randperm gives a new order each time.")
def test_batches_are_random(student):
    x, labels = numbered(60)
    orders = []
    for _ in range(2):
        value = torch_probes.asked(
            student, torch_probes.on_tensors, student.shuffled_batches, x, labels, 7
        )
        pairs = pairs_of(value)
        expect.true(bool(pairs), "there are no batches")
        orders.append(np.concatenate([part[:, 0] for part, _ in pairs]))
    for order in orders:
        rule_out(
            np.array_equal(order, np.sort(order)), "the examples come in their old order",
            "the batches are not random", order,
        )  # fmt: skip
    rule_out(
        np.array_equal(*orders), "the order is the same in every call",
        "two calls give the same batches", orders[0],
    )  # fmt: skip


@points(2)
@demand("d")
@hint("For each batch: zero_grad, loss with reduction='sum', backward, step.")
def test_epoch_makes_the_steps(student, rng):
    params = two_layers.draw(rng, 4, 3, 3)
    batches = [examples(rng, 5), examples(rng, 5), examples(rng, 2)]
    right, mean, heap = params, params, params
    heaped = {name: np.ones_like(params[name]) for name in params}
    once, since = params, {name: np.zeros_like(params[name]) for name in params}
    for x, labels in batches:
        y = np.eye(3)[labels]
        right = two_layers.descended(x, y, right, 0.1)
        mean = two_layers.descended(x, y, mean, 0.1 / len(x))
        slope = two_layers.gradients(x, y, heap)
        heaped = {name: heaped[name] + slope[name] for name in heap}
        heap = {name: heap[name] - 0.1 * heaped[name] for name in heap}
        slope = two_layers.gradients(x, y, once)
        since = {name: since[name] + slope[name] for name in once}
        once = {name: once[name] - 0.1 * since[name] for name in once}
    wrong = {
        "they have not changed": params,
        "the steps follow the mean loss; ours is summed over the batch": mean,
        "gradients of earlier steps were not set back to zero": heap,
        "the gradients were set back to zero once only, before the first batch": once,
    }
    result = torch_probes.report(
        student, torch_probes.trained, student.train_epoch, recipe(params), batches, 0.1, True
    )
    same_weights(result["parameters"], right, "after an epoch of three batches", wrong)


@points(1)
@demand("d")
@hint("Add up the losses and the right answers of all batches; divide by the number of examples.")
def test_epoch_gives_loss_and_accuracy(student, rng):
    params = two_layers.draw(rng, 4, 3, 3)
    while True:  # until no two of the mistakes below give the same accuracy
        batches = [examples(rng, 6, params), examples(rng, 3, params)]
        shares = [
            (two_layers.log_probs(x, params).argmax(axis=1) == truth).mean() for x, truth in batches
        ]
        if shares[0] != shares[1] and min(shares) > 0:
            break
    (x, labels), (x2, labels2) = batches
    every, truth = np.concatenate([x, x2]), np.concatenate([labels, labels2])
    total = float(two_layers.loss(every, np.eye(3)[truth], params).real)
    first = float(two_layers.loss(x, np.eye(3)[labels], params).real)
    right = float((6 * shares[0] + 3 * shares[1]) / 9)
    result = torch_probes.report(
        student, torch_probes.trained, student.train_epoch, recipe(params), batches, 0.0, True
    )
    pair = expect.sequence(result["value"], 2, "the result, `loss, accuracy`,")
    rule_out(
        bool(result.get("graph")),
        "a tensor came back that still holds the way it was computed; `loss.item()` is a number",
        "the result is no pair of plain numbers", pair,
    )  # fmt: skip
    expect.close(
        pair[0], total / 9, rtol=1e-3, what="the loss per example (9 examples, 2 batches, rate 0)",
        mistakes={
            "it is the sum over the examples": total,
            "it is the sum, divided by the number of batches": total / 2,
            "it is the mean of the batches' means; a small batch counts too much":
                (first / 6 + (total - first) / 3) / 2,
            "it is the loss of the last batch": (total - first) / 3,
            "it is the accuracy; the loss comes first": right,
        },
    )  # fmt: skip
    expect.close(
        pair[1], right, rtol=1e-3, what="the accuracy",
        mistakes={
            "it is the number of right answers": 9 * right,
            "it is in per cent": 100 * right,
            "it is the mean of the batches' accuracies; a small batch counts too much":
                np.mean(shares),
            "it is the accuracy of the last batch": shares[1],
        },
    )  # fmt: skip


def on_the_way(rng):
    """Weights, batches, and what an epoch measures; no example is a close race."""
    while True:
        now = params = two_layers.draw(rng, 4, 3, 3)
        batches = [(rng.normal(size=(n, 4)), rng.integers(0, 3, size=n)) for n in (4, 4, 3)]
        total, late, right, closest = 0.0, 0.0, 0, 1.0
        for x, labels in batches:
            y = np.eye(3)[labels]
            total += float(two_layers.loss(x, y, now).real)
            right += int((two_layers.log_probs(x, now).argmax(axis=1) == labels).sum())
            closest = min(closest, two_layers.margins(x, now).min())
            now = two_layers.descended(x, y, now, 0.4)
            late += float(two_layers.loss(x, y, now).real)
        if closest > 1e-3:
            return params, batches, total, late, right


@after("epoch_gives_loss_and_accuracy")
@points(0.5)
@demand("d")
@hint("Measure each batch before its step, with the forward pass that the step needs anyway.")
def test_epoch_measures_on_the_way(student, rng):
    params, batches, total, late, right = on_the_way(rng)
    result = torch_probes.report(
        student, torch_probes.trained, student.train_epoch, recipe(params), batches, 0.4, True
    )
    pair = expect.sequence(result["value"], 2, "the result, `loss, accuracy`,")
    expect.close(
        pair[0], total / 11, rtol=2e-3, what="the loss per example, each before its step,",
        mistakes={"each batch is measured after its step": late / 11},
    )  # fmt: skip
    expect.close(pair[1], right / 11, rtol=2e-3, what="the accuracy")


@after("epoch_makes_the_steps")
@points(0.5)
@demand("d")
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
@demand("e")
@hint("The loss is the mean over the examples, the accuracy the share of right answers.")
def test_measures_loss_and_accuracy(student, rng):
    params = two_layers.draw(rng, 4, 3, 3)
    x, labels = examples(rng, 9, params)
    labels[0] = two_layers.log_probs(x, params)[0].argmax()  # one answer is right at least
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
            "it is the accuracy; the loss comes first": right.mean(),
        },
    )  # fmt: skip
    expect.close(
        pair[1], right.mean(), rtol=1e-3, what="the accuracy",
        mistakes={"it is the number of right answers": right.sum(),
                  "it is in per cent": 100 * right.mean()},
    )  # fmt: skip


@after("measures_loss_and_accuracy")
@points(1)
@demand("e")
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
@demand("e")
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
@demand("e")
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
@demand("f")
@hint("torch.optim.SGD with the learning rate; it must get the model's own parameters.")
def test_plain_descent(student, rng):
    start, slopes, found = path_of(student, rng, "plain", 0.1)
    right = plain(start, slopes, 0.1)
    compare(
        found, right, "plain descent",
        {"nothing moves": [start] * 3, "there is momentum": with_momentum(start, slopes, 0.1),
         "the learning rate is the usual one, 0.001": plain(start, slopes, 0.001)},
    )  # fmt: skip


def plain(start, slopes, rate):
    return follow(start, slopes, lambda past, now: -rate * past[-1])


def with_momentum(start, slopes, rate):
    return follow(
        start, slopes,
        lambda past, now: -rate * sum(0.9**age * g for age, g in enumerate(reversed(past))),
    )  # fmt: skip


@points(1)
@demand("f")
@hint("torch.optim.SGD(..., momentum=0.9)")
def test_momentum(student, rng):
    start, slopes, found = path_of(student, rng, "momentum", 0.1)
    compare(
        found, with_momentum(start, slopes, 0.1), "momentum",
        {"there is no momentum": plain(start, slopes, 0.1)},
    )  # fmt: skip


@points(1)
@demand("f")
@hint("torch.optim.Adam with the learning rate that was asked for.")
def test_adam(student, rng):
    start, slopes, found = path_of(student, rng, "adam", 0.05)
    right = follow(start, slopes, lambda past, now: adam_step(past, 0.05))
    usual = follow(start, slopes, lambda past, now: adam_step(past, 0.001))
    compare(
        found, right, "Adam",
        {"the learning rate is Adam's usual one, 0.001": usual,
         "this is plain descent": plain(start, slopes, 0.05)},
    )  # fmt: skip


@points(0.5)
@demand("f")
@hint("torch.optim.SGD(..., weight_decay=0.01)")
def test_weight_decay(student, rng):
    start, slopes, found = path_of(student, rng, "decay", 0.5)

    def decayed(share):
        return follow(start, slopes, lambda past, now: -0.5 * (past[-1] + share * now))

    compare(
        found, decayed(0.01), "weight decay",
        {"there is no weight decay": decayed(0), "the weight decay is 0.1, not 0.01": decayed(0.1)},
    )  # fmt: skip
