"""Section 3 as a careful student writes it: checked input, a class, helpers, extra arguments."""

# ruff: noqa: F821  (the functions of section 2 are there when it runs)

import copy

import numpy as np

from helpers.activations import linear_deriv, sigmoid_deriv
from helpers.progress import epoch_bar

LAYERS = ("layer1", "output")
PARAMETERS = [kind + layer for layer in LAYERS for kind in "Wb"]


def new_network(in_size, hidden_size, out_size, dtype=np.float32):
    if min(in_size, hidden_size, out_size) < 1:
        raise ValueError("every layer needs at least one unit")
    params = {}
    initialize_weights(in_size, hidden_size, params, LAYERS[0])
    initialize_weights(hidden_size, out_size, params, name=LAYERS[1])
    for key in PARAMETERS:
        params[key] = params[key].astype(dtype)
    return params


def probabilities(x, params):
    return forward(forward(x, params, LAYERS[0], sigmoid), params, LAYERS[1], softmax)


def evaluate(x, y, params, batch_size=1000):
    """In pieces, so that memory does not grow with the data set."""
    loss_sum, number_right = 0.0, 0.0
    for first in range(0, len(x), batch_size):
        x_part, y_part = x[first : first + batch_size], y[first : first + batch_size]
        loss, accuracy = compute_loss_and_acc(y_part, probabilities(x_part, params))
        loss_sum += loss
        number_right += accuracy * len(x_part)
    return loss_sum / len(x), number_right / len(x)


class Trainer:
    """One training run: its weights and its history."""

    def __init__(self, params, learning_rate):
        self.params = params
        self.learning_rate = learning_rate
        self.history = {k: [] for k in ("train_loss", "train_acc", "valid_loss", "valid_acc")}

    def step(self, x, y):
        error = probabilities(x, self.params) - y
        delta = backwards(error, self.params, LAYERS[1], linear_deriv)
        backwards(delta, self.params, LAYERS[0], sigmoid_deriv)
        for key in PARAMETERS:
            self.params[key] -= (self.learning_rate * self.params["grad_" + key]).astype(
                self.params[key].dtype
            )

    def note(self, part, x, y):
        loss, accuracy = evaluate(x, y, self.params)
        self.history[part + "_loss"].append(float(loss))
        self.history[part + "_acc"].append(float(accuracy))


def train_network(
    x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs, verbose=False
):
    trainer = Trainer(params, learning_rate)
    bar = epoch_bar(epochs)
    for _ in bar:
        for x_batch, y_batch in get_random_batches(x_train, y_train, batch_size):
            trainer.step(x_batch, y_batch)
        trainer.note("train", x_train, y_train)
        trainer.note("valid", x_valid, y_valid)
        bar.set_postfix(accuracy=trainer.history["valid_acc"][-1])
        if verbose:
            print(trainer.history)
    return trainer.history


def compare_learning_rates(x_train, y_train, x_valid, y_valid, params, rates, batch_size, epochs):
    runs = []
    for rate in rates:
        own = copy.deepcopy(params)
        history = train_network(
            x_train, y_train, x_valid, y_valid, own,
            learning_rate=rate, batch_size=batch_size, epochs=epochs,
        )  # fmt: skip
        runs.append((own, history))
    return runs


def pick_and_test(runs, x_test, y_test):
    accuracies = np.array([history["valid_acc"][-1] for _, history in runs])
    best = accuracies.argmax()
    test_loss, test_accuracy = evaluate(x_test, y_test, runs[best][0])
    return [best, test_accuracy]


def weight_images(W, side=32):
    assert W.shape[0] == side * side
    return np.stack([column.reshape(side, side) for column in W.T])


def predict(x, params):
    return np.argmax(probabilities(x, params), axis=1).astype(np.int32)


def confusion_matrix(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes), dtype=np.int64)
    np.add.at(matrix, (np.asarray(labels), np.asarray(predictions)), 1)
    return matrix


def without_diagonal(matrix):
    return np.where(np.eye(len(matrix), dtype=bool), 0, matrix)


def most_confused(matrix, classes, k):
    both_ways = np.triu(matrix + matrix.T, k=1)
    order = np.argsort(-both_ways, axis=None, kind="stable")[:k]
    rows, columns = np.unravel_index(order, both_ways.shape)
    return [[classes[i], classes[j], int(both_ways[i, j])] for i, j in zip(rows, columns)]
