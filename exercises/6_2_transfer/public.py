"""Exercise 6.2: a few examples of each class, and a network that learns from them."""

import numpy as np
from scipy import special

from helpers.checking import after, exercise, expect, hint, points
from helpers.for_checks import torch_probes

pytestmark = exercise("6.2")

NEAR = {"rtol": 2e-3, "atol": 1e-4}
LABELS = np.array([2, 0, 2, 5, 0, 5, 2, 0, 5, 5, 2, 0, 0, 2, 5])  # five each of 0, 2 and 5


def positions(value, number):
    places = expect.array(value, (number,), "the positions")
    expect.true(
        bool(((places >= 0) & (places < len(LABELS)) & (places % 1 == 0)).all()),
        f"they are not all positions in an array of {len(LABELS)} labels", got=places,
    )  # fmt: skip
    return places.astype(int)


@points(1)
@hint("For each class that occurs: the positions that have it, in random order, the first few.")
def test_as_many_of_each_class(student):
    for each in (1, 3, 2) * 5:
        value = student.via(torch_probes.on_tensors)(student.few_of_each, LABELS, each)
        chosen = positions(value, 3 * each)
        counts = tuple(int(n) for n in np.bincount(LABELS[chosen], minlength=6)[[0, 2, 5]])
        expect.equal(
            counts,
            (each,) * 3,
            what=f"with each={each}, how many are chosen of the classes 0, 2, 5",
        )


@points(0.5)
@hint("torch.randperm gives an order in which nothing comes twice.")
def test_no_example_is_chosen_twice(student):
    for _ in range(6):
        value = student.via(torch_probes.on_tensors)(student.few_of_each, LABELS, 4)
        chosen = positions(value, 12)
        expect.true(len(set(chosen)) == 12, "some examples are chosen twice", got=np.sort(chosen))


@after("as_many_of_each_class")
@points(0.5)
@hint("Draw anew in every call.")
def test_the_choice_is_random(student):
    draws = set()
    for _ in range(16):  # of 10^3 choices: all alike by chance has probability 10^-45
        value = student.via(torch_probes.on_tensors)(student.few_of_each, LABELS, 2)
        draws.add(tuple(sorted(positions(value, 6))))
    expect.true(len(draws) > 1, "16 calls chose the same examples", got=sorted(draws)[0])


def problem(rng, n=40):
    """A model of two linear layers, a few examples, and the arrays of the model."""
    arrays = [rng.normal(size=(5, 6)), rng.normal(size=6), rng.normal(size=(6, 3)),
              rng.normal(size=3)]  # fmt: skip
    layers = [("linear", *arrays[:2]), ("sigmoid",), ("linear", *arrays[2:])]
    return layers, arrays, rng.normal(size=(n, 5)), np.arange(n) % 3


def descended(arrays, x, labels, rate, steps, scale=None):
    """The last layer after some steps; features come from the first one."""
    W, b = (values.copy() for values in arrays[2:])
    features, y = special.expit(x @ arrays[0] + arrays[1]), np.eye(3)[labels]
    for _ in range(steps):
        delta = (special.softmax(features @ W + b, axis=1) - y) / (scale or len(x))
        W, b = W - rate * features.T @ delta, b - rate * delta.sum(axis=0)
    return W, b


def tuned(student, layers, x, labels, rate, steps, **options):
    """The result of the student's function: its model and the one that was handed over."""
    result = torch_probes.report(
        student,
        torch_probes.on_model,
        student.fine_tune,
        layers,
        (x, labels, rate, steps),
        **options,
    )
    expect.true(
        isinstance(result["value"], dict) and "parameters" in result["value"],
        "what came back is no model",
    )
    return result["value"], result


@points(3)
@hint("An optimiser (SGD) for the last layer's parameters alone; the mean loss; all examples.")
def test_last_layer_learns(student, rng):
    layers, arrays, x, labels = problem(rng)
    model, _ = tuned(student, layers, x, labels, 0.5, 6)
    W, b = descended(arrays, x, labels, 0.5, 6)
    summed = descended(arrays, x, labels, 0.5, 6, scale=1)
    wrong = {
        "it has not learnt at all": arrays[2:],
        "the loss is summed; the mean is asked for": summed,
        "there is one step only": descended(arrays, x, labels, 0.5, 1),
    }
    found = expect.sequence(model["parameters"], 4, "the parameters of the copy")
    for value, right, place, name in ((found[2], W.T, 0, "weight"), (found[3], b, 1, "bias")):
        expect.close(
            value, right, **NEAR, what=f"the {name} of the last layer after 6 steps with rate 0.5",
            mistakes={said: pair[place].T for said, pair in wrong.items()},
        )  # fmt: skip
    expect.close(found[0], arrays[0].T, **NEAR, what="the weight of the first layer")
    expect.close(found[1], arrays[1], **NEAR, what="the bias of the first layer")


@after("last_layer_learns")
@points(1)
@hint("copy.deepcopy(model), and from then on only the copy.")
def test_the_model_itself_stays(student, rng):
    layers, arrays, x, labels = problem(rng)
    _, result = tuned(student, layers, x, labels, 0.5, 6)
    found = expect.sequence(result["parameters"], 4, "the parameters of the model")
    for value, right in zip(found, arrays, strict=True):
        expect.close(value, right.T, **NEAR, what="a parameter of the model that was handed over")
    expect.true(
        result["training"] is True, "the model that was handed over is in evaluation mode now"
    )
    expect.true(
        result.get("frozen") == [False] * 4,
        "the model that was handed over cannot learn any more: its requires_grad was changed",
        got=result.get("frozen"),
    )


@after("last_layer_learns")
@points(1)
@hint("tuned.eval(): not only at the end, also while it learns.")
def test_learning_is_in_evaluation_mode(student, rng):
    layers, arrays, x, labels = problem(rng)
    layers.insert(2, ("dropout", 0.5))
    model, result = tuned(student, layers, x, labels, 0.5, 6)
    expect.true(model.get("training") is False, "the copy that comes back is in training mode")
    W, _ = descended(arrays, x, labels, 0.5, 6)
    found = expect.sequence(model["parameters"], 4, "the parameters of the copy")
    expect.close(
        found[2], W.T, **NEAR,
        what="for a network with dropout, which must rest here, the weight of the last layer",
    )  # fmt: skip
