"""Every displayed formula of notebook 1 holds, as printed; and a misprint would be noticed."""

import re

import numpy as np
import pytest
from scipy import special

from autograder.course.course import find_course
from tests.latex_reader import CannotRead, Family
from tests.printed_maths import TAG, displays, misprints, verify

STEP = 1e-5
ENVIRONMENTS = {}


def holds(*tags):
    """Register a function that yields values at which the formulas of these names must hold."""

    def register(function):
        for tag in tags:
            assert tag not in ENVIRONMENTS, f"{tag} is verified twice"
            ENVIRONMENTS[tag] = function
        return function

    return register


def numbered(section, *numbers):
    return [f"{section}.{number}" for number in numbers]


def slope(function, at):
    return (function(at + STEP) - function(at - STEP)) / (2 * STEP)


def slopes(function, at):
    """Central differences of a number or an array along every entry of an array.

    The axes of the result come first, then those of ``at``; axes of length 1 are kept only
    in ``at``, so that a column has one index as in print.
    """
    columns = []
    for index in np.ndindex(at.shape):
        step = np.zeros_like(at)
        step[index] = STEP
        columns.append((function(at + step) - function(at - step)) / (2 * STEP))
    return np.moveaxis(np.array(columns), 0, -1)


# --- 1.1


def score_vectors(rng):
    """Scores at random, all equal, far apart, very large and very small."""
    yield from (rng.normal(0, 2, size=d) for d in (2, 3, 5))
    yield np.full(3, 1.7)
    yield np.array([0.0, -20.0, -25.0])
    yield np.array([12.0, -12.0])


def entries(rng, **more):
    for x in score_vectors(rng):
        for i in range(1, len(x) + 1):
            j = 1 + i % len(x)
            yield {"x": x, "d": len(x), "i": i, "j": j, **{k: f(x) for k, f in more.items()}}


@holds(*numbered("1.1", 1, 2, 3, 4, 5, 6))
def shifted_softmax(rng):
    shift = float(rng.normal())
    yield from entries(rng, c=lambda x: shift, softmax=lambda x: special.softmax)


@holds("1.1.7")
def logarithm(rng):
    yield from ({"y": y} for y in rng.uniform(0.01, 9, size=5))


@holds(*numbered("1.1", 8, 9, 10, 11, 13))
def shift_by_the_largest(rng):
    domains = {"domains": lambda x: {"j": range(1, len(x) + 1)}}
    yield from entries(rng, m=lambda x: np.sort(x)[-1], c=lambda x: np.sort(-x)[0], **domains)


@holds("1.1.12", "1.6.8")
def plain_numbers(rng):
    yield {}


# --- 1.2


@holds(*numbered("1.2", 1, 2, 3, 4, 5, 6, 7, 9, 10, 11))
def three_steps(rng):
    yield from entries(
        rng,
        s=lambda x: np.exp(x),
        S=lambda x: np.exp(special.logsumexp(x)),
        p=lambda x: special.softmax(x),
    )


@holds("1.2.8")
def two_scores(rng):
    for t in (-3.0, -0.5, 0.0, 2.0):
        yield {"t": t, "p": special.softmax([t, 0.0])}


@holds("1.2.12", "1.2.13")
def worked_example(rng):
    x = np.array([2.0, 1.0, 0.0, -1.0])
    yield {"S": np.exp(special.logsumexp(x)), "p": special.softmax(x)}


# --- 1.3


def from_outside(weights, biases, upto):
    """W and b of the first layers, read off from what they make of zeros and unit vectors."""

    def run(A):
        for W, b in zip(weights[:upto], biases[:upto], strict=True):
            A = np.einsum("nd,dk->nk", A, W) + b[None, :]
        return A

    inputs = weights[0].shape[0]
    b = run(np.zeros((1, inputs)))[0]
    return run, run(np.eye(inputs)) - b, b


def linear_network(rng, n):
    sizes = [int(size) for size in rng.permutation([2, 3, 4, 5, 6])[: n + 1]]
    weights = [rng.normal(size=pair) for pair in zip(sizes[:-1], sizes[1:], strict=True)]
    biases = [rng.normal(size=size) for size in sizes[1:]]
    X = rng.normal(size=(7, sizes[0]))
    outside = [from_outside(weights, biases, upto) for upto in range(n + 1)]
    return {
        "n": n,
        "X": X,
        "A": Family({upto: run(X) for upto, (run, _, _) in enumerate(outside)}),
        "W": Family(dict(enumerate(weights, 1)), whole=outside[n][1]),
        "b": Family(dict(enumerate(biases, 1)), whole=outside[n][2]),
        "D": Family(dict(enumerate(sizes))),
        "bar W": Family({upto: W for upto, (_, W, _) in enumerate(outside)}),
        "bar b": Family({upto: b for upto, (_, _, b) in enumerate(outside)}),
    }


