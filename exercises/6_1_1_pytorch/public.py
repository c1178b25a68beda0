"""Exercise 6.1.1: the network of 3.1 as a model, its gradients, dropout, and its training."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import epochs, torch_dropout, torch_probes, two_layers
from helpers.for_checks.naming import close_all, rule_out
from helpers.for_checks.torch_training import (
    adam,
    batches_of,
    draw,
    examples,
    gradients_of,
    numbered,
    of_epoch,
    of_model,
    optimises,
    pair_of,
    plain,
    recipe,
    same_gradients,
    same_weights,
    scores_of,
    with_momentum,
)  # fmt: skip

pytestmark = exercise("6.1.1")
NEAR = {"rtol": 1e-3, "atol": 1e-4}


@points(0.5)
@demand("a")
@hint("nn.Linear(inputs, outputs) twice, nn.Sigmoid() in between; sizes are those of the arrays.")
def test_model_has_the_sizes_of_the_arrays(student, rng):
    params, x = draw(rng, 7, 5, 3), rng.normal(size=(6, 7))
    scores = scores_of(student, student.build_network, (params,), x)
    expect.array(scores, (6, 3), "what the model gives for 6 examples")


@points(1.5)
@demand("a")
@hint("Copy the arrays into the layers; nn.Linear keeps its weight as (outputs, inputs).")
def test_model_computes_the_scores(student, rng):
    params, x = draw(rng, 5, 5, 5), rng.normal(size=(6, 5))
    right = two_layers.scores(x, params)
    scores = scores_of(student, student.build_network, (params,), x)
    again = scores_of(student, student.build_network, (params,), x)
    rule_out(
        isinstance(again, np.ndarray) and isinstance(scores, np.ndarray)
        and again.shape == scores.shape and not np.allclose(again, scores, **NEAR),
        "something in the model still is random",
        "two models that were built from the same `params` give different scores", scores,
    )  # fmt: skip
    expect.close(
        scores, right, **NEAR, what="the scores of the model built from `params`",
        mistakes=epochs.wrong_scores(x, params),
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
        before, two_layers.scores(x, params), **NEAR,
        what="the scores of the model built from `params`",
    )  # fmt: skip
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
    wrong = epochs.wrong_gradients(x, labels, params)
    result = of_model(student, student.parameter_gradients, recipe(params), (x, labels))
    same_gradients(result, right, wrong)


@points(1)
@demand("b")
@hint("Gradients are added up in .grad: set them to zero first.")
def test_old_gradients_do_not_count(student, rng):
    params, x = draw(rng, 4, 3, 3), rng.normal(size=(6, 4))
    labels = rng.integers(0, 3, size=6)
    clean, stale = (
        gradients_of(
            of_model(student, student.parameter_gradients, recipe(params), (x, labels), stale=left)
        )
        for left in (False, True)
    )
    right = {name: expect.array(clean[name], what=f"the gradient of '{name}'") for name in clean}
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
    scores = scores_of(student, student.build_with_dropout, (params, 0.5), x)
    expect.close(
        scores, torch_dropout.without_dropout(student, params, x), **NEAR,
        what="in evaluation mode, the scores",
        mistakes={
            "the hidden values are scaled in evaluation mode":
                two_layers.scores(x, {**params, "Woutput": params["Woutput"] * 0.5}),
        },
    )  # fmt: skip


@points(1)
@demand("g")
@hint("nn.Dropout(p) between the sigmoid and the output layer.")
def test_dropout_switches_hidden_units_off(student, rng):
    params, x = torch_dropout.transparent(rng, 5, 20), rng.normal(size=(400, 5))
    hidden = torch_dropout.without_dropout(student, params, x) - 1
    values = torch_dropout.dropped(student, params, 0.25, x)
    kept = np.abs(values) > 1e-6
    off = 1 - kept.mean()
    said = f"in training mode {off:.1%} of the hidden values are zero; about 25 % should be"
    for name, wrong in torch_dropout.wrong_ways(values, hidden).items():
        rule_out(bool(wrong), name, said, values + 1)
    # 8000 units, each off with probability 1/4: 0.04 is more than eight standard deviations.
    expect.true(abs(off - 0.25) < 0.04, said, got=values + 1)
    expect.close(
        values, np.where(kept, hidden / 0.75, 0.0), **NEAR,
        what="in training mode, hidden values that were not switched off (an output layer that "
        "hands them on shows them)",
        mistakes={"they are not multiplied by 1 / (1 - p)": np.where(kept, hidden, 0.0)},
    )  # fmt: skip


@points(1)
@demand("c")
@hint("Cut one random order of all rows into pieces of batch_size.")
def test_batches_hold_every_example_once(student):
    x, labels = numbered(22)
    pairs = batches_of(student, x, labels, 5)
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
    pairs = batches_of(student, x, labels, 5)
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
        pairs = batches_of(student, x, labels, 7)
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
    right = epochs.descended(params, batches, 0.1)
    wrong = epochs.wrongly_descended(params, batches, 0.1)
    result = of_epoch(student, params, batches, 0.1)
    same_weights(result["parameters"], right, "after an epoch of three batches", wrong)


@points(1)
@demand("d")
@hint("Add up the losses and the right answers of all batches; divide by the number of examples.")
def test_epoch_gives_loss_and_accuracy(student, rng):
    params = two_layers.draw(rng, 4, 3, 3)
    while True:  # until no two of the mistakes below give the same accuracy
        batches = [examples(rng, 6, params), examples(rng, 3, params)]
        losses, shares = zip(*(epochs.measured(params, *batch) for batch in batches), strict=True)
        if shares[0] != shares[1] and min(shares) > 0:
            break
    total, right = sum(losses), (6 * shares[0] + 3 * shares[1]) / 9
    pair = pair_of(result := of_epoch(student, params, batches, 0.0))
    rule_out(
        bool(result.get("graph")),
        "a tensor came back that still holds the way it was computed; `loss.item()` is a number",
        "the result is no pair of plain numbers", pair,
    )  # fmt: skip
    told(
        pair, total / 9, right, "the loss per example (9 examples, 2 batches, rate 0)",
        {
            "it is the sum, divided by the number of batches": total / 2,
            "it is the mean of the batches' means; a small batch counts too much":
                (losses[0] / 6 + losses[1] / 3) / 2,
            "it is the loss of the last batch": losses[1] / 3,
        },
        {
            "it is the mean of the batches' accuracies; a small batch counts too much":
                np.mean(shares),
            "it is the accuracy of the last batch": shares[1],
        },
    )  # fmt: skip


def told(pair, loss, accuracy, what, other_losses, other_accuracies=None):
    """Ask for the loss and the accuracy of nine examples."""
    expect.close(
        pair[0], loss, rtol=1e-3, what=what,
        mistakes={"it is the sum over the examples": 9 * loss,
                  "it is the accuracy; the loss comes first": accuracy, **other_losses},
    )  # fmt: skip
    expect.close(
        pair[1], accuracy, rtol=1e-3, what="the accuracy",
        mistakes={"it is the number of right answers": 9 * accuracy,
                  "it is in per cent": 100 * accuracy, **(other_accuracies or {})},
    )  # fmt: skip


@after("epoch_gives_loss_and_accuracy")
@points(0.5)
@demand("d")
@hint("Measure each batch before its step, with the forward pass that the step needs anyway.")
def test_epoch_measures_on_the_way(student, rng):
    params, batches, total, late, right = epochs.measured_on_the_way(rng)
    pair = pair_of(of_epoch(student, params, batches, 0.4))
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
    params, batch = two_layers.draw(rng, 4, 3, 3), examples(rng, 5)
    result = of_epoch(student, params, [batch] * 2, 0.0, training=False, norm=True)
    moved, _ = expect.sequence(result["statistics"], 2, "the running statistics")
    moved, mean = (
        expect.array(moved, (3,)),
        (batch[0] @ params["Wlayer1"] + params["blayer1"]).mean(axis=0),
    )
    share = moved @ mean / (mean @ mean)  # however often each batch was looked at
    expect.true(
        share > 0.05,
        "the model was handed over in evaluation mode and was not in training mode at each step",
    )
    expect.close(moved, share * mean, rtol=2e-3, what="the running mean of batch normalisation")


@points(1)
@demand("e")
@hint("The loss is the mean over the examples, the accuracy the share of right answers.")
def test_measures_loss_and_accuracy(student, rng):
    params = two_layers.draw(rng, 4, 3, 3)
    x, labels = examples(rng, 9, params)
    labels[0] = two_layers.log_probs(x, params)[0].argmax()  # one answer is right at least
    total, right = epochs.measured(params, x, labels)
    twice = epochs.measured_through_softmax_twice(params, x, labels) / 9
    pair = pair_of(of_model(student, student.measure, recipe(params), (x, labels)))
    named = {"there is a softmax before the cross-entropy, which contains one already": twice}
    told(pair, total / 9, right, "the loss per example", named)


@after("measures_loss_and_accuracy")
@points(1)
@demand("e")
@hint("model.eval() before the forward pass.")
def test_measures_in_evaluation_mode(student, rng):
    for _ in range(3):  # dropout comes near the right loss once in 300 times
        params, batch = two_layers.draw(rng, 4, 3, 3), examples(rng, 9)
        layers = [*recipe(params)[:2], ("dropout", 0.5), *recipe(params)[2:]]
        loss, _ = pair_of(of_model(student, student.measure, layers, batch))
        right = epochs.measured(params, *batch)[0] / 9
        expect.close(loss, right, rtol=1e-3, what="for a network with dropout, the loss")


@after("measures_loss_and_accuracy")
@points(0.5)
@demand("e")
@hint("Remember model.training, and put it back with model.train(...).")
def test_measuring_puts_the_mode_back(student, rng):
    params, (x, labels) = two_layers.draw(rng, 4, 3, 3), examples(rng, 9)
    for mode, name in ((True, "training"), (False, "evaluation")):
        result = of_model(student, student.measure, recipe(params), (x, labels), training=mode)
        expect.true(
            result["training"] is mode,
            f"the model came in {name} mode and is in the other mode afterwards",
        )


@after("measures_loss_and_accuracy")
@points(0.5)
@demand("e")
@hint("with torch.no_grad(): around the forward pass.")
def test_measuring_keeps_no_record(student, rng):
    params, (x, labels) = two_layers.draw(rng, 4, 3, 3), examples(rng, 9)
    result = of_model(student, student.measure, recipe(params), (x, labels))
    expect.true(
        not any(record for _, record in result["saw"]),
        "the forward pass kept a record for gradients, which nobody needs here",
    )
    expect.true(all(slope is None for slope in result["gradients"]), "gradients were computed")


@points(0.5)
@demand("f")
@hint("torch.optim.SGD with the learning rate; it must get the model's own parameters.")
def test_plain_descent(student, rng):
    wrong = {
        "nothing moves": plain(0.0),
        "there is momentum": with_momentum(0.1),
        "the learning rate is the usual one, 0.001": plain(0.001),
    }
    optimises(student, rng, ("plain", 0.1), "plain descent", plain(0.1), wrong)


@points(1)
@demand("f")
@hint("torch.optim.SGD(..., momentum=0.9)")
def test_momentum(student, rng):
    wrong = {"there is no momentum": plain(0.1)}
    optimises(student, rng, ("momentum", 0.1), "momentum", with_momentum(0.1), wrong)


@points(1)
@demand("f")
@hint("torch.optim.Adam with the learning rate that was asked for.")
def test_adam(student, rng):
    wrong = {
        "the learning rate is Adam's usual one, 0.001": adam(0.001),
        "this is plain descent": plain(0.05),
    }
    optimises(student, rng, ("adam", 0.05), "Adam", adam(0.05), wrong)


@points(0.5)
@demand("f")
@hint("torch.optim.SGD(..., weight_decay=0.01)")
def test_weight_decay(student, rng):
    wrong = {
        "there is no weight decay": plain(0.5),
        "the weight decay is 0.1, not 0.01": plain(0.5, decay=0.1),
    }
    optimises(student, rng, ("decay", 0.5), "weight decay", plain(0.5, decay=0.01), wrong)
