"""The figures of notebook 1.

Every function computes what it shows and returns a figure; those with random numbers use a
fixed seed, so that the captions fit.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from helpers.figures.linear_layers import collapse, outer_product, who_reaches_whom
from helpers.figures.style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    PALE,
    PURPLE,
    SKY,
    VERMILION,
    panels,
    styled,
)

__all__ = [
    "collapse",
    "outer_product",
    "overflow",
    "overflow_mended",
    "ranges_of_exponentials",
    "shrinking_with_depth",
    "sigmoid_and_tanh",
    "sigmoid_slope",
    "slope_against_value",
    "three_steps",
    "who_reaches_whom",
]

Array = NDArray[np.float64]

LOG_LARGEST = 709.78
"""Just below the logarithm of the largest float64: exp of a little more is infinite."""


def _sigmoid(x: Array) -> Array:
    return 0.5 * (1 + np.tanh(x / 2))


def _slope(function: Callable[[Array], Array], x: Array, step: float = 1e-5) -> Array:
    """Central differences of a function of one number."""
    return (function(x + step) - function(x - step)) / (2 * step)


@styled
def overflow() -> Figure:
    """The exponential until it leaves float64, and softmax from the formula until it fails."""
    figure, (left, right) = panels(1, 2)
    x = np.linspace(0, LOG_LARGEST, 200)
    # The logarithm goes on a plain axis: a logarithmic one would itself overflow.
    left.plot(x, np.log10(np.exp(x)), color=BLUE)
    left.axvspan(LOG_LARGEST, 850, color=PALE, linewidth=0)
    top = np.log10(np.finfo(np.float64).max)
    left.axhline(top, color=GREY, linestyle=":", linewidth=1.2)
    left.text(15, top - 5, "largest float64", color=GREY, fontsize=8.5, va="top")
    left.text(780, 150, "inf", ha="center", color=VERMILION, fontsize=13)
    left.set(title="exp(x) meets the end of float64", xlabel="score x", ylabel="exp(x)")
    left.set(xlim=(0, 850), ylim=(0, 330))
    left.set_xticks([0, 200, 400, LOG_LARGEST], ["0", "200", "400", "709.78"])
    left.set_yticks([0, 100, 200, 300], ["1", "$10^{100}$", "$10^{200}$", "$10^{300}$"])

    _softmax_of_growing_scores(right, shifted=False)
    right.text(745, 0.4, "nan", ha="center", color=VERMILION, fontsize=13)
    right.set_title("softmax straight from the formula")
    return figure


@styled
def overflow_mended() -> Figure:
    """What the shift does to the exponentials, and softmax with it, while the scores grow."""
    figure, (left, right) = panels(1, 2)
    t = np.linspace(640, 780, 281)
    finite = t[t < LOG_LARGEST]
    left.plot(finite, np.log10(np.exp(finite)), color=GREY)
    left.plot(t, np.log10(np.exp(t - t)), color=BLUE, linestyle="--")
    left.set(title="the exponential of the largest score", xlabel="t, the largest score")
    left.set(ylabel="exponential", ylim=(-20, 330), xlim=(640, 780))
    left.set_yticks([0, 100, 200, 300], ["1", "$10^{100}$", "$10^{200}$", "$10^{300}$"])
    left.axvspan(LOG_LARGEST, 780, color=PALE, linewidth=0)
    left.text(645, 252, "without the shift: $e^t$", color=GREY, fontsize=9)
    left.text(745, 150, "inf without\nthe shift", ha="center", color=GREY, fontsize=10)
    left.text(645, 12, "with the shift: $e^{t - m} = 1$", color=BLUE, fontsize=9)
    _softmax_of_growing_scores(right, shifted=True)
    right.set_title("softmax with the shift")
    return figure


def _softmax_of_growing_scores(panel: Axes, shifted: bool) -> None:
    """Softmax of t, t - 1, t - 2 as far as float64 carries it."""
    t = np.linspace(640, 780, 281)
    scores = t[:, None] - np.arange(3)
    with np.errstate(over="ignore", invalid="ignore"):
        exponentials = np.exp(scores - t[:, None] if shifted else scores)
        total = exponentials.sum(axis=1, keepdims=True)
        probabilities = exponentials / total
    finite = np.isfinite(total[:, 0])
    for entry, name in enumerate(("t", "t - 1", "t - 2")):
        line = probabilities[finite, entry]
        (drawn,) = panel.plot(t[finite], line)
        panel.text(642, line[0] + 0.015, f"score ${name}$", color=drawn.get_color(), fontsize=8.5)
    panel.axvspan(LOG_LARGEST, 780, color=PALE, linewidth=0)
    panel.set(xlabel="t, the largest of the three scores", ylabel="probability")
    panel.set(xlim=(640, 780), ylim=(0, 1))


@styled
def ranges_of_exponentials() -> Figure:
    """The ranges of exercise 1.1 as bars with hollow and full ends, above values that occur."""
    rng = np.random.default_rng(11)
    scores = rng.normal(0, 2.5, size=(400, 3))
    scores[:8] = scores[:8, :1]  # some with all scores equal
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    rows = (
        ("$e^{x_i}$", "no shift", np.exp(scores).ravel(), 0, None, False),
        ("$e^{x_i - m}$", "largest score at 0", shifted.ravel(), 0, 1, True),
        (
            "$e^{x_1 - m} + e^{x_2 - m} + e^{x_3 - m}$",
            "largest score at 0",
            shifted.sum(axis=1),
            1,
            3,
            True,
        ),
    )
    figure, axes = panels(height=2.6)
    for place, (formula, note, values, low, high, closed) in zip((2, 1, 0), rows, strict=True):
        colour = (GREEN, BLUE, VERMILION)[place]
        if high is None:
            arrow = {"arrowstyle": "-|>", "color": colour, "linewidth": 3, "shrinkA": 4.5}
            axes.annotate("", (4.8, place), (low, place), arrowprops=arrow)
        else:
            axes.plot([low, high], [place, place], color=colour, linestyle="-", linewidth=3)
        axes.plot(values, np.full(values.shape, place - 0.22), "|", color=colour, alpha=0.45)
        axes.plot(low, place, "o", markersize=9, markerfacecolor="white", color=colour, mew=2)
        if high is not None:
            fill = colour if closed else "white"
            axes.plot(high, place, "o", markersize=9, markerfacecolor=fill, color=colour, mew=2)
        axes.text(-1.9, place - 0.05, formula, va="center", fontsize=11)
        axes.text(-1.9, place - 0.42, note, va="center", fontsize=8, color=GREY)
    axes.set(xlim=(-1.95, 4.8), ylim=(-0.6, 2.5), yticks=[], xticks=range(5), xlabel="value")
    axes.grid(axis="y", visible=False)
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_bounds(0, 4.8)
    return figure


@styled
def three_steps() -> Figure:
    """Scores, exponentials and shares of one example."""
    x = np.array([2.0, 1.0, 0.0, -1.0])
    s = np.exp(x)
    p = s / s.sum()
    figure, axes = panels(1, 3, height=2.7)
    columns = (
        (x, "scores $x_i$", "score", "{:g}", (-1.6, 2.6)),
        (s, "step 1: $s_i = e^{x_i}$", "exponential", "{:.2f}", (0, 8.4)),
        (p, "steps 2, 3: $p_i = s_i / S$", "share of the total", "{:.3f}", (0, 0.74)),
    )
    for panel, (values, title, label, form, limits) in zip(axes, columns, strict=True):
        bars = panel.bar(range(1, 5), values, color=(BLUE, VERMILION, GREEN, PURPLE), width=0.7)
        panel.bar_label(
            bars, [form.format(v).replace("-", "\u2212") for v in values], padding=2, fontsize=8.5
        )
        panel.set(title=title, ylabel=label, xlabel="class i", xticks=range(1, 5), ylim=limits)
        panel.axhline(0, color=BLACK, linewidth=0.8)
        panel.grid(axis="x", visible=False)
    axes[1].text(4.4, 7.6, f"S = {s.sum():.2f}", ha="right", fontsize=9)
    return figure


@styled
def sigmoid_slope() -> Figure:
    """The sigmoid with three tangents, and its measured slope."""
    figure, (left, right) = panels(1, 2)
    x = np.linspace(-6, 6, 400)
    left.plot(x, _sigmoid(x), color=BLUE)
    right.plot(x, _slope(_sigmoid, x), color=BLUE)
    for place, colour in ((-2.0, VERMILION), (0.0, GREEN), (2.0, PURPLE)):
        value, slope = _sigmoid(np.array(place)), _slope(_sigmoid, np.array(place))
        reach = np.array([-1.3, 1.3])
        left.plot(place + reach, value + slope * reach, color=colour, linestyle="-", linewidth=1.6)
        left.plot(place, value, "o", color=colour)
        right.plot(place, slope, "o", color=colour)
        right.vlines(place, 0, slope, color=colour, linestyle=":", linewidth=1.2)
    left.set(title="the sigmoid and three tangents", xlabel="x", ylabel=r"$\sigma(x)$")
    right.set(title="its slope, measured", xlabel="x", ylabel=r"$\sigma'(x)$", ylim=(0, 0.3))
    for panel in (left, right):
        panel.set(xlim=(-6, 6), xticks=range(-6, 7, 2))
    return figure


@styled
def slope_against_value() -> Figure:
    """The measured slope of the sigmoid against its value."""
    figure, axes = panels(height=2.7)
    s = np.linspace(0, 1, 200)
    axes.plot(s, s * (1 - s), color=SKY, linewidth=5, solid_capstyle="round")
    x = np.linspace(-6, 6, 41)
    axes.plot(_sigmoid(x), _slope(_sigmoid, x), "o", color=BLUE, markersize=4.5)
    axes.text(0.5, 0.135, "$s \\, (1 - s)$", ha="center", color=BLUE, fontsize=11)
    axes.annotate("", (0.5, 0.243), (0.5, 0.165), arrowprops={"arrowstyle": "->", "color": BLUE})
    axes.set(
        title="one slope for each value",
        xlabel=r"value $s = \sigma(x)$",
        ylabel=r"slope $\sigma'(x)$, measured",
        xlim=(-0.02, 1.02),
        ylim=(0, 0.27),
    )
    return figure


@styled
def sigmoid_and_tanh() -> Figure:
    """Sigmoid and tanh, and their slopes."""
    figure, (left, right) = panels(1, 2)
    x = np.linspace(-6, 6, 400)
    for function, name, colour, dash in (
        (_sigmoid, "sigmoid", BLUE, "-"),
        (np.tanh, "tanh", VERMILION, "--"),
    ):
        left.plot(x, function(x), color=colour, linestyle=dash, label=name)
        right.plot(x, _slope(function, x), color=colour, linestyle=dash, label=name)
    for level in (-1, 0, 1):
        left.axhline(level, color=GREY, linewidth=0.9, linestyle=":")
    left.set(title="the functions", xlabel="x", ylabel="value", ylim=(-1.15, 1.15))
    right.set(title="their slopes", xlabel="x", ylabel="slope", ylim=(0, 1.08))
    right.set_yticks([0, 0.25, 0.5, 0.75, 1])
    for panel in (left, right):
        panel.set(xlim=(-6, 6), xticks=range(-6, 7, 2))
    left.legend(loc="lower right", bbox_to_anchor=(1, 0.08))
    right.legend(loc="center right")
    return figure


@styled
def shrinking_with_depth(width: int = 64, depth: int = 20, networks: int = 40) -> Figure:
    """How much of a nudge at the input is left after each layer of random networks.

    Parameters
    ----------
    width, depth : int
        How many units each layer has, and how many layers there are.
    networks : int
        How many networks are drawn for each of the two functions.
    """
    figure, axes = panels(height=3.2)
    layers = np.arange(depth + 1)
    for function, name, colour, dash in (
        (np.tanh, "tanh", VERMILION, "--"),
        (_sigmoid, "sigmoid", BLUE, "-"),
    ):
        left = _surviving(function, width, depth, networks)
        low, middle, high = np.percentile(left, [10, 50, 90], axis=0)
        axes.fill_between(layers, low, high, color=colour, alpha=0.22, linewidth=0)
        axes.semilogy(layers, middle, color=colour, linestyle=dash)
        axes.text(depth + 0.2, middle[-1], name, color=colour, va="center")
    axes.semilogy(layers, 0.25**layers, color=GREY, linestyle=":", linewidth=1.4)
    axes.text(10.2, 0.25**9.2, "$(1/4)^n$", color=GREY, fontsize=10)
    axes.set(
        title="what is left of a small change at the input",
        xlabel="layers passed, n",
        ylabel="share of the change",
        xlim=(0, depth + 2.2),
        xticks=range(0, depth + 1, 2),
    )
    axes.set_ylim(1e-15, 10)
    axes.spines["bottom"].set_bounds(0, depth)
    return figure


def _surviving(function: Callable, width: int, depth: int, networks: int) -> Array:
    """Size of the change after each layer, over its size at the input; (networks, depth + 1).

    The change is pushed forward through the slopes, one layer at a time, because the
    difference of two runs would drown in rounding errors after a dozen layers.
    """
    rng = np.random.default_rng(6)
    sizes = np.ones((networks, depth + 1))
    for network in range(networks):
        a, change = rng.normal(size=width), rng.normal(size=width)
        change /= np.linalg.norm(change)
        for layer in range(depth):
            W = rng.normal(0, width**-0.5, (width, width))
            z = a @ W
            a, change = function(z), (change @ W) * _slope(function, z)
            sizes[network, layer + 1] = np.linalg.norm(change)
    return sizes
