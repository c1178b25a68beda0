"""Exercise 5.3.2: the peak signal-to-noise ratio of one image, and its mean over many."""

import numpy as np

from helpers.checking import exercise, expect, hint, points

pytestmark = exercise("5.3.2")


@points(1.5)
@hint("MSE is the mean of the squared differences; PSNR = 10 log10(1 / MSE).")
def test_known_value(student, rng):
    # Half of the pixels are off by a little, half by more.
    little, more = rng.uniform(0.01, 0.04), rng.uniform(0.12, 0.2)
    original = np.full((4, 4), 0.5)
    changed = original + np.where(np.indices((4, 4)).sum(axis=0) % 2, little, more)
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
            "the largest value in the image is taken for the peak; white is 1, always":
                10 * np.log10(0.5**2 / mse),
            "the error is summed, not averaged": -10 * np.log10(16 * mse),
            "this is the root of the mean square in place of the mean square": right / 2,
            "these are absolute differences, not squares": -10 * np.log10(mean),
            "the differences are squared after the mean": -20 * np.log10(mean),
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
