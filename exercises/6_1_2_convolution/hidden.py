"""Exercise 6.1.2, hidden: several channels, single images, statistics that are no parameters."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import convolutions, torch_probes

pytestmark = exercise("6.1.2")

NEAR = {"rtol": 2e-3, "atol": 1e-4}


@after("cnn_has_the_layers")
@points(1)
@demand("c")
@hint("Flatten each image by itself: the first axis counts the examples.")
def test_images_do_not_mix(student, rng):
    weights = convolutions.draw(rng, (1, 16, 32, 64), 7)
    x = rng.normal(size=(5, 1, 32, 32))

    def run(*arguments):
        return torch_probes.asked(student, torch_probes.outputs, *arguments)

    together = expect.array(run(student.build_cnn, (1, 7), x, dict(weights)), (5, 7), "the scores")
    for k in (0, 3):
        alone = run(student.build_cnn, (1, 7), x[k : k + 1], dict(weights))
        expect.close(
            alone, together[k : k + 1], **NEAR, what="the scores of an image that comes alone"
        )


@after("cnn_computes_what_it_should")
@points(1)
@demand("b")
@hint("The first convolution has as many input channels as `channels` says.")
def test_cnn_with_three_channels(student, rng):
    weights = convolutions.draw(rng, (3, 16, 32, 64), 10)
    x = rng.normal(size=(2, 3, 32, 32))
    found = torch_probes.asked(
        student, torch_probes.outputs, student.build_cnn, (3, 10), x, dict(weights)
    )
    expect.close(
        found, convolutions.scores(x, weights), **NEAR, what="the scores of images in colour"
    )


@points(0.5)
@demand("d")
@hint("Parameters only: running means and variances are not learnt.")
def test_statistics_are_no_parameters(student, rng):
    layers = [("linear", rng.normal(size=(3, 8)), rng.normal(size=8)), ("norm", 8), ("relu",),
              ("linear", rng.normal(size=(8, 2)), rng.normal(size=2))]  # fmt: skip
    result = torch_probes.report(student, torch_probes.on_model, student.count_parameters, layers)
    expect.close(
        result["value"], 3 * 8 + 8 + 8 + 8 + 8 * 2 + 2,
        what="the number of parameters of a model with batch normalisation",
    )  # fmt: skip


@after("classes_are_predicted")
@points(0.5)
@demand("e")
@hint("with torch.no_grad(): around the forward pass, for any number of examples.")
def test_prediction_of_many(student, rng):
    W, b = rng.normal(size=(4, 3)), rng.normal(size=3)
    x = rng.normal(size=(1203, 4))
    result = torch_probes.report(
        student,
        torch_probes.on_model,
        student.predict_classes,
        [("linear", W, b), ("dropout", 0.5)],
        (x,),
    )
    scores = x @ W + b
    margin = np.sort(scores, axis=1)
    clear = margin[:, -1] - margin[:, -2] > 1e-3
    found = expect.array(result["value"], (1203,), "the predicted classes")
    expect.close(
        found[clear], scores.argmax(axis=1)[clear], what="the predicted classes of 1203 examples"
    )
    expect.true(
        not any(record for _, record in result["saw"]),
        "the forward pass kept a record for gradients, which nobody needs here",
    )


@after("images_are_inverted")
@points(0.5)
@demand("a")
@hint("Any number of rows, of any float type.")
def test_one_image_in_double_precision(student, rng):
    x = rng.random((1, 1024))
    images = student.to_images(x)
    expect.close(
        images, 1 - x.reshape(1, 1, 32, 32), rtol=1e-5, atol=1e-6, what="the image of one row"
    )
    expect.true(images.dtype == np.float32, f"it holds {images.dtype}, not float32")
