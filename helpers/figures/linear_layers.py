"""The figures of notebook 1 about linear layers: what they make of a plane, and their gradients.

Random numbers come from a fixed seed, so that the captions fit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from helpers.figures.style import BLACK, BLUE, GREY, VERMILION, panels, styled

Array = NDArray[np.float64]
UNLIT = "#BBBBBB"


@styled
def collapse() -> Figure:
    """The same random layers with and without tanh between them."""
    figure, (left, middle, right) = panels(1, 3, height=2.8)
    rng = np.random.default_rng(2)
    x = np.linspace(-2, 2, 300)
    layers = _random_layers(rng, (1, 12, 12, 12, 1), 1.1)
    left.plot(x, _run(layers, x[:, None], np.tanh)[:, 0])
    left.plot(x, _run(layers, x[:, None], None)[:, 0])
    left.set(title="one input, one output", xlabel="input", ylabel="output", xlim=(-2, 2))
    left.lines[0].set_label("with tanh")
    left.lines[1].set_label("without")
    left.legend(loc="best")

    plane = _turning_layers(np.random.default_rng(8), 4)
    for panel, bend, title in (
        (middle, None, "a grid, without"),
        (right, np.tanh, "a grid, with tanh"),
    ):
        for lines, colour in zip(_grid_lines(), (BLUE, VERMILION), strict=True):
            for line in lines:
                panel.plot(*_run(plane, line, bend).T, color=colour, linestyle="-", linewidth=1)
        panel.set(title=title, xlabel="output 1", ylabel="output 2", aspect="equal")
        panel.set_adjustable("datalim")
    return figure


def _random_layers(
    rng: np.random.Generator, sizes: Sequence[int], gain: float
) -> list[tuple[Array, Array]]:
    return [
        (rng.normal(0, gain / np.sqrt(rows), (rows, columns)), rng.normal(0, 0.5, columns))
        for rows, columns in zip(sizes[:-1], sizes[1:], strict=True)
    ]


def _turning_layers(rng: np.random.Generator, n: int) -> list[tuple[Array, Array]]:
    """Layers of the plane that turn and stretch it, but do not flatten it."""
    layers = []
    for angle in rng.uniform(0, 2 * np.pi, n):
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        layers.append((turn @ np.diag([1.1, 0.75]), rng.normal(0, 0.3, 2)))
    return layers


def _run(layers: Sequence[tuple[Array, Array]], X: Array, bend: Callable | None) -> Array:
    for number, (W, b) in enumerate(layers):
        X = X @ W + b
        if bend is not None and number < len(layers) - 1:
            X = bend(X)
    return X


def _grid_lines() -> tuple[list[Array], list[Array]]:
    """Lines of a square grid in the plane, upright ones and level ones, as arrays (n, 2)."""
    along = np.linspace(-2, 2, 120)
    upright = [np.column_stack([np.full_like(along, c), along]) for c in np.linspace(-2, 2, 9)]
    return upright, [line[:, ::-1] for line in upright]


@styled
def who_reaches_whom() -> Figure:
    """The paths from one weight, one input and one bias to the loss."""
    figure, axes = panels(1, 3, height=2.3)
    inputs = [(0.0, 2.0 - j) for j in range(3)]
    outputs = [(1.6, 1.5 - i) for i in range(2)]
    loss = (2.9, 1.0)
    all_weights = [(i, j) for i in range(2) for j in range(3)]
    marked = (
        ("the weight $W_{12}$", [(0, 1)], [0], None),
        ("the input $x_2$", [(0, 1), (1, 1)], [0, 1], 1),
        ("the bias $b_1$", [], [0], None),
    )
    for panel, (title, weights, reached, source) in zip(axes, marked, strict=True):
        for i, j in all_weights:
            hit = (i, j) in weights
            _line(panel, inputs[j], outputs[i], VERMILION if hit else UNLIT, 2.6 if hit else 1)
        for i, place in enumerate(outputs):
            hit = i in reached
            _line(panel, place, loss, VERMILION if hit else UNLIT, 2.6 if hit else 1)
            _node(panel, place, f"$y_{i + 1}$", VERMILION if hit else GREY)
        for j, place in enumerate(inputs):
            _node(panel, place, f"$x_{j + 1}$", VERMILION if j == source else GREY)
        _node(panel, loss, "$J$", BLACK)
        if title.startswith("the bias"):
            _line(panel, (1.0, 2.35), outputs[0], VERMILION, 2.6)
            _node(panel, (1.0, 2.35), "$b_1$", VERMILION)
        if title.startswith("the weight"):
            box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
            panel.text(0.8, 1.25, "$W_{12}$", color=VERMILION, ha="center", va="center", bbox=box)
        panel.set(title=title, xlim=(-0.4, 3.3), ylim=(-0.45, 2.75), aspect="equal")
        panel.axis("off")
    return figure


def _line(
    panel: Axes, start: tuple[float, float], end: tuple[float, float], colour: str, width: float
) -> None:
    panel.plot(
        *zip(start, end, strict=True), color=colour, linestyle="-", linewidth=width, zorder=1
    )


def _node(panel: Axes, place: tuple[float, float], name: str, colour: str) -> None:
    panel.plot(*place, "o", markersize=21, markerfacecolor="white", color=colour, mew=1.8, zorder=2)
    panel.text(*place, name, ha="center", va="center", fontsize=10, color=BLACK, zorder=3)


@styled
def outer_product() -> Figure:
    """The gradient for the weights from the formula, measured, and in the wrong order."""
    rng = np.random.default_rng(9)
    W, b = rng.normal(size=(3, 4)), rng.normal(size=(3, 1))
    x, delta = np.array([[0.5], [-1.0], [2.0], [1.5]]), np.array([[1.0], [-0.5], [0.8]])
    measured = np.zeros_like(W)
    for index in np.ndindex(W.shape):
        step = np.zeros_like(W)
        step[index] = 1e-4
        # A loss whose slope along y is delta everywhere.
        change = delta * ((W + step) @ x + b) - delta * ((W - step) @ x + b)
        measured[index] = change.sum() / 2e-4
    figure, axes = panels(1, 3, height=2.7, width_ratios=(1, 1, 0.8))
    of_x, of_delta = ([f"{v:g}" for v in column.ravel()] for column in (x, delta))
    one_to_three, one_to_four = list("123"), list("1234")
    tables = (
        (delta @ x.T, r"$\delta \, x^\top$: shape (3, 4)", ("entry of x", of_x),
         ("entry of δ", of_delta)),
        (measured, "measured: shape (3, 4)", ("column j of W", one_to_four),
         ("row i of W", one_to_three)),
        (x @ delta.T, r"$x \, \delta^\top$: shape (4, 3)", ("entry of δ", of_delta),
         ("entry of x", of_x)),
    )  # fmt: skip
    bound = 1.8 * np.abs(measured).max()
    for panel, (table, title, (across, columns), (down, rows)) in zip(axes, tables, strict=True):
        panel.imshow(table, cmap="PuOr", vmin=-bound, vmax=bound)
        for (i, j), value in np.ndenumerate(table):
            panel.text(j, i, f"{value:.2f}", ha="center", va="center", fontsize=8.5)
        panel.set(title=title, xlabel=across, ylabel=down)
        panel.set_xticks(range(table.shape[1]), columns)
        panel.set_yticks(range(table.shape[0]), rows)
        panel.grid(visible=False)
    return figure
