"""The validation set always goes through ReLUs, whatever the activation."""
# ruff: noqa: F821  (the rest of the notebook is there when it runs)

import numpy as np

from helpers.activations import relu, relu_deriv
from helpers.progress import epoch_bar

FAILS = ["5.2/other_activations"]


def train_autoencoder(
    x_train,
    x_valid,
    params,
    learning_rate,
    batch_size,
    epochs,
    momentum=0.9,
    activation=relu,
    activation_deriv=relu_deriv,
):
    history = {"train_loss": [], "valid_loss": []}
    numbers = np.arange(len(x_train))[:, np.newaxis]
    zero_momentum(params, LAYERS)
    bar = epoch_bar(epochs, f"rate {learning_rate:g}")
    for epoch in bar:
        rate = decayed_rate(learning_rate, epoch)
        total_loss = 0
        for rows, same_rows in get_random_batches(numbers, numbers, batch_size):
            x = x_train[rows[:, 0]]
            output = forward_autoencoder(x, params, activation)
            total_loss += squared_error(x, output)
            backwards_autoencoder(squared_error_deriv(x, output), params, activation_deriv)
            momentum_step(params, LAYERS, rate, momentum)
        output = forward_autoencoder(x_valid, params)
        valid_loss = squared_error(x_valid, output) / len(x_valid)
        history["train_loss"].append(total_loss / len(x_train))
        history["valid_loss"].append(valid_loss)
        bar.set_postfix(loss=f"{valid_loss:.2f}")
    return history
