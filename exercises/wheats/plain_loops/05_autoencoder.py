"""Section 5 in plain loops: every pixel and every step spelled out where time allows it."""

# ruff: noqa: F821  (the functions of section 2 are there when it runs)

import math

import numpy as np

from helpers.activations import relu, relu_deriv, sigmoid_deriv

ORDER = ["layer1", "hidden1", "hidden2", "output"]


def initialize_autoencoder(size, hidden_size):
    params = {}
    initialize_weights(size, hidden_size, params, "layer1")
    initialize_weights(hidden_size, hidden_size, params, "hidden1")
    initialize_weights(hidden_size, hidden_size, params, "hidden2")
    initialize_weights(hidden_size, size, params, "output")
    for key in list(params):
        params[key] = np.array(params[key], dtype="float32")
    return params


def forward_autoencoder(x, params, activation=relu):
    for name in ORDER:
        if name == "output":
            x = forward(x, params, name, sigmoid)
        else:
            x = forward(x, params, name, activation)
    return x


def squared_error(x, output):
    total = 0.0
    for n in range(len(x)):
        difference = output[n] - x[n]
        total += float(difference @ difference)
    return total


def squared_error_deriv(x, output):
    slope = np.zeros(x.shape)
    for n in range(x.shape[0]):
        for d in range(x.shape[1]):
            slope[n, d] = 2 * (output[n, d] - x[n, d])
    return slope


def backwards_autoencoder(delta, params, activation_deriv=relu_deriv):
    for name in reversed(ORDER):
        deriv = sigmoid_deriv if name == "output" else activation_deriv
        delta = backwards(delta, params, name, deriv)
    return delta


def zero_momentum(params, names):
    for name in names:
        params["m_W" + name] = np.zeros(params["W" + name].shape)
        params["m_b" + name] = np.zeros(params["b" + name].shape)


def momentum_step(params, names, learning_rate, momentum=0.9):
    for name in names:
        for kind in "Wb":
            key = kind + name
            new = momentum * params["m_" + key] - learning_rate * params["grad_" + key]
            params["m_" + key] = new
            params[key] = params[key] + new


def decayed_rate(learning_rate, epoch):
    rate = learning_rate
    for past in range(1, epoch + 1):
        if past % 20 == 0:
            rate = rate * 0.9
    return rate


def train_autoencoder(x_train, x_valid, params, learning_rate, batch_size, epochs,
                      momentum=0.9, activation=relu, activation_deriv=relu_deriv):  # fmt: skip
    zero_momentum(params, ORDER)
    train_loss = []
    valid_loss = []
    for epoch in range(epochs):
        total = 0.0
        for xb, _ in get_random_batches(x_train, x_train, batch_size):
            output = forward_autoencoder(xb, params, activation)
            total += squared_error(xb, output)
            backwards_autoencoder(2 * (output - xb), params, activation_deriv)
            momentum_step(params, ORDER, decayed_rate(learning_rate, epoch), momentum)
        train_loss.append(total / len(x_train))
        output = forward_autoencoder(x_valid, params, activation)
        valid_loss.append(squared_error(x_valid, output) / len(x_valid))
    return {"train_loss": train_loss, "valid_loss": valid_loss}


def pick_examples(labels, chosen, each):
    rows = []
    for k in chosen:
        found = 0
        for n in range(len(labels)):
            if labels[n] == k and found < each:
                rows.append(n)
                found += 1
    return rows


def side_by_side(x, params, rows):
    pairs = np.zeros((len(rows), 2, 32, 32))
    for i in range(len(rows)):
        image = x[rows[i] : rows[i] + 1]
        rebuilt = forward_autoencoder(image, params)
        for y in range(32):
            pairs[i, 0, y] = image[0, 32 * y : 32 * y + 32]
            pairs[i, 1, y] = rebuilt[0, 32 * y : 32 * y + 32]
    return pairs


def psnr(original, reconstruction):
    one, other = original.ravel(), reconstruction.ravel()
    total = 0.0
    for d in range(len(one)):
        total += (float(one[d]) - float(other[d])) ** 2
    return 20 * math.log10(1.0) - 10 * math.log10(total / len(one))


def mean_psnr(originals, reconstructions):
    total = 0.0
    for n in range(len(originals)):
        total += psnr(originals[n], reconstructions[n])
    return total / len(originals)
