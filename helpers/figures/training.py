"""Figures of notebook 3, training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from helpers.figures.style import (
    BLACK,
    BLUE,
    GREY,
    VERMILION,
    panels,
    styled,
)

History = Mapping[str, Sequence[float]]
SIDE = 32
TWO_SIDED = "RdBu_r"  # told apart by readers with any common kind of colour blindness
TRAIN = {"color": BLUE, "ls": "-", "label": "training"}
VALID = {"color": VERMILION, "ls": "--", "label": "validation"}


@styled
def letters(images: np.ndarray, labels: np.ndarray, classes: str, each: int = 9) -> Figure:
    """Some examples of every class, in three columns with the class beside each row.

    Parameters
    ----------
    images : ndarray, shape (N, 32, 32)
    labels : ndarray of int, shape (N,)
    classes : str
        One character a class.
    each : int
        How many examples of each class.
    """
    columns = 3
    rows = -(-len(classes) // columns)
    figure, grid = panels(1, columns, height=0.245 * rows + 0.2)
    for column, axes in enumerate(grid):
        own = range(column * rows, min((column + 1) * rows, len(classes)))
        shown = [images[np.flatnonzero(labels == k)[:each]] for k in own]
        _picture(axes, mosaic(np.concatenate(shown), each, paper=1.0), "gray", (0, 1))
        for row, k in enumerate(own):
            axes.text(-8, row * (SIDE + 2) + SIDE / 2, classes[k], ha="right", va="center")
    return figure


@styled
def curves(history: History, n_classes: int, settle: int | None = None) -> Figure:
    """Loss per example and accuracy over the epochs, training and validation side by side.

    Parameters
    ----------
    history : mapping
        Lists ``train_loss``, ``train_acc``, ``valid_loss``, ``valid_acc``, one entry an epoch.
    n_classes : int
        For the line at ln C, the loss of knowing nothing.
    settle : int, optional
        The epoch after which the steps became smaller; marked by a line.
    """
    figure, (left, right) = panels(1, 2, height=3.0)
    epochs = np.arange(1, len(history["train_loss"]) + 1)
    for axes, what in ((left, "loss"), (right, "acc")):
        axes.plot(epochs, _finite(history[f"train_{what}"]), **TRAIN)
        axes.plot(epochs, _finite(history[f"valid_{what}"]), **VALID)
        if settle is not None:
            axes.axvline(settle + 0.5, color=GREY, ls=":", lw=1.5)
    left.axhline(np.log(n_classes), color=GREY, ls=":", lw=1.5)
    left.text(epochs[-1], np.log(n_classes), rf"$\ln {n_classes}$", ha="right", va="bottom")
    left.set(xlabel="epoch", ylabel="loss per example", ylim=(0, 1.12 * np.log(n_classes)))
    right.axhline(0.75, color=GREY, ls=":", lw=1.5)
    right.text(1.01, 0.75, "0.75", va="center", transform=right.transAxes)  # from 0 to 1, too
    right.set(xlabel="epoch", ylabel="accuracy", ylim=(0, 1))
    if settle is not None:
        right.text(settle, 0.03, "smaller steps ", ha="right", va="bottom", color=GREY)
    left.legend(loc="upper right", bbox_to_anchor=(1, 0.92))
    right.legend(loc="center right", bbox_to_anchor=(1, 0.4))
    return figure


@styled
def compared_rates(runs: Sequence[tuple[Mapping, History]], rates: Sequence[float]) -> Figure:
    """Loss above and accuracy below, a column for each learning rate, all on the same axes.

    Parameters
    ----------
    runs : sequence of (params, history)
    rates : sequence of float
        The learning rate of each run.
    """
    figure, grid = panels(2, len(runs), height=4.6, sharex=True, sharey="row")
    for (_, history), rate, (top, bottom) in zip(runs, rates, grid.T, strict=True):
        epochs = np.arange(1, len(history["train_loss"]) + 1)
        for axes, what in ((top, "loss"), (bottom, "acc")):
            axes.plot(epochs, _finite(history[f"train_{what}"]), **TRAIN)
            axes.plot(epochs, _finite(history[f"valid_{what}"]), **VALID)
        top.set_title(f"learning rate {rate:g}")
        bottom.set_xlabel("epoch")
        bottom.text(
            epochs[-1], 0.03, f"validation at the end: {history['valid_acc'][-1]:.1%}",
            ha="right", va="bottom", fontsize=8.5,
        )  # fmt: skip
    grid[0, 0].set(ylabel="loss per example", ylim=(0, 4.5))
    grid[1, 0].set(ylabel="accuracy", ylim=(0, 1))
    grid[0, 0].legend(loc="upper right")
    return figure


@styled
def weights_before_and_after(before: np.ndarray, after: np.ndarray) -> Figure:
    """The weights of every hidden unit as an image, before training and after it.

    Parameters
    ----------
    before, after : ndarray, shape (H, 32, 32)
    """
    columns = int(np.ceil(np.sqrt(len(before))))
    figure, grid = panels(1, 2, height=4.0)
    for axes, images, title in ((grid[0], before, "before training"), (grid[1], after, "after")):
        reach = float(np.quantile(np.abs(images), 0.995)) or 1.0
        drawn = _picture(axes, mosaic(images, columns, paper=np.nan), TWO_SIDED, (-reach, reach))
        axes.set_title(title)
        bar = figure.colorbar(
            drawn, ax=axes, orientation="horizontal", shrink=0.9, pad=0.02, extend="both"
        )
        bar.set_label("weight (blue: negative, red: positive)")
        bar.outline.set_visible(False)
    return figure


@styled
def confusion(matrix: np.ndarray, classes: str) -> Figure:
    """A confusion matrix: rows are true classes, columns are answers, darker means more often.

    Parameters
    ----------
    matrix : ndarray, shape (C, C)
    classes : str
        One character a class.
    """
    figure, axes = panels(height=6.2)
    drawn = axes.imshow(matrix, cmap="Blues", vmin=0)
    places = np.arange(len(classes))
    axes.set_xticks(places, list(classes), fontsize=7.5)
    axes.set_yticks(places, list(classes), fontsize=7.5)
    axes.set(xlabel="answer of the network", ylabel="true class")
    axes.grid(False)
    axes.tick_params(length=0)
    for border in (9.5, 18.5, 25.5):  # every ninth class, and where the digits begin
        axes.axhline(border, color=GREY, lw=0.6, ls="-" if border == 25.5 else ":")
        axes.axvline(border, color=GREY, lw=0.6, ls="-" if border == 25.5 else ":")
    bar = figure.colorbar(drawn, ax=axes, shrink=0.8, pad=0.02, ticks=MaxNLocator(integer=True))
    bar.set_label("number of examples")
    bar.outline.set_visible(False)
    return figure


@styled
def confused_pairs(
    images: np.ndarray,
    labels: np.ndarray,
    answers: np.ndarray,
    pairs: Sequence[tuple[str, str, int]],
    classes: str,
    each: int = 7,
) -> Figure:
    """Examples of the pairs most confused: one taken for the other, and the other way round.

    Parameters
    ----------
    images : ndarray, shape (N, 32, 32)
    labels, answers : ndarray of int, shape (N,)
        True classes and predicted ones.
    pairs : sequence of (str, str, int)
        Two characters and how often they were confused.
    classes : str
    each : int
        How many examples at most of either kind.
    """
    figure, grid = panels(len(pairs), 2, height=0.62 * len(pairs) + 0.1, squeeze=False)
    for row, (first, second, _) in zip(grid, pairs, strict=True):
        for axes, (truth, answer) in zip(row, ((first, second), (second, first)), strict=True):
            taken = (labels == classes.index(truth)) & (answers == classes.index(answer))
            shown = images[taken][:each]
            blank = np.ones((each - len(shown), SIDE, SIDE))
            _picture(axes, mosaic(np.concatenate([shown, blank]), each, paper=1.0), "gray", (0, 1))
            axes.set_title(f"{truth} read as {answer}: {int(taken.sum())}", fontsize=8.5)
    return figure


@styled
def small_and_large_batches(
    histories: Sequence[History], sizes: Sequence[int], n_examples: int
) -> Figure:
    """Validation accuracy of runs with several batch sizes, by epochs and by steps.

    Parameters
    ----------
    histories : sequence of mapping
    sizes : sequence of int
        The batch size of each run.
    n_examples : int
        In the training set: it makes steps out of epochs.
    """
    figure, (left, right) = panels(1, 2, height=3.0, sharey=True)
    looks = ({"color": BLUE, "ls": "-"}, {"color": VERMILION, "ls": "--"},
             {"color": BLACK, "ls": "-."})  # fmt: skip
    for history, size, look in zip(histories, sizes, looks, strict=False):
        epochs = np.arange(1, len(history["valid_acc"]) + 1)
        steps = -(-n_examples // size)
        left.plot(epochs, history["valid_acc"], label=f"batches of {size}", **look)
        right.plot(epochs * steps, history["valid_acc"], **look)
    left.set(xlabel="epoch", ylabel="validation accuracy", ylim=(0, 1))
    right.set(xlabel="steps of gradient descent", xscale="log")
    left.legend(loc="lower right")
    return figure


def mosaic(images: np.ndarray, columns: int, paper: float) -> np.ndarray:
    """Lay images, shape (N, S, S), out in rows on one sheet, two pixels apart.

    Examples
    --------
    >>> mosaic(np.zeros((3, 4, 4)), 2, 1.0).shape
    (10, 10)
    """
    side = images.shape[1]
    rows = -(-len(images) // columns)
    sheet = np.full((rows * (side + 2) - 2, columns * (side + 2) - 2), paper)
    for place, image in enumerate(images):
        top, left = (side + 2) * (place // columns), (side + 2) * (place % columns)
        sheet[top : top + side, left : left + side] = image
    return sheet


def _picture(axes: Axes, sheet: np.ndarray, cmap: str, limits: tuple[float, float]):
    axes.grid(False)
    axes.set_axis_off()
    return axes.imshow(sheet, cmap=cmap, vmin=limits[0], vmax=limits[1])


def _finite(values: Sequence[float]) -> np.ndarray:
    """Values as an array with gaps where a run went out of bounds."""
    values = np.asarray(values, dtype=float)
    return np.where(np.isfinite(values), values, np.nan)
