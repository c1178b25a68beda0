"""Exercise 6.1.3, hidden: sets of other sizes; the network in training."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import torch_probes

pytestmark = exercise("6.1.3")


@after("colour_cnn_has_the_layers")
@points(1)
@demand("e")
@hint("Batch normalisation uses the batch in training mode, and running averages otherwise.")
def test_colour_cnn_has_two_modes(student, rng):
    x = rng.normal(3, 5, size=(6, 3, 32, 32))
    found = torch_probes.asked(
        student, torch_probes.in_both_modes, student.build_colour_cnn, (4,), x
    )
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


@after("training_set_is_standardised", "other_sets_use_the_same_numbers")
@points(0.5)
@demand("a")
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
