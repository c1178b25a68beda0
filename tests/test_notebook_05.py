"""What notebook 5 says in passing, its figures, and the whole of it from top to bottom."""

import re

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from autograder.course.course import find_course
from autograder.course.reference import source_cells
from benchmarks.autoencoder import short_training
from exercises.unseen.short_training import ENOUGH
from helpers.checking.answers import load_answers
from helpers.checking.catalogue import catalogue
from helpers.datasets import load_letters
from helpers.figures import autoencoder as figures
from helpers.for_checks import autoencoder as network
from tests.running import assert_checks_pass, run

NOTEBOOKS = ("02_network", "05_autoencoder")
FUNCTIONS = [f for e in catalogue().exercises if e.notebook in NOTEBOOKS for f in e.functions]
ANSWERS = load_answers([c for n in NOTEBOOKS for c in source_cells(n)], FUNCTIONS).namespace
COURSE = find_course()
CELLS = COURSE.read_notebook("05_autoencoder").cells
LETTERS = load_letters()


def history(epochs=30, worst=80.0):
    rng = np.random.default_rng(1)
    return {name: list(worst * rng.random(epochs)) for name in ("train_loss", "valid_loss")}


def drawn():
    """One of each figure, with data made up."""
    rng = np.random.default_rng(2)
    images = rng.random((6, 2, 32, 32))
    diverged = {**history(), "valid_loss": [1.0, np.inf, np.nan, 80.0, 3.0]}
    rows = [rng.random((5, 1024)) for _ in range(3)]
    return {
        "momentum_in_a_valley": figures.momentum_in_a_valley,
        "loss_curves": lambda: figures.loss_curves(history(), 77.0),
        "compared_runs": lambda: figures.compared_runs(
            [history(), diverged, history(3)], ["one", "two", "three"], 77.0
        ),
        "pairs": lambda: figures.pairs(images, list("ABCDEF")),
        "interpolation": lambda: figures.interpolation(rows, rows),
        "psnr_spread": lambda: figures.psnr_spread(rng.random(50), images, np.arange(6.0)),
        "rivals": lambda: figures.rivals(rows, ["a", "b", "c"], [None, 1.0, 2.0]),
    }


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", drawn())
def test_a_figure_is_drawn_and_every_axis_is_named(name, tmp_path):
    figure = drawn()[name]()
    figure.savefig(tmp_path / "figure.png")
    assert isinstance(figure, Figure) and plt.get_fignums() == []
    for axes in figure.axes:
        assert not axes.axison or (axes.get_xlabel() and axes.get_ylabel())


def test_every_figure_is_shown_and_has_a_caption():
    shown, number = set(), 0
    for cell, below in zip(CELLS, CELLS[1:], strict=False):
        if cell.cell_type == "code" and "figures." in cell.source and "import" not in cell.source:
            number += 1
            shown |= set(re.findall(r"figures\.(\w+)\(", cell.source))
            assert below.source.startswith(f"**Figure 5.{number}.** "), cell.id
            assert "What to see:" in below.source
    assert shown == set(drawn())


def test_captions_say_how_many_steps_and_rates_there_are():
    caption = next(c.source for c in CELLS if c.id == "figure-momentum-caption")
    assert "thirty steps" in caption and "a third of it" in caption
    left = figures.momentum_in_a_valley().axes[0]
    ball, plain = (line.get_xydata() for line in left.lines[:2])
    assert len(ball) == len(plain) == 31
    assert np.abs(np.diff(np.sign(plain[:, 1]))[:9]).min() == 2, "plain descent changes sides"
    assert plain[-1, 0] < -3 < -2 < ball[20:, 0].min(), "momentum is there, plain descent is not"
    assert ball[-1, 0] > 1, "and rolls too far"


def test_images_on_a_sheet_stand_where_they_should():
    rows = [np.zeros((1, 4, 4)), 0.5 * np.ones((2, 4, 4))]
    sheet = figures.sheet_of(rows)
    assert (sheet[0, 0], sheet[0, 6], sheet[6, 0], sheet[6, 6]) == (0.0, 1.0, 0.5, 0.5)


