"""Exercise 6.1.1, hidden: other sizes, losses on the way, statistics, and the last batches."""

import numpy as np
from scipy import special

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import torch_dropout, torch_probes, two_layers
from helpers.for_checks.torch_training import draw, recipe

pytestmark = exercise("6.1.1")

NEAR = {"rtol": 2e-3, "atol": 1e-4}


@points(0.5)
@demand("a")
@hint("Look at the shapes of the arrays; write no size as a number.")
def test_model_of_other_sizes(student, rng):
    params, x = draw(rng, 2, 9, 4), rng.normal(size=(3, 2))
    found = torch_probes.asked(student, torch_probes.outputs, student.build_network, (params,), x)
    expect.close(
        found, two_layers.scores(x, params), **NEAR,
        what="the scores of a model with 2 inputs, 9 hidden units and 4 classes",
    )  # fmt: skip


@after("gradients_of_the_summed_loss")
@points(0.5)
@demand("b")
@hint("named_parameters() and .grad; for any model, not for one with two layers only.")
def test_gradients_of_a_deeper_model(student, rng):
    sizes = (3, 4, 3, 2)
    arrays = [(rng.normal(size=pair), rng.normal(size=pair[1]))
              for pair in zip(sizes, sizes[1:], strict=False)]  # fmt: skip
    layers = [("linear", *arrays[0]), ("sigmoid",), ("linear", *arrays[1]), ("sigmoid",),
              ("linear", *arrays[2])]  # fmt: skip
    x, labels = rng.normal(size=(5, 3)), rng.integers(0, 2, size=5)
    result = torch_probes.report(
        student, torch_probes.on_model, student.parameter_gradients, layers, (x, labels)
    )
    first = special.expit(x @ arrays[0][0] + arrays[0][1])
    second = special.expit(first @ arrays[1][0] + arrays[1][1])
    delta = special.softmax(second @ arrays[2][0] + arrays[2][1], axis=1) - np.eye(2)[labels]
    back = delta @ arrays[2][0].T * second * (1 - second)
    under = back @ arrays[1][0].T * first * (1 - first)
    right = {
        "4.weight": delta.T @ second,
        "4.bias": delta.sum(axis=0),
        "2.weight": back.T @ first,
        "0.weight": under.T @ x,
        "0.bias": under.sum(axis=0),
    }
    expect.keys(result["value"], list(right), "the dict of gradients")
    for name, value in right.items():
        expect.close(result["value"][name], value, **NEAR, what=f"the gradient of '{name}'")


@points(0.5)
@demand("d")
@hint("Zero the gradients before the first batch too: others may have left some.")
def test_epoch_of_one_batch(student, rng):
    params = two_layers.draw(rng, 3, 4, 2)
    x, labels = rng.normal(size=(5, 3)), rng.integers(0, 2, size=5)
    result = torch_probes.report(
        student,
        torch_probes.trained,
        student.train_epoch,
        recipe(params),
        [(x, labels)],
        0.2,
        False,
    )
    right = two_layers.descended(x, np.eye(2)[labels], params, 0.2)
    found = expect.sequence(result["parameters"], 4, "the parameters")
    for value, name in zip(found, two_layers.NAMES, strict=True):
        expect.close(
            value, right[name].T, **NEAR,
            what=f"the parameters of {name} after one step, where old gradients were left",
        )  # fmt: skip


@after("measures_loss_and_accuracy")
@points(1)
@demand("e")
@hint("In training mode batch normalisation takes the statistics of whatever it sees.")
def test_measuring_leaves_statistics_alone(student, rng):
    params = two_layers.draw(rng, 4, 6, 3)
    layers = recipe(params)
    layers.insert(1, ("norm", 6))
    x, labels = rng.normal(2, 3, size=(9, 4)), rng.integers(0, 3, size=9)
    result = torch_probes.report(
        student, torch_probes.on_model, student.measure, layers, (x, labels)
    )
    mean, variance = expect.sequence(result["statistics"], 2, "the running statistics")
    expect.close(mean, np.zeros(6), what="the running mean of the batch normalisation")
    expect.close(variance, np.ones(6), what="its running variance")
    hidden = special.expit((x @ params["Wlayer1"] + params["blayer1"]) / np.sqrt(1 + 1e-5))
    logs = special.log_softmax(hidden @ params["Woutput"] + params["boutput"], axis=1)
    pair = expect.sequence(result["value"], 2, "the result, `loss, accuracy`,")
    expect.close(
        pair[0], -logs[np.arange(9), labels].mean(), rtol=2e-3,
        what="for a network with batch normalisation, the loss per example",
    )  # fmt: skip


@after("batches_hold_every_example_once")
@points(0.5)
@demand("c")
@hint("A batch_size larger than the data gives one batch of all.")
def test_one_large_batch(student, rng):
    x, labels = rng.normal(size=(40, 3)).astype(np.float32), np.arange(40)
    value = torch_probes.asked(
        student, torch_probes.on_tensors, student.shuffled_batches, x, labels, 50
    )
    [batch] = expect.sequence(value, 1, "the list of batches")
    part, own = expect.sequence(batch, 2, "the only batch")
    own = expect.array(own, (40,), "its labels").astype(int)
    expect.equal(tuple(int(k) for k in np.sort(own)), tuple(range(40)), what="its labels, sorted,")
    expect.close(
        part, x[own], rtol=1e-5, atol=1e-6, what="its examples, in the order of the labels"
    )


@after("dropout_switches_hidden_units_off")
@points(0.5)
@demand("g")
@hint("p is the probability of being switched off, and every layer keeps its weights.")
def test_dropout_of_another_probability(student, rng):
    params, x = torch_dropout.transparent(rng, 4, 25), rng.normal(size=(400, 4))
    values = torch_dropout.dropped(student, params, 0.8, x)
    share = float((np.abs(values) < 1e-6).mean())
    # 10,000 units: 0.04 is ten standard deviations.
    expect.true(
        abs(share - 0.8) < 0.04, f"with p = 0.8, {share:.1%} of the hidden values are zero",
    )  # fmt: skip
