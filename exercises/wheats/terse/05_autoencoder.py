"""Section 5 in as few lines as will do."""

# ruff: noqa: F821  (the functions of section 2 are there when it runs)

import numpy as np

from helpers.activations import relu, relu_deriv, sigmoid_deriv

N = "layer1", "hidden1", "hidden2", "output"
keys = lambda names: [k + n for n in names for k in "Wb"]  # noqa: E731


def initialize_autoencoder(size, h):
    p = {}
    [initialize_weights(a, b, p, n) for n, a, b in zip(N, (size, h, h, h), (h, h, h, size))]
    return {k: np.float32(v) for k, v in p.items()}


def forward_autoencoder(x, params, activation=relu):
    for n in N:
        x = forward(x, params, n, sigmoid if n == N[3] else activation)
    return x


squared_error = lambda x, output: np.linalg.norm(output - x) ** 2  # noqa: E731
squared_error_deriv = lambda x, output: output - x + output - x  # noqa: E731


def backwards_autoencoder(delta, params, activation_deriv=relu_deriv):
    for n, f in zip(N[::-1], [sigmoid_deriv] + 3 * [activation_deriv]):
        delta = backwards(delta, params, n, f)


def zero_momentum(params, names):
    params |= {"m_" + k: 0 * params[k] for k in keys(names)}


def momentum_step(params, names, learning_rate, momentum=0.9):
    for k in keys(names):
        params["m_" + k] = momentum * params["m_" + k] - learning_rate * params["grad_" + k]
        params[k] = params[k] + params["m_" + k]


decayed_rate = lambda learning_rate, epoch: learning_rate * 0.9 ** (epoch // 20)  # noqa: E731


def train_autoencoder(x_train, x_valid, params, learning_rate, batch_size, epochs, momentum=0.9,
                      activation=relu, activation_deriv=relu_deriv):  # fmt: skip
    go = lambda x: forward_autoencoder(x, params, activation)  # noqa: E731
    mean = lambda x: squared_error(x, go(x)) / len(x)  # noqa: E731
    zero_momentum(params, N)
    found = []
    for e in range(epochs):
        for x, _ in get_random_batches(x_train, x_train[:, :1], batch_size):
            backwards_autoencoder(squared_error_deriv(x, go(x)), params, activation_deriv)
            momentum_step(params, N, decayed_rate(learning_rate, e), momentum)
        found.append((mean(x_train), mean(x_valid)))
    return dict(zip(("train_loss", "valid_loss"), np.array(found).T))


def pick_examples(labels, chosen, each):
    return np.argsort(labels != np.c_[list(chosen)], axis=1, kind="stable")[:, :each].ravel()


def side_by_side(x, params, rows):
    return np.hstack([x[rows], forward_autoencoder(x, params)[rows]]).reshape(-1, 2, 32, 32)


psnr = lambda a, b: -20 * np.log10(np.sqrt(((a - b) ** 2).mean()))  # noqa: E731
mean_psnr = lambda a, b: -10 * np.log10(((a - b) ** 2).mean(1)).mean()  # noqa: E731
