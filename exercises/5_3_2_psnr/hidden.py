"""Exercise 5.3.2: against another implementation, many images at once, arguments left alone."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points

pytestmark = exercise("5.3.2")
PIXELS = 1024


def noisy(originals, errors):
    """Reconstructions whose pixels stay between 0 and 1."""
    return np.clip(originals + errors, 0, 1)


@after("known_value")
@points(0.5)
@demand("a")
@hint("Nothing is rounded, clipped or left out before the difference is taken; black counts, too.")
def test_any_image(student, rng):
    original = rng.uniform(size=PIXELS).astype(np.float32)
    rebuilt = noisy(original, rng.normal(0, 0.2, size=PIXELS)).astype(np.float32)
    error = np.mean((original.astype(float) - rebuilt) ** 2)
    expect.close(
        student.psnr(original, rebuilt), -20 * np.log10(np.sqrt(error)), rtol=1e-4,
        what="the PSNR of a noisy image",
    )  # fmt: skip


@after("mean_over_images")
@points(0.5)
@demand("c")
@hint("The mean of the PSNRs of all rows, be it one row or a hundred.")
def test_mean_of_any_number(student, rng):
    for n in (1, 30):
        originals = rng.uniform(size=(n, PIXELS))
        sizes = rng.uniform(0.01, 0.3, size=(n, 1))
        rebuilt = noisy(originals, sizes * rng.normal(size=(n, PIXELS)))
        errors = ((originals - rebuilt) ** 2).mean(axis=1)
        # The mean of logarithms is the logarithm of the geometric mean; or it is that of what
        # the student's own `psnr` says, which is judged elsewhere.
        right = -10 * np.log10(errors).mean()
        value = expect.number(student.mean_psnr(originals, rebuilt))
        if not np.isclose(value, right, rtol=1e-4):
            pairs = zip(originals, rebuilt, strict=True)
            right = np.mean([expect.number(student.psnr(*pair)) for pair in pairs])
        expect.close(
            value, right, rtol=1e-4, atol=1e-6,
            what=f"the mean PSNR of {n} image{'s' * (n > 1)}",
        )  # fmt: skip


@after("known_value", "mean_over_images")
@points(0.5)
@demand("d")
@hint("No -= on what was handed over: make a new array of differences.")
def test_arguments_are_left_alone(student, rng):
    originals, rebuilt = rng.uniform(size=(3, PIXELS)), rng.uniform(size=(3, PIXELS))
    student.psnr(originals[0], rebuilt[0])
    student.mean_psnr(originals, rebuilt)
    expect.arguments_unchanged(student)
