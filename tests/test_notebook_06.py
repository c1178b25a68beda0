"""What notebook 6 says, its figures, the whole of it; and what happens without PyTorch."""

import json
import re
import shutil

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from autograder.course.course import find_course
from autograder.grading.submission import grade_submission
from autograder.judging.judge import sandboxed
from autograder.sandbox.backend import Program
from autograder.sandbox.box import Sandbox
from exercises.sample_class.submissions import as_bytes, right_answers, student_notebook
from helpers import check
from helpers.checking import libraries, packages
from helpers.checking.catalogue import catalogue
from helpers.checking.failures import CheckFailure
from helpers.checking.plain import Opaque, plain
from helpers.checking.statements import Cell
from helpers.checking.student import LocalBackend, Student
from helpers.checking.terminal import check_notebooks
from helpers.datasets import CLASSES, load
from helpers.datasets.hand import load_hand
from helpers.datasets.letters import pack
from helpers.errors import DataError, PackageError
from helpers.figures import pytorch as figures
from helpers.for_checks import convolutions
from tests.left_out import with_pytorch
from tests.running import assert_checks_pass, run

NAME = "06_pytorch"
TORCH = "torch==2.13.0"
COURSE = find_course()
CELLS = COURSE.read_notebook(NAME).cells

EXERCISES = [e for e in catalogue().exercises if e.notebook == NAME]


# --- Figures --------------------------------------------------------------------------------


def history(epochs=4):
    rng = np.random.default_rng(1)
    names = ("train_loss", "train_acc", "valid_loss", "valid_acc", "seconds")
    return {name: list(np.sort(rng.random(epochs))) for name in names}


def drawn():
    """One of each figure, with data made up."""
    rng = np.random.default_rng(2)
    colours, names = rng.random((20, 3, 32, 32)), tuple("abcdefghij")
    return {
        "same_curves": lambda: figures.same_curves(rng.random(90), rng.random(90)),
        "beside_plain": lambda: figures.beside_plain(history(), history(), "other"),
        "watched": lambda: figures.watched(history(), 10, 2),
        "by_epochs_and_seconds": lambda: figures.by_epochs_and_seconds(
            {"one": history(), "other": history(6)}
        ),
        "confusions_compared": lambda: figures.confusions_compared(
            [("O / 0", 9, 8), ("S / 5", 4, 0)], ["one", "other"]
        ),
        "filters": lambda: figures.filters(rng.normal(size=(16, 1, 3, 3))),
        "feature_maps": lambda: figures.feature_maps(
            rng.random((32, 32)), [rng.random((16, 32, 32)), np.zeros((8, 16, 16))]
        ),
        "colour_examples": lambda: figures.colour_examples(colours, np.arange(20) % 10, names),
        "shifted": lambda: figures.shifted(colours, colours),
        "small_confusion": lambda: figures.small_confusion(np.eye(10, dtype=int), names),
        "colour_mistakes": lambda: figures.colour_mistakes(colours[:3], ["a"] * 3, ["b"] * 3),
        "hand": lambda: figures.hand(rng.random((72, 32, 32)), np.arange(72) % 36, CLASSES),
        "transfer": lambda: figures.transfer([1, 2], rng.random((3, 2)), rng.random((3, 2)), 0.5),
    }  # fmt: skip


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", drawn())
def test_a_figure_is_drawn_and_every_axis_is_named(name, tmp_path):
    figure = drawn()[name]()
    figure.savefig(tmp_path / "figure.png")
    assert isinstance(figure, Figure) and plt.get_fignums() == []
    for axes in figure.axes:
        shared = not axes.yaxis.get_tick_params().get("labelleft", True)
        assert not axes.axison or axes.get_xlabel() or axes.get_ylabel() or shared


def test_filters_in_colour_are_drawn_too():
    figure = figures.filters(np.random.default_rng(3).normal(size=(16, 3, 3, 3)))
    assert figure.axes[0].images[0].get_array().shape[2] == 3


