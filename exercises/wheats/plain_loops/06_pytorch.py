"""Section 6 in plain loops: example by example, parameter by parameter."""

import copy
import random

import torch
from torch import nn


class OneHidden(nn.Module):
    def __init__(self, params, p=0.0):
        super().__init__()
        inputs, hidden = params["Wlayer1"].shape
        _, outputs = params["Woutput"].shape
        self.layer1 = nn.Linear(inputs, hidden)
        self.output = nn.Linear(hidden, outputs)
        self.p = p
        with torch.no_grad():
            for name, layer in (("layer1", self.layer1), ("output", self.output)):
                W, b = params["W" + name], params["b" + name]
                for i in range(W.shape[0]):
                    for j in range(W.shape[1]):
                        layer.weight[j, i] = float(W[i, j])
                for j in range(W.shape[1]):
                    layer.bias[j] = float(b[j])

    def forward(self, x):
        hidden = 1 / (1 + torch.exp(-self.layer1(x)))
        if self.training and self.p > 0:
            keep = (torch.rand(hidden.shape) >= self.p).float()
            hidden = hidden * keep / (1 - self.p)
        return self.output(hidden)


def build_network(params):
    return OneHidden(params)


def build_with_dropout(params, p):
    return OneHidden(params, p)


def summed_loss(scores, labels):
    total = 0
    for k in range(len(labels)):
        total = total + torch.logsumexp(scores[k], dim=0) - scores[k, labels[k]]
    return total


def parameter_gradients(model, x, labels):
    names, parameters = [], []
    for name, parameter in model.named_parameters():
        names.append(name)
        parameters.append(parameter)
    slopes = torch.autograd.grad(summed_loss(model(x), labels), parameters)
    found = {}
    for name, slope in zip(names, slopes):
        found[name] = slope
    return found


def shuffled_batches(x, labels, batch_size):
    rows = list(range(len(x)))
    random.shuffle(rows)
    batches = []
    for start in range(0, len(rows), batch_size):
        own = rows[start : start + batch_size]
        batches.append([torch.stack([x[k] for k in own]), torch.stack([labels[k] for k in own])])
    return batches


def train_epoch(model, optimiser, batches):
    model.train()
    total, right, seen = 0.0, 0, 0
    for x, labels in batches:
        for group in optimiser.param_groups:
            for parameter in group["params"]:
                parameter.grad = None
        scores = model(x)
        loss = summed_loss(scores, labels)
        loss.backward()
        optimiser.step()
        total += loss.item()
        for k in range(len(labels)):
            if int(scores[k].argmax()) == int(labels[k]):
                right += 1
            seen += 1
    return total / seen, right / seen


def measure(model, x, labels):
    was = model.training
    model.eval()
    total, right = 0.0, 0
    with torch.no_grad():
        for k in range(len(x)):
            scores = model(x[k : k + 1])
            total += float(summed_loss(scores, labels[k : k + 1]))
            right += int(scores[0].argmax() == labels[k])
    if was:
        model.train()
    return total / len(x), right / len(x)


def make_optimiser(model, kind, learning_rate):
    parameters = [p for p in model.parameters()]
    if kind == "plain":
        return torch.optim.SGD(parameters, learning_rate)
    if kind == "momentum":
        return torch.optim.SGD(parameters, learning_rate, momentum=0.9)
    if kind == "decay":
        return torch.optim.SGD(parameters, learning_rate, weight_decay=0.01)
    return torch.optim.Adam(parameters, learning_rate)


def to_images(x):
    images = torch.zeros(len(x), 1, 32, 32)
    for k in range(len(x)):
        for row in range(32):
            for column in range(32):
                images[k, 0, row, column] = 1 - float(x[k][32 * row + column])
    return images


class Convolutional(nn.Module):
    def __init__(self, channels, n_classes):
        super().__init__()
        # from the end to the beginning: the order of declaration says nothing
        self.last = nn.Linear(1024, n_classes)
        self.three = nn.Conv2d(32, 64, kernel_size=(3, 3), padding=(1, 1))
        self.two = nn.Conv2d(16, 32, kernel_size=(3, 3), padding=(1, 1))
        self.one = nn.Conv2d(channels, 16, kernel_size=(3, 3), padding=(1, 1))
        self.bend = nn.ReLU()
        self.pool = nn.MaxPool2d(2, 2)

    def forward(self, x):
        x = self.pool(self.bend(self.one(x)))
        x = self.pool(self.bend(self.two(x)))
        x = self.pool(self.bend(self.three(x)))
        return self.last(x.view(x.size(0), -1))


def build_cnn(channels, n_classes):
    return Convolutional(channels, n_classes)


def count_parameters(model):
    count = 0
    for parameter in model.parameters():
        one = 1
        for length in parameter.shape:
            one *= length
        count += one
    return count


def predict_classes(model, x):
    was = model.training
    model.train(False)
    answers = []
    with torch.no_grad():
        for k in range(0, len(x), 100):
            for scores in model(x[k : k + 100]):
                answers.append(int(scores.argmax()))
    model.train(was)
    return torch.tensor(answers)


def prepare(train, validation, test):
    sets = []
    for images in (train, validation, test):
        done = torch.zeros(images.shape)
        for channel in range(3):
            own = train[:, channel].astype(float)
            mean, deviation = own.mean(), own.std()
            done[:, channel] = torch.tensor((images[:, channel] - mean) / deviation)
        sets.append(done)
    return sets


def random_shift(images, most):
    n, channels, height, width = images.shape
    moved = torch.zeros(n, channels, height, width)
    for k in range(n):
        down, right = random.randint(-most, most), random.randint(-most, most)
        for y in range(height):
            for x in range(width):
                if 0 <= y - down < height and 0 <= x - right < width:
                    moved[k, :, y, x] = images[k, :, y - down, x - right]
    return moved


class Colour(nn.Module):
    def __init__(self, n_classes):
        super().__init__()
        self.one, self.norm_one = nn.Conv2d(3, 16, 3, padding=1), nn.BatchNorm2d(16)
        self.two, self.norm_two = nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32)
        self.three, self.norm_three = nn.Conv2d(32, 64, 3, padding=1), nn.BatchNorm2d(64)
        self.pool = nn.MaxPool2d(2)
        self.last = nn.Linear(1024, n_classes)

    def forward(self, x):
        x = self.pool(torch.relu(self.norm_one(self.one(x))))
        x = self.pool(torch.relu(self.norm_two(self.two(x))))
        x = self.pool(torch.relu(self.norm_three(self.three(x))))
        x = nn.functional.dropout(torch.flatten(x, 1), 0.25, self.training)
        return self.last(x)


def build_colour_cnn(n_classes):
    return Colour(n_classes)


def few_of_each(labels, each):
    by_class = {}
    for place, label in enumerate(labels.tolist()):
        by_class.setdefault(label, []).append(place)
    chosen = []
    for places in by_class.values():
        chosen += random.sample(places, each)
    return torch.tensor(chosen)


def fine_tune(model, x, labels, learning_rate, steps):
    tuned = copy.deepcopy(model)
    tuned.eval()
    last = None
    for part in tuned.modules():
        if isinstance(part, nn.Linear):
            last = part
    for _ in range(steps):
        loss = summed_loss(tuned(x), labels) / len(x)
        slopes = torch.autograd.grad(loss, [last.weight, last.bias])
        with torch.no_grad():
            last.weight -= learning_rate * slopes[0]
            last.bias -= learning_rate * slopes[1]
    return tuned
