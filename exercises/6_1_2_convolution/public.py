"""Exercise 6.1.2: letters as images with one channel, a convolutional network, its answers."""

import numpy as np
from scipy import special

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import convolutions, torch_probes
from helpers.for_checks.naming import rule_out

pytestmark = exercise("6.1.2")

SIZES = (1, 16, 32, 64)
NEAR = {"rtol": 2e-3, "atol": 1e-4}


@points(0.5)
@demand("a")
@hint("reshape(-1, 1, 32, 32), and dtype=torch.float32: the channel comes before rows and columns.")
def test_images_have_one_channel(student, rng):
    x = rng.random((3, 1024))
    kind = student.via(torch_probes.kind_of)(student.to_images, x)
    images = student.to_images(x)
    expect.array(images, (3, 1, 32, 32), "the images of 3 rows")
    rule_out(
        images.dtype != np.float32, f"the numbers are {images.dtype}; float32 is asked for",
        f"the images hold {images.dtype}, not float32", images,
    )  # fmt: skip
    rule_out(
        kind == "ndarray", "it is an array of NumPy; a tensor is asked for",
        "what came back is no tensor", images,
    )  # fmt: skip


@points(1)
@demand("a")
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
            "they are inverted as if paper were 255; it is 1": 255 - upright,
        },
    )  # fmt: skip


def shapes_of(arrays):
    return tuple(getattr(values, "shape", ()) for values in arrays)


@points(1.5)
@demand("b")
@hint("Compare with the table, layer by layer: filters, their size, padding, pooling, biases.")
def test_cnn_has_the_layers(student):
    found = torch_probes.asked(student, torch_probes.facts, student.build_cnn, (1, 36))
    expect.keys(found, ["conv", "linear", "parameters"], "what is known of the model")
    wanted = convolutions.draw(np.random.default_rng(0), SIZES, 36)
    convs, linear = (shapes_of(expect.sequence(found[kind])) for kind in ("conv", "linear"))
    filters = convs[::2]
    said = "the weights and biases do not have the shapes of the table"
    for wrong, name in (
        (not filters, "no convolution is registered: layers in a plain list are not seen"),
        (not linear, "no linear layer is registered"),
        (() in convs or () in linear, "a layer has no biases"),
        (len(filters) != 3, f"there are {len(filters)} convolutions"),
        (any(shape[2:] != (3, 3) for shape in filters), "the filters are not 3 by 3"),
        ([shape[0] for shape in filters] != [16, 32, 64],
         "the numbers of filters are not those of the table"),
        (len(linear) != 2, f"there are {len(linear) // 2} linear layers"),
        (linear[:1] and linear[0][1:] != (64 * 4 * 4,),
         f"{(linear or [(0, 0)])[0][-1]} numbers of each image reach the linear layer: look at "
         "padding and pooling"),
    ):  # fmt: skip
        rule_out(bool(wrong), name, said, [*convs, *linear])
    right = (shapes_of(wanted["conv"]), shapes_of(wanted["linear"]))
    expect.true(
        (convs, linear) == right, said, got=[*convs, *linear], expected=[*right[0], *right[1]]
    )
    total = sum(getattr(values, "size", 0) for values in expect.sequence(found["parameters"]))
    right = sum(values.size for kind in wanted.values() for values in kind)
    expect.close(total, right, what="the number of all parameters together")
    found = torch_probes.asked(student, torch_probes.facts, student.build_cnn, (3, 36))
    expect.keys(found, ["conv"], "what is known of the model")
    filters = shapes_of(expect.sequence(found["conv"]))[:1]
    rule_out(
        filters != ((16, 3, 3, 3),), "`channels` is not what the first convolution takes",
        "with channels=3, the first convolution has filters of another shape", filters,
    )  # fmt: skip


@points(1)
@demand("c")
@hint("One score for each class: shape (N, n_classes), for any number of examples.")
def test_cnn_gives_scores(student, rng):
    for n, classes in ((3, 36), (1, 5)):
        x = rng.normal(size=(n, 1, 32, 32))
        scores = torch_probes.asked(
            student, torch_probes.outputs, student.build_cnn, (1, classes), x
        )
        expect.array(scores, (n, classes), f"the scores of {n} images for {classes} classes")


