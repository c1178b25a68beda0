"""Section 6 in as few lines as will do."""

from copy import deepcopy
from itertools import pairwise

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

KINDS = {
    "plain": (torch.optim.SGD, {}),
    "momentum": (torch.optim.SGD, {"momentum": 0.9}),
    "adam": (torch.optim.Adam, {}),
    "decay": (torch.optim.SGD, {"weight_decay": 0.01}),
}


def _linear(W, b):
    layer = nn.Linear(*W.shape)
    layer.load_state_dict({"weight": torch.tensor(W.T.copy()), "bias": torch.tensor(b)})
    return layer


def build_with_dropout(params, p):
    one, two = (_linear(params["W" + n], params["b" + n]) for n in ("layer1", "output"))
    return nn.Sequential(one, nn.Sigmoid(), nn.Dropout(p), two)


build_network = lambda params: build_with_dropout(params, 0.0)  # noqa: E731


def parameter_gradients(model, x, labels):
    names, values = zip(*model.named_parameters())
    loss = F.cross_entropy(model(x), labels, reduction="sum")
    return dict(zip(names, torch.autograd.grad(loss, values)))


def shuffled_batches(x, labels, batch_size):
    return [(x[i], labels[i]) for i in torch.randperm(len(x)).split(batch_size)]


def train_epoch(model, optimiser, batches):
    sums = torch.zeros(3)
    for x, labels in batches:
        scores = model.train()(x)
        loss = F.nll_loss(F.log_softmax(scores, 1), labels, reduction="sum")
        optimiser.zero_grad(set_to_none=False)
        loss.backward()
        optimiser.step()
        sums += torch.tensor([loss.item(), (scores.argmax(1) == labels).sum().item(), len(x)])
    return sums[0] / sums[2], sums[1] / sums[2]


@torch.inference_mode()
def _scores(model, x):
    was, scores = model.training, model.eval()(x)
    model.train(was)
    return scores


def measure(model, x, labels):
    scores = _scores(model, x)
    return F.cross_entropy(scores, labels), (scores.argmax(1) == labels).double().mean()


def make_optimiser(model, kind, learning_rate):
    make, options = KINDS[kind]
    return make(model.parameters(), lr=learning_rate, **options)


to_images = lambda x: torch.from_numpy(1 - np.float32(x)).view(-1, 1, 32, 32)  # noqa: E731
count_parameters = lambda model: sum(map(torch.numel, model.parameters()))  # noqa: E731
predict_classes = lambda model, x: _scores(model, x).argmax(1)  # noqa: E731


def _convolutional(sizes, classes, norm=False, p=0.0):
    for a, b in pairwise(sizes):
        yield nn.Conv2d(a, b, 3, padding="same")
        yield nn.BatchNorm2d(b) if norm else nn.Identity()
        yield from (nn.ReLU(inplace=True), nn.MaxPool2d(2))
    yield from (nn.Flatten(), nn.Dropout(p) if p else nn.Identity(), nn.LazyLinear(classes))


def _made(*args):
    net = nn.Sequential(*_convolutional(*args))
    net.eval()(torch.zeros(1, args[0][0], 32, 32))
    return net.train()


build_cnn = lambda channels, n_classes: _made((channels, 16, 32, 64), n_classes)  # noqa: E731
build_colour_cnn = lambda n_classes: _made((3, 16, 32, 64), n_classes, True, 0.25)  # noqa: E731


def prepare(*sets):
    mean, std = (f(sets[0], axis=(0, 2, 3))[:, None, None] for f in (np.mean, np.std))
    return [torch.from_numpy(np.float32((s - mean) / std)) for s in sets]


def random_shift(images, most):
    n, _, h, w = images.shape
    y, x = torch.randint(-most, most + 1, (2, n, 1, 1, 1))
    rows, columns = torch.arange(h)[:, None] - y, torch.arange(w) - x
    inside = (rows >= 0) & (rows < h) & (columns >= 0) & (columns < w)
    flat = (rows.clamp(0, h - 1) * w + columns.clamp(0, w - 1)).expand_as(images)
    return images.flatten(2).gather(2, flat.flatten(2)).view_as(images) * inside


def few_of_each(labels, each):
    order = torch.randperm(len(labels))
    return torch.cat([order[labels[order] == k][:each] for k in set(labels.tolist())])


def fine_tune(model, x, labels, learning_rate, steps):
    tuned = deepcopy(model).eval().requires_grad_(False)
    last = [m for m in tuned.modules() if isinstance(m, nn.Linear)][-1].requires_grad_(True)
    for _ in range(steps):
        values = [last.weight, last.bias]
        for v, g in zip(values, torch.autograd.grad(F.cross_entropy(tuned(x), labels), values)):
            v.data -= learning_rate * g
    return tuned
