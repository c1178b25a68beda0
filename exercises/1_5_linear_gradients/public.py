"""Exercise 1.5: gradients of y = W x + b, with x, y, b and delta as columns."""

import numpy as np

from helpers.checking import after, demand, exercise, expect, hint, points
from helpers.for_checks import constants

pytestmark = exercise("1.5")

SIGN = "the sign is turned round: where J rises, this says that it falls"
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


def wrong_slopes(slope, delta, own, name, other):
    """Mistakes that can be made with each of w and x: `slope` times delta is right."""
    return {
        f"this is dy/d{name}: delta is missing": slope,
        SIGN: -slope * delta,
        "delta is added; the chain rule multiplies": slope + delta,
        "delta is divided; the chain rule multiplies": delta / slope,
        f"one factor is too many: how fast y grows with {name} has no {name} in it": (
            slope * delta * own
        ),
        f"this is dJ/d{other}": own * delta,
    }


@points(0.5)
@demand("a")
@hint("Chain rule: dJ/dw = dJ/dy dy/dw, and dJ/dy is delta. How fast does w x + b grow with w?")
def test_scalar_weight(student, rng):
    w, x, b, delta = scalars(rng)
    expect.close(
        scalar_answer(student, w, x, b, delta)[0],
        slopes(lambda w: np.sum(delta * (w * x + b)), np.array(w)),
        what="dJ/dw",
        mistakes=wrong_slopes(x, delta, w, "w", "x"),
    )


@points(0.5)
@demand("a")
@hint("Chain rule: dJ/dx = dJ/dy dy/dx. How fast does w x + b grow with x?")
def test_scalar_input(student, rng):
    w, x, b, delta = scalars(rng)
    expect.close(
        scalar_answer(student, w, x, b, delta)[1],
        slopes(lambda x: np.sum(delta * (w * x + b)), np.array(x)),
        what="dJ/dx",
        mistakes=wrong_slopes(w, delta, x, "x", "w"),
    )


@points(0.5)
@demand("a")
@hint("Chain rule: dJ/db = dJ/dy dy/db. How fast does w x + b grow with b?")
def test_scalar_bias(student, rng):
    w, x, b, delta = scalars(rng)
    expect.close(
        scalar_answer(student, w, x, b, delta)[2],
        slopes(lambda b: np.sum(delta * (w * x + b)), np.array(b)),
        what="dJ/db",
        mistakes={
            SIGN: -delta,
            "this is dy/db: delta is missing": 1.0,
            "delta is added; the chain rule multiplies": 1 + delta,
            "one factor is too many: how fast y grows with b has no b in it": delta * b,
            "this says that b makes no difference to J, but y moves with b": 0.0,
        },
    )


@points(1)
@demand("b")
@hint("dJ/dW has the shape of W. Take one entry, W_ij: which output does it reach, by which input?")
def test_dJ_dW(student, rng):
    for k, d in ((3, 2), (1, 4)):
        W, x, b, delta = draw(rng, k, d)
        wrong = {
            SIGN: -delta @ x.T,
            "this is the transpose of what is asked; the gradient has the shape of W": x @ delta.T,
            "delta is missing: the rows are the input alone": np.ones((k, 1)) @ x.T,
            "x is missing: the columns are delta alone": delta @ np.ones((1, d)),
            "W is in it; how fast y grows with W has no W in it": W * (delta @ x.T),
            "this is the gradient for the input": W.T @ delta,
        }
        if k == 1:
            wrong["the numbers are right, but this is flat; W has two axes"] = (delta @ x.T)[0]
        expect.close(
            student.dJ_dW(W.copy(), x.copy(), delta.copy()),
            slopes(lambda W, x=x, b=b, delta=delta: np.sum(delta * (W @ x + b)), W),
            what="dJ_dW(W, x, delta), against central differences,",
            mistakes=wrong,
        )


