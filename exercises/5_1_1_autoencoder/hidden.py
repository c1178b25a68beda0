"""Exercise 5.1.1: other shapes and sizes, data left alone."""

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import autoencoder as right

pytestmark = exercise("5.1.1")


def smooth_problem(rng, n, inputs, hidden):
    while True:
        x, params = rng.uniform(size=(n, inputs)), right.draw(rng, inputs, hidden)
        if right.safe(x, [params]):
            return x, params


def with_caches(x, params, activation=right.relu):
    values = right.layer_values(x, params, activation)
    caches = {f"cache_{layer}": cache for layer, cache in zip(right.LAYERS, values, strict=True)}
    return {**{name: params[name].copy() for name in right.NAMES}, **caches}


@points(0.5)
@demand("d")
@hint("The loss of one image, and of images with a single pixel, is a sum of squares as well.")
def test_loss_of_any_shape(student, rng):
    for shape in ((1, 9), (7, 1)):
        x, output = rng.normal(size=shape), rng.normal(size=shape)
        expect.close(
            student.squared_error(x, output), ((x - output) ** 2).sum(), rtol=1e-4,
            what=f"the loss of arrays of shape {shape}",
        )  # fmt: skip


@points(1)
@demand("f")
@hint("Compare with numerical_gradients of notebook 2. No size belongs in the code.")
def test_gradients_of_other_sizes(student, rng):
    x, params = smooth_problem(rng, 6, 3, 5)
    slopes = right.gradients(x, params)
    given = with_caches(x, params)
    student.backwards_autoencoder(2 * (right.output(x, params) - x), given)
    expect.keys(given, [f"grad_{name}" for name in right.NAMES], "`params` after the way back")
    for name in right.NAMES:
        expect.close(
            given[f"grad_{name}"], slopes[name], rtol=1e-3, atol=1e-5,
            what=f"params['grad_{name}'] of a network with more hidden units than inputs",
        )  # fmt: skip


@after("reconstruction", "loss_is_the_total", "slope_of_the_loss")
@points(0.5)
@demand("g")
@hint("No -= and no *= on what was handed over: make new arrays.")
def test_arguments_are_left_alone(student, rng):
    x, params = smooth_problem(rng, 3, 4, 3)
    output, delta = right.output(x, params), rng.normal(size=x.shape)
    student.squared_error(x, output)
    student.squared_error_deriv(x, output)
    student.forward_autoencoder(x, dict(params))
    student.backwards_autoencoder(delta, with_caches(x, params))
    expect.arguments_unchanged(student)
