"""Values at which the equations of notebook 5 must hold."""

import numpy as np

from autograder.course.reference import reference_functions
from equations.chapter import Chapter
from helpers.for_checks import autoencoder as network

ANSWERS = reference_functions(
    ["02_network", "05_autoencoder"],
    ["squared_error", "squared_error_deriv", "zero_momentum", "momentum_step", "decayed_rate",
     "train_autoencoder", "psnr"],
)  # fmt: skip

# Misprints that leave a true statement; each was looked at.
STILL_TRUE = {
    # The peak is 1; another peak has a test of its own.
    "5.3.2.2": {"2 became 3 at symbol 18"},
}
CHAPTER = Chapter("05_autoencoder", still_true=STILL_TRUE)


# --- 5.1.1


@CHAPTER.holds("5.1.1.1", "5.1.1.2", "5.1.1.3")
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


@CHAPTER.holds("5.1.2.1", "5.1.2.2", "5.1.2.3")
def momentum(rng):
    for t in (1, 4, 7):
        gradients, rate = rng.normal(size=7), rng.uniform(0.1, 1)
        moving, weights = run(gradients, rate)
        yield {
            **{"t": t, r"\eta": rate, "g": lambda k, g=gradients: g[k - 1]},
            **{"M": lambda k, m=moving: m[k], "W": lambda k, w=weights: w[k]},
        }


@CHAPTER.holds("5.1.2.4", "5.1.2.6", "5.1.2.8", "5.3.2.4")
def numbers(rng):
    yield {}


@CHAPTER.holds("5.1.2.5")
def constant_gradient(rng):
    for t in (1, 3, 12):
        g, rate = rng.normal(), rng.uniform(0.1, 1)
        moving, _ = run([g] * t, rate)
        yield {"t": t, r"\eta": rate, "g": g, "M": lambda k, m=moving: m[k]}


@CHAPTER.holds("5.1.2.7")
def alternating_gradient(rng):
    for t in (2, 3, 12):
        g, rate = rng.normal(), rng.uniform(0.1, 1)
        moving, _ = run([(-1) ** (k - 1) * g for k in range(1, t + 1)], rate)
        yield {"t": t, r"\eta": rate, "g": g, "M": lambda k, m=moving: m[k]}


# --- 5.2


@CHAPTER.holds("5.2.1")
def decayed_rate(rng):
    for epoch in (0, 19, 20, 45, 99):
        rate = ANSWERS["decayed_rate"](0.3, epoch)
        yield {r"\eta_e": rate, r"\eta": 0.3, "k": epoch // 20}


@CHAPTER.holds("5.2.2")
def mean_loss(rng):
    for n in (2, 5):
        x, params = rng.uniform(size=(n, 4)), network.draw(rng, 4, 3)
        history = ANSWERS["train_autoencoder"](x, x, dict(params), 0.0, 2, 1)
        yield {"J": float(network.loss(x, params)), "N": n, "bar J": history["valid_loss"][0]}


# --- 5.3.2


@CHAPTER.holds("5.3.2.1", "5.3.2.2", "5.3.2.3")
def signal_to_noise(rng):
    for size in (3, 40):
        x, other = rng.uniform(size=size), rng.uniform(size=size)
        mse = np.linalg.norm(x - other) ** 2 / size
        yield {
            **{"D": size, "x": x, "hat x": other, "MSE": mse, "RMSE": mse**0.5, "p": 1.0},
            "PSNR": ANSWERS["psnr"](x, other),
        }
