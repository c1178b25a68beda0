"""Exercise 5.3.2: the peak signal-to-noise ratio of one image, and its mean over many."""

import numpy as np

from helpers.checking import exercise, expect, hint, points

pytestmark = exercise("5.3.2")


@points(1.5)
@hint("MSE is the mean of the squared differences; PSNR = 10 log10(1 / MSE).")
def test_known_value(student):
    # Half of the pixels are off by 0.02, half by 0.14: the mean square is 0.01, the PSNR 20.
    original = np.full((4, 4), 0.5)
    changed = original + np.where(np.indices((4, 4)).sum(axis=0) % 2, 0.02, 0.14)
    expect.close(
        student.psnr(original, changed), 20.0, rtol=1e-4,
        what="the PSNR for a mean squared error of 0.01",
        mistakes={
            "the factor 10 is missing": 2.0,
            "the factor is 20 where it should be 10": 40.0,
            "this is the natural logarithm": 10 * np.log(100),
            "this is the logarithm to the base 2": 10 * np.log2(100),
            "the sign is wrong": -20.0,
            "the largest value of a pixel is taken for 255; here it is 1":
                20 * np.log10(255) + 20,
            "the largest value in the image is taken for the peak; white is 1, always":
                10 * np.log10(0.5**2 / 0.01),
            "the error is summed, not averaged": 10 * np.log10(1 / 0.16),
            "this is the root of the mean square in place of the mean square": 10.0,
            "these are absolute differences, not squares": -10 * np.log10(0.08),
            "the differences are squared after the mean": -10 * np.log10(0.08**2),
        },
    )  # fmt: skip


@points(0.5)
@hint("No reshape to 32 x 32, no loop over rows: the mean runs over all entries, however many.")
def test_image_of_any_shape(student, rng):
    original = rng.uniform(size=(2, 7, 3))
    changed = original + rng.normal(0, 0.1, size=(2, 7, 3))
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
@hint("First the PSNR of every image, each row on its own; then the mean of these numbers.")
def test_mean_over_images(student, rng):
    originals = rng.uniform(size=(3, 40))
    sizes = np.array([[0.01], [0.1], [0.4]])
    rebuilt = originals + sizes * rng.choice([-1.0, 1.0], size=(3, 40))
    own, right = own_values(student, originals, rebuilt), -20 * np.log10(sizes.ravel())
    value = student.mean_psnr(originals, rebuilt)
    is_right = isinstance(value, float) and np.isclose(value, right.mean(), rtol=1e-4)
    each = right if is_right else own
    expect.close(
        value, each.mean(), rtol=1e-4, atol=1e-6, what="the mean PSNR of three images",
        mistakes={
            "it is the PSNR of the mean error; the logarithm comes before the mean":
                -10 * np.log10((sizes**2).mean()),
            "it is the sum of the PSNRs": each.sum(),
            "it is the median": np.median(each),
            "it is the best PSNR": each.max(),
            "it is the PSNR of the first image": each[0],
            "it is the PSNR of the last image": each[-1],
        },
    )  # fmt: skip
