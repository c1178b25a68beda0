"""The figures of notebook 1 can be drawn, quietly, and leave pyplot as it was."""

import re
import warnings

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure

from autograder.course.course import find_course
from helpers.figures import theory
from helpers.figures.style import WIDTH


@pytest.mark.parametrize("name", theory.__all__)
def test_a_figure_is_drawn_and_every_axis_is_named(name, tmp_path):
    before = dict(mpl.rcParams)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = getattr(theory, name)()
        figure.savefig(tmp_path / "figure.png")
    assert isinstance(figure, Figure)
    assert figure.get_figwidth() == WIDTH
    assert plt.get_fignums() == []
    assert dict(mpl.rcParams) == before
    for axes in figure.axes:
        assert not axes.axison or axes.get_xlabel(), "an axis without a name"


def test_notebook_1_shows_every_figure_once_with_a_caption():
    cells = find_course().read_notebook("01_theory").cells
    shown = []
    for cell, below in zip(cells, cells[1:], strict=False):
        if cell.cell_type == "code" and cell.source.startswith("figures."):
            shown.append(cell.source.removeprefix("figures.").removesuffix("()"))
            assert re.match(r"\*\*Figure 1\.\d+[a-z]?\.\*\* ", below.source), cell.id
            assert below.metadata == cell.metadata, "a figure goes with its caption"
    assert sorted(shown) == sorted(theory.__all__)
