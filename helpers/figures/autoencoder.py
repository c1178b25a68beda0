"""Figures of notebook 5, the autoencoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, NullFormatter, ScalarFormatter

from helpers.figures.style import BLACK, BLUE, GREEN, GREY, PALE, VERMILION, panels, styled

History = Mapping[str, Sequence[float]]
SIDE = 32
LATE = 10
LOOKS = (
    {"color": BLUE, "ls": "-"},
    {"color": VERMILION, "ls": "--"},
    {"color": GREEN, "ls": "-."},
)
STEEP, FLAT = 1.0, 0.02
"""The curvatures of the valley in Figure 5.1, across and along."""


@styled
def momentum_in_a_valley(rate: float = 1.8, momentum: float = 0.9, steps: int = 30) -> Figure:
    """Plain descent and descent with momentum in a narrow valley, and the length of their steps.

    Parameters
    ----------
    rate : float
        Of plain descent, which is stable below 2; momentum has a third of it.
    momentum : float
    steps : int
    """
    figure, (left, right) = panels(1, 2, height=3.0, width_ratios=[1.5, 1])
    along, across = np.meshgrid(np.linspace(-11, 5, 200), np.linspace(-3.2, 3.2, 120))
    heights = (STEEP * across**2 + FLAT * along**2) / 2
    left.contour(along, across, heights, levels=np.array([0.02, 0.1, 0.3, 0.8, 1.6, 3, 5]),
                 colors=GREY, linewidths=0.7)  # fmt: skip
    start = np.array([-10.0, 2.5])
    for keep, own_rate, name, look in ((momentum, rate / 3, "momentum 0.9", LOOKS[0]),
                                       (0.0, rate, "plain descent", LOOKS[1])):  # fmt: skip
        path = walk_down(start, own_rate, keep, steps)
        left.plot(*path.T, marker=".", lw=1.2, ms=5, label=name, **look)
    left.plot(0, 0, marker="*", color=BLACK, ms=11)
    left.set(xlabel="along the valley", ylabel="across")
    left.grid(False)
    left.legend(loc="lower right")
    for signs, name, look in ((np.ones(41), "always the same", LOOKS[0]),
                              ((-1.0) ** np.arange(41), "sign changes", LOOKS[1])):  # fmt: skip
        right.plot(np.arange(1, 42), np.abs(accumulated(signs, momentum)), label=name, **look)
    right.axhline(10, color=GREY, ls=":", lw=1.5)
    right.axhline(1, color=GREY, ls=":", lw=1.5)
    right.text(41, 1.1, "plain descent", ha="right", va="bottom", color=GREY)
    right.set(xlabel="step", ylabel=r"length of the step, in $\eta g$", ylim=(0, 11))
    right.legend(loc="center right")
    return figure


def walk_down(start: np.ndarray, rate: float, momentum: float, steps: int) -> np.ndarray:
    """The places, shape (steps + 1, 2), of a descent in the valley of Figure 5.1.

    Examples
    --------
    >>> walk_down(np.array([1.0, 0.0]), 10.0, 0.0, 2)[:, 0]
    array([1.  , 0.8 , 0.64])
    """
    place, moving, path = np.array(start, dtype=float), np.zeros(2), [start]
    for _ in range(steps):
        moving = momentum * moving - rate * np.array([FLAT, STEEP]) * place
        place = place + moving
        path.append(place)
    return np.array(path)


def accumulated(gradients: np.ndarray, momentum: float) -> np.ndarray:
    """The accumulator after each step, with a learning rate of 1.

    Examples
    --------
    >>> accumulated(np.ones(3), 0.5)
    array([-1.  , -1.5 , -1.75])
    """
    found, moving = [], 0.0
    for gradient in gradients:
        moving = momentum * moving - gradient
        found.append(moving)
    return np.array(found)


@styled
def loss_curves(history: History, blind: float) -> Figure:
    """Loss per image over the epochs, training and validation; the late part enlarged.

    Parameters
    ----------
    history : mapping
        Lists ``train_loss`` and ``valid_loss``, one entry an epoch.
    blind : float
        The loss per image of the same answer for every image.
    """
    figure, (left, right) = panels(1, 2, height=2.9)
    epochs = np.arange(1, len(history["train_loss"]) + 1)
    late = epochs > min(LATE, len(epochs) - 1)
    for axes, shown in ((left, epochs > 0), (right, late)):
        for name, label, look in (("train_loss", "training", LOOKS[0]),
                                  ("valid_loss", "validation", LOOKS[1])):  # fmt: skip
            axes.plot(epochs[shown], _finite(history[name])[shown], label=label, **look)
        axes.set(xlabel="epoch", ylabel="loss per image")
    left.axhline(blind, color=GREY, ls=":", lw=1.5)
    left.text(epochs[-1], blind, "the mean image for all", ha="right", va="bottom", color=GREY)
    left.set_ylim(0, 1.15 * blind)
    left.legend(loc="center right")
    right.set_title(f"from epoch {LATE} on")
    return figure


@styled
def compared_runs(
    histories: Sequence[History], names: Sequence[str], blind: float | None = None
) -> Figure:
    """Validation loss per image of up to three runs, on a logarithmic axis.

    Parameters
    ----------
    histories : sequence of mapping
        Each with a list ``valid_loss``.
    names : sequence of str
        What the legend calls them.
    blind : float, optional
        The loss per image of the same answer for every image.
    """
    figure, axes = panels(height=3.0)
    for history, name, look in zip(histories, names, LOOKS, strict=False):
        losses = _finite(history["valid_loss"])
        axes.plot(np.arange(1, len(losses) + 1), losses, label=name, **look)
    if blind is not None:
        axes.axhline(blind, color=GREY, ls=":", lw=1.5)
        axes.text(1, 1.03 * blind, "the mean image for all", va="bottom", color=GREY)
    axes.set(xlabel="epoch", ylabel="loss per image (validation)", yscale="log")
    axes.yaxis.set_major_locator(FixedLocator([20, 30, 40, 60, 80, 100, 150, 200]))
    axes.yaxis.set_major_formatter(ScalarFormatter())
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.legend(loc="upper right", bbox_to_anchor=(1, 0.9))
    return figure


@styled
def pairs(images: np.ndarray, titles: Sequence[str]) -> Figure:
    """Originals above, reconstructions below.

    Parameters
    ----------
    images : ndarray, shape (n, 2, 32, 32)
    titles : sequence of str
        One for each pair.
    """
    figure, axes = panels(height=1.75)
    _strips(axes, [images[:, 0], images[:, 1]], ["original", "rebuilt"])
    for place, title in enumerate(titles):
        axes.text((SIDE + 2) * place + SIDE / 2, -3, title, ha="center", va="bottom")
    return figure


@styled
def interpolation(codes: Sequence[np.ndarray], pixels: Sequence[np.ndarray]) -> Figure:
    """Ways from one letter to another: through the codes above, through the pixels below.

    Parameters
    ----------
    codes, pixels : sequence of ndarray, shape (n, 1024)
        The images of n ways, one array for each point on the way.
    """
    by_code, by_pixel = (np.stack(list(part), axis=1) for part in (codes, pixels))
    figure, grid = panels(len(by_code), 1, height=1.55 * len(by_code), squeeze=False)
    for axes, above, below in zip(grid[:, 0], by_code, by_pixel, strict=True):
        rows = [np.reshape(part, (-1, SIDE, SIDE)) for part in (above, below)]
        _strips(axes, rows, ["codes", "pixels"])
    return figure


@styled
def psnr_spread(values: np.ndarray, extremes: np.ndarray, scores: Sequence[float]) -> Figure:
    """How the PSNR is spread, and the images at both ends.

    Parameters
    ----------
    values : ndarray, shape (N,)
        The PSNR of every image, in dB.
    extremes : ndarray, shape (n, 2, 32, 32)
        Originals and reconstructions; the first half has the lowest PSNR, the rest the highest.
    scores : sequence of float
        The PSNR of each of these.
    """
    figure, (left, right) = panels(1, 2, height=2.3, width_ratios=[1, 2])
    left.hist(values, bins=40, color=BLUE, alpha=0.85)
    left.axvline(float(np.mean(values)), color=VERMILION, ls="--")
    left.set_title(f"mean {np.mean(values):.2f} dB")
    left.set(xlabel="PSNR (dB)", ylabel="number of images")
    half = len(extremes) // 2
    gap = np.ones((1, SIDE, SIDE))
    rows = [np.concatenate([extremes[:half, k], gap, extremes[half:, k]]) for k in (0, 1)]
    _strips(right, rows, ["original", "rebuilt"])
    for place, score in enumerate(scores):
        middle = (SIDE + 2) * (place + (place >= half)) + SIDE / 2
        right.text(middle, -3, f"{score:.1f}", ha="center", va="bottom", fontsize=7.5)
    return figure


@styled
def rivals(
    rows: Sequence[np.ndarray], names: Sequence[str], scores: Sequence[float | None]
) -> Figure:
    """The same images rebuilt in several ways, one way a row.

    Parameters
    ----------
    rows : sequence of ndarray, shape (n, 1024)
    names : sequence of str
    scores : sequence of float or None
        The mean PSNR of each way in dB; None for the originals.
    """
    figure, axes = panels(height=0.72 * len(rows))
    labels = [
        name if score is None else f"{name}\n{score:.2f} dB"
        for name, score in zip(names, scores, strict=True)
    ]
    _strips(axes, [np.reshape(row, (-1, SIDE, SIDE)) for row in rows], labels)
    return figure


def sheet_of(rows: Sequence[np.ndarray]) -> np.ndarray:
    """Lay rows of images, each (n, S, S), out on one sheet, two pixels apart.

    Examples
    --------
    >>> sheet_of([np.zeros((3, 4, 4)), np.ones((3, 4, 4))]).shape
    (10, 16)
    """
    side, columns = rows[0].shape[1], max(len(row) for row in rows)
    step = side + 2
    sheet = np.ones((step * len(rows) - 2, step * columns - 2))
    for place, row in enumerate(rows):
        for column, image in enumerate(row):
            top, left = step * place, step * column
            sheet[top : top + side, left : left + side] = image
    return sheet


def _strips(axes: Axes, rows: Sequence[np.ndarray], names: Sequence[str]) -> None:
    """Rows of images with their names on the left, and a pale frame around each image."""
    axes.set_axis_off()
    axes.grid(False)
    axes.imshow(sheet_of(rows), cmap="gray", vmin=0, vmax=1)
    for place, (row, name) in enumerate(zip(rows, names, strict=True)):
        top = (SIDE + 2) * place
        axes.text(-6, top + SIDE / 2, name, ha="right", va="center", fontsize=8.5)
        for column, image in enumerate(row):
            if image.min() < 1:
                axes.add_patch(_frame((SIDE + 2) * column, top))


def _frame(left: float, top: float) -> Rectangle:
    return Rectangle((left - 1, top - 1), SIDE + 1, SIDE + 1, fill=False, ec=PALE, lw=0.8)


def _finite(values: Sequence[float]) -> np.ndarray:
    """Values as an array with gaps where a run went out of bounds."""
    values = np.asarray(values, dtype=float)
    return np.where(np.isfinite(values), values, np.nan)