def test_pairs_show_originals_above():
    images = np.stack([np.zeros((3, 32, 32)), 0.5 * np.ones((3, 32, 32))], axis=1)
    sheet = figures.pairs(images, "ABC").axes[0].images[0].get_array()
    assert (sheet[0, 0], sheet[34, 0]) == (0.0, 0.5)


def test_the_backward_pass_agrees_with_numerical_gradients():
    """The gradient check of notebook 2, on the autoencoder, in double precision."""
    rng = np.random.default_rng(3)
    while True:
        x, params = rng.uniform(size=(4, 5)), network.draw(rng, 5, 3)
        if network.safe(x, [params]):
            break
    output = ANSWERS["forward_autoencoder"](x, params)
    delta = ANSWERS["squared_error_deriv"](x, output)
    ANSWERS["backwards_autoencoder"](delta, params)

    def loss(params):
        return ANSWERS["squared_error"](x, ANSWERS["forward_autoencoder"](x, params))

    weights = {name: params[name] for name in network.NAMES}
    numerical = ANSWERS["numerical_gradients"](loss, weights, 1e-6)
    for name in network.NAMES:
        error = ANSWERS["relative_error"](params[f"grad_{name}"], numerical[name])
        assert np.max(error) < 1e-5, name


def test_single_precision_stays():
    """Speed rests on it."""
    params = ANSWERS["initialize_autoencoder"](1024, 32)
    ANSWERS["train_autoencoder"](LETTERS.train.x[:72], LETTERS.validation.x[:9], params,
                                 0.00003, 36, 1)  # fmt: skip
    kinds = {value.dtype for key, value in params.items() if not key.startswith("cache")}
    assert kinds == {np.dtype("float32")}


def test_scikit_image_agrees():
    """In the notebook too; here with the values that are easy to get wrong."""
    from skimage.metrics import peak_signal_noise_ratio

    rng = np.random.default_rng(4)
    for scale in (0.01, 0.3):
        x = rng.uniform(size=1024)
        other = x + scale * rng.normal(size=1024)
        library = peak_signal_noise_ratio(x, other, data_range=1)
        assert np.isclose(ANSWERS["psnr"](x, other), library)


def test_the_short_training_lies_far_above_its_threshold():
    """A few of the runs that `benchmarks.autoencoder` makes forty of."""
    assert min(short_training(ANSWERS, seed) for seed in (101, 102)) > ENOUGH + 0.4


def test_the_numbers_in_the_text():
    assert round(20 * np.log10(255)) == 48
    assert round(17.9 + 20 * np.log10(255)) == 66
    assert round(17.9 * np.log(10)) == 41
    assert round(2 * 17.9) == 36
    ink = (LETTERS.train.x < 0.5).mean() * 1024
    assert 160 < ink < 180 and 840 < 1024 - ink < 864
    assert -(-len(LETTERS.train) // 36) == 300


@pytest.mark.slow
@pytest.mark.whole
def test_the_notebook_runs_from_top_to_bottom(tmp_path):
    """With the full settings: both reported PSNRs are beaten, and the captions hold."""
    notebook = COURSE.read_notebook("05_autoencoder")
    said = run(notebook, tmp_path, needs=("02_network",))
    assert_checks_pass(notebook, said)
    assert "All their checks pass" in said["setup-05"]
    by_hand, library = map(float, re.findall(r": ([\d.]+) dB", said["compare-psnr"])[:2])
    assert by_hand == library and by_hand > 15.82 > 12.08
    before, after = re.findall(r"\[(\d+), \d+, \d+\]", said["count-dead"])
    assert int(before) >= 25 and int(after) <= 22, "about half of the first layer dies"
    assert float(re.search(r"PSNR: ([\d.]+)", said["train-ink"])[1]) > by_hand + 1.5