def test_every_figure_is_shown_and_has_a_caption():
    shown, number = [], 0
    for cell, below in zip(CELLS, CELLS[1:], strict=False):
        calls = re.findall(r"(?:figures|pages)\.(\w+)\(", cell.source)
        if cell.cell_type == "code" and calls:
            number += 1
            shown += calls
            assert below.source.startswith(f"**Figure 6.{number}.** "), cell.id
            assert "What to see:" in below.source
    assert set(shown) - {"reading"} == set(drawn())


# --- What it says ---------------------------------------------------------------------------


def test_the_install_line_names_the_version_that_is_pinned():
    first = "".join(cell.source for cell in CELLS[:2])
    assert TORCH in first
    assert f'"{TORCH}"' in (COURSE.root / "pyproject.toml").read_text(encoding="utf-8")


def test_the_students_readme_names_it_too():
    assert TORCH in (COURSE.root / COURSE.students.readme).read_text("utf-8")


def test_the_numbers_in_the_text():
    assert 1024 * 64 + 64 + 64 * 36 + 36 == 67940
    assert 32 * 16 * 9 + 32 == 4640
    assert 16 * 16 * 32 * 16 * 9 == 1179648
    text = "".join(cell.source for cell in CELLS)
    assert all(number in text for number in ("67,940", "4640", "1{,}179{,}648", "65,536"))


# --- The new hand ---------------------------------------------------------------------------


def test_the_new_hand_is_like_the_letters():
    hand = load_hand()
    assert hand.x.shape == (720, 1024) and hand.x.dtype == np.float32
    assert (np.bincount(hand.labels) == 20).all()
    assert hand.x.min() == 0 and hand.x.max() == 1
    letters = load("letters").test
    for images in (hand.images, letters.images):  # the same margins, the same amount of ink
        assert images[:, [0, -1], :].min(axis=(1, 2)).mean() > 0.92
    assert abs(hand.x.mean() - letters.x.mean()) < 0.03


@pytest.mark.parametrize(
    ("damage", "said"),
    [(lambda path: path.unlink(), "is missing"),
     (lambda path: path.write_bytes(b"PK nonsense"), "is damaged"),
     (lambda path: path.write_bytes(path.read_bytes()[:9000]), "is damaged"),
     (lambda path: np.savez(path, images=np.zeros((3, 512), "u1"), labels=[0]), "must be uint8"),
     (lambda path: np.savez(path, images=pack(np.zeros((720, 1024))), labels=np.zeros(720)),
      "are not 20 of each class")],
)  # fmt: skip
def test_a_damaged_hand_is_told(tmp_path, damage, said):
    path = tmp_path / "hand.npz"
    shutil.copy(COURSE.root / "data" / "hand" / "hand.npz", path)
    damage(path)
    with pytest.raises(DataError, match=said):
        load_hand(path)


# --- Models ---------------------------------------------------------------------------------


@with_pytorch
def test_the_checks_own_network_agrees_with_pytorch():
    """The NumPy network that judges is right."""
    import torch
    from torch import nn

    torch.manual_seed(1)
    layers = []
    for before, after in ((3, 16), (16, 32), (32, 64)):
        layers += [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after), nn.ReLU()]
        layers += [nn.MaxPool2d(2)]
    model = nn.Sequential(*layers, nn.Flatten(), nn.Linear(1024, 7)).double().eval()
    rng = np.random.default_rng(1)
    weights = {**convolutions.draw(rng, (3, 16, 32, 64), 7),
               "norm": convolutions.draw_norms(rng, (3, 16, 32, 64))}  # fmt: skip
    kinds = {"conv": nn.Conv2d, "linear": nn.Linear, "norm": nn.BatchNorm2d}
    with torch.no_grad():
        for kind, family in kinds.items():
            own = [m for m in model if isinstance(m, family)]
            names = ["weight", "bias"] + ["running_mean", "running_var"] * (kind == "norm")
            places = [getattr(m, name) for m in own for name in names]
            for place, values in zip(places, weights[kind], strict=True):
                place.copy_(torch.from_numpy(values))
    x = rng.normal(size=(4, 3, 32, 32))
    theirs = model(torch.from_numpy(x)).detach().numpy()
    np.testing.assert_allclose(convolutions.scores(x, weights), theirs, rtol=1e-9, atol=1e-12)


