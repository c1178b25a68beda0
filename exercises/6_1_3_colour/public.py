"""Exercise 6.1.3: colour images standardised and shifted, and a network for them."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import convolutions, torch_probes
from helpers.for_checks.naming import rule_out

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
@demand("a")
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
            "the variance divides; its root, the deviation, is asked for":
                standardised(sets[0], sets[0])
                / sets[0].astype(float).std(axis=(0, 2, 3), keepdims=True),
            "the numbers are those of all three sets: unseen images had a say":
                standardised(sets[0], np.concatenate(sets)),
        },
    )  # fmt: skip
    for part in value:
        rule_out(
            part.dtype != np.float32, f"the numbers are {part.dtype}; float32 is asked for",
            f"a tensor holds {part.dtype}, not float32", part,
        )  # fmt: skip


@points(1.5)
@demand("b")
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


def shift_of(before, after, most, mode="constant", **options):
    """By how much an image (C, H, W) was moved to give another one; None if by nothing known."""
    height, width = before.shape[1:]
    wide = np.pad(before, ((0, 0), (most, most), (most, most)), mode, **options)
    for y in range(2 * most + 1):
        for x in range(2 * most + 1):
            if np.allclose(after, wide[:, y : y + height, x : x + width], atol=1e-6):
                return most - y, most - x
    return None


def moved_images(student, images, most):
    moved = torch_probes.asked(student, torch_probes.on_tensors, student.random_shift, images, most)
    return expect.array(moved, images.shape, "the shifted batch")


def shifts_of(student, images, most):
    moved = moved_images(student, images, most)
    return [shift_of(a, b, most) for a, b in zip(images, moved, strict=True)]


@points(2)
@demand("c")
@hint("F.pad with zeros all around, then cut a window of the old size out of each image.")
def test_images_are_shifted_by_whole_pixels(student, rng):
    images = rng.normal(size=(12, 3, 9, 11)).astype(np.float32)
    moved = moved_images(student, images, 2)

    def all_are(**padding):
        pairs = zip(images, moved, strict=True)
        return all(shift_of(a, b, 2, **padding) is not None for a, b in pairs)

    said = (
        "not all of the 12 images are what came in, moved by at most 2 pixels each way, all "
        "channels alike, with zeros where it became free"
    )
    right = all_are()
    for wrong, name in (
        (not right and all_are(mode="wrap"), "what leaves on one side comes in on the other"),
        (not right and all_are(mode="edge"), "what becomes free repeats the pixels at the edge"),
        (not right and all_are(constant_values=1), "what becomes free is filled with ones"),
        (not right and all(
            shift_of(a[k : k + 1], b[k : k + 1], 2) is not None
            for a, b in zip(images, moved, strict=True) for k in range(3)
        ), "the channels of an image are shifted differently"),
        # That all of 12 images stay where they are by chance has probability 25^-12.
        (np.array_equal(images, moved), "no image is shifted at all"),
    ):  # fmt: skip
        rule_out(bool(wrong), name, said)
    expect.true(right, said)


@after("images_are_shifted_by_whole_pixels")
@points(1)
@demand("c")
@hint("Draw the two shifts for each image of the batch anew.")
def test_each_image_has_its_own_shift(student, rng):
    # 30 images, 25 shifts: that all are shifted alike by chance has probability 25^-29.
    images = rng.normal(size=(30, 2, 8, 8)).astype(np.float32)
    shifts = shifts_of(student, images, 2)
    rule_out(
        len(set(shifts)) == 1, "all images of the batch are shifted alike",
        "30 images of a batch were shifted by the same amount", shifts[:3],
    )  # fmt: skip


def moves(student, n, most, height, width):
    """By how much each of n images with a single bright pixel in its middle was moved."""
    images = np.zeros((n, 2, height, width), dtype=np.float32)
    images[:, :, height // 2, width // 2] = 1 + np.arange(2)
    moved = torch_probes.asked(student, torch_probes.on_tensors, student.random_shift, images, most)
    moved = expect.array(moved, images.shape, "the shifted batch")
    expect.true(
        bool(
            np.all(moved.sum(axis=(2, 3)) == [1, 2]) and np.all((moved > 0).sum(axis=(2, 3)) == 1)
        ),
        "an image with one bright pixel in each channel does not have it after the shift",
    )
    expect.true(
        bool(np.array_equal(moved[:, 1], 2 * moved[:, 0])), "the channels are shifted differently"
    )
    places = moved[:, 0].reshape(n, -1).argmax(axis=1)
    return places // width - height // 2, places % width - width // 2


@after("each_image_has_its_own_shift")
@points(1.5)
@demand("c")
@hint("From -most to most, both ends included, the two directions independent of each other.")
def test_all_shifts_occur(student):
    # 2400 images, 9 shifts with probability 1/9: that one of them is missing has probability
    # 9 (8/9)^2400, and a frequency off by 0.06 is nine standard deviations.
    down, right = moves(student, 2400, 1, 5, 7)
    counts = np.zeros((3, 3))
    inside = (np.abs(down) <= 1) & (np.abs(right) <= 1)
    expect.true(bool(inside.all()), "an image was shifted by more than `most`")
    np.add.at(counts, (down + 1, right + 1), 1)
    said = "the nine shifts by at most one pixel each way are not all equally probable"
    rule_out(
        bool((down == right).all()), "both directions are shifted by the same number", said, counts
    )
    rule_out(
        bool((counts == 0).any()), "some of the shifts from -most to most never occur", said, counts
    )
    expect.true(
        bool(np.abs(counts / 2400 - 1 / 9).max() < 0.06),
        said,
        got=counts,
    )


@after("images_are_shifted_by_whole_pixels")
@points(0.5)
@demand("c")
@hint("Return a new tensor; the images that came in may be needed again.")
def test_images_that_came_in_stay(student, rng):
    images = rng.normal(size=(10, 1, 6, 6)).astype(np.float32)
    kept = student.via(torch_probes.kept)(student.random_shift, images, 2)
    expect.close(kept, images, what="the batch that came in, after the call,")


@points(1.5)
@demand("d")
@hint("Conv2d, BatchNorm2d, ReLU, MaxPool2d in each block; Dropout(0.25) before the Linear.")
def test_colour_cnn_has_the_layers(student):
    found = torch_probes.asked(student, torch_probes.facts, student.build_colour_cnn, (10,))
    expect.keys(found, ["conv", "linear", "norm", "dropout"], "what is known of the model")
    drawn = np.random.default_rng(0)
    wanted = {**convolutions.draw(drawn, SIZES, 10), "norm": convolutions.draw_norms(drawn, SIZES)}
    names = {"conv": "convolutions", "norm": "batch normalisations", "linear": "linear layer"}
    found_norms = expect.sequence(found["norm"])
    for wrong, name in (
        (not found_norms, "there is no batch normalisation"),
        (any(values is None for values in found_norms[2::4]),
         "batch normalisation keeps no running averages"),
        (len(found["dropout"]) > 1, f"there are {len(found['dropout'])} dropout layers, not one"),
        (len(found["dropout"]) == 1 and found["dropout"] != [0.25],
         f"dropout has p = {(found['dropout'] or [0])[0]}"),
    ):  # fmt: skip
        rule_out(bool(wrong), name, "the layers are not those that are asked for")
    for kind, name in names.items():
        right = tuple(np.shape(values) for values in wanted[kind])
        shapes = tuple(getattr(values, "shape", ()) for values in expect.sequence(found[kind]))
        expect.true(
            shapes == right, f"the arrays of the {name} do not have the shapes that are asked for",
            got=shapes, expected=right,
        )  # fmt: skip
    dropout_drops_a_quarter(student)


def dropout_drops_a_quarter(student):
    """With features that are all 1, the sum of those that are left says what was dropped.

    Left are a whole number of them, each 1 / (1 - p) large. Where whole channels of 16 features
    drop, the sums differ by multiples of 16. Of 16 sums of single features, all differences are
    multiples of 4 or more once in 10^9 runs.
    """
    width, images = 64 * 4 * 4, np.zeros((16, 3, 32, 32))
    ones = convolutions.draw(np.random.default_rng(0), SIZES, 2)
    ones = {kind: [np.zeros_like(values) for values in arrays] for kind, arrays in ones.items()}
    ones["norm"] = [np.full(n, value) for n in SIZES[1:] for value in (1.0, 1.0, 0.0, 1.0)]
    ones["linear"][0] += 1.0
    sums = torch_probes.asked(
        student, torch_probes.outputs, student.build_colour_cnn, (2,), images, ones, True
    )
    left = 0.75 * expect.array(sums, (16, 2), "the scores in training mode")[:, 0]
    whole = np.rint(left).astype(int)
    rule_out(
        bool(np.allclose(left, 0.75 * width)), "nothing is dropped in training mode",
        "of features that are all 1, all reach the linear layer in training mode", sums,
    )  # fmt: skip
    quarter = np.abs(left - whole).max() < 0.05 and 0 < np.gcd.reduce(np.diff(np.unique(whole))) < 4
    rule_out(
        not (quarter and abs(whole.mean() / width - 0.75) < 0.05),
        "it is not the single features that are dropped, just before the linear layer",
        "in training mode it is not each of the 1,024 features, before the linear layer, that is "
        "dropped with p = 0.25", sums,
    )  # fmt: skip


@after("colour_cnn_has_the_layers")
@points(2)
@demand("e")
@hint("In each block: convolution, batch normalisation, ReLU, pooling, in this order.")
def test_colour_cnn_computes_what_it_should(student, rng):
    weights = convolutions.draw(rng, SIZES, 5)
    weights["norm"] = convolutions.draw_norms(rng, SIZES)
    x = rng.normal(size=(3, 3, 32, 32))
    found, again = (
        torch_probes.asked(
            student, torch_probes.outputs, student.build_colour_cnn, (5,), x, dict(weights)
        )
        for _ in range(2)
    )
    same = not isinstance(found, np.ndarray) or np.allclose(found, again, **NEAR)
    rule_out(
        not same, "something is dropped at random in evaluation mode too",
        "in evaluation mode, with the same weights, two calls give different scores", found,
    )  # fmt: skip
    expect.close(
        found, convolutions.scores(x, weights), **NEAR,
        what="in evaluation mode, with weights and statistics that the check put in, the scores",
        mistakes={
            "batch normalisation comes after the ReLU, or even after the pooling":
                convolutions.scores(x, weights, ("bend", "norm", "pool")),
            "there is no ReLU": convolutions.scores(x, weights, ("norm", "pool")),
        },
    )  # fmt: skip
