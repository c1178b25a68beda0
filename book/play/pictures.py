"""The playable figures as still pictures, for paper and for readers without scripts."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from book.play.code import decode, encode
from book.play.depth import gradient_sizes, random_network
from book.play.samples import PEN, SHEET, crop_of, draw
from data.networks.build import probabilities
from helpers.datasets.model import CLASSES, SIDE
from helpers.figures.style import BLUE, GREY, PALE, VERMILION, WIDTH, panels, styled

NAMES = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU"}
LOOKS = {
    "train": {"color": BLUE, "ls": "-", "label": "training"},
    "valid": {"color": VERMILION, "ls": "--", "label": "validation"},
}


def as_svg(figure: Figure) -> str:
    """A figure as an SVG picture whose text depends on nothing but the figure."""
    out = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "play"}):
        figure.savefig(out, format="svg", metadata={"Date": None})
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


@styled
def draw_picture(sample: Mapping[str, Any], params: Mapping[str, np.ndarray]) -> Figure:
    """A drawn letter, what the network is given of it, its hidden units and its answer.

    Parameters
    ----------
    sample : mapping
        As from `book.play.samples.sample_letters`.
    params : mapping
        The network of notebook 3.
    """
    figure, grid = panels(2, 3, height=4.0, height_ratios=(3, 2))
    crop = crop_of(sample["strokes"])
    hidden, probs = (values[0] for values in probabilities(dict(params), crop.reshape(1, -1)))
    top, middle, right = grid[0]
    _image(top, draw(sample["strokes"], 2 * SHEET, PEN), "a drawing", cmap="gray")
    _image(middle, crop, "32 × 32 pixels", cmap="gray", vmin=0, vmax=1)
    _image(right, hidden.reshape(8, 8), "64 hidden units", cmap="Blues", vmin=0, vmax=1)
    for axes in grid[1]:
        axes.remove()
    below = figure.add_subplot(grid[0, 0].get_gridspec()[1, :])
    best = int(probs.argmax())
    colours = [BLUE if k == best else GREY for k in range(len(CLASSES))]
    below.bar(range(len(CLASSES)), probs, color=colours)
    below.set_xticks(range(len(CLASSES)), CLASSES)
    below.set(ylabel="probability", ylim=(0, 1), xlim=(-0.6, 35.6))
    below.grid(False, axis="x")
    return figure


def _image(axes: Axes, values: np.ndarray, title: str, **look: object) -> None:
    axes.imshow(values, **look)
    axes.set(title=title, xticks=[], yticks=[])
    axes.grid(False)
    for spine in axes.spines.values():
        spine.set(visible=True, color=PALE)


@styled
def rates_picture(runs: Sequence[Mapping[str, Any]], shown: Sequence[int]) -> Figure:
    """Loss above, accuracy below, a column for each of some learning rates.

    Parameters
    ----------
    runs : sequence of mapping
        As from `book.play.rates.record`.
    shown : sequence of int
        Their places.
    """
    figure, grid = panels(2, len(shown), height=4.2, sharex=True, sharey="row")
    for (top, bottom), place in zip(grid.T, shown, strict=True):
        run = runs[place]
        for axes, what in ((top, "loss"), (bottom, "acc")):
            for part, look in LOOKS.items():
                values = [np.nan if v is None else v for v in run[f"{part}_{what}"]]
                axes.plot(range(len(values)), values, **look)
        top.set_title(f"learning rate {run['rate']:g}")
        bottom.set_xlabel("epoch")
    grid[0, 0].set(ylabel="loss per example", ylim=(0, 6))
    grid[1, 0].set(ylabel="accuracy", ylim=(0, 1))
    grid[0, 0].legend(loc="lower left")
    return figure


@styled
def code_picture(start: np.ndarray, goal: np.ndarray, params: Mapping[str, np.ndarray]) -> Figure:
    """A letter, its code, what is made of it; and the way from it to another letter.

    Parameters
    ----------
    start, goal : ndarray, shape (1024,)
        Images, ink 0 on paper 1.
    params : mapping
        The autoencoder, trained with ink as 1.
    """
    steps = 9
    figure = plt.figure(figsize=(WIDTH, 2.7))
    above, below = figure.subfigures(2, 1, height_ratios=(2, 1))
    left, middle, right = above.subplots(1, 3, width_ratios=(1, 2.6, 1))
    first, second = encode(1 - np.stack([start, goal]), dict(params))
    _letter(left, start, "a letter")
    middle.bar(np.arange(1, len(first) + 1), first, color=BLUE)
    middle.set(title="its 32 numbers", xlim=(0, 33))
    middle.grid(False, axis="x")
    _letter(right, 1 - decode(first, dict(params)), "made of them")
    for axes, part in zip(below.subplots(1, steps), np.linspace(0, 1, steps), strict=True):
        code = (1 - part) * first + part * second
        _letter(axes, 1 - decode(code, dict(params)), "")
    return figure


def _letter(axes: Axes, values: np.ndarray, title: str) -> None:
    _image(axes, values.reshape(SIDE, SIDE), title, cmap="gray", vmin=0, vmax=1)


@styled
def depth_picture() -> Figure:
    """The gradient on its way back through thirty layers, in four random networks."""
    figure, axes = panels(height=3.2)
    x, delta, weights = random_network()
    for activation, size in (("sigmoid", 1), ("sigmoid", 4), ("tanh", 1), ("relu", 2)):
        scaled = [size * matrix for matrix in weights]
        sizes = gradient_sizes(x, delta, scaled, activation)
        axes.plot(range(len(sizes)), sizes, label=f"{NAMES[activation]}, weights of size {size}")
    axes.set(yscale="log", ylim=(1e-24, 1e12), xlim=(0, len(weights)))
    axes.set(xlabel="layer", ylabel="gradient, 1 at the output")
    axes.legend(loc="lower right", ncols=2)
    return figure
