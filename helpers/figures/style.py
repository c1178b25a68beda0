"""The one style of all figures: colours, sizes, and the decorator that applies them.

The colours are the eight of Okabe and Ito (*Color Universal Design*, 2008), chosen so that
people with any of the common kinds of colour blindness can tell them apart. Figures never
rest on colour alone: lines differ in their dashes too, or are labelled where they run.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import matplotlib as mpl
import matplotlib.pyplot as plt
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure

BLACK = "#000000"
ORANGE = "#E69F00"
SKY = "#56B4E9"
GREEN = "#009E73"
YELLOW = "#F0E442"
BLUE = "#0072B2"
VERMILION = "#D55E00"
PURPLE = "#CC79A7"
GREY = "#7A7A7A"
PALE = "#E6E6E6"

COLOURS = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, BLACK)
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (3, 1)), "-")

WIDTH = 7.2
"""The width of a figure in inches: the text column of a notebook."""
HEIGHT = 2.9
"""The height of one row of panels in inches."""

STYLE = {
    "figure.dpi": 110,
    "figure.facecolor": "white",
    "figure.constrained_layout.use": True,
    "savefig.dpi": 110,
    "font.family": "DejaVu Sans",  # ships with Matplotlib: the same everywhere
    "font.size": 9.5,
    "mathtext.fontset": "dejavusans",
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "axes.labelsize": 9.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.8,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.prop_cycle": cycler(color=COLOURS) + cycler(linestyle=DASHES),
    "grid.color": PALE,
    "grid.linewidth": 0.8,
    "lines.linewidth": 1.9,
    "lines.markersize": 5,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "legend.fontsize": 8.5,
    "legend.frameon": False,
    "image.cmap": "cividis",  # made for colour-blind readers; prints well in grey
    "image.interpolation": "nearest",
    "axes.formatter.useoffset": False,
    "axes.unicode_minus": True,
}
"""Matplotlib's settings for every figure of the course."""

P = ParamSpec("P")


def styled(draw: Callable[P, Figure]) -> Callable[P, Figure]:
    """Make a drawing function use the course's style and leave no trace of it.

    The figure is taken out of pyplot's list before it is returned. So a notebook shows it
    once, as the value of its cell, and not a second time when the cell ends.

    Examples
    --------
    >>> @styled
    ... def empty():
    ...     figure, axes = panels()
    ...     return figure
    >>> float(empty().get_figwidth()) == WIDTH
    True
    >>> plt.get_fignums()
    []
    """

    @wraps(draw)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> Figure:
        with mpl.rc_context(STYLE):
            figure = draw(*args, **kwargs)
            plt.close(figure)
            return figure

    return wrapped


def panels(
    rows: int = 1, columns: int = 1, *, height: float | None = None, **options: object
) -> tuple[Figure, Axes]:
    """Make a figure of the course's width with a grid of panels.

    Parameters
    ----------
    rows, columns : int
        How many panels there are, down and across.
    height : float, optional
        The height of the whole figure in inches; :data:`HEIGHT` a row by default.
    **options
        For :func:`matplotlib.pyplot.subplots`, such as ``sharex=True``.

    Returns
    -------
    figure : matplotlib.figure.Figure
    axes : matplotlib.axes.Axes or ndarray of them
    """
    size = (WIDTH, HEIGHT * rows if height is None else height)
    return plt.subplots(rows, columns, figsize=size, **options)
