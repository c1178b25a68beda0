"""Exercise 3.3: layers of other sizes, and the weights left alone."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points

pytestmark = exercise("3.3")


@demand("a", "b")
@points(0.5)
@hint("Take the number of hidden units from the shape of W.")
def test_images_of_any_layer(student, rng):
    for units in (1, 100):
        W = rng.normal(size=(1024, units))
        images = expect.array(student.weight_images(W), (units, 32, 32), "the images")
        for place in (0, units - 1):
            for y, x in ((0, 31), (31, 0), (3, 17)):
                expect.close(
                    images[place, y, x], W[32 * y + x, place], rtol=1e-4, atol=1e-6,
                    what=f"pixel [{y}, {x}] of the image of unit {place} (of {units})",
                )  # fmt: skip


@after("images_of_columns", "image_shapes")
@demand("c")
@points(0.5)
@hint("reshape and .T give a new view; setting W.shape changes the weights of the network.")
def test_images_leave_the_weights_alone(student, rng):
    student.weight_images(rng.normal(size=(1024, 3)))
    expect.arguments_unchanged(student)
    student.weight_images(np.zeros((1024, 32)))
    expect.arguments_unchanged(student)
