"""Exercise 6.1.3: colour images standardised and shifted, and a network for them."""

import numpy as np

from helpers.checking import after, exercise, expect, hint, points
from helpers.for_checks import convolutions, torch_probes

pytestmark = exercise("6.1.3")

SIZES = (3, 16, 32, 64)
NEAR = {"rtol": 2e-3, "atol": 2e-4}


def colour_sets(rng):
    """Three small sets whose channels differ in mean and spread."""
    middle = np.array([0.3, 0.5, 0.6])[:, None, None]
    return tuple(
        np.clip(rng.normal(middle + shift, 0.1 + 0.03 * k, (n, 3, 32, 32)), 0, 1).astype(np.float32)
        for k, (n, shift) in enumerate(((6, 0.0), (4, 0.1), (5, -0.1)))
    )


def standardised(images, by, axes=(0, 2, 3)):
    by = by.astype(float)
    return (images - by.mean(axis=axes, keepdims=True)) / by.std(axis=axes, keepdims=True)


def three(value, sets):
    parts = expect.sequence(value, 3, "the result, three tensors,")
    return [
        expect.array(part, given.shape, f"part {number} of the result")
        for number, (part, given) in enumerate(zip(parts, sets, strict=True), start=1)
    ]


@points(1)
@hint("mean and std over axes 0, 2 and 3: one number for each channel.")
def test_training_set_is_standardised(student, rng):
    sets = colour_sets(rng)
    value = student.prepare(*sets)
    found = three(value, sets)[0]
    expect.close(
        found, standardised(sets[0], sets[0]), **NEAR, what="the training set",
        mistakes={
            "mean and deviation are over all channels together":
                standardised(sets[0], sets[0], (0, 1, 2, 3)),
            "mean and deviation are taken at each pixel; one for each channel is asked for":
                standardised(sets[0], sets[0], (0,)),
            "each image is standardised by its own numbers":
                standardised(sets[0], sets[0], (2, 3)),
            "the mean is subtracted, but the deviation does not divide":
                sets[0] - sets[0].mean(axis=(0, 2, 3), keepdims=True),
        },
    )  # fmt: skip
    for part in value:
        expect.true(part.dtype == np.float32, f"a tensor holds {part.dtype}, not float32")


@points(1.5)
@hint("Compute mean and deviation of the training set once, and use them three times.")
def test_other_sets_use_the_same_numbers(student, rng):
    sets = colour_sets(rng)
    found = three(student.prepare(*sets), sets)
    everything = np.concatenate(sets)
    for place, name in ((1, "the validation set"), (2, "the test set")):
        expect.close(
            found[place], standardised(sets[place], sets[0]), **NEAR, what=name,
            mistakes={
                "it is standardised by its own mean and deviation":
                    standardised(sets[place], sets[place]),
                "the numbers are those of all three sets: unseen images had a say":
                    standardised(sets[place], everything),
                "it is not standardised at all": sets[place],
            },
        )  # fmt: skip


def shift_of(before, after, most):
    """By how much an image (C, H, W) was moved to give another one; None if by nothing known."""
    height, width = before.shape[1:]
    wide = np.pad(before, ((0, 0), (most, most), (most, most)))
    for y in range(2 * most + 1):
        for x in range(2 * most + 1):
            if np.allclose(after, wide[:, y : y + height, x : x + width], atol=1e-6):
                return most - y, most - x
    return None


def shifts_of(student, images, most):
    moved = student.via(torch_probes.on_tensors)(student.random_shift, images, most)
    moved = expect.array(moved, images.shape, "the shifted batch")
    return [shift_of(a, b, most) for a, b in zip(images, moved, strict=True)]


@points(2)
@hint("F.pad with zeros all around, then cut a window of the old size out of each image.")
def test_images_are_shifted_by_whole_pixels(student, rng):
    images = rng.normal(size=(12, 3, 9, 11)).astype(np.float32)
    shifts = shifts_of(student, images, 2)
    odd = [k for k, shift in enumerate(shifts) if shift is None]
    expect.true(
        not odd,
        f"{len(odd)} of 12 images are not what came in, moved by at most 2 pixels each way, all "
        "channels alike, with zeros where it became free",
    )
    # That all of 12 images stay where they are by chance has probability 25^-12.
    expect.true(set(shifts) != {(0, 0)}, "no image was shifted at all")


