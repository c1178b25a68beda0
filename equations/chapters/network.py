"""Values at which the equations of notebook 2 must hold."""

import itertools

import numpy as np
from scipy import optimize, special, stats

from autograder.course.reference import reference_functions
from equations.chapter import Chapter
from equations.differences import slopes
from equations.reading import FUNCTIONS, Family
from helpers import batches
from helpers.for_checks import two_layers

READ = FUNCTIONS | {"f", "J", "O", "Var", "E"}
ANSWERS = reference_functions(
    ["02_network"], ["forward", "train", "numerical_gradients", "relative_error"]
)

# Misprints that leave a true, if pointless, statement; each was looked at.
STILL_TRUE = {
    # Times W_2 = 0, a sum is as much zero as a difference.
    "2.1.1.2": {"- became + at symbol 12"},
    # A gradient equals itself.
    "2.1.1.3": {"indices became the same at symbol 40", "indices became the same at symbol 55"},
    # O(...) has no sign, and what is left of a cubic is smaller than any power.
    "2.5.2": {"4 became 5 at symbol 23", "+ became - at symbol 18"},
}


def functions_in(tag):
    """``E`` is a mean in 2.1.2 and an error in 2.5; ``J`` a function in 2.5 alone."""
    if tag.startswith("2.1.2"):
        return READ - {"J"}
    return READ - {"E"} if tag.startswith("2.5") else READ - {"E", "J"}


CHAPTER = Chapter("02_network", functions_in, STILL_TRUE)


def one_hot(rng, n, classes):
    return np.eye(classes)[rng.integers(0, classes, size=n)]


def gradients(x, y, params):
    """Central differences of the network's loss for every parameter."""
    return {
        name: slopes(lambda v, n=name: two_layers.loss(x, y, {**params, n: v}), params[name])
        for name in two_layers.NAMES
    }


# --- 2.1


@CHAPTER.holds("2.1.1.1", "2.1.1.2")
def first_step_from_zero(rng):
    x, y = rng.normal(size=(5, 2)), one_hot(rng, 5, 3)
    params = {name: np.zeros_like(v) for name, v in two_layers.draw(rng, 2, 4, 3).items()}
    probs = np.exp(two_layers.log_probs(x, params))
    hidden = special.expit(np.zeros((5, 4)))

    def from_hidden(h):
        scores = h @ params["Woutput"]
        return -(y * special.log_softmax(scores, axis=1)).sum()

    yield {
        **{"N": 5, "A": hidden, "P": probs, "Y": y, "W_2": params["Woutput"]},
        "mathbf 1": np.ones((4, 1)),
        "mathbf 0": np.zeros((5, 4)),
        "p": Family({n: probs[n - 1 : n] for n in range(1, 6)}),
        "y": Family({n: y[n - 1 : n] for n in range(1, 6)}),
        "partials": {
            ("J", "W"): Family({2: gradients(x, y, params)["Woutput"]}),
            ("J", "A"): slopes(from_hidden, hidden),
        },
    }


@CHAPTER.holds("2.1.1.3")
def later_steps_from_zero(rng):
    x, y = rng.normal(size=(5, 2)), one_hot(rng, 5, 3)
    for start in (0.0, 0.1):
        params = {name: np.full_like(v, start) for name, v in two_layers.draw(rng, 2, 4, 3).items()}
        ANSWERS["train"](x, y, params, 0.3, 5, 4, batches.all_at_once)
        slope = gradients(x, y, params)
        assert np.abs(slope["Wlayer1"]).max() > 1e-3
        partials = {("J", "u"): slope["Wlayer1"], ("J", "v"): slope["Woutput"]}
        for d, c in itertools.product((1, 2), (1, 2, 3)):
            yield {"i": 1, "j": 3, "d": d, "c": c, "partials": partials}


def outcomes(*choices):
    """All combinations of equally likely values: one array for each variable."""
    return list(np.array(list(itertools.product(*choices))).T)


@CHAPTER.holds("2.1.2.1")
def variance_of_a_sum(rng):
    for inputs in (2, 3):
        values, weights = rng.normal(size=2), np.array([-0.4, 0.0, 0.4])
        drawn = outcomes(*[values] * inputs, *[weights] * inputs)
        x, w = drawn[:inputs], drawn[inputs:]
        s = sum(a * b for a, b in zip(x, w, strict=True))
        yield {"s": s, "w": w[0], "x": x[0], "n_in": inputs, "Var": np.var, "E": np.mean}


