"""Exercise 6.1.3, hidden: shifts of any size, all alike probable; the network in training."""

import numpy as np

from helpers.checking import after, exercise, expect, hint, points
from helpers.for_checks import torch_probes

pytestmark = exercise("6.1.3")


def moves(student, n, most, height, width):
    """By how much each of n images with a single bright pixel in its middle was moved."""
    images = np.zeros((n, 2, height, width), dtype=np.float32)
    images[:, :, height // 2, width // 2] = 1 + np.arange(2)
    moved = student.via(torch_probes.on_tensors)(student.random_shift, images, most)
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


@after("images_are_shifted_by_whole_pixels")
@points(1.5)
@hint("From -most to most, both ends included, the two directions independent of each other.")
def test_all_shifts_occur(student):
    # 2400 images, 9 shifts with probability 1/9: that one of them is missing has probability
    # 9 (8/9)^2400, and a frequency off by 0.06 is nine standard deviations.
    down, right = moves(student, 2400, 1, 5, 7)
    counts = np.zeros((3, 3))
    inside = (np.abs(down) <= 1) & (np.abs(right) <= 1)
    expect.true(bool(inside.all()), "an image was shifted by more than `most`")
    np.add.at(counts, (down + 1, right + 1), 1)
    expect.true(
        bool(np.abs(counts / 2400 - 1 / 9).max() < 0.06),
        "the nine shifts by at most one pixel each way are not all equally probable",
    )


@after("images_are_shifted_by_whole_pixels")
@points(0.5)
@hint("Return a new tensor; the images that came in may be needed again.")
def test_images_that_came_in_stay(student, rng):
    images = rng.normal(size=(10, 1, 6, 6)).astype(np.float32)
    kept = student.via(torch_probes.kept)(student.random_shift, images, 2)
    expect.close(kept, images, what="the batch that came in, after the call,")


@points(1)
@hint("Batch normalisation uses the batch in training mode, and running averages otherwise.")
def test_colour_cnn_has_two_modes(student, rng):
    x = rng.normal(3, 5, size=(6, 3, 32, 32))
    found = student.via(torch_probes.in_both_modes)(student.build_colour_cnn, (4,), x)
    first, second, same, again = (
        expect.array(part, (6, 4), "the scores")
        for part in expect.sequence(found, 4, "the scores of four calls")
    )
    expect.close(again, same, what="in evaluation mode, the scores of a second call")
    # Of 6 x 1024 values a quarter is switched off at random in either call.
    expect.true(
        not np.allclose(first, second), "in training mode two calls give the same: dropout is off"
    )
    expect.true(
        bool(np.all(first != 0)),
        "in training mode some scores are exactly 0: dropout belongs before the linear layer",
    )


@points(0.5)
@hint("Standardise arrays of any number of images.")
def test_sets_of_other_sizes(student, rng):
    sets = [rng.random((n, 3, 32, 32)).astype(np.float32) ** 2 for n in (3, 1, 1)]
    parts = expect.sequence(student.prepare(*sets), 3, "the result, three tensors,")
    mean = sets[0].astype(float).mean(axis=(0, 2, 3), keepdims=True)
    deviation = sets[0].astype(float).std(axis=(0, 2, 3), keepdims=True)
    for part, given in zip(parts, sets, strict=True):
        expect.close(
            part, (given - mean) / deviation, rtol=2e-3, atol=2e-4, what="a standardised set"
        )
