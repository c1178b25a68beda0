"""Train the course's own networks anew: ``python -m data.networks.build``.

The one by hand has one hidden layer of 64 sigmoid units and 36 classes, as in notebook 3:
mini-batches of 15, losses summed over the batch, plain gradient descent. The learning rate falls
in a half cosine. The convolutional one is made where PyTorch is there, see `convolutional`; for the
autoencoder see `autoencoder`.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np
from scipy.special import expit

from data.networks import autoencoder
from data.npz import container
from helpers import convnets
from helpers.datasets import Split, load
from helpers.networks import load_autoencoder

FOLDER = Path(__file__).resolve().parent
FILE = FOLDER / "letters64.npz"
CONVOLUTIONAL = FOLDER / "letters_cnn.npz"
AUTOENCODER = FOLDER / "autoencoder32.npz"
KINDS = ("sigmoid", "convolutional", "autoencoder")
SEED = 64
HIDDEN = 64
BATCH = 15
EPOCHS = 80
RATE = 0.01


def first_weights(sizes: tuple[int, ...], rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Xavier's uniform weights, and biases of zero, for `layer1` and `output`."""
    params = {}
    for name, (n_in, n_out) in zip(("layer1", "output"), zip(sizes, sizes[1:], strict=False),
                                   strict=True):  # fmt: skip
        bound = np.sqrt(6.0 / (n_in + n_out))
        params[f"W{name}"] = rng.uniform(-bound, bound, (n_in, n_out)).astype(np.float32)
        params[f"b{name}"] = np.zeros(n_out, dtype=np.float32)
    return params


def probabilities(params: dict[str, np.ndarray], x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The hidden layer (N, 64) and the probabilities (N, 36) for images `x` (N, 1024)."""
    hidden = expit(x @ params["Wlayer1"] + params["blayer1"])
    scores = hidden @ params["Woutput"] + params["boutput"]
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return hidden, powers / powers.sum(axis=1, keepdims=True)


def accuracy(params: dict[str, np.ndarray], split: Split) -> float:
    """The share of a split's images that the network names rightly."""
    _, probs = probabilities(params, split.x)
    return float((probs.argmax(axis=1) == split.labels).mean())


def train(
    split: Split, seed: int = SEED, epochs: int = EPOCHS, rate: float = RATE, batch: int = BATCH
) -> dict[str, np.ndarray]:
    """Train on a split; the result depends on nothing but the arguments."""
    rng = np.random.default_rng(seed)
    params = first_weights((split.x.shape[1], HIDDEN, split.y.shape[1]), rng)
    steps = epochs * -(-len(split) // batch)
    step = 0
    for epoch in range(epochs):
        order = rng.permutation(len(split))
        for rows in np.split(order, range(batch, len(split), batch)):
            now = np.float32(rate * 0.5 * (1.0 + np.cos(np.pi * step / steps)))
            _descend(params, split.x[rows], split.y[rows], now)
            step += 1
        if sys.stderr.isatty():
            print(f"\repoch {epoch + 1} of {epochs}", end="", file=sys.stderr)
    return params


def _descend(params: dict[str, np.ndarray], x: np.ndarray, y: np.ndarray, rate: float) -> None:
    hidden, probs = probabilities(params, x)
    delta = probs - y
    back = (delta @ params["Woutput"].T) * hidden * (1.0 - hidden)
    params["Woutput"] -= rate * (hidden.T @ delta)
    params["boutput"] -= rate * delta.sum(axis=0)
    params["Wlayer1"] -= rate * (x.T @ back)
    params["blayer1"] -= rate * back.sum(axis=0)


def build_sigmoid(train_on: Split, validation: Split) -> str:
    """Train the network by hand, write its file, say how good it is."""
    params = train(train_on)
    FILE.write_bytes(container(params))
    shares = [accuracy(params, split) for split in (train_on, validation)]
    return f"{FILE.name}: right on train {shares[0]:.1%}, on validation {shares[1]:.1%}"


def build_convolutional(train_on: Split, validation: Split) -> str:
    """Train the convolutional network, write its file, say how good it is."""
    try:
        from data.networks import convolutional
    except ImportError:
        return f"{CONVOLUTIONAL.name}: left as it is; training it needs PyTorch (see the README)"
    begin = time.process_time()
    params = convolutional.as_arrays(convolutional.train(train_on))
    took = time.process_time() - begin
    CONVOLUTIONAL.write_bytes(container({k: v.astype(np.float16) for k, v in params.items()}))
    kept = convnets.load_convnet(CONVOLUTIONAL)
    shares = [
        float((convnets.scores(split.x, kept).argmax(axis=1) == split.labels).mean())
        for split in (train_on, validation)
    ]
    return (
        f"{CONVOLUTIONAL.name}: right on train {shares[0]:.1%}, on validation {shares[1]:.1%}; "
        f"{took:.0f} s of processor time"
    )


def build_autoencoder(train_on: Split, validation: Split) -> str:
    """Train the autoencoder, write its file, say how good it is."""
    params = autoencoder.train(train_on)
    AUTOENCODER.write_bytes(container({k: v.astype(np.float16) for k, v in params.items()}))
    kept = load_autoencoder()
    errors = [
        np.square(autoencoder.reconstructions(kept, split.x) - split.x).sum(axis=1).mean()
        for split in (train_on, validation)
    ]
    train_error, valid_error = errors
    return (
        f"{AUTOENCODER.name}: squared error per image on train {train_error:.2f}, "
        f"on validation {valid_error:.2f}"
    )


def main(arguments: list[str] | None = None) -> int:
    """Train on the letters and write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=KINDS, help="make this network alone")
    options = parser.parse_args(arguments)
    letters = load("letters")
    makers = dict(zip(KINDS, (build_sigmoid, build_convolutional, build_autoencoder), strict=True))
    for kind in [options.only] if options.only else KINDS:
        print(makers[kind](letters.train, letters.validation))
    return 0


if __name__ == "__main__":
    sys.exit(main())