@CHAPTER.holds("2.1.2.2", "2.1.2.4")
def xavier(rng):
    for n_in, n_out in ((1024, 64), (3, 7), (5, 5)):
        wanted = 1 / np.mean([n_in, n_out])  # the middle of the two sizes

        def excess(a, wanted=wanted):
            return stats.uniform(-a, 2 * a).var() - wanted

        yield {
            **{"n_in": n_in, "n_out": n_out, "w": 0, "Var": lambda w, v=wanted: v},
            "a": optimize.brentq(excess, 1e-6, 10, xtol=1e-14),
        }


@CHAPTER.holds("2.1.2.3")
def variance_of_uniform(rng):
    for a in (0.1, 1.0, 2.5):
        yield {"a": a, "w": a, "Var": lambda a: stats.uniform(-a, 2 * a).var()}


@CHAPTER.holds("2.1.3.1")
def signal_through_layers(rng):
    for v in (0.3, 1.1):
        weight, signal = np.array([-v, v]), rng.normal(size=2)
        signal -= signal.mean()
        one = outcomes(signal, signal, *[weight] * 6)  # two inputs, two units, one unit
        a_1 = one[0] * one[2] + one[1] * one[3], one[0] * one[4] + one[1] * one[5]
        a_2 = a_1[0] * one[6] + a_1[1] * one[7]
        for layers, a in ((1, a_1[0]), (2, a_2)):
            yield {"L": layers, "a_L": a, "a_0": one[0], "w": one[2], "n_in": 2, "Var": np.var,
                   "g": 2 * v**2}  # fmt: skip


# --- 2.2


@CHAPTER.holds("2.2.1.1", "2.2.1.3")
def sigmoid(rng):
    for x in (*rng.normal(0, 2, size=5), 0.0, 20.0, -20.0):
        yield {"x": x, r"\sigma": special.expit}


def layer(rng, activation=np.tanh):
    n, inputs, units = 4, 3, 2
    X, W, b = rng.normal(size=(n, inputs)), rng.normal(size=(inputs, units)), rng.normal(size=units)
    Z = np.einsum("ni,ij->nj", X, W) + b[None, :]
    return X, W, b, Z, activation(Z)


@CHAPTER.holds("2.2.1.2")
def one_layer(rng):
    X, W, b, Z, A = layer(rng)
    params = {"W": W, "b": b}
    ANSWERS["forward"](X, params, "", np.tanh)
    _, Z, A = params["cache_"]
    yield {"X": X, "W": W, "b": b[None], "A": A, "Z": Z, "f": np.tanh, "mathbf 1": np.ones((4, 1))}


@CHAPTER.holds("2.2.2.1", "2.2.2.2", "2.3.1.7")
def softmax(rng):
    for classes in (2, 5):
        s, shift = rng.normal(0, 3, size=classes), rng.normal()
        partials = {("L", "s"): slopes(special.logsumexp, s)}
        for k in range(1, classes + 1):
            yield {"s": s, "c": shift, "p": special.softmax(s), "k": k, "C": classes,
                   "partials": partials}  # fmt: skip


@CHAPTER.holds("2.2.3.1")
def cross_entropy(rng):
    for n, classes in ((4, 3), (2, 6)):
        p, labels = special.softmax(rng.normal(size=(n, classes)), 1), rng.integers(classes, size=n)
        loss = sum(-np.log(row[k]) for row, k in zip(p, labels, strict=True))
        yield {"p": p, "y": np.eye(classes)[labels], "N": n, "C": classes, "J": loss}


@CHAPTER.holds("2.2.3.2")
def accuracy(rng):
    for hits in ([1, 1, 0, 1], [0, 0], [1]):
        yield {"h": np.array(hits), "N": len(hits), "accuracy": hits.count(1) / len(hits)}


@CHAPTER.holds("2.2.3.3")
def knowing_nothing(rng):
    for classes in (4, 36):
        y = one_hot(rng, 7, classes)
        scores = np.full((7, classes), rng.normal())
        loss = -(y * special.log_softmax(scores, axis=1)).sum()
        yield {"J": loss, "N": 7, "C": classes}


# --- 2.3


def weighing(rng, shape):
    """A loss of some layer's output, and its gradient there."""
    c = rng.normal(size=shape)
    return (lambda a: np.sum(c * np.sin(a))), (lambda a: c * np.cos(a))