@with_pytorch
def test_a_state_goes_into_a_model_of_the_same_layers_alone():
    from torch import nn

    from helpers.torch_models import feature_maps, filters_of, set_state, state_of

    one = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4))
    state = state_of(one)
    assert all(type(value) is np.ndarray for value in state.values())
    state["0.weight"] += 1
    assert not np.allclose(state["0.weight"], state_of(one)["0.weight"]), "it shares memory"
    set_state(one, state)
    assert np.allclose(state["0.weight"], state_of(one)["0.weight"])
    with pytest.raises(DataError, match="differ in 0.bias"):
        set_state(nn.Sequential(nn.Linear(3, 5), nn.BatchNorm1d(5)), state)
    for look in (filters_of, lambda model: feature_maps(model, None)):
        with pytest.raises(DataError, match="no convolution"):
            look(one)


# --- Graded in the sandbox ------------------------------------------------------------------


@with_pytorch
@pytest.mark.slow
def test_right_answers_pass_in_the_sandbox(tmp_path):
    notebook = student_notebook(NAME, right_answers(NAME))
    (tmp_path / f"{NAME}.ipynb").write_bytes(as_bytes(notebook))
    result = grade_submission(tmp_path, "ada", only=[e.id for e in EXERCISES])
    assert [(v.exercise, v.status) for v in result.verdicts] == [(e.id, "pass") for e in EXERCISES]


@with_pytorch
def test_tensors_come_out_as_plain_arrays():
    libraries.use(["helpers.for_checks.torch_values"])
    import torch

    leaf = torch.tensor([[1.0, 2.0]], requires_grad=True)
    found = plain({"a": [2 * leaf, torch.tensor(3)], "b": nn_layer()})
    assert type(found["a"][0]) is np.ndarray and found["a"][0].tolist() == [[2.0, 4.0]]
    assert found["a"][1].shape == () and found["a"][1].dtype == np.int64
    assert found["b"] == Opaque("Linear")
    found["a"][0][:] = 9
    assert leaf.tolist() == [[1.0, 2.0]], "the array shares the tensor's memory"
    for odd in (torch.zeros(2, dtype=torch.bfloat16), torch.eye(2).to_sparse()):
        assert isinstance(plain(odd), Opaque)


def nn_layer():
    from torch import nn

    return nn.Linear(2, 3)


def test_only_functions_of_helpers_are_called_for_a_check():
    student = Student(LocalBackend({"f": abs}))
    with pytest.raises(ValueError, match="a public one of helpers"):
        student.via(type("", (), {"__module__": "os", "__name__": "getpid"}))()


MEDDLING = """
import torch
from torch import nn


def answer(what):
    if what == "meddle":
        torch.set_default_dtype(torch.float64)
        nn.Linear.forward = lambda self, x: x
        torch.set_num_threads(8)
        return True
    if what == "look":
        return torch.zeros(1).dtype == torch.float32, nn.Linear(2, 3)(torch.zeros(1, 2)).shape[1]
    if what == "threads":
        return torch.get_num_threads()
    return torch.ones(2**30, dtype=torch.float64).sum()
"""


@with_pytorch
def test_pytorch_in_the_sandbox_is_fresh_for_every_exercise_and_held_to_limits():
    program = Program((Cell(MEDDLING, "cell"),), ("answer",), packages=("torch",))
    with Sandbox() as box:
        backend_for = sandboxed(box)
        student = Student(backend_for(program))
        assert student.answer("threads") == 1
        with pytest.raises(CheckFailure, match="memory|alloc"):
            student.answer("8 GB")
        assert student.answer("meddle") is True
        assert student.answer("look")[0] is False
        student = Student(backend_for(program))
        assert student.answer("look") == (True, 3)


