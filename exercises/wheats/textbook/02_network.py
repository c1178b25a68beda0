"""Section 2 as a careful student writes it: checked input, classes, helpers, many names."""

from dataclasses import dataclass, field

import numpy as np

from helpers import activations

TINY = 1e-12
HIDDEN, OUTPUT = "layer1", "output"


def initialize_weights(in_size, out_size, params, name="", generator=None):
    """Xavier's uniform initialisation, in single precision."""
    generator = generator or np.random.default_rng()
    variance = 2.0 / (in_size + out_size)
    a = np.sqrt(3.0 * variance)
    weights = a * (2.0 * generator.random((in_size, out_size)) - 1.0)
    params["W" + name] = weights.astype(np.float32)
    params["b" + name] = np.zeros((out_size,), dtype=np.float32)
    return params


def sigmoid(x):
    """Clip where the sigmoid is 0 or 1 to the last digit anyway, so that exp cannot overflow."""
    x = np.asarray(x, dtype=np.float64)
    clipped = np.clip(x, -500.0, 500.0)
    return 1.0 / (1.0 + np.exp(-clipped))


@dataclass
class Layer:
    """A view of one layer inside the dict that everybody shares."""

    params: dict
    name: str

    @property
    def weights(self):
        return np.asarray(self.params["W" + self.name], dtype=np.float64)

    @property
    def bias(self):
        return np.asarray(self.params["b" + self.name], dtype=np.float64)

    def remember(self, *arrays):
        self.params["cache_" + self.name] = list(arrays)

    def recall(self):
        return self.params["cache_" + self.name]

    def blame(self, grad_weights, grad_bias):
        assert grad_weights.shape == self.weights.shape
        assert grad_bias.shape == self.bias.shape
        self.params["grad_W" + self.name] = grad_weights
        self.params["grad_b" + self.name] = grad_bias

    def descend(self, learning_rate):
        for kind in "Wb":
            slope = self.params["grad_" + kind + self.name]
            self.params[kind + self.name] = self.params[kind + self.name] - learning_rate * slope


def forward(X, params, name="", activation=sigmoid):
    layer = Layer(params, name)
    if X.ndim != 2 or X.shape[1] != layer.weights.shape[0]:
        raise ValueError(f"X has shape {X.shape}, the weights have {layer.weights.shape}")
    pre_act = np.matmul(X, layer.weights) + layer.bias[np.newaxis, :]
    post_act = activation(pre_act)
    layer.remember(X, pre_act, post_act)
    return post_act


def softmax(x):
    row_max = np.max(x, axis=1).reshape(-1, 1)
    exponentials = np.exp(x - row_max)
    row_sum = np.sum(exponentials, axis=1).reshape(-1, 1)
    return exponentials / row_sum


def compute_loss_and_acc(y, probs):
    safe = np.maximum(probs, TINY)
    loss = -np.sum(y * np.log(safe))
    predicted = np.argmax(probs, axis=1)
    true = np.argmax(y, axis=1)
    number_right = np.count_nonzero(predicted == true)
    return np.float64(loss), number_right / y.shape[0]


def backwards(delta, params, name="", activation_deriv=activations.sigmoid_deriv):
    layer = Layer(params, name)
    X, _pre_act, post_act = layer.recall()
    delta_pre = np.multiply(delta, activation_deriv(post_act))
    grad_W = np.dot(np.transpose(X), delta_pre)
    grad_b = np.dot(np.ones(X.shape[0]), delta_pre)
    layer.blame(grad_W, grad_b)
    return np.dot(delta_pre, np.transpose(layer.weights))


def get_random_batches(x, y, batch_size, shuffle=True):
    number = x.shape[0]
    order = np.arange(number)
    if shuffle:
        np.random.shuffle(order)
    shuffled_x, shuffled_y = x[order], y[order]
    batches = []
    for first in range(0, number, batch_size):
        last = min(first + batch_size, number)
        batches.append([shuffled_x[first:last], shuffled_y[first:last]])
    return batches


@dataclass
class History:
    """Adds up what happens in one epoch."""

    examples: int
    loss: float = 0.0
    right: float = 0.0
    seen: list = field(default_factory=list)

    def add(self, loss, accuracy, size):
        self.loss += loss
        self.right += accuracy * size
        self.seen.append(size)


def predict(x, params):
    return forward(forward(x, params, HIDDEN, sigmoid), params, OUTPUT, softmax)


def go_back(probs, y, params):
    delta = backwards(probs - y, params, OUTPUT, activations.linear_deriv)
    backwards(delta, params, HIDDEN, activations.sigmoid_deriv)


def train(
    x, y, params, learning_rate, batch_size, epochs, get_batches=get_random_batches, verbose=False
):
    losses, accuracies = [], []
    for epoch in range(epochs):
        history = History(len(x))
        for x_batch, y_batch in get_batches(x, y, batch_size):
            probs = predict(x_batch, params)
            history.add(*compute_loss_and_acc(y_batch, probs), len(x_batch))
            go_back(probs, y_batch, params)
            Layer(params, HIDDEN).descend(learning_rate)
            Layer(params, OUTPUT).descend(learning_rate)
        losses.append(history.loss / history.examples)
        accuracies.append(history.right / history.examples)
        if verbose:
            print(epoch, losses[-1], accuracies[-1])
    return [losses, accuracies]


def is_parameter(name):
    return name.startswith("W") or name.startswith("b")


def numerical_gradients(loss, params, eps=1e-5):
    """Works on a copy of the dict, so the caller's parameters are never touched."""
    names = [name for name in params if is_parameter(name)]
    work = {name: np.array(params[name], dtype=np.float64) for name in names}
    gradients = {}
    for name in names:
        gradients[name] = np.zeros(work[name].shape)
        flat, slopes = work[name].reshape(-1), gradients[name].reshape(-1)
        for i in range(flat.size):
            keep = flat[i]
            flat[i] = keep + eps
            above = loss(work)
            flat[i] = keep - eps
            below = loss(work)
            flat[i] = keep
            slopes[i] = (above - below) / (2.0 * eps)
    return gradients


def relative_error(analytic, numerical):
    a = np.asarray(analytic, dtype=np.float64)
    n = np.asarray(numerical, dtype=np.float64)
    denominator = np.where(np.abs(a) + np.abs(n) > 1e-8, np.abs(a) + np.abs(n), 1e-8)
    return float(np.amax(np.abs(a - n) / denominator))


def check_gradients(x, y, params, eps=1e-5, verbose=False):
    go_back(predict(x, params), y, params)
    analytic = {k[len("grad_") :]: v for k, v in params.items() if k.startswith("grad_")}

    def total_loss(current):
        loss, _accuracy = compute_loss_and_acc(y, predict(x, current))
        return loss

    numerical = numerical_gradients(total_loss, params, eps=eps)
    errors = {}
    for name, gradient in numerical.items():
        errors[name] = relative_error(analytic[name], gradient)
        if verbose:
            print(f"{name}: {errors[name]:.2e}")
    return errors
