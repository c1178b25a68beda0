"""Exercise 3.3: the weights of the first layer as images."""

import numpy as np

from helpers.checking import demand, exercise, expect, hint, points

pytestmark = exercise("3.3")


@demand("a")
@points(0.5)
@hint("One image a hidden unit, 32 rows and 32 columns each: shape (H, 32, 32).")
def test_image_shapes(student, rng):
    expect.array(student.weight_images(rng.normal(size=(1024, 5))), (5, 32, 32), "the images")


@demand("b")
@points(1.5)
@hint("Unit k has column k of W. A column is an image read row by row, like the letters.")
def test_images_of_columns(student, rng):
    W = rng.normal(size=(1024, 6))
    right = W.T.reshape(6, 32, 32)
    low, high = W.min(axis=0)[:, None, None], W.max(axis=0)[:, None, None]
    expect.close(
        student.weight_images(W), right, rtol=1e-4, atol=1e-6, what="the array of images",
        mistakes={
            "the images are transposed: rows and columns have changed places":
                right.transpose(0, 2, 1),
            "W was cut into pieces row by row; each image must be a column of W":
                W.reshape(6, 32, 32),
            "the images are upside down": right[:, ::-1],
            "the images are mirrored": right[:, :, ::-1],
            "all images are that of the first unit": right[[0] * 6],
            "the weights are divided by the largest one; they stay as they are":
                right / np.abs(W).max(),
            "each image is scaled to run from 0 to 1; the weights stay as they are":
                (right - low) / (high - low),
        },
    )  # fmt: skip
