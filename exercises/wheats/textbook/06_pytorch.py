"""Section 6 as a careful student writes it who has read PyTorch's tutorials."""

import copy

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Net(nn.Module):
    """One hidden layer of sigmoid units, with dropout if it is wanted."""

    def __init__(self, n_in, n_hidden, n_out, dropout=None):
        super().__init__()
        self.fc1 = nn.Linear(n_in, n_hidden)
        self.fc2 = nn.Linear(n_hidden, n_out)
        self.drop = nn.Dropout(dropout) if dropout is not None else None

    def forward(self, x):
        x = torch.sigmoid(self.fc1(x))
        if self.drop is not None:
            x = self.drop(x)
        return self.fc2(x)


def load_weights(net, params):
    to_tensor = lambda a: torch.from_numpy(np.array(a, dtype=np.float32))  # noqa: E731
    net.fc1.weight.data = to_tensor(params["Wlayer1"].T)
    net.fc1.bias.data = to_tensor(params["blayer1"])
    net.fc2.weight.data = to_tensor(params["Woutput"].T)
    net.fc2.bias.data = to_tensor(params["boutput"])
    return net


def build_network(params):
    n_in, n_hidden = params["Wlayer1"].shape
    return load_weights(Net(n_in, n_hidden, params["boutput"].size), params)


def build_with_dropout(params, p):
    n_in, n_hidden = params["Wlayer1"].shape
    return load_weights(Net(n_in, n_hidden, params["boutput"].size, dropout=p), params)


def parameter_gradients(model, x, labels, criterion=None):
    criterion = criterion or nn.CrossEntropyLoss(reduction="sum")
    for p in model.parameters():
        p.grad = None
    loss = criterion(model(x), labels)
    loss.backward()
    return {name: p.grad.detach().clone() for name, p in model.named_parameters()}


def shuffled_batches(x, labels, batch_size):
    loader = DataLoader(TensorDataset(x, labels), batch_size=batch_size, shuffle=True)
    return [tuple(batch) for batch in loader]


def train_epoch(model, optimiser, batches):
    criterion = nn.CrossEntropyLoss(reduction="sum")
    model.train()
    running_loss = 0.0
    correct = 0
    total = 0
    for inputs, targets in batches:
        optimiser.zero_grad()
        outputs = model(inputs)
        loss = criterion(outputs, targets)
        loss.backward()
        optimiser.step()
        running_loss += loss.detach()
        _, predicted = torch.max(outputs.data, 1)
        correct += (predicted == targets).sum()
        total += targets.size(0)
    return [running_loss / total, correct / total]


def measure(model, x, labels):
    was_training = model.training
    model.eval()
    criterion = nn.CrossEntropyLoss(reduction="mean")
    try:
        with torch.no_grad():
            outputs = model(x)
            loss = criterion(outputs, labels)
            accuracy = np.mean(outputs.argmax(1).numpy() == labels.numpy())
    finally:
        model.train(was_training)
    return loss.item(), accuracy


def make_optimiser(model, kind, learning_rate):
    match kind:
        case "plain":
            return torch.optim.SGD(model.parameters(), lr=learning_rate)
        case "momentum":
            return torch.optim.SGD(model.parameters(), lr=learning_rate, momentum=0.9)
        case "adam":
            return torch.optim.Adam(model.parameters(), lr=learning_rate)
        case "decay":
            return torch.optim.SGD(model.parameters(), lr=learning_rate, weight_decay=1e-2)
    raise ValueError(f"unknown kind of optimiser: {kind}")


def to_images(x):
    inverted = 1.0 - np.asarray(x, dtype=np.float32)
    return torch.from_numpy(inverted.reshape(len(x), 1, 32, 32))


class Block(nn.Module):
    def __init__(self, before, after, norm):
        super().__init__()
        self.conv = nn.Conv2d(before, after, kernel_size=3, stride=1, padding=1)
        self.norm = nn.BatchNorm2d(after) if norm else nn.Identity()
        self.pool = nn.MaxPool2d(kernel_size=2, stride=2)

    def forward(self, x):
        # Pooling and ReLU can change places: the largest stays the largest.
        return nn.functional.relu(self.pool(self.norm(self.conv(x))))


class CNN(nn.Module):
    def __init__(self, channels, n_classes, norm=False, dropout=None):
        super().__init__()
        self.head = nn.Linear(64 * 4 * 4, n_classes)
        self.blocks = nn.ModuleList(
            [Block(channels, 16, norm), Block(16, 32, norm), Block(32, 64, norm)]
        )
        self.drop = nn.Dropout(dropout) if dropout else nn.Identity()

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return self.head(self.drop(torch.flatten(x, start_dim=1)))


def build_cnn(channels, n_classes):
    return CNN(channels, n_classes)


def build_colour_cnn(n_classes):
    return CNN(3, n_classes, norm=True, dropout=0.25)


def count_parameters(model):
    return np.sum([p.numel() for p in model.parameters() if p.requires_grad])


def predict_classes(model, x):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        probabilities = torch.softmax(model(x), dim=1)
    model.train(was_training)
    return torch.max(probabilities, dim=1).indices


def prepare(train, validation, test):
    train, validation, test = (
        torch.tensor(s, dtype=torch.float32) for s in (train, validation, test)
    )
    mean = train.mean(dim=(0, 2, 3)).view(1, 3, 1, 1)
    std = train.std(dim=(0, 2, 3)).view(1, 3, 1, 1)
    return (train - mean) / std, (validation - mean) / std, (test - mean) / std


def random_shift(images, most):
    shifted = torch.zeros_like(images)
    height, width = images.shape[-2:]
    for i, image in enumerate(images):
        dy, dx = np.random.randint(-most, most + 1, size=2)
        to_y, to_x = slice(max(dy, 0), height + min(dy, 0)), slice(max(dx, 0), width + min(dx, 0))
        of_y, of_x = slice(max(-dy, 0), height - max(dy, 0)), slice(max(-dx, 0), width - max(dx, 0))
        shifted[i, :, to_y, to_x] = image[:, of_y, of_x]
    return shifted


def few_of_each(labels, each):
    labels = labels.numpy()
    chosen = [
        np.random.choice(np.flatnonzero(labels == k), each, replace=False)
        for k in np.unique(labels)
    ]
    return torch.from_numpy(np.concatenate(chosen))


def fine_tune(model, x, labels, learning_rate, steps):
    tuned = copy.deepcopy(model)
    for p in tuned.parameters():
        p.requires_grad = False
    last = [m for m in tuned.modules() if isinstance(m, nn.Linear)][-1]
    for p in last.parameters():
        p.requires_grad = True
    optimiser = torch.optim.SGD(
        [p for p in tuned.parameters() if p.requires_grad], lr=learning_rate
    )
    criterion = nn.CrossEntropyLoss()
    tuned.eval()
    for _step in range(steps):
        optimiser.zero_grad()
        loss = criterion(tuned(x), labels)
        loss.backward()
        optimiser.step()
    return tuned
