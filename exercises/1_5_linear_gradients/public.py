"""Exercise 1.5: gradients of y = W x + b, with x, y, b and delta as columns."""

import numpy as np

from helpers.checking import exercise, expect, hint, points

pytestmark = exercise("1.5")

STEP = 1e-3  # J is linear in each of W, x and b here, so any step gives the same slope


def slopes(J, at):
    """Central differences of J along every entry of an array."""
    result = np.zeros_like(at)
    for index in np.ndindex(at.shape):
        step = np.zeros_like(at)
        step[index] = STEP
        result[index] = (J(at + step) - J(at - step)) / (2 * STEP)
    return result


def draw(rng, k, d):
    """W, x, b and delta of a layer with d inputs and k outputs."""
    return (rng.normal(size=shape) for shape in ((k, d), (d, 1), (k, 1), (k, 1)))


def as_list(value):
    """An array as nested lists; anything else as it is."""
    return value.tolist() if isinstance(value, np.ndarray) else value


def scalars(rng):
    """Four different numbers w, x, b and delta, none of them 1."""
    return tuple(float(v) for v in rng.permutation([1.25, 1.75, 2.25, 2.75]))


def scalar_answer(student, w, x, b, delta):
    """What came back, as a list of three."""
    answer = as_list(student.scalar_gradients(w, x, b, delta))
    return expect.sequence(answer, 3, "scalar_gradients(w, x, b, delta)")


@points(0.5)
@hint("Chain rule: dJ/dw = dJ/dy dy/dw, and dJ/dy is delta. How fast does w x + b grow with w?")
def test_scalar_weight(student, rng):
    w, x, b, delta = scalars(rng)
    expect.close(
        scalar_answer(student, w, x, b, delta)[0],
        slopes(lambda w: np.sum(delta * (w * x + b)), np.array(w)),
        what="dJ/dw",
        mistakes={"this is dy/dw: delta is missing": x, "this is dJ/dx": w * delta},
    )


@points(0.5)
@hint("Chain rule: dJ/dx = dJ/dy dy/dx. How fast does w x + b grow with x?")
def test_scalar_input(student, rng):
    w, x, b, delta = scalars(rng)
    expect.close(
        scalar_answer(student, w, x, b, delta)[1],
        slopes(lambda x: np.sum(delta * (w * x + b)), np.array(x)),
        what="dJ/dx",
        mistakes={"this is dy/dx: delta is missing": w, "this is dJ/dw": x * delta},
    )


@points(0.5)
@hint("Chain rule: dJ/db = dJ/dy dy/db. How fast does w x + b grow with b?")
def test_scalar_bias(student, rng):
    w, x, b, delta = scalars(rng)
    expect.close(
        scalar_answer(student, w, x, b, delta)[2],
        slopes(lambda b: np.sum(delta * (w * x + b)), np.array(b)),
        what="dJ/db",
        mistakes={"this is dy/db = 1: delta is missing": 1.0},
    )


@points(1)
@hint("dJ/dW has the shape of W, (k, d). Entry (i, j) is delta_i x_j: one column times one row.")
def test_dJ_dW(student, rng):
    W, x, b, delta = draw(rng, 3, 2)
    expect.close(
        student.dJ_dW(W, x, delta),
        slopes(lambda W: np.sum(delta * (W @ x + b)), W),
        what="dJ_dW(W, x, delta), against central differences,",
        mistakes={
            "this is x delta^T of shape (d, k), the transpose of what is asked": x @ delta.T,
        },
    )


@points(1)
@hint("dJ/dx has the shape of x, (d, 1). Input j reaches every output: sum over the rows of W.")
def test_dJ_dx(student, rng):
    for k, d in ((2, 2), (4, 3)):
        W, x, b, delta = draw(rng, k, d)
        expect.close(
            student.dJ_dx(W, x, delta),
            slopes(lambda x, W=W, b=b, delta=delta: np.sum(delta * (W @ x + b)), x),
            what="dJ_dx(W, x, delta), against central differences,",
            mistakes={
                "this is W delta: it fits only because k = d here, and sums over the wrong index": (
                    W @ delta if k == d else np.inf
                ),
                "this is a row; the gradient has the shape of x, a column": (delta.T @ W),
            },
        )


@points(0.5)
@hint("dJ/db has the shape of b, (k, 1). Each b_i moves its own y_i, one for one.")
def test_dJ_db(student, rng):
    W, x, b, delta = draw(rng, 3, 2)
    expect.close(
        student.dJ_db(W, x, delta),
        slopes(lambda b: np.sum(delta * (W @ x + b)), b),
        what="dJ_db(W, x, delta), against central differences,",
        mistakes={
            "this is dy/db: delta is missing": np.ones_like(b),
            "nothing is summed here: there is one example, and each output has its own bias": (
                delta.sum()
            ),
        },
    )


def shape_answer(student, position, name):
    """One of the three shapes that gradient_shapes(5, 4) gives, as a list of two ints."""
    answer = as_list(student.gradient_shapes(5, 4))
    answer = expect.sequence(answer, 3, "gradient_shapes(5, 4)")
    shape = expect.sequence(as_list(answer[position]), None, f"the shape of {name}")
    return [expect.number(size, f"a size in the shape of {name}") for size in shape]


@points(0.5)
@hint(
    "J is one number. Its slope along each entry of W makes as many numbers as W has, in W's form."
)
def test_shape_of_dJ_dW(student):
    shape = shape_answer(student, 0, "dJ/dW")
    problem = "for k = 5, d = 4 the shape given for dJ/dW is not that of W"
    if shape == [4, 5]:
        problem += ", but that of its transpose"
    expect.true(shape == [5, 4], problem, got=tuple(shape))


@points(0.5)
@hint("A gradient has the shape of what it is the gradient of.")
def test_shape_of_dJ_dx(student):
    shape = shape_answer(student, 1, "dJ/dx")
    problem = "for k = 5, d = 4 the shape given for dJ/dx is not that of x"
    expect.true(shape == [4, 1], problem, got=tuple(shape))


@points(0.5)
@hint("A gradient has the shape of what it is the gradient of.")
def test_shape_of_dJ_db(student):
    shape = shape_answer(student, 2, "dJ/db")
    problem = "for k = 5, d = 4 the shape given for dJ/db is not that of b"
    expect.true(shape == [5, 1], problem, got=tuple(shape))
