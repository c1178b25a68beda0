"""Section 1 with plain loops: one number at a time, no broadcasting."""

import math

import numpy as np


def stable_shift(scores):
    largest = scores[0]
    for score in scores:
        if score > largest:
            largest = score
    return -largest


def exp_range():
    return "(0, inf)"


def shifted_exp_range():
    return "(0, 1]"


def shifted_sum_range(d):
    return "(1, " + str(d) + "]"


def softmax_step_1(x):
    s = np.zeros(len(x))
    for i in range(len(x)):
        s[i] = math.exp(x[i])
    return s


def softmax_step_2(s):
    S = 0.0
    for value in s:
        S += value
    return S


def softmax_step_3(s, S):
    p = np.zeros(len(s))
    for i in range(len(s)):
        p[i] = s[i] / S
    return p


def softmax_range():
    return "(0, 1)"


def softmax_sum():
    return 1.0


def multiply(A, B):
    product = np.zeros((A.shape[0], B.shape[1]))
    for i in range(A.shape[0]):
        for j in range(B.shape[1]):
            for m in range(A.shape[1]):
                product[i, j] += A[i, m] * B[m, j]
    return product


def collapse(weights, biases):
    W = weights[0].copy()
    b = biases[0].copy()
    for layer in range(1, len(weights)):
        W = multiply(W, weights[layer])
        carried = biases[layer].copy()
        for j in range(weights[layer].shape[1]):
            for m in range(weights[layer].shape[0]):
                carried[j] += b[m] * weights[layer][m, j]
        b = carried
    return W, b


def sigmoid_slope(s):
    if np.ndim(s) == 0:
        return s * (1 - s)
    slopes = np.zeros(s.shape)
    for index in np.ndindex(s.shape):
        slopes[index] = s[index] * (1 - s[index])
    return slopes


def scalar_gradients(w, x, b, delta):
    dw = delta * x
    dx = delta * w
    db = delta * 1
    return dw, dx, db


def dJ_dW(W, x, delta):
    k, d = W.shape
    gradient = np.zeros((k, d))
    for i in range(k):
        for j in range(d):
            gradient[i, j] = delta[i, 0] * x[j, 0]
    return gradient


def dJ_dx(W, x, delta):
    k, d = W.shape
    gradient = np.zeros((d, 1))
    for j in range(d):
        for i in range(k):
            gradient[j, 0] += W[i, j] * delta[i, 0]
    return gradient


def dJ_db(W, x, delta):
    gradient = np.zeros((len(delta), 1))
    for i in range(len(delta)):
        gradient[i, 0] = delta[i, 0]
    return gradient


def gradient_shapes(k, d):
    return (k, d), (d, 1), (k, 1)


def sigmoid_range():
    return "(0, 1)"


def tanh_range():
    return "(-1, 1)"


def tanh_slope(t):
    if np.ndim(t) == 0:
        return 1 - t * t
    slopes = np.zeros(t.shape)
    for index in np.ndindex(t.shape):
        slopes[index] = 1 - t[index] * t[index]
    return slopes


def largest_slopes():
    return 0.25, 1.0


def tanh_as_sigmoid():
    return 2, 2, -1


def shrink_bound(n, slope, weight):
    bound = 1.0
    for _ in range(n):
        bound *= slope
        bound *= weight
    return bound
