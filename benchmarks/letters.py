"""What networks reach on the letters: unseen fonts, and photographs of real handwriting.

``make bench ARGS=letters``, or ``OMP_NUM_THREADS=1 python -m benchmarks.letters`` (the products are
small: a second thread only waits).  Every network is trained on the training split alone, with
settings fixed below; the photographs, where they are there, are only ever measured on.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from rich.console import Console
from rich.table import Table

from helpers.crops import normalise_crop
from helpers.datasets import Dataset, load
from helpers.datasets.model import CLASSES

REAL = Path(__file__).resolve().parents[2] / "shared" / "real" / "characters"
SEEDS = (0, 1, 2)
HIDDEN, BATCH = 64, 15
# Learning rate and epochs at it: large steps first, small ones to settle.
SCHEDULE = ((0.004, 60), (0.0015, 30), (0.0005, 10))
CNN_EPOCHS = 8
KNOWN = {"64 sigmoid units": (0.78, 0.74), "convolutional": (0.90, 0.88)}
"""What a first trial reached on unseen fonts and on the photographs: the floor."""

Examples = tuple[np.ndarray, np.ndarray]
Scorer = Callable[[np.ndarray], np.ndarray]


def photographs(folder: Path = REAL) -> Examples | None:
    """Cut out the real characters: images (N, 1024) and labels (N,), or None if not there."""
    files = [(k, f) for k, c in enumerate(CLASSES) for f in sorted((folder / c).glob("*.png"))]
    if not files:
        return None
    images = [normalise_crop(np.asarray(Image.open(f).convert("RGB"))).ravel() for _, f in files]
    return np.array(images, dtype=np.float32), np.array([k for k, _ in files])


def _uniform(rng: np.random.Generator, rows: int, columns: int) -> np.ndarray:
    limit = np.sqrt(6.0 / (rows + columns))
    return rng.uniform(-limit, limit, (rows, columns)).astype(np.float32)


def _softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return 0.5 + 0.5 * np.tanh(0.5 * x)


def _batches(rng: np.random.Generator, size: int):
    """Yield (learning rate, indices of a batch) for a whole training."""
    for rate, epochs in SCHEDULE:
        for _ in range(epochs):
            order = rng.permutation(size)
            for start in range(0, size, BATCH):
                yield np.float32(rate), order[start : start + BATCH]


def train_softmax(data: Dataset, seed: int) -> Scorer:
    """Softmax regression: no hidden layer."""
    rng = np.random.default_rng(seed)
    x, y = data.train.x, data.train.y
    w, b = _uniform(rng, x.shape[1], y.shape[1]), np.zeros(y.shape[1], dtype=np.float32)
    for rate, at in _batches(rng, len(x)):
        delta = _softmax(x[at] @ w + b) - y[at]
        w -= rate / 10 * (x[at].T @ delta)
        b -= rate / 10 * delta.sum(axis=0)
    return lambda images: images @ w + b


def train_sigmoid(data: Dataset, seed: int) -> Scorer:
    """Train the network of exercise 3.1: 64 sigmoid units, summed loss, no momentum."""
    rng = np.random.default_rng(seed)
    x, y = data.train.x, data.train.y
    w1, w2 = _uniform(rng, x.shape[1], HIDDEN), _uniform(rng, HIDDEN, y.shape[1])
    b1, b2 = np.zeros(HIDDEN, dtype=np.float32), np.zeros(y.shape[1], dtype=np.float32)
    for rate, at in _batches(rng, len(x)):
        hidden = _sigmoid(x[at] @ w1 + b1)
        delta = _softmax(hidden @ w2 + b2) - y[at]
        below = delta @ w2.T * hidden * (1 - hidden)
        w2 -= rate * (hidden.T @ delta)
        b2 -= rate * delta.sum(axis=0)
        w1 -= rate * (x[at].T @ below)
        b1 -= rate * below.sum(axis=0)
    return lambda images: _sigmoid(images @ w1 + b1) @ w2 + b2


def train_convolutional(data: Dataset, seed: int) -> Scorer:
    """Train a small convolutional network in PyTorch."""
    import torch
    from torch import nn

    torch.manual_seed(seed)
    layers: list[nn.Module] = []
    for before, after in ((1, 16), (16, 32), (32, 64)):
        layers += [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after), nn.ReLU()]
        layers += [nn.MaxPool2d(2)]
    net = nn.Sequential(*layers, nn.Flatten(), nn.Dropout(0.3), nn.Linear(64 * 16, 36))
    x = 1 - torch.from_numpy(data.train.x).reshape(-1, 1, 32, 32)
    labels = torch.from_numpy(data.train.labels)
    steps = CNN_EPOCHS * -(-len(x) // 100)
    descent = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=1e-2)
    rate = torch.optim.lr_scheduler.OneCycleLR(descent, max_lr=4e-3, total_steps=steps)
    for _ in range(CNN_EPOCHS):
        for at in torch.randperm(len(x)).split(100):
            descent.zero_grad()
            nn.functional.cross_entropy(net(x[at]), labels[at], label_smoothing=0.05).backward()
            descent.step()
            rate.step()
    net.eval()

    def score(images: np.ndarray) -> np.ndarray:
        with torch.no_grad():
            parts = torch.from_numpy(1 - images).reshape(-1, 1, 32, 32).split(500)
            return torch.cat([net(part) for part in parts]).numpy()

    return score


def accuracy(score: Scorer, examples: Examples) -> float:
    """Return the part of the examples whose largest score is at their label."""
    images, labels = examples
    return float((score(images).argmax(axis=1) == labels).mean())


def most_confused(score: Scorer, examples: Examples, count: int = 8) -> str:
    """Name the pairs that are most often taken for each other, either way round."""
    images, labels = examples
    wrong = np.zeros((len(CLASSES), len(CLASSES)), dtype=int)
    np.add.at(wrong, (labels, score(images).argmax(axis=1)), 1)
    pairs = np.triu(wrong + wrong.T, 1)
    best = np.argsort(pairs, axis=None)[::-1][:count]
    where = zip(*np.unravel_index(best, pairs.shape), strict=True)
    return ", ".join(f"{CLASSES[i]}/{CLASSES[j]} {pairs[i, j]}" for i, j in where)


def _has_torch() -> bool:
    try:
        import torch  # noqa: F401
    except ImportError:
        return False
    return True


def main() -> None:
    """Train, measure, print one table."""
    console = Console(highlight=False)
    data = load("letters")
    parts: dict[str, Examples] = {
        "training": (data.train.x, data.train.labels),
        "validation": (data.validation.x, data.validation.labels),
        "test": (data.test.x, data.test.labels),
    }
    real = photographs()
    if real is None:
        console.print("no photographs of real characters here (shared/real): skipped")
    else:
        parts["real"] = real
    networks = {"softmax regression": (train_softmax, SEEDS[:1])}
    networks["64 sigmoid units"] = (train_sigmoid, SEEDS)
    if _has_torch():
        networks["convolutional"] = (train_convolutional, SEEDS[:1])
    else:
        console.print("no PyTorch here (pip install torch): the convolutional network is skipped")
    table = Table("network", "train", "valid.", *list(parts)[2:], "seeds", "seconds", "known")
    for name, (train, seeds) in networks.items():
        console.print(f"training: {name}", style="dim")
        start = time.perf_counter()
        scores = [train(data, seed) for seed in seeds]
        took = (time.perf_counter() - start) / len(seeds)
        medians = [statistics.median(accuracy(s, p) for s in scores) for p in parts.values()]
        floor = ", ".join(f"{v:.0%}" for v in KNOWN.get(name, ())) or "-"
        table.add_row(name, *(f"{m:.1%}" for m in medians), str(len(seeds)), f"{took:.0f}", floor)
        if name == "64 sigmoid units" and real is not None:
            pairs = most_confused(scores[0], real)
    console.print(table)
    console.print("Medians over the seeds. valid., test: unseen fonts. real: photographs.")
    console.print("known: what a first trial with other data reached on unseen fonts and on real.")
    if real is not None:
        console.print(f"64 sigmoid units on the photographs, most confused: {pairs}")


if __name__ == "__main__":
    main()
