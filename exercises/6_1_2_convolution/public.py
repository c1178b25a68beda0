"""Exercise 6.1.2: letters as images with one channel, a convolutional network, its answers."""

import numpy as np
from scipy import special

from helpers.checking import after, exercise, expect, hint, points
from helpers.for_checks import convolutions, torch_probes

pytestmark = exercise("6.1.2")

SIZES = (1, 16, 32, 64)
NEAR = {"rtol": 2e-3, "atol": 1e-4}


@points(0.5)
@hint("reshape(-1, 1, 32, 32), and dtype=torch.float32: the channel comes before rows and columns.")
def test_images_have_one_channel(student, rng):
    images = student.to_images(rng.random((3, 1024)))
    expect.array(images, (3, 1, 32, 32), "the images of 3 rows")
    expect.true(images.dtype == np.float32, f"the images hold {images.dtype}, not float32")


@points(1)
@hint("1 - x: ink 0 becomes 1. Rows of pixels stay rows.")
def test_images_are_inverted(student, rng):
    x = rng.random((3, 1024)).astype(np.float32)
    upright = x.reshape(3, 1, 32, 32)
    expect.close(
        student.to_images(x), 1 - upright, rtol=1e-4, atol=1e-6, what="the images",
        mistakes={
            "they are not inverted: paper must become 0": upright,
            "rows and columns have changed places": 1 - upright.transpose(0, 1, 3, 2),
            "they are negative: ink must become 1, not 0": -upright,
        },
    )  # fmt: skip


def shapes_of(arrays):
    return tuple(getattr(values, "shape", ()) for values in arrays)


@points(1.5)
@hint("Layers in a plain list are not registered: use nn.Sequential, nn.ModuleList or attributes.")
def test_cnn_has_the_layers(student):
    found = student.via(torch_probes.facts)(student.build_cnn, (1, 36))
    expect.keys(found, ["conv", "linear", "parameters"], "what is known of the model")
    wanted = convolutions.draw(np.random.default_rng(0), SIZES, 36)
    for kind, name in (("conv", "convolutions"), ("linear", "linear layer")):
        right = shapes_of(wanted[kind])
        expect.true(
            shapes_of(expect.sequence(found[kind])) == right,
            f"the weights and biases of the {name} do not have the shapes of the table",
            got=shapes_of(expect.sequence(found[kind])), expected=right,
        )  # fmt: skip
    total = sum(getattr(values, "size", 0) for values in expect.sequence(found["parameters"]))
    right = sum(values.size for kind in wanted.values() for values in kind)
    expect.close(total, right, what="the number of all parameters together")


@points(1)
@hint("One score for each class: shape (N, n_classes), for any number of examples.")
def test_cnn_gives_scores(student, rng):
    for n, classes in ((3, 36), (1, 5)):
        x = rng.normal(size=(n, 1, 32, 32))
        scores = student.via(torch_probes.outputs)(student.build_cnn, (1, classes), x)
        expect.array(scores, (n, classes), f"the scores of {n} images for {classes} classes")


@points(2)
@hint("Block: Conv2d(..., 3, padding=1), ReLU, MaxPool2d(2). No softmax at the end.")
def test_cnn_computes_what_it_should(student, rng):
    weights = convolutions.draw(rng, SIZES, 6)
    x = rng.normal(size=(4, 1, 32, 32))
    right = convolutions.scores(x, dict(weights))
    found = student.via(torch_probes.outputs)(student.build_cnn, (1, 6), x, dict(weights))
    expect.close(
        found, right, **NEAR,
        what="with weights that the check put in, the scores of 4 images",
        mistakes={
            "there is a softmax at the end; the loss already contains it":
                special.softmax(right, axis=1),
            "there is a log-softmax at the end; the loss already contains it":
                special.log_softmax(right, axis=1),
            "there is a ReLU after the last layer": np.maximum(right, 0),
        },
    )  # fmt: skip


@points(1)
@hint("Every layer must be on the way from the image to the scores; detach() cuts the way.")
def test_cnn_learns_with_all_its_layers(student, rng):
    x = rng.normal(size=(8, 1, 32, 32))
    reached = student.via(torch_probes.gradients_reach)(student.build_cnn, (1, 36), x)
    reached = expect.sequence(reached, None, "which parameters get a gradient")
    expect.true(
        len(reached) >= 8 and all(one is True for one in reached),
        f"only {sum(one is True for one in reached)} of at least 8 parameters (weights and biases "
        "of four layers) get a gradient",
    )


def small(rng, classes=4):
    return [("linear", rng.normal(size=(5, 6)), rng.normal(size=6)), ("sigmoid",),
            ("linear", rng.normal(size=(6, classes)), rng.normal(size=classes))]  # fmt: skip


@points(0.5)
@hint("Add up parameter.numel() over model.parameters().")
def test_parameters_are_counted(student, rng):
    result = torch_probes.report(
        student, torch_probes.on_model, student.count_parameters, small(rng)
    )
    expect.close(
        result["value"], 5 * 6 + 6 + 6 * 4 + 4, what="the number of parameters",
        mistakes={
            "it is the number of arrays, not of numbers": 4,
            "the biases are missing": 5 * 6 + 6 * 4,
        },
    )  # fmt: skip


@points(1)
@hint("argmax over the classes: dim=1.")
def test_classes_are_predicted(student, rng):
    layers, x = small(rng), rng.normal(size=(40, 5))
    (_, W1, b1), _, (_, W2, b2) = layers
    scores = special.expit(x @ W1 + b1) @ W2 + b2
    ordered = np.sort(scores, axis=1)
    clear = ordered[:, -1] - ordered[:, -2] > 1e-3  # in single precision the same class leads
    x, scores = x[clear], scores[clear]
    result = torch_probes.report(
        student, torch_probes.on_model, student.predict_classes, layers, (x,)
    )
    expect.close(
        result["value"], scores.argmax(axis=1), what="the predicted classes",
        mistakes={
            "these are the least probable classes": scores.argmin(axis=1),
            "these are the largest scores; we want the classes that have them": scores.max(axis=1),
        },
    )  # fmt: skip


@after("classes_are_predicted")
@points(1)
@hint("model.eval() before, and afterwards the mode that the model came in.")
def test_prediction_is_in_evaluation_mode(student, rng):
    for mode in (True, False):
        result = torch_probes.report(
            student,
            torch_probes.on_model,
            student.predict_classes,
            small(rng),
            (rng.normal(size=(9, 5)),),
            training=mode,
        )
        modes = [seen for seen, _ in result["saw"]]
        expect.true(not any(modes), "the forward pass was in training mode", got=modes)
        expect.true(
            result["training"] is mode,
            f"the model came in {'training' if mode else 'evaluation'} mode and is in the "
            "other mode afterwards",
        )