@CHAPTER.holds("2.3.1.1", "2.3.1.2", "2.3.1.3", "2.3.1.4")
def back_through_a_layer(rng):
    X, W, b, Z, A = layer(rng)
    loss, loss_slope = weighing(rng, A.shape)

    def through(X=X, W=W, b=b):
        return loss(np.tanh(np.einsum("ni,ij->nj", X, W) + b[None, :]))

    partials = {
        ("J", "Z"): slopes(lambda z: loss(np.tanh(z)), Z),
        ("J", "W"): slopes(lambda v: through(W=v), W),
        ("J", "b"): slopes(lambda v: through(b=v), b),
        ("J", "X"): slopes(lambda v: through(X=v), X),
    }
    for n, i, j in itertools.product(range(1, 5), range(1, 4), range(1, 3)):
        yield {
            **{"X": X, "W": W, "b": b, "Z": Z, "G": partials["J", "Z"], "f": np.tanh},
            **{r"\delta": loss_slope(A), "N": 4, "D_out": 2, "n": n, "i": i, "j": j},
            "partials": partials,
        }


@CHAPTER.holds("2.3.1.5")
def slope_of_sigmoid(rng):
    for z in rng.normal(0, 2, size=6):
        yield {"z": z, r"\sigma": special.expit}


@CHAPTER.holds("2.3.1.6")
def slope_at_the_scores(rng):
    y, scores = one_hot(rng, 5, 4), rng.normal(size=(5, 4))
    partial = slopes(lambda s: -(y * special.log_softmax(s, axis=1)).sum(), scores)
    yield {"P": special.softmax(scores, axis=1), "Y": y, "partials": {("J", "S"): partial}}


# --- 2.4


@CHAPTER.holds("2.4.1")
def one_step(rng):
    x, y = rng.normal(size=(5, 2)), one_hot(rng, 5, 3)
    params = two_layers.draw(rng, 2, 3, 3)
    slope = gradients(x, y, params)
    after = {name: value.copy() for name, value in params.items()}
    ANSWERS["train"](x, y, after, 0.3, 5, 1, batches.all_at_once)
    for name in two_layers.NAMES:
        yield {"w": params[name], "w_new": after[name], r"\eta": 0.3,
               "partials": {("J", "w"): slope[name]}}  # fmt: skip


@CHAPTER.holds("2.4.2")
def sum_over_batches(rng):
    x, y = rng.normal(size=(9, 2)), one_hot(rng, 9, 3)
    params = two_layers.draw(rng, 2, 3, 3)
    whole = gradients(x, y, params)["Wlayer1"]
    rows = np.split(rng.permutation(9), [2, 6])
    parts = [gradients(x[r], y[r], params)["Wlayer1"] for r in rows]
    yield {"M": 3, "partials": {("J", "w"): lambda *m: parts[m[0] - 1] if m else whole}}


# --- 2.5


@CHAPTER.holds("2.5.1", "2.5.2", "2.5.3")
def differences(rng):
    """On a cubic (for the one-sided difference a parabola) nothing is left of O(...)."""
    for c, eps in ((0.0, 0.3), (1.3, 0.2)):
        w, (a, b) = rng.normal(), rng.normal(size=2)

        def J(w, a=a, b=b, c=c):
            return a * w + b * w**2 + c * w**3

        found = ANSWERS["numerical_gradients"](
            lambda params, J=J: J(params["W"][0, 0]), {"W": np.array([[w]])}, eps
        )
        yield {
            **{"n": found["W"][0, 0], "w": w, "J": J, r"\epsilon": eps},
            **{"d_1": a + 2 * b * w + 3 * c * w**2, "d_2": 2 * b + 6 * c * w, "d_3": 6 * c},
            # Of the order eps**2 in the one-sided difference: what the cubic leaves.
            "O": lambda size, c=c, eps=eps: c * eps**2 if np.isclose(size, eps**2) else 0.0,
        }


@CHAPTER.holds("2.5.4")
def relative_error(rng):
    for a, n in ((1.0, 1.5), (-2.0, 0.3), (1e-10, 3e-10), (0.0, 0.0)):
        error = ANSWERS["relative_error"](np.array([a]), np.array([n]))
        yield {"a": a, "n": n, "m": max(abs(a) + abs(n), 1e-8), "error": error}


@CHAPTER.holds("2.5.5", "2.5.6")
def best_step(rng):
    for r, third in ((1e-3, 2.0), (4e-4, 0.7)):

        def total(eps, r=r, third=third):
            # The loss third * w**3 / 6 at w = 0, where the derivative is 0, plus rounding.
            return r / eps + (third * eps**3 / 6 - third * (-eps) ** 3 / 6) / (2 * eps)

        def slope(eps, total=total):
            return (total(eps + 1e-6) - total(eps - 1e-6)) / 2e-6

        best = optimize.brentq(slope, 1e-3, 1.0, xtol=1e-13)
        yield {"r": r, "d_3": third, r"\epsilon": 0.04, "E": total(0.04), r"\epsilon_best": best}
