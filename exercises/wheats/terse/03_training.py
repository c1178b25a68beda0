"""Section 3 in as few lines as will do."""

# ruff: noqa: F821  (the functions of section 2 are there when it runs)

from itertools import combinations

import numpy as np

LISTS = "train_loss", "train_acc", "valid_loss", "valid_acc"
KEYS = "Wlayer1", "blayer1", "Woutput", "boutput"


def new_network(*sizes):
    p = {}
    [initialize_weights(*sizes[i : i + 2], p, n) for i, n in enumerate(("layer1", "output"))]
    return {k: np.float32(v) for k, v in p.items()}


def evaluate(x, y, params):
    loss, acc = compute_loss_and_acc(y, _probs(x, params))
    return loss / len(y), acc


def _probs(x, p):
    return forward(forward(x, p, "layer1"), p, "output", softmax)


def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
    rows = []
    for _ in range(epochs):
        train(x_train, y_train, params, learning_rate, batch_size, 1)
        rows.append(evaluate(x_train, y_train, params) + evaluate(x_valid, y_valid, params))
    return dict(zip(LISTS, np.array(rows).T))


def compare_learning_rates(x_train, y_train, x_valid, y_valid, params, rates, batch_size, epochs):
    starts = [{k: params[k].astype(float) for k in KEYS} for _ in rates]
    data = x_train, y_train, x_valid, y_valid
    return [(p, train_network(*data, p, r, batch_size, epochs)) for p, r in zip(starts, rates)]


def pick_and_test(runs, x_test, y_test):
    best = max(range(len(runs)), key=lambda i: runs[i][1]["valid_acc"][-1])
    return best, evaluate(x_test, y_test, runs[best][0])[1]


weight_images = lambda W: np.moveaxis(W.reshape(32, 32, -1), 2, 0)  # noqa: E731
predict = lambda x, params: _probs(x, params).argmax(1)  # noqa: E731
without_diagonal = lambda matrix: matrix - np.diag(np.diag(matrix))  # noqa: E731


def confusion_matrix(labels, predictions, n_classes):
    flat = np.bincount(n_classes * labels + predictions, minlength=n_classes**2)
    return flat.reshape(n_classes, n_classes)


def most_confused(matrix, classes, k):
    both = matrix + matrix.T
    pairs = sorted(combinations(range(len(classes)), 2), key=lambda ij: -both[ij])
    return [(classes[i], classes[j], both[i, j]) for i, j in pairs[:k]]
