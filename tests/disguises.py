"""What somebody who knows how networks are compared might do to one that is not their own.

Each makes another file of a network, one that reads letters nearly as well. `played` has them all.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from functools import cache

import numpy as np
from scipy.special import expit

from benchmarks.epoch import answers
from exercises.unseen.fresh_letters import course_letters
from helpers.networks import PARAMETERS

Params = Mapping[str, np.ndarray]
Disguise = Callable[[Params, np.random.Generator], dict[str, np.ndarray]]
MANY = 3000


def doubled(params: Params) -> dict[str, np.ndarray]:
    """In double precision."""
    return {name: params[name].astype(float) for name in PARAMETERS}


def kept(params: Params, units: np.ndarray) -> dict[str, np.ndarray]:
    """These units, in this order."""
    W, b, V, c = (params[name].astype(float) for name in PARAMETERS)
    return dict(zip(PARAMETERS, (W[:, units], b[units], V[units], c), strict=True))


def another_order(params: Params, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """The units change places."""
    return kept(params, rng.permutation(params["blayer1"].size))


def other_signs(params: Params, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """1 - s in place of s, for every other unit."""
    new = doubled(params)
    turned = rng.random(new["blayer1"].size) < 0.5
    new["boutput"] = new["boutput"] + new["Woutput"][turned].sum(axis=0)
    for name, axis in (("Wlayer1", 1), ("blayer1", 0), ("Woutput", 0)):
        signs = np.where(turned, -1, 1)
        new[name] = new[name] * (signs if axis else signs.reshape(-1, *[1] * (new[name].ndim - 1)))
    return new


def other_outputs(params: Params, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """All scores three times as large, and shifted alike: softmax names the same."""
    new = doubled(params)
    shift = rng.normal(size=(new["blayer1"].size, 1))
    return {**new, "Woutput": 3 * (new["Woutput"] + shift), "boutput": 3 * new["boutput"] + 5}


def rare_pixel(params: Params, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """A pixel with ink in one letter of thirty decides everything there, and nothing elsewhere."""
    new = doubled(params)
    pixel = int(np.argmin(np.abs(_inked() - 1 / 30)))
    new["Wlayer1"][pixel] += MANY
    new["blayer1"] -= MANY
    return new


def rare_pixels(params: Params, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Each unit has a rare pixel of its own: in each letter, few units are lost."""
    new = doubled(params)
    units = new["blayer1"].size
    pixels = rng.permutation(np.argsort(np.abs(_inked() - 0.05))[:units])
    signs = MANY * rng.choice([-1, 1], units)
    new["Wlayer1"][pixels, np.arange(units)] += signs
    new["blayer1"] -= signs
    return new


def noise(params: Params, rng: np.random.Generator, size: float = 0.7) -> dict[str, np.ndarray]:
    """Noise on each weight."""
    new = doubled(params)
    W = new["Wlayer1"]
    return {**new, "Wlayer1": W + size * W.std() * rng.normal(size=W.shape)}


def noise_that_letters_show(
    params: Params, rng: np.random.Generator, size: float = 0.4
) -> dict[str, np.ndarray]:
    """Noise in the directions in which letters differ, of this part of what a unit does."""
    new = doubled(params)
    W, bias = _noise(new["Wlayer1"], rng, size)
    return {**new, "Wlayer1": new["Wlayer1"] + W, "blayer1": new["blayer1"] - bias}