@holds("1.3.2", "1.3.3")
def two_layers(rng):
    yield linear_network(rng, 2)


@holds("1.3.9")
def three_layers(rng):
    yield linear_network(rng, 3)


@holds("1.3.1", *numbered("1.3", 4, 5, 6, 7, 8))
def many_layers(rng):
    for n in (2, 3, 4):
        network = linear_network(rng, n)
        yield from ({**network, r"\ell": layer} for layer in range(2, n + 1))


# --- 1.4


@holds(*numbered("1.4", *range(1, 12)))
def sigmoid(rng):
    for x in rng.normal(0, 2, size=6):
        yield {"x": x, "u": np.exp(x / 2), "s": special.expit(x), r"\sigma": special.expit}


# --- 1.5


def loss(y):
    """Any smooth function of all outputs together will do."""
    return np.sin(y).sum() + 0.3 * y.sum() ** 2


def loss_slope(y):
    return np.cos(y) + 0.6 * y.sum()


@holds(*numbered("1.5", 1, 2, 4, 5, 6, 7))
def plain_layer(rng):
    for _ in range(3):
        w, x, b = rng.normal(size=3)
        y = sum([w * x, b])

        def J(w, x, b):
            return loss(np.array([w * x + b]))

        yield {
            **{"w": w, "x": x, "b": b, "y": y, r"\delta": loss_slope(np.array([y]))[0]},
            "partials": {
                ("J", "y"): slope(lambda y: loss(np.array([y])), y),
                ("J", "w"): slope(lambda w, x=x, b=b: J(w, x, b), w),
                ("J", "x"): slope(lambda x, w=w, b=b: J(w, x, b), x),
                ("J", "b"): slope(lambda b, w=w, x=x: J(w, x, b), b),
                ("y", "w"): slope(lambda w, x=x, b=b: w * x + b, w),
                ("y", "x"): slope(lambda x, w=w, b=b: w * x + b, x),
                ("y", "b"): slope(lambda b, w=w, x=x: w * x + b, b),
            },
        }


def layer(W, x, b):
    return np.einsum("kd,do->ko", W, x) + b


@holds("1.5.3", *numbered("1.5", *range(8, 19)))
def matrix_layer(rng):
    for k, d in ((3, 4), (4, 2)):
        W, x, b = (rng.normal(size=shape) for shape in ((k, d), (d, 1), (k, 1)))
        y = layer(W, x, b)

        def of_W(W, x=x, b=b):
            return layer(W, x, b)

        def of_x(x, W=W, b=b):
            return layer(W, x, b)

        def of_b(b, W=W, x=x):
            return layer(W, x, b)

        partials = {("J", "y"): slopes(loss, y).reshape(y.shape)}
        for name, function, at in (("W", of_W, W), ("x", of_x, x), ("b", of_b, b)):
            partials["J", name] = slopes(lambda v, f=function: loss(f(v)), at).reshape(at.shape)
            # One index for a column's row, two for a matrix's entry, as in print.
            entries_of_at = at.shape if name == "W" else (len(at),)
            partials["y", name] = slopes(function, at).reshape(k, *entries_of_at)
        for i in range(1, k + 1):
            for j in range(1, d + 1):
                yield {
                    **{"W": W, "x": x, "b": b, "y": y, r"\delta": loss_slope(y)},
                    **{"k": k, "d": d, "i": i, "j": j, "m": 1 + i % k, "partials": partials},
                }


# --- 1.6


def chain(a_0, weights):
    """The values along a chain of sigmoids, from a_0 on."""
    values = [a_0]
    for w in weights:
        values.append(special.expit(w * values[-1]))
    return values


@holds("1.6.1", "1.6.3", "1.6.4", "1.6.7")
def chains(rng):
    for a_0, weights in (
        (0.7, rng.normal(0, 3, size=4)),
        (-1.2, rng.normal(0, 3, size=3)),
        (0.0, np.array([1.5])),  # z = 0: here the bound is reached
    ):
        a = chain(a_0, weights)

        def along(late, early, a=a, weights=weights):
            return slope(lambda v: chain(v, weights[early:late])[-1], a[early])

        for layer_number in range(1, len(weights) + 1):
            yield {
                "n": len(weights),
                r"\ell": layer_number,
                "a": Family(dict(enumerate(a))),
                "w": Family(dict(enumerate(weights, 1)), whole=np.abs(weights).max()),
                "z": Family({n: special.logit(a[n]) for n in range(1, len(a))}),
                r"\sigma": special.expit,
                "partials": {("a", "a"): along},
            }


