"""Section 5 as a careful student writes it: own layers, a class, checked input, more arguments."""

# ruff: noqa: F821  (the functions of section 2 are there when it runs)

import numpy as np

from helpers.activations import relu, relu_deriv, sigmoid_deriv
from helpers.progress import epoch_bar

LAYER_NAMES = ["layer1", "hidden1", "hidden2", "output"]
PARAMETERS = [kind + name for name in LAYER_NAMES for kind in ("W", "b")]


def initialize_autoencoder(size, hidden_size, dtype=np.float32):
    if size < 1 or hidden_size < 1:
        raise ValueError("every layer needs at least one unit")
    params = {}
    in_sizes = [size] + [hidden_size] * 3
    out_sizes = in_sizes[1:] + [size]
    for name, in_size, out_size in zip(LAYER_NAMES, in_sizes, out_sizes):
        initialize_weights(in_size, out_size, params, name=name)
    for key in PARAMETERS:
        params[key] = params[key].astype(dtype)
    return params


def forward_autoencoder(x, params, activation=relu):
    hidden1 = forward(x, params, "layer1", activation)
    hidden2 = forward(hidden1, params, "hidden1", activation)
    hidden3 = forward(hidden2, params, "hidden2", activation)
    return forward(hidden3, params, "output", activation=sigmoid)


def squared_error(x, output):
    assert x.shape == output.shape
    return float(np.square(np.subtract(output, x)).sum())


def squared_error_deriv(x, output):
    return -2.0 * (x - output)


def backwards_autoencoder(delta, params, activation_deriv=relu_deriv):
    """By hand, without the product that nobody needs: the slope in the pixels."""
    derivatives = [activation_deriv] * 3 + [sigmoid_deriv]
    gradients = {}
    for place in range(len(LAYER_NAMES) - 1, -1, -1):
        name = LAYER_NAMES[place]
        inputs, pre_act, post_act = params["cache_" + name]
        delta = delta * derivatives[place](post_act)
        gradients["grad_W" + name] = inputs.T.dot(delta)
        gradients["grad_b" + name] = delta.sum(axis=0)
        if place > 0:
            delta = delta.dot(params["W" + name].T)
    params.update(gradients)
    return gradients


def zero_momentum(params, names):
    for name in names:
        for kind in ("W", "b"):
            params[f"m_{kind}{name}"] = np.zeros(params[kind + name].shape, dtype=np.float32)


def momentum_step(params, names, learning_rate, momentum=0.9):
    for key in [kind + name for name in names for kind in ("W", "b")]:
        params["m_" + key] = (
            momentum * params["m_" + key] - learning_rate * params["grad_" + key]
        ).astype(np.float32)
        params[key] = (params[key] + params["m_" + key]).astype(np.float32)


def decayed_rate(learning_rate, epoch, factor=0.9, every=20):
    return learning_rate * np.power(factor, np.floor_divide(epoch, every))


class Trainer:
    """One training run: its weights and its history."""

    def __init__(self, params, activation, activation_deriv):
        self.params = params
        self.activation = activation
        self.activation_deriv = activation_deriv
        self.history = {"train_loss": [], "valid_loss": []}
        zero_momentum(params, LAYER_NAMES)

    def mean_loss(self, x, batch_size=1000):
        """In pieces, so that memory does not grow with the data set."""
        total = 0.0
        for first in range(0, len(x), batch_size):
            part = x[first : first + batch_size]
            total += squared_error(part, forward_autoencoder(part, self.params, self.activation))
        return total / len(x)

    def step(self, x, learning_rate, momentum):
        output = forward_autoencoder(x, self.params, self.activation)
        delta = squared_error_deriv(x, output)
        backwards_autoencoder(delta, self.params, self.activation_deriv)
        momentum_step(self.params, LAYER_NAMES, learning_rate, momentum)


def train_autoencoder(
    x_train, x_valid, params, learning_rate, batch_size, epochs, momentum=0.9,
    activation=relu, activation_deriv=relu_deriv, verbose=False,
):  # fmt: skip
    if activation is softmax or activation is compute_loss_and_acc:
        raise ValueError("the hidden layers need an activation that looks at each unit alone")
    trainer = Trainer(params, activation, activation_deriv)
    bar = epoch_bar(epochs)
    for epoch in bar:
        rate = decayed_rate(learning_rate, epoch)
        for x_batch, _ in get_random_batches(x_train, np.ones((len(x_train), 1)), batch_size):
            trainer.step(x_batch, rate, momentum)
        trainer.history["train_loss"].append(trainer.mean_loss(x_train))
        trainer.history["valid_loss"].append(trainer.mean_loss(x_valid))
        bar.set_postfix(loss=trainer.history["valid_loss"][-1])
        if verbose:
            print(epoch, trainer.history["valid_loss"][-1])
    return trainer.history


def pick_examples(labels, chosen, each, rng=None):
    rng = np.random.default_rng() if rng is None else rng
    picked = []
    for k in chosen:
        candidates = np.where(np.asarray(labels) == k)[0]
        picked.extend(int(row) for row in rng.choice(candidates, size=each, replace=False))
    return picked


def side_by_side(x, params, rows):
    originals = np.asarray([x[row] for row in rows])
    reconstructions = forward_autoencoder(originals, dict(params))
    pairs = [
        [original.reshape(32, 32), reconstruction.reshape(32, 32)]
        for original, reconstruction in zip(originals, reconstructions)
    ]
    return np.array(pairs)


def psnr(original, reconstruction, peak=1.0):
    error = np.asarray(original, dtype=np.float64) - np.asarray(reconstruction, dtype=np.float64)
    mse = np.mean(error * error)
    if mse == 0:
        return float("inf")
    return 20 * np.log10(peak) - 10 * np.log10(mse)


def mean_psnr(originals, reconstructions):
    values = [psnr(originals[i], reconstructions[i]) for i in range(originals.shape[0])]
    return float(np.mean(values))