@points(1)
@demand("c")
@hint("dJ/dx has the shape of x. Which outputs does input j reach? The chain rule sums over them.")
def test_dJ_dx(student, rng):
    for k, d in ((2, 2), (4, 3)):
        W, x, b, delta = draw(rng, k, d)
        right = W.T @ delta
        wrong = {
            SIGN: -right,
            "this is a row; the gradient has the shape of x, a column": right.T,
            "the numbers are right, but this is flat; the gradient is a column like x": right[:, 0],
            "delta is missing: these are the sums of the columns of W": W.T.sum(1, keepdims=True),
            "this is the gradient for the weights": delta @ x.T,
            "nothing is summed yet: entry j is a sum over the outputs that x_j reaches": W * delta,
        }
        if k == d:
            fits = "it fits only because k = d here, and sums over the wrong index"
            wrong[f"this is W delta: {fits}"] = W @ delta
            wrong["this is W x, the way forward: delta is not in it"] = W @ x
        expect.close(
            student.dJ_dx(W.copy(), x.copy(), delta.copy()),
            slopes(lambda x, W=W, b=b, delta=delta: np.sum(delta * (W @ x + b)), x),
            what="dJ_dx(W, x, delta), against central differences,",
            mistakes=wrong,
        )


@points(0.5)
@demand("d")
@hint("dJ/db has the shape of b. Which outputs does b_i move, and how much?")
def test_dJ_db(student, rng):
    W, x, b, delta = draw(rng, 3, 2)
    wrong = {
        SIGN: -delta,
        "this is dy/db: delta is missing": np.ones_like(b),
        "delta is added up to one number, but each output has a bias of its own": delta.sum(),
        "delta is added up along its column, but each output has a bias of its own": (
            delta.sum(axis=0, keepdims=True)
        ),
        "this is the mean of delta, but each output has a bias of its own": delta.mean(),
        "this is a row; the gradient has the shape of b, a column": delta.T,
        "the numbers are right, but this is flat; the gradient is a column like b": delta[:, 0],
        "this is nothing but zeros, but y moves with b": np.zeros_like(b),
    }
    expect.close(
        student.dJ_db(W.copy(), x.copy(), delta.copy()),
        slopes(lambda b: np.sum(delta * (W @ x + b)), b),
        what="dJ_db(W, x, delta), against central differences,",
        mistakes=wrong,
    )


@after("dJ_dW", "dJ_dx")
@points(0.5)
@demand("e")
@hint("`delta *= x.T` or `x.shape = ...` change the caller's arrays.")
def test_layer_unchanged(student, rng):
    W, x, delta = rng.normal(size=(3, 3)), rng.normal(size=(3, 1)), rng.normal(size=(3, 1))
    student.dJ_dW(W, x, delta)
    student.dJ_dx(W, x, delta)
    student.dJ_db(W, x, delta)
    expect.arguments_unchanged(student)


def ask_shape(student, position, name, right, mistakes):
    """Judge one of the three shapes that gradient_shapes(5, 4) gives."""
    answer = as_list(student.gradient_shapes(5, 4))
    answer = expect.sequence(answer, 3, "gradient_shapes(5, 4)")
    constants.sizes(
        as_list(answer[position]),
        right,
        what=f"the shape of dJ/d{name}",
        problem=f"for k = 5, d = 4 the shape given for dJ/d{name} is not that of {name}",
        mistakes=mistakes,
    )


@points(0.5)
@demand("f")
@hint(
    "J is one number. Its slope along each entry of W makes as many numbers as W has, in W's form."
)
def test_shape_of_dJ_dW(student):
    wrong = {
        "this is the shape of W's transpose": (4, 5),
        "this is the shape of a flat array; W has two axes": (20,),
    }
    ask_shape(student, 0, "W", (5, 4), wrong)


@points(0.5)
@demand("f")
@hint("A gradient has the shape of what it is the gradient of. Is that a row or a column here?")
def test_shape_of_dJ_dx(student):
    wrong = {
        "this is the shape of a row; x is a column": (1, 4),
        "this is the shape of a flat array; x is a column": (4,),
        "this is the shape of b": (5, 1),
    }
    ask_shape(student, 1, "x", (4, 1), wrong)


@points(0.5)
@demand("f")
@hint("A gradient has the shape of what it is the gradient of. How many biases are there?")
def test_shape_of_dJ_db(student):
    wrong = {
        "this is the shape of a row; b is a column": (1, 5),
        "this is the shape of a flat array; b is a column": (5,),
        "this is the shape of x": (4, 1),
        "this is the shape of a single number; each output has a bias of its own": (1, 1),
    }
    ask_shape(student, 2, "b", (5, 1), wrong)
