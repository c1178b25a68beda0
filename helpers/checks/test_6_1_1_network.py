"""Exercise 6.1.1, first part: the network of 3.1 as a model, its gradients, and dropout."""

import numpy as np
from scipy import special

from helpers.checking import exercise, expect, hint, points, torch_probes, two_layers

pytestmark = exercise("6.1.1")

NEAR = {"rtol": 1e-3, "atol": 1e-4}


def draw(rng, *sizes):
    """Random weights in single precision, as those of notebook 3 are."""
    drawn = two_layers.draw(rng, *sizes)
    return {name: np.float32(array) for name, array in drawn.items()}


def recipe(params):
    """The same network, for functions that are handed a model."""
    return [("linear", params["Wlayer1"], params["blayer1"]), ("sigmoid",),
            ("linear", params["Woutput"], params["boutput"])]  # fmt: skip


def scores_of(x, params):
    hidden = special.expit(x @ params["Wlayer1"] + params["blayer1"])
    return hidden @ params["Woutput"] + params["boutput"]


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
    hidden = special.expit(x @ params["Wlayer1"] + params["blayer1"])
    right = hidden @ params["Woutput"] + params["boutput"]
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
            "the biases of the output layer are missing": hidden @ params["Woutput"],
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
        before, scores_of(x, params), **NEAR, what="the scores of the model built from `params`"
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


def gradients_of(value, params, right, wrong=None):
    names = ("0.weight", "0.bias", "2.weight", "2.bias")
    expect.keys(value, names, "the dict of gradients")
    for name, own in zip(names, two_layers.NAMES, strict=True):
        mistakes = {said: values[own].T for said, values in (wrong or {}).items()}
        expect.close(
            value[name], right[own].T, **NEAR, what=f"the gradient of '{name}'", mistakes=mistakes
        )


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
    gradients_of(result["value"], params, right, wrong)


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
    gradients_of(result["value"], params, right, wrong)


@points(1)
@hint("nn.Dropout does nothing in evaluation mode; a dropout of your own must look at the mode.")
def test_dropout_rests_in_evaluation(student, rng):
    params, x = draw(rng, 5, 20, 3), rng.normal(size=(6, 5))
    scores = student.via(torch_probes.outputs)(student.build_with_dropout, (params, 0.5), x)
    expect.close(
        scores, scores_of(x, params), **NEAR, what="in evaluation mode, the scores",
        mistakes={
            "the hidden values are scaled in evaluation mode":
                scores_of(x, {**params, "Woutput": params["Woutput"] * 0.5}),
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
    hidden = special.expit(x @ params["Wlayer1"] + params["blayer1"])
    expect.close(
        scores, np.where(kept, hidden / 0.75, 0.0), **NEAR,
        what="in training mode, hidden values that were not switched off (an output layer that "
        "hands them on shows them)",
        mistakes={"they are not multiplied by 1 / (1 - p)": np.where(kept, hidden, 0.0)},
    )  # fmt: skip
