"""Every displayed formula of notebook 5 holds, as printed; and a misprint would be noticed."""

import re

import numpy as np
import pytest

from autograder.course.course import find_course
from autograder.course.reference import source_cells
from helpers.checking.answers import load_answers
from helpers.checking.catalogue import catalogue
from helpers.for_checks import autoencoder as network
from tests.latex_reader import FUNCTIONS
from tests.printed_maths import TAG, displays, misprints, verify

CELLS = [c for c in find_course().read_notebook("05_autoencoder").cells
         if c.cell_type == "markdown"]  # fmt: skip
DISPLAYS = [display for cell in CELLS for display in displays(cell.source)]
PRINTED = {tags[0]: latex for tags, latex in DISPLAYS if tags}
NOTEBOOKS = ("02_network", "05_autoencoder")
ANSWERS = load_answers(
    [cell for name in NOTEBOOKS for cell in source_cells(name)],
    [f for e in catalogue().exercises if e.notebook in NOTEBOOKS for f in e.functions],
).namespace
ENVIRONMENTS = {}


def holds(*tags):
    """Register a function that yields values at which the formulas of these names must hold."""

    def register(function):
        for tag in tags:
            ENVIRONMENTS[tag] = function
        return function

    return register


# --- 5.1.1


@holds("5.1.1.1", "5.1.1.2", "5.1.1.3")
def squared_error(rng):
    """The slope in z is taken of the whole network, by complex steps in the output's biases."""
    for n, d in ((1, 3), (3, 2)):
        x, params = rng.uniform(size=(3, 4)), network.draw(rng, 4, 3)
        _, z, output = network.layer_values(x, params)[3]
        in_output = np.zeros(x.shape)
        in_sums = np.zeros(x.shape)
        for place in np.ndindex(x.shape):
            step = np.zeros(x.shape, dtype=complex)
            step[place] = 1e-30j
            in_output[place] = ((output + step - x) ** 2).sum().imag / 1e-30
            in_sums[place] = ((network.squashed(z + step) - x) ** 2).sum().imag / 1e-30
        assert np.allclose(ANSWERS["squared_error_deriv"](x, output), in_output)
        yield {
            **{"x": x, "hat x": output, "z": z, "N": 3, "D": 4, "n": n, "d": d},
            **{"J": float(ANSWERS["squared_error"](x, output)), r"\sigma": network.squashed},
            "partials": {("J", "hat x"): in_output, ("J", "z"): in_sums},
        }


# --- 5.1.2


def run(gradients, rate):
    """Accumulators and weights after every step of the reference, from M = 0."""
    params = {"Wa": np.array([[0.7]]), "ba": np.zeros(1)}
    ANSWERS["zero_momentum"](params, ["a"])
    moving, weights = [0.0], [0.7]
    for gradient in gradients:
        params |= {"grad_Wa": np.array([[gradient]]), "grad_ba": np.zeros(1)}
        ANSWERS["momentum_step"](params, ["a"], rate)
        moving.append(params["m_Wa"].item())
        weights.append(params["Wa"].item())
    return moving, weights


@holds("5.1.2.1", "5.1.2.2", "5.1.2.3")
def momentum(rng):
    for t in (1, 4, 7):
        gradients, rate = rng.normal(size=7), rng.uniform(0.1, 1)
        moving, weights = run(gradients, rate)
        yield {
            **{"t": t, r"\eta": rate, "g": lambda k, g=gradients: g[k - 1]},
            **{"M": lambda k, m=moving: m[k], "W": lambda k, w=weights: w[k]},
        }


@holds("5.1.2.4", "5.1.2.6", "5.1.2.8", "5.3.2.4")
def numbers(rng):
    yield {}


@holds("5.1.2.5")
def constant_gradient(rng):
    for t in (1, 3, 12):
        g, rate = rng.normal(), rng.uniform(0.1, 1)
        moving, _ = run([g] * t, rate)
        yield {"t": t, r"\eta": rate, "g": g, "M": lambda k, m=moving: m[k]}