# --- Where PyTorch is missing ---------------------------------------------------------------


@pytest.fixture
def without_torch(monkeypatch):
    found = packages.find_spec
    monkeypatch.setattr(
        packages, "find_spec", lambda name: None if name == "torch" else found(name)
    )


@pytest.mark.usefixtures("without_torch")
def test_without_pytorch_a_notebook_says_how_to_install_it():
    with pytest.raises(PackageError, match=re.escape(f"pip install {TORCH}")):
        packages.need("torch")
    with pytest.raises(PackageError, match=r"exercise 6.1.1 cannot be checked. PyTorch is not"):
        check("6.1.1", {})


@pytest.mark.usefixtures("without_torch")
def test_without_pytorch_the_terminal_says_so_and_goes_on(tmp_path, capsys):
    for name in ("01_theory", NAME):
        path = tmp_path / f"{name}.ipynb"
        path.write_bytes(as_bytes(student_notebook(name, right_answers(name))))
    assert check_notebooks([str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert said.count("not checked") == len(EXERCISES) and TORCH in said
    assert said.count("cannot be checked") == 1, "the advice is long: once is enough"
    assert said.count("not checked, for the same reason") == len(EXERCISES) - 1
    assert "1.1 Softmax does not see a shift: 5 of 5" in said or "1.1 Softmax" in said


@pytest.mark.usefixtures("without_torch")
def test_without_pytorch_a_grader_says_that_it_is_no_fault_of_the_students(tmp_path):
    answers = right_answers(NAME)
    left_out = answers.pop("q6-2")
    assert "fine_tune" in left_out
    (tmp_path / f"{NAME}.ipynb").write_bytes(as_bytes(student_notebook(NAME, answers)))
    (tmp_path / "01_theory.ipynb").write_bytes(
        as_bytes(student_notebook("01_theory", right_answers("01_theory")))
    )
    result = grade_submission(tmp_path, "ada", only=["1.4", *(e.id for e in EXERCISES)])
    verdicts = {v.exercise: v for v in result.verdicts}
    assert verdicts["1.4"].status == "pass"
    for name in ("6.1.1", "6.1.2", "6.1.3"):
        assert verdicts[name].status == "error", "an instructor must look"
        assert "torch is missing on the machine that grades" in verdicts[name].message
        assert "no fault of yours" in verdicts[name].message and verdicts[name].answer
    assert verdicts["6.2"].status == "missing"


# --- The whole of it ------------------------------------------------------------------------


@with_pytorch
@pytest.mark.slow
@pytest.mark.whole
def test_the_notebook_runs_from_top_to_bottom(tmp_path):
    """With the full settings, and what the captions say."""
    notebook = COURSE.read_notebook(NAME)
    said = run(notebook, tmp_path, needs=("02_network", "03_training", "04_ocr"))
    assert_checks_pass(notebook, said)
    apart = float(re.search(r"the losses differ by ([\de.-]+) at most", said["train-both"])[1])
    assert apart < 1e-4, "the curves do not lie on top of each other"
    relative = [float(n) for n in re.findall(r"relative: ([\de.-]+)", said["gradients-demo"])]
    assert len(relative) == 4 and max(relative) < 1e-12
    rows = re.findall(r"([\d,]+) +[\d.]+ +([\d.]+)%", said["compare-networks"])
    (full, of_full), (cnn, of_cnn) = rows
    assert (full, cnn) == ("67,940", "60,196") and float(of_cnn) > max(88, float(of_full))
    mine, course = re.search(r"mean +([\d.]+)% +([\d.]+)%", said["read-pages"]).groups()
    assert float(course) < float(mine) < 6
    assert float(re.search(r"test accuracy: ([\d.]+)%", said["train-colour"])[1]) > 60
    assert json.dumps(said)  # plain text and pictures only
