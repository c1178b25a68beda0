"""Figures of notebook 2, a fully connected network."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from scipy import ndimage

from helpers.figures.style import (
    BLACK,
    BLUE,
    COLOURS,
    GREEN,
    GREY,
    ORANGE,
    PALE,
    SKY,
    VERMILION,
    panels,
    styled,
)

MARKERS = ("o", "s", "^", "D")


@styled
def layer_diagram() -> Figure:
    """The network of section 2 as boxes with shapes and arrows from left to right."""
    figure, axes = _blank(height=2.0)
    boxes = (
        (0.5, "$X$", "(N, D)", "batch"),
        (2.6, "$Z_1$", "(N, H)", "pre-activation"),
        (4.7, "$A_1$", "(N, H)", "hidden features"),
        (6.8, "$S$", "(N, C)", "scores"),
        (8.9, "$P$", "(N, C)", "probabilities"),
    )
    steps = (r"$W_1, b_1$", r"sigmoid", r"$W_2, b_2$", r"softmax")
    for x, symbol, shape, name in boxes:
        _box(axes, x, 1.0, symbol, shape)
        axes.text(x, 0.22, name, ha="center", va="center", color=GREY, fontsize=8.5)
    for (left, *_), (right, *_), step in zip(boxes, boxes[1:], steps, strict=False):
        _arrow(axes, (left + 0.55, 1.0), (right - 0.55, 1.0))
        axes.text((left + right) / 2, 1.22, step, ha="center", va="bottom", fontsize=9)
    for x, text in ((2.6, "layer1"), (6.8, "output")):
        axes.text(x + 0.55, 1.95, text, ha="center", va="center", family="monospace", fontsize=9)
        axes.plot([x - 1.5, x + 2.55], [1.76, 1.76], color=GREY, lw=1, ls="-")
    axes.set(xlim=(-0.2, 9.6), ylim=(0.05, 2.1))
    return figure


@styled
def backward_diagram() -> Figure:
    """One layer: the forward pass in black, the backward pass in orange, with shapes."""
    figure, axes = _blank(height=3.1)
    places = ((0.9, "$X$", r"(N, $D_{in}$)"), (4.6, "$Z$", r"(N, $D_{out}$)"),
              (8.3, "$A$", r"(N, $D_{out}$)"))  # fmt: skip
    blames = ((r"$\partial J/\partial X = G\,W^T$", 0.9), (r"$G = \delta\circ f'(Z)$", 4.6),
              (r"$\delta = \partial J/\partial A$", 8.3))  # fmt: skip
    for x, symbol, shape in places:
        _box(axes, x, 2.3, symbol, shape)
    for text, x in blames:
        axes.text(
            x,
            1.15,
            text,
            ha="center",
            va="center",
            color=BLACK,
            fontsize=10,
            bbox={"boxstyle": "round,pad=0.4", "fc": "white", "ec": ORANGE, "ls": "--"},
        )
    for left, right, step in ((0.9, 4.6, r"$XW + b$"), (4.6, 8.3, r"$f$")):
        _arrow(axes, (left + 0.65, 2.3), (right - 0.65, 2.3))
        axes.text((left + right) / 2, 2.42, step, ha="center", va="bottom")
    _arrow(axes, (7.45, 1.15), (5.75, 1.15), ORANGE, "--")
    _arrow(axes, (3.45, 1.15), (2.3, 1.15), ORANGE, "--")
    _arrow(axes, (4.6, 0.85), (4.6, 0.5), ORANGE, "--")
    axes.text(
        4.6, 0.2, r"$\partial J/\partial W = X^T G$,  shape ($D_{in}$, $D_{out}$)        "
        r"$\partial J/\partial b = \sum_n G_n$,  shape ($D_{out}$,)",
        ha="center", va="center", fontsize=9.5,
    )  # fmt: skip
    axes.set(xlim=(-0.4, 9.4), ylim=(0, 2.9))
    return figure


@styled
def weight_histogram(weights: np.ndarray, bound: float) -> Figure:
    """How often each value occurs among a layer's weights, with the uniform density.

    Parameters
    ----------
    weights : ndarray, any shape
    bound : float
        The weights should lie between ``-bound`` and ``bound``.
    """
    figure, axes = panels(height=2.5)
    values = np.ravel(weights)
    reach = max(1.25 * bound, float(np.abs(values).max()))
    width = bound / 30  # so that both bounds are edges of bins
    edges = width * np.arange(-np.ceil(reach / width), np.ceil(reach / width) + 1)
    axes.hist(values, bins=edges, density=True, color=SKY)
    axes.plot([-reach, -bound, -bound, bound, bound, reach],
              [0, 0, 0.5 / bound, 0.5 / bound, 0, 0], color=BLACK, ls="-", lw=1.5)  # fmt: skip
    axes.set(xlabel="weight", ylabel="density", xlim=(-reach, reach))
    axes.set_xticks([-bound, 0, bound], [f"$-a$ = {-bound:.3f}", "0", f"$a$ = {bound:.3f}"])
    return figure


@styled
def activation_histograms(seed: int = 1) -> Figure:
    """Outputs of a deep untrained tanh network for three sizes of its first weights.

    Eight layers of 256 units; inputs of variance 1; nothing of the student's is used.
    """
    rng = np.random.default_rng(seed)
    units, shown = 256, (1, 2, 4, 8)
    sizes = (("too small: 0.01", 0.01, VERMILION), ("too large: 0.3", 0.3, ORANGE),
             (f"Xavier: {np.sqrt(1 / units):.4f}", np.sqrt(1 / units), BLUE))  # fmt: skip
    figure, grid = panels(3, 4, height=5.0, sharex=True)
    for row, (title, deviation, colour) in zip(grid, sizes, strict=True):
        z = rng.standard_normal((400, units))
        for layer in range(1, max(shown) + 1):
            reach = deviation * np.sqrt(3)  # a uniform distribution with this deviation
            z = np.tanh(z @ rng.uniform(-reach, reach, size=(units, units)))
            if layer in shown:
                axes = row[shown.index(layer)]
                axes.hist(z.ravel(), bins=np.linspace(-1, 1, 51), color=colour)
                axes.set_title(f"std {z.std():.2g}", loc="right", fontsize=8, color=GREY)
                axes.set_yticks([])
                axes.grid(False)
        row[0].set_ylabel(f"{title}\ncount", fontsize=8.5)
    for axes, layer in zip(grid[0], shown, strict=True):
        axes.set_title(f"layer {layer}")
    for axes in grid[-1]:
        axes.set_xlabel("output")
    return figure


@styled
def softmax_bars(scores: np.ndarray, probs: np.ndarray) -> Figure:
    """Rows of scores above, the probabilities that softmax makes of them below.

    Parameters
    ----------
    scores, probs : ndarray, shape (rows, C)
    """
    figure, grid = panels(2, len(scores), height=3.6, sharey="row", sharex=True)
    classes = np.arange(scores.shape[1])
    for column, (row, chances) in enumerate(zip(scores, probs, strict=True)):
        grid[0, column].bar(classes, row, color=SKY)
        grid[0, column].axhline(0, color=BLACK, lw=0.8, ls="-")
        grid[0, column].set_title(f"row {column}")
        bars = grid[1, column].bar(classes, chances, color=BLUE)
        labels = [f"{p:.2g}" if p > 0.01 else f"{p:.0e}" for p in chances]
        grid[1, column].bar_label(bars, labels, fontsize=8)
        grid[1, column].set(xlabel="class", xticks=classes, ylim=(0, 1.18))
    grid[0, 0].set_ylabel("score")
    grid[1, 0].set_ylabel("probability")
    return figure


@styled
def cross_entropy_curve(n_classes: int) -> Figure:
    """The loss of one example against the probability given to the true class."""
    figure, axes = panels(height=2.7)
    p = np.linspace(0.002, 1, 800)
    axes.plot(p, -np.log(p), color=BLUE)
    guess = 1 / n_classes
    axes.plot(guess, np.log(n_classes), "o", color=VERMILION, ms=7)
    axes.annotate(
        f"knows nothing: $p = 1/{n_classes}$, loss $\\ln {n_classes}$ = {np.log(n_classes):.2f}",
        (guess, np.log(n_classes)), xytext=(0.14, 4.3), va="center",
        arrowprops={"arrowstyle": "-", "color": GREY},
    )  # fmt: skip
    axes.set(xlabel="probability of the true class", ylabel=r"loss, $-\ln p$",
             xlim=(-0.01, 1.01), ylim=(0, 6))  # fmt: skip
    return figure


@styled
def clouds(
    x: np.ndarray, y: np.ndarray, most_probable: Callable[[np.ndarray], np.ndarray] | None = None
) -> Figure:
    """Points of several classes, and the class that a network would answer everywhere.

    Parameters
    ----------
    x : ndarray, shape (N, 2)
    y : ndarray, shape (N, C), one-hot, C at most 4
    most_probable : callable, optional
        Takes points, shape (M, 2), and gives class numbers, shape (M,).
    """
    figure, axes = panels(height=3.6)
    low, high = x.min(axis=0) - 0.5, x.max(axis=0) + 0.5
    if most_probable is not None:
        _regions(axes, x, low, high, most_probable)
    for k in range(y.shape[1]):
        points = x[y[:, k] == 1]
        axes.plot(points[:, 0], points[:, 1], MARKERS[k], color=COLOURS[k], mec="white",
                  mew=0.5, ms=6, ls="none", label=f"class {k}")  # fmt: skip
    axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    axes.set(xlabel="first feature (standardised)", ylabel="second feature (standardised)",
             xlim=(low[0], high[0]), ylim=(low[1], high[1]))  # fmt: skip
    return figure


def _regions(
    axes: Axes, x: np.ndarray, low: np.ndarray, high: np.ndarray, most_probable: Callable
) -> None:
    """Shade the plane by the class that is answered there, and number each region."""
    across, up = np.linspace(low[0], high[0], 260), np.linspace(low[1], high[1], 200)
    plane = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    answers = np.asarray(most_probable(plane)).reshape(len(up), len(across))
    free = np.ones(answers.shape, dtype=bool)
    free[np.searchsorted(up, x[:, 1]), np.searchsorted(across, x[:, 0])] = False
    for k in np.unique(answers):
        axes.contourf(across, up, answers == k, levels=[0.5, 1.5], colors=[COLOURS[k]], alpha=0.18)
        row, column = _roomiest((answers == k) & free)
        axes.text(across[column], up[row], str(k), fontsize=20, color=COLOURS[k], ha="center",
                  va="center", weight="bold")  # fmt: skip
    axes.grid(False)


def _roomiest(mask: np.ndarray) -> tuple[int, int]:
    """The cell of a mask that lies farthest from every cell outside of it."""
    depth = ndimage.distance_transform_edt(np.pad(mask, 1))[1:-1, 1:-1]
    row, column = np.unravel_index(int(np.argmax(depth)), mask.shape)
    return int(row), int(column)


@styled
def training_curves(losses: Sequence[float], accuracies: Sequence[float], n_classes: int) -> Figure:
    """Loss per example and accuracy, epoch by epoch.

    Parameters
    ----------
    losses, accuracies : sequence of float, one entry an epoch
    n_classes : int
        For the dotted line at ln C, the loss of knowing nothing.
    """
    figure, (left, right) = panels(1, 2, height=2.7)
    epochs = np.arange(1, len(losses) + 1)
    left.plot(epochs, losses, color=BLUE)
    left.axhline(np.log(n_classes), color=GREY, ls=":", lw=1.5)
    left.text(epochs[-1], np.log(n_classes), rf"$\ln {n_classes}$", ha="right", va="bottom")
    left.set(xlabel="epoch", ylabel="loss per example", ylim=(0, None))
    right.plot(epochs, accuracies, color=GREEN)
    right.set(xlabel="epoch", ylabel="accuracy", ylim=(0, 1.03))
    return figure


@styled
def error_against_step() -> Figure:
    """Errors of two numerical derivatives of the sigmoid at 0.7 against the step."""
    steps = np.logspace(-15, -0.3, 90)
    x, exact = 0.7, _sigmoid(0.7) * (1 - _sigmoid(0.7))
    central = (_sigmoid(x + steps) - _sigmoid(x - steps)) / (2 * steps)
    one_sided = (_sigmoid(x + steps) - _sigmoid(x)) / steps
    figure, axes = panels(height=3.2)
    for values, label, colour, dashes in (
        (one_sided, "one-sided", VERMILION, "--"),
        (central, "central", BLUE, "-"),
    ):
        error = np.abs(values - exact) / (np.abs(values) + exact)
        axes.loglog(steps, np.maximum(error, 1e-17), color=colour, ls=dashes, label=label)
    axes.axvline(1e-5, color=GREY, ls=":", lw=1.5)
    axes.text(1.3e-5, 2e-1, r"$\epsilon = 10^{-5}$", color=GREY)
    axes.text(3e-14, 1e-6, "rounding", color=GREY, ha="center")
    axes.text(1e-1, 1e-7, "formula", color=GREY, ha="center")
    axes.legend(loc="lower left")
    axes.set(xlabel=r"step $\epsilon$", ylabel="relative error", ylim=(1e-13, 2))
    return figure


def _sigmoid(x: np.ndarray | float) -> np.ndarray | float:
    return 0.5 + 0.5 * np.tanh(np.asarray(x) / 2)


def _blank(height: float) -> tuple[Figure, Axes]:
    figure, axes = panels(height=height)
    axes.axis("off")
    return figure, axes


def _box(axes: Axes, x: float, y: float, symbol: str, shape: str) -> None:
    axes.add_patch(
        FancyBboxPatch((x - 0.5, y - 0.4), 1.0, 0.8, boxstyle="round,pad=0.02,rounding_size=0.1",
                       fc=PALE, ec=BLACK, lw=1)
    )  # fmt: skip
    axes.text(x, y + 0.14, symbol, ha="center", va="center", fontsize=12)
    axes.text(x, y - 0.2, shape, ha="center", va="center", fontsize=8.5)


def _arrow(
    axes: Axes, start: tuple[float, float], end: tuple[float, float],
    colour: str = BLACK, dashes: str = "-",
) -> None:  # fmt: skip
    axes.annotate("", end, start, arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 1.5,
                                              "ls": dashes})  # fmt: skip
