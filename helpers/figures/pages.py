"""Figures of notebook 4, reading a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from PIL import Image
from scipy import ndimage

from helpers.datasets.model import SIDE
from helpers.figures.style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    SKY,
    VERMILION,
    WIDTH,
    panels,
    styled,
)
from helpers.small_pages import SmallPage, make_small_page

Finder = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
LINE_COLOURS = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY)
HALO = (withStroke(linewidth=2, foreground="white"),)
"""Around letters on a photograph, so that they can be read on any grey."""


@styled
def page(picture: np.ndarray) -> Figure:
    """One picture over the whole width: grey (H, W), or in colours (H, W, 3)."""
    figure, axes = panels(height=WIDTH * picture.shape[0] / picture.shape[1])
    _picture(axes, picture)
    return figure


@styled
def assumptions(find_letters: Finder | None = None) -> Figure:
    """Four small pages, each of which breaks something; with boxes, if they can be found."""
    figure, axes = panels(2, 2, height=3.3)
    for place, (title, image) in zip(axes.flat, _odd_pages().items(), strict=True):
        _picture(place, image)
        place.set_title(title)
        if find_letters is not None:
            _boxes(place, find_letters(image)[0], VERMILION)
    return figure


def _odd_pages() -> dict[str, np.ndarray]:
    """The four pages of :func:`assumptions`: title and image."""
    joined = _example("MANY HANDS", gap=(-0.14, -0.08))
    apart = _example("HUGE BARN")
    broken = apart.image.copy()
    for _, x1, _, x2 in apart.boxes.tolist():
        cut = (x1 + x2) // 2
        broken[:, cut - 7 : cut + 7] = np.median(broken, axis=1, keepdims=True)
    chalk = 0.95 - _example("WHITE CHALK").image
    crowded = _example("THE LINES", "ARE VERY", "CROWDED", leading=0.86)
    return {
        "a": joined.image,
        "b": broken,
        "c": chalk,
        "d": crowded.image,
    }


def _example(*lines: str, **options: object) -> SmallPage:
    """A page that is the same each time."""
    return make_small_page(list(lines), np.random.default_rng(4), noise=0.005, **options)


@styled
def light(image: np.ndarray, ink: np.ndarray, row: int) -> Figure:
    """A page before and after its background is removed, and one row of pixels of each."""
    figure, axes = panels(2, 2, height=4.6, height_ratios=(1.25, 1))
    for column, (picture, title, limits) in enumerate(
        ((image, "photograph", (0, 1)), (1 - ink, "background removed", (0, 1)))
    ):
        _picture(axes[0, column], picture, *limits)
        axes[0, column].axhline(row, color=VERMILION, lw=1, ls="--")
        axes[0, column].set_title(title)
    columns = np.arange(image.shape[1])
    axes[1, 0].plot(columns, image[row], lw=0.8, ls="-", color=BLUE)
    axes[1, 0].set(xlabel="column (pixels)", ylabel="brightness", ylim=(0, 1))
    axes[1, 1].plot(columns, ink[row], lw=0.8, ls="-", color=BLUE)
    axes[1, 1].set(xlabel="column (pixels)", ylabel="ink", ylim=(0, 1))
    return figure


@styled
def threshold(ink: np.ndarray, bw: np.ndarray) -> Figure:
    """How often each amount of ink occurs, on what became paper and on what became ink."""
    figure, (left, right) = panels(1, 2, height=2.6, width_ratios=(1, 1.35))
    edges = np.linspace(0, max(float(ink.max()), 0.1), 60)
    for value, name, colour, hatch in ((1, "paper", SKY, None), (0, "ink", VERMILION, "///")):
        left.hist(
            ink[bw == value], edges, log=True, label=name, color=colour, alpha=0.7, hatch=hatch
        )
    left.set(xlabel="amount of ink in a pixel", ylabel="number of pixels")
    left.legend()
    _picture(right, bw)
    right.set_title("black and white")
    return figure


@styled
def merging(bw: np.ndarray, pieces: np.ndarray, boxes: np.ndarray) -> Figure:
    """Pieces in colours with their boxes, and the boxes of whole letters."""
    figure, (top, bottom) = panels(2, 1, height=2 * WIDTH * bw.shape[0] / bw.shape[1] + 0.6)
    _components(top, bw)
    _boxes(top, pieces, GREY)
    top.set_title(f"{len(pieces)} connected pieces")
    _picture(bottom, bw)
    _boxes(bottom, boxes, VERMILION)
    bottom.set_title(f"{len(boxes)} letters")
    return figure


@styled
def lines(image: np.ndarray, lines: Sequence[np.ndarray]) -> Figure:
    """Boxes line by line: a colour for each line, and the place of each box within it."""
    figure, axes = panels(height=WIDTH * image.shape[0] / image.shape[1])
    _picture(axes, image)
    for number, line in enumerate(lines):
        colour = LINE_COLOURS[number % len(LINE_COLOURS)]
        _boxes(axes, line, colour)
        for place, (y1, x1, _, _) in enumerate(np.asarray(line).tolist(), start=1):
            axes.text(x1, y1 - 3, str(place), color=BLACK, fontsize=8, va="bottom",
                      path_effects=HALO)  # fmt: skip
        y1, _, y2, _ = line[0].tolist()
        axes.text(-10, (y1 + y2) / 2, f"line {number + 1}", fontsize=8, ha="right", va="center")
    return figure


@styled
def crops_beside_training(crops: np.ndarray, examples: np.ndarray, per_row: int = 18) -> Figure:
    """Crops from a page (upper row of each pair) and training images of the same letters."""
    rows = -(-len(crops) // per_row)
    figure, axes = panels(2 * rows, 1, height=0.47 * 2 * rows + 0.2)
    for row in range(rows):
        part = slice(row * per_row, (row + 1) * per_row)
        for k, (name, images) in enumerate((("page", crops), ("training", examples))):
            place = np.atleast_1d(axes)[2 * row + k]
            _picture(place, _strip(images[part], per_row))
            place.set_ylabel(name, rotation=0, ha="right", va="center", fontsize=8)
    return figure


@styled
def ways_to_crop(cuts: dict[str, np.ndarray], rights: dict[str, float]) -> Figure:
    """The same letters, cut out in several ways, and how many the network then reads rightly."""
    figure, axes = panels(len(cuts), 1, height=0.62 * len(cuts) + 0.1)
    for place, (name, images) in zip(np.atleast_1d(axes), cuts.items(), strict=True):
        _picture(place, _strip(images[:14], 14))
        place.set_title(f"{name}: {rights[name]:.0%} right", fontsize=8.5)
    return figure


@styled
def reading(image: np.ndarray, lines: Sequence[np.ndarray], text: str, truth: str) -> Figure:
    """A page with what was read below each letter; what is wrong is marked."""
    figure, axes = panels(height=WIDTH * image.shape[0] / image.shape[1])
    _picture(axes, image)
    read, true = text.split("\n"), truth.split("\n")
    for number, line in enumerate(lines):
        found = "".join(read[number].split()) if number < len(read) else ""
        wanted = "".join(true[number].split()) if number < len(true) else ""
        for (_, x1, y2, x2), letter, right in zip(
            np.asarray(line).tolist(), found, wanted.ljust(len(found)), strict=False
        ):
            wrong = letter != right
            axes.text(
                (x1 + x2) / 2,
                y2 + 4,
                letter,
                color=VERMILION if wrong else BLUE,
                weight="bold" if wrong else "normal",
                bbox={"boxstyle": "circle,pad=0.15", "fc": "none", "ec": VERMILION, "lw": 1}
                if wrong
                else None,
                fontsize=8.5,
                ha="center",
                va="top",
                path_effects=HALO,
            )
    return figure


def _strip(images: np.ndarray, length: int) -> np.ndarray:
    """Images side by side in one row, with white between them, filled up to `length`."""
    row = np.ones((SIDE, length * (SIDE + 2)))
    for k, image in enumerate(images):
        row[:, k * (SIDE + 2) : k * (SIDE + 2) + SIDE] = image.reshape(SIDE, SIDE)
    return row


def _components(axes: Axes, bw: np.ndarray) -> None:
    """Connected pieces in changing colours on white."""
    pieces, _ = ndimage.label(bw == 0, np.ones((3, 3)))
    shown = np.where(pieces > 0, 1 + pieces % len(LINE_COLOURS), 0)
    colours = ListedColormap(("white", *LINE_COLOURS))
    axes.imshow(shown, cmap=colours, vmin=0, vmax=len(LINE_COLOURS), interpolation="nearest")
    _bare(axes)


def _boxes(axes: Axes, boxes: np.ndarray, colour: str) -> None:
    for y1, x1, y2, x2 in np.asarray(boxes).tolist():
        axes.add_patch(
            Rectangle((x1 - 0.5, y1 - 0.5), x2 - x1, y2 - y1, fill=False, ec=colour, lw=0.9)
        )


def _picture(axes: Axes, picture: np.ndarray, low: float = 0, high: float = 1) -> None:
    axes.imshow(picture, cmap="gray", vmin=low, vmax=high, interpolation="antialiased")
    _bare(axes)


def _bare(axes: Axes) -> None:
    axes.set(xticks=[], yticks=[])
    axes.grid(False)
    for spine in axes.spines.values():
        spine.set_visible(True)
        spine.set_color(GREY)
        spine.set_linewidth(0.5)


def cut_in_four_ways(
    bw: np.ndarray, boxes: np.ndarray, crop_letters: Callable[..., np.ndarray]
) -> dict[str, np.ndarray]:
    """The same letters, cut out rightly and in three careless ways: name to crops (N, 1024)."""
    return {
        "like the training images": crop_letters(bw, boxes),
        "margin, strokes as they come": np.stack([_fit(_square(bw, b, 1 / 6)) for b in boxes]),
        "no margin": np.stack([_fit(_square(bw, b, 0)) for b in boxes]),
        "no margin, stretched": np.stack([_fit(bw[b[0] : b[2], b[1] : b[3]]) for b in boxes]),
    }


def _square(bw: np.ndarray, box: np.ndarray, margin: float) -> np.ndarray:
    """A letter in the middle of a square; the margin is a share of its longer side."""
    cut = bw[box[0] : box[2], box[1] : box[3]]
    side = round(max(cut.shape) * (1 + 2 * margin))
    spare = side - np.array(cut.shape)
    before = spare // 2
    return np.pad(cut, tuple(zip(before, spare - before, strict=True)), constant_values=1)


def _fit(picture: np.ndarray) -> np.ndarray:
    """Any picture squeezed into 32 x 32 pixels, as one row."""
    grey = Image.fromarray(np.rint(picture * 255).astype(np.uint8))
    small = grey.resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(small).ravel() / 255
