"""Section 2 in plain loops: every sum is written out, nothing is broadcast."""

import math
import random

import numpy as np

from helpers.activations import linear_deriv, sigmoid_deriv


def initialize_weights(in_size, out_size, params, name=""):
    bound = math.sqrt(6.0 / (in_size + out_size))
    W = np.empty((in_size, out_size))
    b = np.empty(out_size)
    for i in range(in_size):
        for j in range(out_size):
            W[i, j] = bound * (2.0 * random.random() - 1.0)
    for j in range(out_size):
        b[j] = 0.0
    params["W" + name] = W
    params["b" + name] = b


def sigmoid(x):
    result = np.empty(x.shape)
    for place in np.ndindex(x.shape):
        value = float(x[place])
        if value >= 0:
            result[place] = 1.0 / (1.0 + math.exp(-value))
        else:
            result[place] = math.exp(value) / (1.0 + math.exp(value))
    return result


def forward(X, params, name="", activation=sigmoid):
    W, b = params["W" + name], params["b" + name]
    pre_act = np.empty((X.shape[0], W.shape[1]))
    for n in range(X.shape[0]):
        for j in range(W.shape[1]):
            total = b[j]
            for i in range(W.shape[0]):
                total += X[n, i] * W[i, j]
            pre_act[n, j] = total
    post_act = activation(pre_act)
    params["cache_" + name] = (X, pre_act, post_act)
    return post_act


def softmax(x):
    result = np.empty(x.shape)
    for n in range(x.shape[0]):
        largest = max(x[n])
        powers = [math.exp(score - largest) for score in x[n]]
        total = sum(powers)
        for k in range(x.shape[1]):
            result[n, k] = powers[k] / total
    return result


def compute_loss_and_acc(y, probs):
    loss = 0.0
    right = 0
    for n in range(y.shape[0]):
        truth, answer = 0, 0
        for k in range(y.shape[1]):
            if y[n, k] > y[n, truth]:
                truth = k
            if probs[n, k] > probs[n, answer]:
                answer = k
        loss -= math.log(probs[n, truth])
        if truth == answer:
            right += 1
    return loss, right / y.shape[0]


def backwards(delta, params, name="", activation_deriv=sigmoid_deriv):
    W = params["W" + name]
    X, _, post_act = params["cache_" + name]
    slope = activation_deriv(post_act)
    grad_W = np.zeros(W.shape)
    grad_b = np.zeros(W.shape[1])
    grad_X = np.zeros(X.shape)
    for n in range(X.shape[0]):
        for j in range(W.shape[1]):
            share = delta[n, j] * slope[n, j]
            grad_b[j] += share
            for i in range(W.shape[0]):
                grad_W[i, j] += X[n, i] * share
                grad_X[n, i] += W[i, j] * share
    params["grad_W" + name] = grad_W
    params["grad_b" + name] = grad_b
    return grad_X


def get_random_batches(x, y, batch_size):
    order = list(range(len(x)))
    random.shuffle(order)
    batches = []
    while order:
        rows = []
        while order and len(rows) < batch_size:
            rows.append(order.pop())
        batches.append((np.array([x[r] for r in rows]), np.array([y[r] for r in rows])))
    return batches


def train(x, y, params, learning_rate, batch_size, epochs, get_batches=get_random_batches):
    losses = []
    accuracies = []
    for _ in range(epochs):
        loss_of_epoch = 0.0
        right = 0.0
        for xb, yb in get_batches(x, y, batch_size):
            h = forward(xb, params, "layer1", sigmoid)
            probs = forward(h, params, "output", softmax)
            loss, acc = compute_loss_and_acc(yb, probs)
            loss_of_epoch += loss
            right += acc * len(xb)
            delta = np.empty(probs.shape)
            for n in range(probs.shape[0]):
                for k in range(probs.shape[1]):
                    delta[n, k] = probs[n, k] - yb[n, k]
            delta = backwards(delta, params, "output", linear_deriv)
            backwards(delta, params, "layer1", sigmoid_deriv)
            for name in ("layer1", "output"):
                for kind in ("W", "b"):
                    values = params[kind + name]
                    slopes = params["grad_" + kind + name]
                    for place in np.ndindex(values.shape):
                        values[place] -= learning_rate * slopes[place]
        losses.append(loss_of_epoch / len(x))
        accuracies.append(right / len(x))
    return losses, accuracies


def numerical_gradients(loss, params, eps=1e-5):
    result = {}
    for name in list(params):
        if name[0] != "W" and name[0] != "b":
            continue
        gradient = np.zeros(params[name].shape)
        for place in np.ndindex(params[name].shape):
            params[name][place] += eps
            above = loss(params)
            params[name][place] -= 2 * eps
            below = loss(params)
            params[name][place] += eps
            gradient[place] = (above - below) / (2 * eps)
        result[name] = gradient
    return result


def relative_error(analytic, numerical):
    worst = 0.0
    for place in np.ndindex(analytic.shape):
        a, n = float(analytic[place]), float(numerical[place])
        worst = max(worst, abs(a - n) / max(abs(a) + abs(n), 1e-8))
    return worst


def check_gradients(x, y, params, eps=1e-5):
    def loss_of(p):
        probs = forward(forward(x, p, "layer1"), p, "output", softmax)
        loss, _ = compute_loss_and_acc(y, probs)
        return loss

    h = forward(x, params, "layer1")
    probs = forward(h, params, "output", softmax)
    delta = backwards(probs - y, params, "output", linear_deriv)
    backwards(delta, params, "layer1")
    numerical = numerical_gradients(loss_of, params, eps)
    errors = {}
    for name in numerical:
        errors[name] = relative_error(params["grad_" + name], numerical[name])
    return errors