@holds("1.6.2", "1.6.5", "1.6.6", *numbered("1.6", *range(9, 25)))
def sigmoid_and_tanh(rng):
    for x in (0.0, -15.0, 15.0, *rng.normal(0, 1, size=6)):
        yield {
            "x": x,
            "s": special.expit(x),
            "t": np.tanh(x),
            "u": 2 * np.sinh(x),
            "v": 2 * np.cosh(x),
            r"\sigma": special.expit,
            "partials": {
                ("u", "x"): slope(lambda v: 2 * np.sinh(v), x),
                ("v", "x"): slope(lambda v: 2 * np.cosh(v), x),
            },
            "domains": {"x": np.linspace(-8, 8, 161)},
        }


# --- the tests


CELLS = [
    cell for cell in find_course().read_notebook("01_theory").cells if cell.cell_type == "markdown"
]
DISPLAYS = [display for cell in CELLS for display in displays(cell.source)]
PRINTED = {tags[0]: latex for tags, latex in DISPLAYS if tags}

# Misprints that leave a true, if weaker or pointless, statement; each was looked at.
STILL_TRUE = {
    # softmax(x - c) is softmax(x + c): that is what the exercise is about.
    "1.1.2": {"+ became - at symbol 12"},
    "1.1.5": {"+ became - at symbol 12"},
    # A share below 1 is below 2; the bound 1 is the one that is never reached but approached.
    "1.2.6": {"1 became 2 at symbol 12"},
    # The slope of 2 + exp(-x) is that of 1 + exp(-x).
    "1.4.4": {"1 became 2 at symbol 9"},
    # 1 is less than 2 + exp(-x), and than 1 + exp(x).
    "1.6.9": {"1 became 2 at symbol 2", "- became + at symbol 7"},
    # |exp(x) - exp(x)| is 0.
    "1.6.11": {"- became + at symbol 10"},
}


def test_every_display_has_one_tag():
    assert [display for display in DISPLAYS if len(display[0]) != 1] == []


def test_exactly_the_printed_formulas_are_verified():
    tags = [tag for tags, _ in DISPLAYS for tag in tags]
    assert sorted(tags) == sorted(ENVIRONMENTS)


def test_formulas_are_numbered_in_order():
    tags = [tuple(map(int, tag.split("."))) for tags, _ in DISPLAYS for tag in tags]
    assert tags == sorted(tags)
    for exercise in {tag[:2] for tag in tags}:
        numbers = [tag[2] for tag in tags if tag[:2] == exercise]
        assert numbers == list(range(1, len(numbers) + 1))


def for_students(cell):
    tags = cell.metadata.get("tags", [])
    return not (cell.metadata.get("nbgrader") or "rubric" in tags or "solution" in tags)


def test_references_lead_somewhere():
    """And what students read refers to nothing that is taken out of their copy."""
    given = {tag for cell in CELLS if for_students(cell) for tag in TAG.findall(cell.source)}
    seen = set()
    for cell in CELLS:
        referred = set(re.findall(r"\b1\.\d\.\d+\b", TAG.sub("", cell.source)))
        allowed = given if for_students(cell) and cell.id != "symbols" else set(PRINTED)
        assert referred <= allowed, cell.id
        seen |= referred
    assert seen


@pytest.mark.parametrize("tag", sorted(ENVIRONMENTS))
def test_a_formula_holds_as_printed(tag):
    verify(PRINTED[tag], list(ENVIRONMENTS[tag](np.random.default_rng(7))))


@pytest.mark.parametrize("tag", sorted(ENVIRONMENTS))
def test_a_misprint_is_noticed(tag):
    """A sign, a digit, a bracket or a transpose printed wrongly does not get through."""
    survivors = set()
    environments = list(ENVIRONMENTS[tag](np.random.default_rng(1)))
    for label, latex in misprints(PRINTED[tag]):
        try:
            verify(latex, environments)
        except Exception:  # whatever it breaks, the misprint does not pass
            continue
        survivors.add(label)
    assert survivors == STILL_TRUE.get(tag, set())


def test_what_cannot_be_read_is_refused():
    for latex in ("x", r"x = \unknown", "x = (1", r"x = \frac{1}{2", "x = 1 2 )"):
        with pytest.raises(CannotRead):
            verify(latex, [{"x": 1.0}])
