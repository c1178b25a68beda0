"""Exercise 5.3.2: the peak signal-to-noise ratio of one image, and its mean over many.

All images are rows of 1,024 pixels between 0 and 1, as those of the course are.
"""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points

pytestmark = exercise("5.3.2")
PIXELS = 1024


@points(1.5)
@demand("a")
@hint("MSE is the mean of the squared differences; PSNR = 10 log10(1 / MSE).")
def test_known_value(student, rng):
    # Half of the pixels are off by a little, half by more.
    little, more = rng.uniform(0.01, 0.04), rng.uniform(0.12, 0.2)
    original = np.full(PIXELS, 0.5)
    changed = original + np.where(np.arange(PIXELS) % 2, little, more)
    mse, mean = (little**2 + more**2) / 2, (little + more) / 2
    right = -10 * np.log10(mse)
    expect.close(
        student.psnr(original, changed), right, rtol=1e-4,
        what=f"the PSNR for a mean squared error of {mse:.6f}",
        mistakes={
            "the factor 10 is missing": right / 10,
            "the factor is 20 where it should be 10": 2 * right,
            "this is the natural logarithm": -10 * np.log(mse),
            "this is the logarithm to the base 2": -10 * np.log2(mse),
            "the sign is wrong": -right,
            "the largest value of a pixel is taken for 255; here it is 1":
                20 * np.log10(255) + right,
            "255 is taken for the peak, and not even squared": 10 * np.log10(255) + right,
            "the largest value in the image is taken for the peak; white is 1, always":
                10 * np.log10(0.5**2 / mse),
            "the largest value in the reconstruction is taken for the peak; white is 1, always":
                10 * np.log10((0.5 + more) ** 2 / mse),
            "the error is summed, not averaged": -10 * np.log10(PIXELS * mse),
            "the error is halved": -10 * np.log10(mse / 2),
            "this is the root of the mean square in place of the mean square": right / 2,
            "these are absolute differences, not squares": -10 * np.log10(mean),
            "the differences are squared after the mean": -20 * np.log10(mean),
        },
    )  # fmt: skip


@after("known_value")
@points(0.5)
@demand("b")
@hint("The mean runs over all entries, however many and of whatever shape: no 32, no 1,024 in it.")
def test_image_of_any_shape(student, rng):
    original = rng.uniform(0.3, 0.7, size=(2, 7, 3))
    changed = original + rng.uniform(-0.3, 0.3, size=(2, 7, 3))
    right = -10 * np.log10(((changed - original) ** 2).mean())
    expect.close(
        student.psnr(original, changed), right, rtol=1e-4, what="the PSNR of an array (2, 7, 3)"
    )
    expect.close(
        student.psnr(original.ravel(), changed.ravel()), right, rtol=1e-4,
        what="the PSNR of the same pixels in a row",
    )  # fmt: skip


def own_values(student, originals, rebuilt):
    """What the student's own `psnr` says of each image: the mean is judged apart from it."""
    values = [
        expect.number(student.psnr(*pair), "psnr(...) of one of the images")
        for pair in zip(originals, rebuilt, strict=True)
    ]
    expect.true(
        np.ptp(values) > 1e-3, "psnr(...) is the same for a good image and a bad one", got=values
    )
    return np.array(values)


@points(2)
@demand("c")
@hint("First the PSNR of every image, each row on its own; then the mean of these numbers.")
def test_mean_over_images(student, rng):
    # No two of the first, the last, the median, the best and the worst image are the same.
    sizes = np.array([[0.05], [0.02], [0.1], [0.28], [0.2]])
    originals = rng.uniform(0.3, 0.7, size=(5, PIXELS))
    errors = sizes * rng.uniform(0.3, 1.0, size=PIXELS) * rng.choice([-1, 1], size=(5, PIXELS))
    rebuilt = originals + errors
    own, right = own_values(student, originals, rebuilt), -10 * np.log10((errors**2).mean(axis=1))
    value = student.mean_psnr(originals, rebuilt)
    is_right = isinstance(value, float) and np.isclose(value, right.mean(), rtol=1e-4)
    each = right if is_right else own
    expect.close(
        value, each.mean(), rtol=1e-4, atol=1e-6, what="the mean PSNR of five images",
        mistakes={
            "it is the PSNR of the mean error; the logarithm comes before the mean":
                -10 * np.log10((errors**2).mean()),
            "it is the mean over the columns: each pixel is taken for an image":
                -10 * np.log10((errors**2).mean(axis=0)).mean(),
            "it is the PSNR of the mean images; each image has a PSNR of its own":
                -10 * np.log10((errors.mean(axis=0) ** 2).mean()),
            "it is the sum of the PSNRs": each.sum(),
            "it is the median": np.median(each),
            "it is the PSNR of the first image": each[0],
            "it is the PSNR of the last image": each[-1],
        },
    )  # fmt: skip