def some_dropped(params: Params, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Three quarters of the units, those that matter most."""
    return kept(params, _by_weight(params)[: 3 * params["blayer1"].size // 4])


def dead_and_doubled(params: Params, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Half of the units; eight of them twice, sharing what they say; the rest do nothing."""
    half = params["blayer1"].size // 2
    new = kept(params, _by_weight(params)[:half])
    new["Woutput"][:8] /= 2
    dead = {"Wlayer1": np.zeros((1024, half - 8)), "blayer1": rng.normal(size=half - 8),
            "Woutput": rng.normal(size=(half - 8, 36)), "boutput": 0}  # fmt: skip
    again = {**kept(new, np.arange(8)), "boutput": 0}
    return outputs_anew(_together(new, again, dead))


def two_for_one(
    params: Params, rng: np.random.Generator, size: float = 0.8
) -> dict[str, np.ndarray]:
    """Half of the units, each shared out to two: what is added to one is taken from the other."""
    half = kept(params, _by_weight(params)[: params["blayer1"].size // 2])
    W, bias = _noise(half["Wlayer1"], rng, size)
    one, other = (
        {"Wlayer1": half["Wlayer1"] + sign * W, "blayer1": half["blayer1"] - sign * bias,
         "Woutput": half["Woutput"] / 2, "boutput": half["boutput"] / 2}
        for sign in (1, -1)
    )  # fmt: skip
    return outputs_anew(_together(one, other))


def more_epochs(params: Params, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Three more epochs, with the rate of the first ones."""
    letters = course_letters()
    few = (letters.validation.x[:36], letters.validation.y[:36])
    new = {name: params[name].astype(np.float32) for name in PARAMETERS}
    np.random.seed(1)
    with redirect_stdout(io.StringIO()):
        answers("02_network", "03_training")["train_network"](
            letters.train.x, letters.train.y, *few, new, 0.006, 15, 3
        )
    return {name: new[name] for name in PARAMETERS}


def all_at_once(params: Params, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Some of everything."""
    for disguise in (some_dropped, noise_that_letters_show, other_signs, another_order):
        params = disguise(params, rng)
    return other_outputs(rare_pixels(outputs_anew(params), rng), rng)


played: dict[str, Disguise] = {
    disguise.__name__: disguise
    for disguise in (another_order, other_signs, other_outputs, rare_pixel, rare_pixels, noise,
                     noise_that_letters_show, some_dropped, dead_and_doubled, two_for_one,
                     more_epochs, all_at_once)
}  # fmt: skip


def outputs_anew(params: Params) -> dict[str, np.ndarray]:
    """The output layer trained anew on the letters, the hidden one left as it is."""
    x, y = (part[:2000] for part in (course_letters().train.x, course_letters().train.y))
    y = y.astype(np.float32)
    hidden = expit(x @ params["Wlayer1"] + params["blayer1"])
    hidden = np.column_stack([hidden, np.ones(len(x))]).astype(np.float32)
    V = np.vstack([params["Woutput"], params["boutput"]]).astype(np.float32)
    speed = np.zeros_like(V)
    for _ in range(80):
        powers = hidden @ V
        powers = np.exp(powers - powers.max(axis=1, keepdims=True))
        slope = hidden.T @ (powers / powers.sum(axis=1, keepdims=True) - y) / len(x)
        speed = 0.9 * speed - 3 * slope
        V = V + speed
    return {**params, "Woutput": V[:-1].astype(float), "boutput": V[-1].astype(float)}


def _together(*parts: Params) -> dict[str, np.ndarray]:
    """One network of the units of several."""
    return {
        "Wlayer1": np.hstack([part["Wlayer1"] for part in parts]),
        "blayer1": np.concatenate([part["blayer1"] for part in parts]),
        "Woutput": np.vstack([part["Woutput"] for part in parts]),
        "boutput": sum(part["boutput"] for part in parts),
    }


def _by_weight(params: Params) -> np.ndarray:
    """The units, first those that move the scores most."""
    hidden = expit(course_letters().train.x[:2000] @ params["Wlayer1"] + params["blayer1"])
    return np.argsort(-hidden.std(axis=0) * np.linalg.norm(params["Woutput"], axis=1))


def _noise(W: np.ndarray, rng: np.random.Generator, size: float) -> tuple[np.ndarray, np.ndarray]:
    """Weights that answer to the letters `size` times as much as these, and their mean answers."""
    x = course_letters().train.x[:3000].astype(float)
    mean, x = x.mean(axis=0), x - x.mean(axis=0)
    more = x.T @ rng.normal(size=(len(x), W.shape[1]))
    more *= size * (x @ W).std(axis=0) / (x @ more).std(axis=0)
    return more, mean @ more


@cache
def _inked() -> np.ndarray:
    """How often each pixel has ink."""
    return (course_letters().train.x < 0.8).mean(axis=0)
