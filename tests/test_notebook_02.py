"""What notebook 2 says in passing: sizes of errors, first losses, what its figures show."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from autograder.course.course import find_course
from autograder.course.reference import source_cells
from helpers import batches
from helpers.checking.answers import load_answers
from helpers.checking.catalogue import catalogue
from helpers.datasets import four_clouds
from helpers.figures import network as figures
from helpers.for_checks import two_layers
from tests.running import assert_checks_pass, run

FUNCTIONS = [
    name for e in catalogue().exercises if e.notebook == "02_network" for name in e.functions
]
ANSWERS = load_answers(source_cells("02_network"), FUNCTIONS).namespace
TEXT = "\n".join(c.source for c in find_course().read_notebook("02_network").cells)


def drawn(*sizes):
    """A network as the notebook makes it: Xavier, layers called layer1 and output."""
    params = {}
    ANSWERS["initialize_weights"](sizes[0], sizes[1], params, "layer1")
    ANSWERS["initialize_weights"](sizes[1], sizes[2], params, "output")
    return params


def standard_clouds(n_per_class=50, rng=2):
    x, y = four_clouds(n_per_class, rng)
    return (x - x.mean(axis=0)) / x.std(axis=0), y


def test_the_error_of_the_gradient_check_is_as_small_as_stated():
    """2.5: below 1e-6 for every parameter with eps = 1e-5, in double precision."""
    assert r"smaller than $10^{-6}$" in TEXT
    x, y = standard_clouds()
    for _ in range(30):
        errors = ANSWERS["check_gradients"](x[::20], y[::20], drawn(2, 5, 4))
        assert set(errors) == set(two_layers.NAMES)
        assert max(errors.values()) < 1e-6


def test_a_mistake_is_far_above_that():
    """2.5: a mistake in backwards gives 1e-2 or more."""
    x, y = standard_clouds()
    params = drawn(2, 5, 4)
    ANSWERS["check_gradients"](x, y, params)
    for name in two_layers.NAMES:
        gradient = params["grad_" + name]
        for wrong in (-gradient, gradient / len(x), 0 * gradient, gradient * 0.9):
            assert ANSWERS["relative_error"](gradient, wrong) > 1e-2


def test_backpropagation_agrees_with_complex_steps():
    """The exact gradient that the checks use and the notebook's own are the same."""
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(6, 3)), np.eye(4)[rng.integers(0, 4, size=6)]
    params = two_layers.draw(rng, 3, 5, 4)
    exact = two_layers.gradients(x, y, params)
    ANSWERS["train"](x, y, params, 0.0, 6, 1, batches.all_at_once)
    for name in two_layers.NAMES:
        np.testing.assert_allclose(params["grad_" + name], exact[name], rtol=1e-10, atol=1e-12)


def test_the_best_step_is_near_the_default():
    """2.5: for a central difference about 1e-5, for a one-sided one about 1e-8."""
    lines = {line.get_label(): line for line in figures.error_against_step().axes[0].lines}
    central, one_sided = lines["central"], lines["one-sided"]
    best = [line.get_xdata()[np.argmin(line.get_ydata())] for line in (central, one_sided)]
    assert 1e-7 < best[0] < 1e-3
    assert 1e-10 < best[1] < 1e-6
    assert central.get_ydata().min() < one_sided.get_ydata().min()


def test_an_untrained_network_starts_near_ln_c():
    """2.2.3: near ln 36 = 3.58, a little more."""
    rng = np.random.default_rng(7)
    for _ in range(5):
        params = drawn(1024, 64, 36)
        images = rng.random((500, 1024)) * 0.1
        truth = np.eye(36)[rng.integers(0, 36, 500)]
        hidden = ANSWERS["forward"](images, params, "layer1")
        probs = ANSWERS["forward"](hidden, params, "output", ANSWERS["softmax"])
        loss, acc = ANSWERS["compute_loss_and_acc"](truth, probs)
        assert abs(loss / 500 - np.log(36)) < 0.8
        assert acc < 0.2


def test_a_handful_of_examples_is_learnt_by_heart():
    x, y = standard_clouds()
    few = np.arange(0, len(x), len(x) // 12)[:12]
    for _ in range(5):
        params = drawn(2, 16, 4)
        losses, accuracies = ANSWERS["train"](x[few], y[few], params, 0.5, 12, 400,
                                              batches.all_at_once)  # fmt: skip
        assert losses[-1] < 0.02 < 1.0 < losses[0]
        assert accuracies[-1] == 1.0


def test_the_clouds_are_learnt():
    """Figure 2.8: the first epoch ends below ln 4, the last one far below."""
    x, y = standard_clouds()
    for _ in range(3):
        losses, accuracies = ANSWERS["train"](x, y, drawn(2, 16, 4), 0.05, 10, 60)
        assert losses[0] < np.log(4)
        assert losses[-1] < 0.1
        assert accuracies[-1] > 0.97


def test_equal_weights_never_part():
    """2.1.1: units that begin alike stay alike; random ones do not."""
    x, y = standard_clouds()
    for start in (0.0, 0.1):
        params = {name: np.full_like(value, start) for name, value in drawn(2, 6, 4).items()}
        ANSWERS["train"](x, y, params, 0.05, 10, 5)
        assert np.ptp(params["Wlayer1"], axis=1).max() < 1e-9
        assert np.ptp(params["Woutput"], axis=0).max() < 1e-9
    params = drawn(2, 6, 4)
    ANSWERS["train"](x, y, params, 0.05, 10, 5)
    assert np.ptp(params["Wlayer1"], axis=1).min() > 0.1


def test_balanced_classes_do_not_move_a_network_of_zeros():
    """2.1.1, in brackets: with balanced classes the gradient of W_2 is zero as well."""
    x, y = standard_clouds()
    params = {name: np.zeros_like(value) for name, value in drawn(2, 6, 4).items()}
    ANSWERS["train"](x, y, params, 0.05, len(x), 20, batches.all_at_once)
    assert all(np.abs(params[name]).max() < 1e-9 for name in two_layers.NAMES)


def test_the_numbers_in_the_model_answers():
    assert round(256 * 0.01**2, 3) == 0.026
    assert round(256 * 0.3**2) == 23
    assert round(np.log(36), 2) == 3.58
    assert round(np.exp(9), -3) == 8000  # "one in eight thousand"
    assert 5e-6 < (3e-16) ** (1 / 3) < 1e-5  # "nearly 1e-5"


def test_what_figure_2_3_shows():
    """Too small dies out, too large saturates, Xavier keeps going."""
    figure = figures.activation_histograms()
    spread = [float(a.get_title("right").removeprefix("std ")) for a in figure.axes]
    small, large, xavier = spread[:4], spread[4:8], spread[8:]
    assert small[-1] < 1e-5
    assert min(large) > 0.85
    assert min(xavier) > 0.2


@pytest.mark.parametrize("trained", [False, True])
def test_figures_of_the_clouds(trained):
    x, y = standard_clouds(5)
    drawn_figure = figures.clouds(x, y, (lambda p: (p[:, 0] > 0).astype(int)) if trained else None)
    assert isinstance(drawn_figure, Figure)
    numbers = {text.get_text() for text in drawn_figure.axes[0].texts}
    assert numbers == ({"0", "1"} if trained else set())


def test_the_notebook_runs_from_top_to_bottom(tmp_path):
    notebook = find_course().read_notebook("02_network")
    assert_checks_pass(notebook, run(notebook, tmp_path))