@after("images_are_shifted_by_whole_pixels")
@points(1)
@hint("Draw the two shifts for each image of the batch anew.")
def test_each_image_has_its_own_shift(student, rng):
    # 30 images, 25 shifts: that all are shifted alike by chance has probability 25^-29.
    images = rng.normal(size=(30, 2, 8, 8)).astype(np.float32)
    shifts = shifts_of(student, images, 2)
    expect.true(len(set(shifts)) > 1, "all images of the batch are shifted alike", got=shifts[:3])


@points(1.5)
@hint("Conv2d, BatchNorm2d, ReLU, MaxPool2d in each block; Dropout(0.25) before the Linear.")
def test_colour_cnn_has_the_layers(student):
    found = student.via(torch_probes.facts)(student.build_colour_cnn, (10,))
    expect.keys(found, ["conv", "linear", "norm", "dropout"], "what is known of the model")
    drawn = np.random.default_rng(0)
    wanted = {**convolutions.draw(drawn, SIZES, 10), "norm": convolutions.draw_norms(drawn, SIZES)}
    names = {"conv": "convolutions", "norm": "batch normalisations", "linear": "linear layer"}
    for kind, name in names.items():
        right = tuple(np.shape(values) for values in wanted[kind])
        shapes = tuple(getattr(values, "shape", ()) for values in expect.sequence(found[kind]))
        expect.true(
            shapes == right, f"the arrays of the {name} do not have the shapes that are asked for",
            got=shapes, expected=right,
        )  # fmt: skip
    expect.true(
        found["dropout"] in ([0.25], []),
        "there must be one dropout layer with p = 0.25",
        got=found["dropout"],
    )
    dropout_drops_a_quarter(student)


def dropout_drops_a_quarter(student):
    """With features that are all 1, the sum of those that are left says what was dropped.

    Left are a whole number of them, each 1 / (1 - p) large.
    """
    width, images = 64 * 4 * 4, np.zeros((16, 3, 32, 32))
    ones = convolutions.draw(np.random.default_rng(0), SIZES, 2)
    ones = {kind: [np.zeros_like(values) for values in arrays] for kind, arrays in ones.items()}
    ones["norm"] = [np.full(n, value) for n in SIZES[1:] for value in (1.0, 1.0, 0.0, 1.0)]
    ones["linear"][0] += 1.0
    sums = student.via(torch_probes.outputs)(student.build_colour_cnn, (2,), images, ones, True)
    left = 0.75 * expect.array(sums, (16, 2), "the scores in training mode")[:, 0]
    whole = np.rint(left).astype(int)
    expect.true(len(set(whole.tolist())) > 1, "in training mode nothing is dropped at random")
    quarter = np.abs(left - whole).max() < 0.05 and np.gcd.reduce(np.diff(np.unique(whole))) == 1
    expect.true(
        bool(quarter and abs(whole.mean() / width - 0.75) < 0.05),
        "in training mode it is not each of the 1,024 features, before the linear layer, that is "
        "dropped with p = 0.25",
    )


@points(2)
@hint("In each block: convolution, batch normalisation, ReLU, pooling, in this order.")
def test_colour_cnn_computes_what_it_should(student, rng):
    weights = convolutions.draw(rng, SIZES, 5)
    weights["norm"] = convolutions.draw_norms(rng, SIZES)
    x = rng.normal(size=(3, 3, 32, 32))
    found = student.via(torch_probes.outputs)(student.build_colour_cnn, (5,), x, dict(weights))
    expect.close(
        found, convolutions.scores(x, weights), **NEAR,
        what="in evaluation mode, with weights and statistics that the check put in, the scores",
    )  # fmt: skip