@holds("5.1.2.7")
def alternating_gradient(rng):
    for t in (2, 3, 12):
        g, rate = rng.normal(), rng.uniform(0.1, 1)
        moving, _ = run([(-1) ** (k - 1) * g for k in range(1, t + 1)], rate)
        yield {"t": t, r"\eta": rate, "g": g, "M": lambda k, m=moving: m[k]}


# --- 5.2


@holds("5.2.1")
def decayed_rate(rng):
    for epoch in (0, 19, 20, 45, 99):
        rate = ANSWERS["decayed_rate"](0.3, epoch)
        yield {r"\eta_e": rate, r"\eta": 0.3, "k": epoch // 20}


@holds("5.2.2")
def mean_loss(rng):
    for n in (2, 5):
        x, params = rng.uniform(size=(n, 4)), network.draw(rng, 4, 3)
        history = ANSWERS["train_autoencoder"](x, x, dict(params), 0.0, 2, 1)
        yield {"J": float(network.loss(x, params)), "N": n, "bar J": history["valid_loss"][0]}


# --- 5.3.2


@holds("5.3.2.1", "5.3.2.2", "5.3.2.3")
def signal_to_noise(rng):
    for size in (3, 40):
        x, other = rng.uniform(size=size), rng.uniform(size=size)
        mse = np.linalg.norm(x - other) ** 2 / size
        yield {
            **{"D": size, "x": x, "hat x": other, "MSE": mse, "RMSE": mse**0.5, "p": 1.0},
            "PSNR": ANSWERS["psnr"](x, other),
        }


# --- the tests


# Misprints that leave a true statement; each was looked at.
STILL_TRUE = {
    # The peak is 1; another peak has a test of its own.
    "5.3.2.2": {"2 became 3 at symbol 18"},
}


def test_every_display_has_one_tag():
    assert [display for display in DISPLAYS if len(display[0]) != 1] == []


def test_exactly_the_printed_formulas_are_verified():
    assert sorted(tag for tags, _ in DISPLAYS for tag in tags) == sorted(ENVIRONMENTS)


def test_formulas_are_numbered_in_order():
    tags = [tag for tags, _ in DISPLAYS for tag in tags]
    for exercise in {tag.rpartition(".")[0] for tag in tags}:
        numbers = [int(t.rpartition(".")[2]) for t in tags if t.rpartition(".")[0] == exercise]
        assert numbers == list(range(1, len(numbers) + 1)), exercise


def test_references_lead_to_formulas():
    text = " ".join(TAG.sub("", cell.source) for cell in CELLS)
    referred = set(re.findall(r"\((5\.[13]\.\d\.\d|5\.2\.\d)\)", text))
    assert referred and referred <= set(PRINTED)


@pytest.mark.parametrize("tag", sorted(ENVIRONMENTS))
def test_a_formula_holds_as_printed(tag):
    verify(PRINTED[tag], list(ENVIRONMENTS[tag](np.random.default_rng(7))), FUNCTIONS)


@pytest.mark.parametrize("tag", sorted(ENVIRONMENTS))
def test_a_misprint_is_noticed(tag):
    """A sign, a digit or an index printed wrongly does not get through."""
    survivors = set()
    environments = list(ENVIRONMENTS[tag](np.random.default_rng(1)))
    for label, latex in misprints(PRINTED[tag]):
        try:
            verify(latex, environments, FUNCTIONS)
        except Exception:  # whatever it breaks, the misprint does not pass
            continue
        survivors.add(label)
    assert survivors == STILL_TRUE.get(tag, set())


def test_the_peak_counts():
    """(5.3.2.2) with another peak: the same image in bytes has the same PSNR."""
    rng = np.random.default_rng(5)
    x, other = rng.uniform(size=50), rng.uniform(size=50)
    in_bytes = {"MSE": np.mean((255 * x - 255 * other) ** 2), "p": 255.0}
    verify(PRINTED["5.3.2.2"], [{**in_bytes, "PSNR": ANSWERS["psnr"](x, other)}], FUNCTIONS)