@after("cnn_has_the_layers")
@points(2)
@demand("c")
@hint("Block: Conv2d(..., 3, padding=1), ReLU, MaxPool2d(2). No softmax at the end.")
def test_cnn_computes_what_it_should(student, rng):
    weights = convolutions.draw(rng, SIZES, 6)
    x = rng.normal(size=(4, 1, 32, 32))
    right = convolutions.scores(x, weights)

    def mixed(features):
        return features.transpose(1, 0, 2, 3).reshape(len(features), -1)

    found = torch_probes.asked(
        student, torch_probes.outputs, student.build_cnn, (1, 6), x, dict(weights)
    )
    expect.close(
        found, right, **NEAR,
        what="with weights that the check put in, the scores of 4 images",
        mistakes={
            "there is a softmax at the end; the loss already contains it":
                special.softmax(right, axis=1),
            "there is a log-softmax at the end; the loss already contains it":
                special.log_softmax(right, axis=1),
            "there is a ReLU after the last layer": np.maximum(right, 0),
            "there is no ReLU": convolutions.scores(x, weights, ("pool",)),
            "pooling takes the mean of four, not the largest":
                convolutions.scores(x, weights, pool=convolutions.mean_pooled),
            "what is flattened comes from different images":
                convolutions.scores(x, weights, flatten=mixed),
        },
    )  # fmt: skip


@after("cnn_has_the_layers")
@points(1)
@demand("c")
@hint("Every layer must be on the way from the image to the scores; detach() cuts the way.")
def test_cnn_learns_with_all_its_layers(student, rng):
    x = rng.normal(size=(8, 1, 32, 32))
    reached = torch_probes.asked(
        student, torch_probes.gradients_reach, student.build_cnn, (1, 36), x
    )
    reached = expect.sequence(reached, None, "which parameters get a gradient")
    expect.true(
        len(reached) >= 8 and all(one is True for one in reached),
        f"only {sum(one is True for one in reached)} of at least 8 parameters (weights and biases "
        "of four layers) get a gradient",
    )


def small(rng, classes=4):
    return [("linear", rng.normal(size=(5, 6)), rng.normal(size=6)), ("sigmoid",),
            ("linear", rng.normal(size=(6, classes)), rng.normal(size=classes))]  # fmt: skip


def clear_scores(rng):
    """A small model, examples, and its scores: in single precision the same classes lead."""
    layers, x = small(rng), rng.normal(size=(40, 5))
    (_, W1, b1), _, (_, W2, b2) = layers
    scores = special.expit(x @ W1 + b1) @ W2 + b2
    ordered = np.sort(scores, axis=1)
    clear = ordered[:, -1] - ordered[:, -2] > 1e-3
    return layers, x[clear], scores[clear]


@points(0.5)
@demand("d")
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
            "the lengths of the arrays are added up": 6 + 6 + 4 + 4,
        },
    )  # fmt: skip


@points(1)
@demand("e")
@hint("argmax over the classes: dim=1.")
def test_classes_are_predicted(student, rng):
    layers, x, scores = clear_scores(rng)
    result = torch_probes.report(
        student, torch_probes.on_model, student.predict_classes, layers, (x,)
    )
    expect.close(
        result["value"], scores.argmax(axis=1), what="the predicted classes",
        mistakes={
            "these are the scores; the classes are asked for": scores,
            "there is one answer for each class; it looks along the wrong axis":
                scores.argmax(axis=0),
            "these are the least probable classes": scores.argmin(axis=1),
            "these are the largest scores; we want the classes that have them": scores.max(axis=1),
        },
    )  # fmt: skip


@after("classes_are_predicted")
@points(1)
@demand("e")
@hint("model.eval() before, and afterwards the mode that the model came in.")
def test_prediction_is_in_evaluation_mode(student, rng):
    for mode in (True, False):
        layers, x, scores = clear_scores(rng)
        right = scores.argmax(axis=1)
        result = torch_probes.report(
            student,
            torch_probes.on_model,
            student.predict_classes,
            [*layers[:2], ("dropout", 0.5), *layers[2:]],
            (x,),
            training=mode,
        )
        found = expect.array(result["value"], right.shape, "the predicted classes")
        rule_out(
            any(seen for seen, _ in result["saw"]) and (found != right).any(),
            "the forward pass is in training mode",
            "while the classes were predicted, the model was in training mode", found,
        )  # fmt: skip
        expect.close(found, right, what="the classes predicted by a model with dropout, at rest,")
        rule_out(
            any(record for _, record in result["saw"]),
            "the forward pass keeps a record for gradients",
            "nobody needs gradients here: torch.no_grad() is missing",
        )  # fmt: skip
        expect.true(
            result["training"] is mode,
            f"the model came in {'training' if mode else 'evaluation'} mode and is in the "
            "other mode afterwards",
        )
