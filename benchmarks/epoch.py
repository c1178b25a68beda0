"""One epoch of exercise 3.1, by the notebooks' own functions and by PyTorch on the same CPU.

``OMP_NUM_THREADS=1 python -m benchmarks.epoch``.  Both do the same work: batches in random
order, forward, loss and accuracy of each batch, backward, a step of plain descent, and at the
end the loss and accuracy on the validation set.  PyTorch does it in the leanest way, by indexing
tensors, and in the usual one, with a ``DataLoader``.  The runs take turns, so that whatever else
the machine does meanwhile meets all of them; what counts is the processor time of the quickest
run of each, over all threads.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import numpy as np
from rich.console import Console
from rich.table import Table

from autograder.course.reference import source_cells
from helpers.checking.answers import load_answers
from helpers.checking.catalogue import catalogue
from helpers.datasets import Dataset, load

BATCHES = (15, 64, 256)
RATE = 0.0001
REPEATS = 9
WANTED = 1.3

Epoch = Callable[[], object]


def answers(*notebooks: str) -> dict:
    """The functions of the reference solutions in these notebooks."""
    cells = [cell for name in notebooks for cell in source_cells(name)]
    wanted = [f for e in catalogue().exercises if e.notebook in notebooks for f in e.functions]
    return load_answers(cells, wanted).namespace


def by_hand(data: Dataset, batch: int) -> Epoch:
    """One epoch with the functions of notebooks 2 and 3."""
    own = answers("02_network", "03_training")
    params = own["new_network"](1024, 64, 36)
    sets = (data.train.x, data.train.y, data.validation.x, data.validation.y)
    return lambda: own["train_network"](*sets, params, RATE, batch, 1)


def in_torch(data: Dataset, batch: int, loader: bool) -> Epoch:
    """One epoch in PyTorch, with a ``DataLoader`` or without."""
    import torch
    from torch import nn
    from torch.utils.data import DataLoader, TensorDataset

    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", os.cpu_count() or 1)))
    x, labels = torch.from_numpy(data.train.x), torch.from_numpy(data.train.labels)
    x_valid = torch.from_numpy(data.validation.x)
    labels_valid = torch.from_numpy(data.validation.labels)
    net = nn.Sequential(nn.Linear(1024, 64), nn.Sigmoid(), nn.Linear(64, 36))
    descent = torch.optim.SGD(net.parameters(), lr=RATE)
    loss_of = nn.CrossEntropyLoss(reduction="sum")
    batches = DataLoader(TensorDataset(x, labels), batch_size=batch, shuffle=True)

    def lean():
        for rows in torch.randperm(len(x)).split(batch):
            yield x[rows], labels[rows]

    def epoch():
        total, right = 0.0, 0
        for x_batch, y_batch in batches if loader else lean():
            descent.zero_grad()
            scores = net(x_batch)
            loss = loss_of(scores, y_batch)
            loss.backward()
            descent.step()
            total += loss.item()
            right += (scores.argmax(1) == y_batch).sum().item()
        with torch.no_grad():
            scores = net(x_valid)
            loss = loss_of(scores, labels_valid).item() / len(x_valid)
        return (
            total / len(x),
            right / len(x),
            loss,
            (scores.argmax(1) == labels_valid).mean(dtype=torch.float32),
        )

    return epoch


def measure(epochs: dict[str, Epoch]) -> dict[str, float]:
    """Processor seconds of the quickest run of each; the runs take turns."""
    found = dict.fromkeys(epochs, np.inf)
    for _ in range(REPEATS + 1):  # the first round also warms up
        for name, epoch in epochs.items():
            started = time.process_time()
            epoch()
            found[name] = min(found[name], time.process_time() - started)
    return found


def main() -> None:
    """Measure at every batch size and print one table."""
    console = Console(highlight=False)
    data = load("letters")
    try:
        import torch
    except ImportError:
        torch = None
        console.print("no PyTorch here (pip install torch): only our own epoch is measured")
    table = Table("batch", "NumPy, ours (s)", "PyTorch (s)", "PyTorch, DataLoader (s)",
                  "times faster", "wanted")  # fmt: skip
    for batch in BATCHES:
        epochs = {"ours": by_hand(data, batch)}
        if torch:
            epochs |= {"lean": in_torch(data, batch, False), "usual": in_torch(data, batch, True)}
        took = measure(epochs)
        shown = [f"{took[name]:.3f}" if name in took else "-" for name in ("ours", "lean", "usual")]
        faster = f"{took['lean'] / took['ours']:.2f}" if torch else "-"
        table.add_row(str(batch), *shown, faster, f"{WANTED}")
    console.print(table)
    threads = os.environ.get("OMP_NUM_THREADS", "as many as there are cores")
    version = f", PyTorch {torch.__version__}" if torch else ""
    console.print(f"threads: {threads}; NumPy {np.__version__}{version}; float32")


if __name__ == "__main__":
    main()
