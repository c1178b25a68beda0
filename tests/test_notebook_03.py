"""What notebook 3 says in passing, its figures, and the whole of it from top to bottom."""

import re

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from autograder.course.course import find_course
from autograder.course.reference import source_cells
from exercises.handed_network.network import MAX_POINTS, judge_network
from helpers.checking.answers import load_answers
from helpers.checking.catalogue import catalogue
from helpers.datasets import load_letters
from helpers.figures import training as figures
from helpers.progress import epoch_bar
from tests.running import assert_checks_pass, run

NOTEBOOKS = ("02_network", "03_training")
FUNCTIONS = [f for e in catalogue().exercises if e.notebook in NOTEBOOKS for f in e.functions]
ANSWERS = load_answers([c for n in NOTEBOOKS for c in source_cells(n)], FUNCTIONS).namespace
COURSE = find_course()
CELLS = COURSE.read_notebook("03_training").cells
LETTERS = load_letters()


def history(epochs=5, worst=1.0):
    rng = np.random.default_rng(1)
    return {name: list(worst * rng.random(epochs)) for name in
            ("train_loss", "train_acc", "valid_loss", "valid_acc")}  # fmt: skip


def drawn():
    """One of each figure, with data made up."""
    rng = np.random.default_rng(2)
    labels = rng.integers(0, 36, 1800)
    run = ({}, history())
    diverged = ({}, {**history(), "train_loss": [1.0, np.inf, np.nan, 80.0, 3.0]})
    return {
        "letters": lambda: figures.letters(
            LETTERS.train.images, LETTERS.train.labels, LETTERS.classes
        ),
        "curves": lambda: figures.curves(history(), 36, settle=3),
        "compared_rates": lambda: figures.compared_rates([run, run, diverged], [0.1, 1, 10]),
        "weights_before_and_after": lambda: figures.weights_before_and_after(
            rng.normal(size=(10, 32, 32)), np.zeros((10, 32, 32))
        ),
        "confusion": lambda: figures.confusion(np.eye(36, dtype=int), LETTERS.classes),
        "confused_pairs": lambda: figures.confused_pairs(
            LETTERS.test.images, LETTERS.test.labels, labels, [("O", "0", 3), ("I", "1", 2)],
            LETTERS.classes,
        ),
        "small_and_large_batches": lambda: figures.small_and_large_batches(
            [history(), history(9)], [15, 10800], 10800
        ),
    }  # fmt: skip


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", drawn())
def test_a_figure_is_drawn_and_every_axis_is_named(name, tmp_path):
    figure = drawn()[name]()
    figure.savefig(tmp_path / "figure.png")
    assert isinstance(figure, Figure) and plt.get_fignums() == []
    for axes in figure.axes:
        shared = not axes.xaxis.get_tick_params().get("labelbottom", True)
        assert not axes.axison or axes.get_xlabel() or axes.get_ylabel() or shared


def test_every_figure_is_shown_and_has_a_caption():
    shown = []
    for cell, below in zip(CELLS, CELLS[1:], strict=False):
        if cell.cell_type == "code" and "figures." in cell.source and "import" not in cell.source:
            shown += re.findall(r"figures\.(\w+)\(", cell.source)
            assert below.source.startswith(f"**Figure 3.{len(shown)}.** "), cell.id
            assert "What to see:" in below.source
    assert set(shown) == set(drawn())


def test_images_in_a_mosaic_stand_where_they_should():
    sheet = figures.mosaic(np.arange(3.0)[:, None, None] * np.ones((3, 4, 4)), 2, -1.0)
    assert (sheet[0, 0], sheet[0, 6], sheet[6, 0], sheet[6, 6]) == (0.0, 1.0, 2.0, -1.0)


def test_confused_pairs_show_the_right_letters():
    labels = np.array([0, 1, 1])
    images = labels[:, None, None] * np.ones((3, 32, 32)) * 0.5
    figure = figures.confused_pairs(images, labels, np.array([1, 0, 0]), [("A", "B", 3)], "AB", 2)
    left, right = figure.axes
    assert left.get_title(loc="left") == "A read as B: 1"
    assert right.get_title(loc="left") == "B read as A: 2"
    assert left.images[0].get_array()[0, 0] == 0.0 and left.images[0].get_array()[0, 40] == 1.0
    assert right.images[0].get_array()[0, 40] == 0.5


def test_single_precision_stays():
    """The notebook says so, and speed rests on it."""
    params = ANSWERS["new_network"](1024, 64, 36)
    part = [LETTERS.train.x[:90], LETTERS.train.y[:90]] * 2
    ANSWERS["train_network"](*part, params, 0.01, 15, 1)
    kinds = {value.dtype for key, value in params.items() if not key.startswith("cache")}
    assert kinds == {np.dtype("float32")}


def test_short_runs_show_no_bar_and_long_ones_do(capsys, monkeypatch):
    bar = epoch_bar(3)
    assert list(bar) == [0, 1, 2]
    assert capsys.readouterr().out == ""
    monkeypatch.setattr("helpers.progress.DELAY", 0.0)
    bar = epoch_bar(2, "rate 1")
    for _ in bar:
        bar.set_postfix(loss="1.500", accuracy="0.250")
    said = capsys.readouterr()
    assert "rate 1 100%" in said.out and "loss=1.500" in said.out and said.err == ""


def test_the_numbers_in_the_text():
    assert round(np.log(36), 2) == 3.58
    assert round(np.sqrt(720)) == 27
    assert round(0.006 / 720, 6) == 0.000008
    assert -(-len(LETTERS.train) // 15) == 720


@pytest.mark.slow
@pytest.mark.whole
def test_the_notebook_runs_from_top_to_bottom(tmp_path):
    """With the full settings: 75 % on validation, and what the captions say."""
    notebook = COURSE.read_notebook("03_training")
    said = run(notebook, tmp_path, needs=("02_network",))
    assert_checks_pass(notebook, said)
    assert "All their checks pass" in said["setup-03"]
    bars = [o for c in notebook.cells if c.id == "train-letters" for o in c.outputs]
    assert len(bars) == 3, "two bars and a line; the bars' earlier states must not stay behind"
    share = float(re.findall(r"validation accuracy: ([\d.]+)%", said["train-letters"])[-1])
    assert share >= 75
    rate, test = re.findall(r"best learning rate: ([\d.]+), .*: ([\d.]+)%", said["test-best"])[-1]
    assert float(rate) == 0.006 and float(test) > 70
    assert "O/0" in said["figure-pairs"].split(",")[0]
    handed = judge_network((tmp_path / "letters64.npz").read_bytes(), 1)
    assert handed.points == MAX_POINTS, handed.message
