"""Figures of notebook 6, the same in PyTorch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from helpers.figures.style import BLACK, BLUE, GREY, PALE, SKY, VERMILION, panels, styled
from helpers.figures.training import TWO_SIDED, mosaic

History = Mapping[str, Sequence[float]]
PLAIN = {"color": BLUE, "ls": "-"}
OTHER = {"color": VERMILION, "ls": "--"}
LEAST = 1e-9
"""Where a logarithmic axis ends; what is smaller lies on its bottom line."""


@styled
def same_curves(ours: Sequence[float], theirs: Sequence[float], each: int = 36) -> Figure:
    """The losses of two trainings step by step, and how far they are apart.

    Parameters
    ----------
    ours, theirs : sequence of float
        The loss per example of each batch, in NumPy and in PyTorch.
    each : int
        So many steps are averaged in the left panel, where single ones would be a thicket.
    """
    ours, theirs = np.asarray(ours, float), np.asarray(theirs, float)
    whole = len(ours) // each * each
    figure, (left, right) = panels(1, 2, height=3.0)
    steps = np.arange(whole).reshape(-1, each).mean(axis=1)
    for values, look in (
        (ours, {"color": SKY, "ls": "-", "lw": 5, "label": "NumPy, by hand"}),
        (theirs, {"color": BLACK, "ls": "--", "lw": 1.4, "label": "PyTorch"}),
    ):
        left.plot(steps, values[:whole].reshape(-1, each).mean(axis=1), **look)
    left.set(xlabel="step of gradient descent", ylabel="loss per example", ylim=(0, None))
    left.legend(loc="upper right")
    apart = np.maximum(np.abs(ours - theirs), LEAST)
    right.plot(np.arange(len(apart)), apart, ".", color=VERMILION, ms=1.5, ls="")
    right.set(xlabel="step of gradient descent", ylabel="difference of the losses", yscale="log")
    right.set_ylim(LEAST, 1)
    return figure


@styled
def beside_plain(plain: History, other: History, name: str) -> Figure:
    """One training beside the plain one: loss on the left, accuracy on the right.

    Parameters
    ----------
    plain, other : mapping
        Lists ``train_loss``, ``valid_loss``, ``train_acc``, ``valid_acc``, one entry an epoch.
    name : str
        What the other training adds.
    """
    figure, (left, right) = panels(1, 2, height=2.7)
    for axes, what in ((left, "loss"), (right, "acc")):
        for history, look, title in ((plain, PLAIN, "plain"), (other, OTHER, name)):
            epochs = np.arange(1, len(history[f"valid_{what}"]) + 1)
            axes.plot(epochs, history[f"valid_{what}"], label=f"{title}, validation", **look)
            axes.plot(
                epochs, history[f"train_{what}"], color=look["color"], ls=look["ls"], lw=0.9,
                label=f"{title}, training",
            )  # fmt: skip
    highest = max(*plain["train_loss"], *other["train_loss"])
    lowest = min(*plain["train_acc"], *other["train_acc"])
    left.set(xlabel="epoch", ylabel="loss per example", ylim=(0, max(3, 1.05 * highest)))
    right.set(xlabel="epoch", ylabel="accuracy", ylim=(min(0.3, 0.95 * lowest), 1))
    right.legend(loc="lower right")
    return figure


@styled
def watched(history: History, n_classes: int, settle: int) -> Figure:
    """Loss and accuracy over the epochs of one training.

    Parameters
    ----------
    history : mapping
        Lists ``train_loss``, ``valid_loss``, ``train_acc``, ``valid_acc``, one entry an epoch.
    n_classes : int
        For the line at ln C, the loss of knowing nothing.
    settle : int
        The epoch after which the steps became smaller; marked by a line.
    """
    figure, (left, right) = panels(1, 2, height=2.7)
    epochs = np.arange(1, len(history["train_loss"]) + 1)
    for axes, what in ((left, "loss"), (right, "acc")):
        axes.plot(epochs, history[f"train_{what}"], label="training", **PLAIN)
        axes.plot(epochs, history[f"valid_{what}"], label="validation", **OTHER)
        axes.axvline(settle + 0.5, color=GREY, ls=":", lw=1.5)
    left.axhline(np.log(n_classes), color=GREY, ls=":", lw=1.5)
    left.text(epochs[0], np.log(n_classes), rf"$\ln {n_classes}$", va="bottom")
    left.set(xlabel="epoch", ylabel="loss per example", ylim=(0, 1.15 * np.log(n_classes)))
    right.set(xlabel="epoch", ylabel="accuracy", ylim=(0, 1))
    right.legend(loc="lower right")
    return figure


@styled
def by_epochs_and_seconds(
    runs: Mapping[str, History], floor: float = 0.4
) -> Figure:  # fmt: skip
    """Validation accuracy of several trainings, by epochs and by time.

    Parameters
    ----------
    runs : mapping of str to mapping
        By the network's name; ``seconds`` holds the time at the end of each epoch.
    floor : float
        The lowest accuracy shown.
    """
    figure, (left, right) = panels(1, 2, height=2.9, sharey=True)
    for (name, history), look in zip(runs.items(), (PLAIN, OTHER), strict=False):
        accuracy = history["valid_acc"]
        left.plot(np.arange(1, len(accuracy) + 1), accuracy, marker="o", label=name, **look)
        right.plot(history["seconds"], accuracy, marker="o", **look)
    left.set(xlabel="epoch", ylabel="validation accuracy", ylim=(floor, 1))
    right.set(xlabel="seconds of training")
    left.legend(loc="lower right")
    return figure


@styled
def confusions_compared(pairs: Sequence[tuple[str, int, int]], names: Sequence[str]) -> Figure:
    """How often two networks confuse the same pairs of classes.

    Parameters
    ----------
    pairs : sequence of (str, int, int)
        The pair, and how often the first and the second network take one for the other.
    names : sequence of str
        Of the two networks.
    """
    figure, axes = panels(height=0.32 * len(pairs) + 0.9)
    places = np.arange(len(pairs))[::-1]
    for number, (look, shift) in enumerate(((BLUE, 0.2), (VERMILION, -0.2))):
        counts = [pair[number + 1] for pair in pairs]
        hatch = "" if number == 0 else "////"
        axes.barh(places + shift, counts, 0.38, color=look, hatch=hatch, edgecolor="white",
                  label=names[number])  # fmt: skip
    axes.set_yticks(places, [pair[0] for pair in pairs])
    axes.set(xlabel="mistakes, either way round")
    axes.grid(axis="y", visible=False)
    axes.legend(loc="lower right")
    return figure


@styled
def filters(weights: np.ndarray, columns: int = 8) -> Figure:
    """The filters of a first convolution as small pictures.

    Parameters
    ----------
    weights : ndarray, shape (C_out, 1, height, width), or with 3 channels for colour
    """
    figure, axes = panels(height=0.75 * -(-len(weights) // columns) + 0.3)
    reach = float(np.abs(weights).max()) or 1.0
    if weights.shape[1] == 1:
        sheet = mosaic(np.kron(weights[:, 0], np.ones((1, 8, 8))), columns, np.nan)
        drawn = axes.imshow(sheet, cmap=TWO_SIDED, vmin=-reach, vmax=reach)
        bar = figure.colorbar(drawn, ax=axes, shrink=0.9, pad=0.02)
        bar.set_label("weight")
        bar.outline.set_visible(False)
    else:
        scaled = np.kron(0.5 + 0.5 * weights / reach, np.ones((1, 1, 8, 8)))
        parts = [mosaic(scaled[:, channel], columns, 1.0) for channel in range(3)]
        axes.imshow(np.stack(parts, axis=2))
    axes.set_axis_off()
    return figure


@styled
def feature_maps(image: np.ndarray, maps: Sequence[np.ndarray], most: int = 16) -> Figure:
    """An image, and what the convolutions make of it, layer by layer.

    Parameters
    ----------
    image : ndarray, shape (height, width)
    maps : sequence of ndarray, shape (C, height, width)
        One for each layer.
    most : int
        So many maps are shown of each layer.
    """
    figure, row = panels(1, len(maps) + 1, height=2.2)
    row[0].imshow(image, cmap="gray_r")
    row[0].set_title("input")
    for number, (axes, made) in enumerate(zip(row[1:], maps, strict=True), start=1):
        shown = made[:most]
        shown = shown / np.maximum(shown.max(axis=(1, 2), keepdims=True), 1e-9)
        axes.imshow(mosaic(shown, 4, np.nan), cmap="gray_r", vmin=0, vmax=1)
        size = f"{made.shape[1]} x {made.shape[2]}"
        axes.set_title(f"layer {number}: {len(made)} maps, {size}", fontsize=8.5)
    for axes in row:
        axes.set_axis_off()
    return figure


@styled
def colour_examples(
    images: np.ndarray, labels: np.ndarray, classes: Sequence[str], each: int = 10
) -> Figure:
    """Some examples of every class, a row for each.

    Parameters
    ----------
    images : ndarray, shape (N, 3, height, width), values 0 to 1
    labels : ndarray of int, shape (N,)
    classes : sequence of str
    """
    figure, grid = panels(len(classes) // 2 + len(classes) % 2, 2,
                          height=0.42 * len(classes) / 2 + 0.2, squeeze=False)  # fmt: skip
    for axes, (number, name) in zip(grid.ravel(), enumerate(classes), strict=False):
        _colours(axes, images[np.flatnonzero(labels == number)[:each]], each)
        axes.text(-4, images.shape[2] / 2, name, ha="right", va="center")
    for axes in grid.ravel():
        axes.set_axis_off()
    return figure


@styled
def shifted(before: np.ndarray, after: np.ndarray) -> Figure:
    """Images above, and the same ones shifted below.

    Parameters
    ----------
    before, after : ndarray, shape (N, 3, height, width), values 0 to 1
    """
    figure, (top, bottom) = panels(2, 1, height=1.7)
    for axes, images, name in ((top, before, "as they are"), (bottom, after, "shifted")):
        _colours(axes, images, len(images))
        axes.set_title(name)
        axes.set_axis_off()
    return figure


@styled
def colour_mistakes(
    images: np.ndarray, truths: Sequence[str], answers: Sequence[str], columns: int = 8
) -> Figure:
    """Images that were named wrongly, with the answer and the truth.

    Parameters
    ----------
    images : ndarray, shape (N, 3, height, width), values 0 to 1
    truths, answers : sequence of str
    """
    rows = -(-len(images) // columns)
    figure, grid = panels(rows, columns, height=1.25 * rows, squeeze=False)
    for axes, image, truth, answer in zip(grid.ravel(), images, truths, answers, strict=False):
        axes.imshow(np.clip(image.transpose(1, 2, 0), 0, 1))
        axes.set_title(f"{answer}\n(is {truth})", fontsize=7, loc="center")
    for axes in grid.ravel():
        axes.set_axis_off()
    return figure


@styled
def small_confusion(matrix: np.ndarray, classes: Sequence[str]) -> Figure:
    """A confusion matrix of a few classes with its numbers.

    Parameters
    ----------
    matrix : ndarray of int, shape (C, C)
        Rows are true classes, columns are answers.
    classes : sequence of str
    """
    figure, axes = panels(height=4.4)
    axes.imshow(matrix, cmap="Blues", vmin=0)
    for (row, column), count in np.ndenumerate(matrix):
        colour = "white" if count > 0.6 * matrix.max() else BLACK if count else PALE
        axes.text(column, row, int(count), ha="center", va="center", color=colour, fontsize=8)
    places = np.arange(len(classes))
    axes.set_xticks(places, classes, rotation=45, ha="right")
    axes.set_yticks(places, classes)
    axes.set(xlabel="answer of the network", ylabel="true class")
    axes.grid(False)
    axes.tick_params(length=0)
    return figure


@styled
def transfer(
    each: Sequence[int],
    tuned: np.ndarray,
    scratch: np.ndarray,
    before: float,
    names: Sequence[str] = ("fine-tuned", "from scratch"),
) -> Figure:
    """Accuracy on a new hand against the examples a class of it.

    Parameters
    ----------
    each : sequence of int
        Examples of each class.
    tuned, scratch : ndarray, shape (draws, len(each))
        Accuracies, a row for each draw of the examples.
    before : float
        The accuracy of the network that has seen none of them.
    """
    figure, axes = panels(height=3.2)
    for values, look, name, mark in (
        (tuned, PLAIN, names[0], "o"), (scratch, OTHER, names[1], "s"),
    ):  # fmt: skip
        values = np.atleast_2d(values)
        axes.plot(each, values.mean(axis=0), marker=mark, label=name, **look)
        axes.fill_between(each, values.min(axis=0), values.max(axis=0), color=look["color"],
                          alpha=0.15, lw=0)  # fmt: skip
    axes.axhline(before, color=GREY, ls=":", lw=1.5)
    axes.text(each[-1], before - 0.01, "letters network, no example seen", ha="right", va="top")
    axes.set_xscale("log", base=2)
    axes.set_xticks(each, [str(n) for n in each])
    axes.minorticks_off()
    axes.set(xlabel="examples of each class", ylabel="accuracy on the new hand", ylim=(0, 1))
    axes.legend(loc="lower right")
    return figure


@styled
def hand(images: np.ndarray, labels: np.ndarray, classes: str, each: int = 3) -> Figure:
    """A few examples of every class of one hand.

    Parameters
    ----------
    images : ndarray, shape (N, 32, 32)
    labels : ndarray of int, shape (N,)
    classes : str
    """
    figure, axes = panels(height=2.6)
    shown = [images[np.flatnonzero(labels == k)[:each]] for k in range(len(classes))]
    axes.imshow(mosaic(np.concatenate(shown), 18, 1.0), cmap="gray", vmin=0, vmax=1)
    axes.set_axis_off()
    return figure


def _colours(axes, images: np.ndarray, columns: int) -> None:
    images = np.clip(images, 0, 1)
    parts = [mosaic(images[:, channel], columns, 1.0) for channel in range(3)]
    axes.imshow(np.stack(parts, axis=2))
