"""The convolutional network: how well it reads, how long its training takes, how fast a page is.

``make bench ARGS=convolution``.  The network that comes with the course is measured first, as
``course read --network cnn`` uses it; where PyTorch is there, the same recipe then trains another
one, with all cores, and two small networks learn the colour pictures.  Real photographs are
looked for as in `benchmarks.reading`.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import numpy as np
from nbclient import NotebookClient
from PIL import Image
from rich.console import Console
from rich.table import Table

from autograder.course.course import find_course
from benchmarks.reading import clock, real_folder
from exercises.commands.read import read_command
from helpers import convnets
from helpers.datasets import Split, load
from helpers.datasets.pages import load_pages
from helpers.spelling import characters_wrong

CONSOLE = Console(highlight=False, width=140)
NOTEBOOK = "06_pytorch"
COLOUR_EPOCHS = 9


def main() -> None:
    """Print every figure in one table."""
    table = Table("measure", "known", "at least", "here", title="The convolutional network")
    folder = real_folder()
    if folder is None:
        CONSOLE.print("no real photographs here (COURSE_REAL): their rows are skipped")
    else:
        real_characters(table, folder / "characters")
        pages = [(p, p.with_suffix(".txt").read_text()) for p in sorted(folder.glob("pages/*.jpg"))]
        read_pages(table, "real pages, characters wrong", "1.8% (trial)", pages)
    own = [(page.path, page.text) for page in load_pages()]
    read_pages(table, "sample pages, characters wrong", "", own)
    unseen_fonts(table, "unseen fonts (validation, test)", convnets.load_convnet())
    page_seconds(table)
    if importlib.util.find_spec("torch") is None:
        CONSOLE.print("no PyTorch here (see the README): what needs it is skipped")
    else:
        training(table)
        colour_pictures(table)
        whole_notebook(table)
    CONSOLE.print(table)
    CONSOLE.print("wall time depends on what else runs; processor time less so.")


def real_characters(table: Table, folder: Path) -> None:
    """Photographed characters through `course read --characters --network cnn`."""
    images = sorted(folder.glob("*/*.png"))
    if not images:
        CONSOLE.print(f"no photographed characters in {folder}: skipped")
        return
    read = read_command(images, characters=True, network="cnn")
    right = np.mean([image.parent.name == label for image, label in zip(images, read, strict=True)])
    table.add_row("real characters right", "88% (trial)", "92%", f"{right:.1%} of {len(images)}")


def read_pages(table: Table, name: str, known: str, pages: list[tuple[Path, str]]) -> None:
    """Pages through `course read --network cnn`, and for comparison without."""
    if not pages:
        return
    letters = [len("".join(text.split())) for _, text in pages]
    shares = []
    for network in ("cnn", None):
        texts = read_command([path for path, _ in pages], network=network)
        wrong = [characters_wrong(t, truth) for t, (_, truth) in zip(texts, pages, strict=True)]
        shares.append(np.average(wrong, weights=letters))
    told = f"{shares[0]:.1%} of {sum(letters)} (64 sigmoid units: {shares[1]:.1%})"
    table.add_row(name, known, "at most 1%", told)


def unseen_fonts(table: Table, name: str, params: dict[str, np.ndarray]) -> None:
    """Accuracy on fonts that the network has not been trained on."""
    letters = load("letters")
    right = [
        float((convnets.scores(split.x, params).argmax(axis=1) == split.labels).mean())
        for split in (letters.validation, letters.test)
    ]
    table.add_row(name, "90% (trial)", "", ", ".join(f"{share:.1%}" for share in right))


def page_seconds(table: Table) -> None:
    """One photograph of 12 megapixels, from file to text, start included."""
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "page.jpg"
        with Image.open(load_pages()[0].path) as picture:
            picture.resize((4000, 3000), Image.Resampling.BICUBIC).save(large, quality=90)
        for network in ("cnn", None):
            code = (
                "import sys; from exercises.commands.read import read_command as r; "
                f"print(*r(sys.argv[1:], network={network!r}))"
            )
            wall, processor = clock([sys.executable, "-c", code, str(large)], repeats=3)
            table.add_row(
                f"one page of 12 megapixels, {network or '64 sigmoid units'}", "", "",
                f"{wall:.2f} s, processor {processor:.2f} s",
            )  # fmt: skip


def training(table: Table) -> None:
    """The recipe from the beginning, on every core."""
    import torch

    from data.networks import convolutional

    torch.set_num_threads(os.cpu_count() or 1)
    CONSOLE.print("training: letters, convolutional", style="dim")
    begin, processor = time.perf_counter(), time.process_time()
    net = convolutional.train(load("letters").train)
    took, processor = time.perf_counter() - begin, time.process_time() - processor
    told = f"{took:.0f} s, processor {processor:.0f} s, {os.cpu_count()} threads"
    table.add_row("training it on two cores", "", "under 240 s", told)
    unseen_fonts(table, "unseen fonts, trained just now", convolutional.as_arrays(net))


def colour_pictures(table: Table) -> None:
    """A linear model and a plain small convolutional network on ``load("glyphs")``."""
    from torch import nn

    def block(before: int, after: int) -> list[nn.Module]:
        layers = [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after)]
        return [*layers, nn.ReLU(), nn.MaxPool2d(2)]

    small = nn.Sequential(
        *block(3, 16), *block(16, 32), *block(32, 64), nn.Flatten(), nn.Linear(1024, 10)
    )
    linear = nn.Sequential(nn.Flatten(), nn.Linear(3072, 10))
    for name, net, rate in (("linear", linear, 1e-3), ("plain small convolutional", small, 3e-3)):
        CONSOLE.print(f"training: glyphs, {name}", style="dim")
        shares = _learn_colours(net, rate)
        told = ", ".join(f"{share:.1%}" for share in shares)
        table.add_row(f"glyphs (validation, test): {name}", "", "", told)


def _learn_colours(net: Callable, rate: float) -> list[float]:
    import torch
    from torch.nn import functional

    torch.manual_seed(0)
    glyphs = load("glyphs")

    def pictures(split: Split) -> torch.Tensor:
        return (torch.from_numpy(split.images) - 0.5) / 0.25

    x, labels = pictures(glyphs.train), torch.from_numpy(glyphs.train.labels)
    steps = COLOUR_EPOCHS * -(-len(x) // 100)
    descent = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=1e-2)
    cycle = torch.optim.lr_scheduler.OneCycleLR(descent, rate, steps)
    for _ in range(COLOUR_EPOCHS):
        for rows in torch.randperm(len(x)).split(100):
            loss = functional.cross_entropy(net(x[rows]), labels[rows])
            descent.zero_grad()
            loss.backward()
            descent.step()
            cycle.step()
    net.eval()
    with torch.no_grad():
        return [
            float((net(pictures(split)).argmax(1).numpy() == split.labels).mean())
            for split in (glyphs.validation, glyphs.test)
        ]


def whole_notebook(table: Table) -> None:
    """Notebook 6 with its solutions, from top to bottom."""
    notebooks = find_course().read_notebooks()
    if NOTEBOOK not in notebooks:
        CONSOLE.print(f"there is no {NOTEBOOK}.ipynb: skipped")
        return
    notebook = nbformat.from_dict(notebooks[NOTEBOOK])
    where = {"metadata": {"path": str(find_course().notebooks)}}
    CONSOLE.print(f"running {NOTEBOOK}.ipynb", style="dim")
    begin = time.perf_counter()
    NotebookClient(notebook, timeout=1800, resources=where).execute(
        env={**os.environ, "STOP_AT_ERRORS": "1"}
    )
    took = time.perf_counter() - begin
    table.add_row("notebook 6 from top to bottom", "", "under 480 s", f"{took:.0f} s")


if __name__ == "__main__":
    main()
