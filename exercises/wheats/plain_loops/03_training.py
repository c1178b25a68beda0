"""Section 3 in plain loops: what can be counted is counted, nothing is broadcast."""

# ruff: noqa: F821  (the functions of section 2 are there when it runs)

import numpy as np

from helpers.activations import linear_deriv, sigmoid_deriv

NAMES = ("Wlayer1", "blayer1", "Woutput", "boutput")


def new_network(in_size, hidden_size, out_size):
    params = {}
    sizes = [in_size, hidden_size, out_size]
    for number, name in enumerate(["layer1", "output"]):
        initialize_weights(sizes[number], sizes[number + 1], params, name)
    for key in params:
        params[key] = np.float32(params[key])
    return params


def evaluate(x, y, params):
    hidden = forward(x, params, "layer1")
    probs = forward(hidden, params, "output", softmax)
    loss = 0.0
    right = 0
    for n in range(len(x)):
        truth, answer = 0, 0
        for k in range(y.shape[1]):
            if y[n, k] > y[n, truth]:
                truth = k
            if probs[n, k] > probs[n, answer]:
                answer = k
        loss -= float(np.log(probs[n, truth]))
        right += truth == answer
    return loss / len(x), right / len(x)


def train_network(x_train, y_train, x_valid, y_valid, params, learning_rate, batch_size, epochs):
    history = {}
    for name in ("train_loss", "train_acc", "valid_loss", "valid_acc"):
        history[name] = []
    for _ in range(epochs):
        loss_of_epoch = 0.0
        right = 0.0
        for xb, yb in get_random_batches(x_train, y_train, batch_size):
            hidden = forward(xb, params, "layer1")
            probs = forward(hidden, params, "output", softmax)
            loss, acc = compute_loss_and_acc(yb, probs)
            loss_of_epoch += loss
            right += acc * len(xb)
            back = backwards(probs - yb, params, "output", linear_deriv)
            backwards(back, params, "layer1", sigmoid_deriv)
            for name in NAMES:
                params[name] = params[name] - learning_rate * params["grad_" + name]
        history["train_loss"].append(loss_of_epoch / len(x_train))
        history["train_acc"].append(right / len(x_train))
        loss, acc = evaluate(x_valid, y_valid, params)
        history["valid_loss"].append(loss)
        history["valid_acc"].append(acc)
    return history


def compare_learning_rates(x_train, y_train, x_valid, y_valid, params, rates, batch_size, epochs):
    runs = []
    for rate in rates:
        copied = {}
        for name in NAMES:
            copied[name] = np.array(params[name])
        history = train_network(
            x_train, y_train, x_valid, y_valid, copied, rate, batch_size, epochs
        )
        runs.append([copied, history])
    return runs


def pick_and_test(runs, x_test, y_test):
    best = 0
    for place in range(1, len(runs)):
        if runs[place][1]["valid_acc"][-1] > runs[best][1]["valid_acc"][-1]:
            best = place
    _, accuracy = evaluate(x_test, y_test, runs[best][0])
    return best, accuracy


def weight_images(W):
    images = np.zeros((W.shape[1], 32, 32))
    for unit in range(W.shape[1]):
        for row in range(32):
            for column in range(32):
                images[unit, row, column] = W[32 * row + column, unit]
    return images


def predict(x, params):
    probs = forward(forward(x, params, "layer1"), params, "output", softmax)
    answers = np.zeros(len(x), dtype=int)
    for n in range(len(x)):
        for k in range(probs.shape[1]):
            if probs[n, k] > probs[n, answers[n]]:
                answers[n] = k
    return answers


def confusion_matrix(labels, predictions, n_classes):
    matrix = np.zeros((n_classes, n_classes))
    for n in range(len(labels)):
        matrix[labels[n], predictions[n]] += 1
    return matrix


def without_diagonal(matrix):
    result = np.zeros(matrix.shape)
    for i in range(matrix.shape[0]):
        for j in range(matrix.shape[1]):
            if i != j:
                result[i, j] = matrix[i, j]
    return result


def most_confused(matrix, classes, k):
    left = []
    for i in range(len(classes)):
        for j in range(i):
            left.append((classes[i], classes[j], matrix[i, j] + matrix[j, i]))
    chosen = []
    while len(chosen) < k:
        worst = left[0]
        for pair in left:
            if pair[2] > worst[2]:
                worst = pair
        left.remove(worst)
        chosen.append(worst)
    return chosen
