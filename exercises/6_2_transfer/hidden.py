"""Exercise 6.2, hidden: labels of any kind, convolutions that stay, statistics that stay."""

import numpy as np
from scipy import special

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import convolutions, torch_probes

pytestmark = exercise("6.2")

NEAR = {"rtol": 2e-3, "atol": 1e-4}


@after("as_many_of_each_class")
@points(0.5)
@demand("a")
@hint("Go through the classes that occur, whatever their numbers.")
def test_classes_that_occur(student):
    labels = np.array([35, 7] * 9 + [35] * 3)
    for _ in range(12):
        value = torch_probes.asked(student, torch_probes.on_tensors, student.few_of_each, labels, 3)
        chosen = expect.array(value, (6,), "the positions").astype(int)
        expect.true(
            bool(((chosen >= 0) & (chosen < 21)).all()), "a position is not one of the array",
            got=chosen,
        )  # fmt: skip
        expect.equal(
            tuple(sorted(int(k) for k in labels[chosen])), (7, 7, 7, 35, 35, 35),
            what="the classes of the examples chosen, sorted,",
        )  # fmt: skip


@after("last_layer_learns")
@points(1.5)
@demand("d")
@hint("Only the last nn.Linear of the copy learns, also where convolutions come before it.")
def test_convolutions_stay(student, rng):
    K, c = rng.normal(0, 0.3, (4, 1, 3, 3)), rng.normal(size=4)
    W, b = rng.normal(0, 0.2, (4 * 4 * 4, 3)), rng.normal(size=3)
    layers = [("conv", K, c), ("norm2d", 4), ("relu",), ("pool",), ("flatten",), ("linear", W, b)]
    x, labels = rng.normal(size=(6, 1, 8, 8)), np.arange(6) % 3
    result = torch_probes.report(
        student, torch_probes.on_model, student.fine_tune, layers, (x, labels, 0.2, 4)
    )
    model = result["value"]
    expect.true(isinstance(model, dict) and "parameters" in model, "what came back is no model")
    maps = np.maximum(convolutions.convolved(x, K, c) / np.sqrt(1 + 1e-5), 0)
    features, y = convolutions.pooled(maps).reshape(6, -1), np.eye(3)[labels]
    for _ in range(4):
        delta = (special.softmax(features @ W + b, axis=1) - y) / 6
        W, b = W - 0.2 * features.T @ delta, b - 0.2 * delta.sum(axis=0)
    found = expect.sequence(model["parameters"], 6, "the parameters of the copy")
    expect.close(found[4], W.T, **NEAR, what="the weight of the last layer")
    expect.close(found[0], K, **NEAR, what="the filters of the convolution, which must stay,")


@after("last_layer_learns")
@points(1)
@demand("e")
@hint("In training mode, batch normalisation's running averages would follow the few examples.")
def test_statistics_stay(student, rng):
    layers = [("linear", rng.normal(size=(5, 6)), rng.normal(size=6)), ("norm", 6), ("sigmoid",),
              ("linear", rng.normal(size=(6, 3)), rng.normal(size=3))]  # fmt: skip
    x, labels = rng.normal(2, 2, size=(8, 5)), np.arange(8) % 3
    result = torch_probes.report(
        student,
        torch_probes.on_model,
        student.fine_tune,
        layers,
        (x, labels, 0.5, 3),
        training=False,
    )
    model = result["value"]
    expect.true(isinstance(model, dict) and "statistics" in model, "what came back is no model")
    mean, variance = expect.sequence(model["statistics"], 2, "the running statistics of the copy")
    expect.close(mean, np.zeros(6), what="the running mean of the copy")
    expect.close(variance, np.ones(6), what="the running variance of the copy")
