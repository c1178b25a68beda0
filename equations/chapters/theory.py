"""Values at which the equations of notebook 1 must hold."""

import numpy as np
from scipy import special

from equations.chapter import Chapter
from equations.differences import slope, slopes
from equations.reading import Family

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
CHAPTER = Chapter("01_theory", still_true=STILL_TRUE)


def numbers(section, *numbers):
    return [f"{section}.{number}" for number in numbers]


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


@CHAPTER.holds(*numbers("1.1", 1, 2, 3, 4, 5, 6))
def shifted_softmax(rng):
    shift = float(rng.normal())
    yield from entries(rng, c=lambda x: shift, softmax=lambda x: special.softmax)


@CHAPTER.holds("1.1.7")
def logarithm(rng):
    yield from ({"y": y} for y in rng.uniform(0.01, 9, size=5))


@CHAPTER.holds(*numbers("1.1", 8, 9, 10, 11, 13))
def shift_by_the_largest(rng):
    domains = {"domains": lambda x: {"j": range(1, len(x) + 1)}}
    yield from entries(rng, m=lambda x: np.sort(x)[-1], c=lambda x: np.sort(-x)[0], **domains)


@CHAPTER.holds("1.1.12", "1.6.8")
def plain_numbers(rng):
    yield {}


# --- 1.2


@CHAPTER.holds(*numbers("1.2", 1, 2, 3, 4, 5, 6, 7, 9, 10, 11))
def three_steps(rng):
    yield from entries(
        rng,
        s=lambda x: np.exp(x),
        S=lambda x: np.exp(special.logsumexp(x)),
        p=lambda x: special.softmax(x),
    )


@CHAPTER.holds("1.2.8")
def two_scores(rng):
    for t in (-3.0, -0.5, 0.0, 2.0):
        yield {"t": t, "p": special.softmax([t, 0.0])}


@CHAPTER.holds("1.2.12", "1.2.13")
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


@CHAPTER.holds("1.3.2", "1.3.3")
def two_layers(rng):
    yield linear_network(rng, 2)


@CHAPTER.holds("1.3.9")
def three_layers(rng):
    yield linear_network(rng, 3)


@CHAPTER.holds("1.3.1", *numbers("1.3", 4, 5, 6, 7, 8))
def many_layers(rng):
    for n in (2, 3, 4):
        network = linear_network(rng, n)
        yield from ({**network, r"\ell": layer} for layer in range(2, n + 1))


# --- 1.4


@CHAPTER.holds(*numbers("1.4", *range(1, 12)))
def sigmoid(rng):
    for x in rng.normal(0, 2, size=6):
        yield {"x": x, "u": np.exp(x / 2), "s": special.expit(x), r"\sigma": special.expit}


# --- 1.5


def loss(y):
    """Any smooth function of all outputs together will do."""
    return np.sin(y).sum() + 0.3 * y.sum() ** 2


def loss_slope(y):
    return np.cos(y) + 0.6 * y.sum()


@CHAPTER.holds(*numbers("1.5", 1, 2, 4, 5, 6, 7))
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


@CHAPTER.holds("1.5.3", *numbers("1.5", *range(8, 19)))
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

        partials = {("J", "y"): slopes(loss, y)}
        for name, function, at in (("W", of_W, W), ("x", of_x, x), ("b", of_b, b)):
            partials["J", name] = slopes(lambda v, f=function: loss(f(v)), at)
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


@CHAPTER.holds("1.6.1", "1.6.3", "1.6.4", "1.6.7")
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


@CHAPTER.holds("1.6.2", "1.6.5", "1.6.6", *numbers("1.6", *range(9, 25)))
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
