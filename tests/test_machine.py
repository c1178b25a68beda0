"""What the box shows of the machine: no path of its own, and no package that is not offered."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from autograder.course.course import find_course
from autograder.course.reference import wheats
from autograder.grading.submission import grade_submission
from autograder.sandbox import command
from autograder.sandbox import machine as shown
from autograder.sandbox.backend import Program, RemoteBackend
from autograder.sandbox.box import Sandbox
from autograder.sandbox.time_limits import TimeLimits
from exercises.sample_class.submissions import as_bytes, student_notebook, write_submission
from helpers.checking.answers import Cell
from tests.imports import imports_of
from tests.left_out import SYSTEMS

COURSE = find_course()
DISTRIBUTIONS = {"skimage": "scikit-image", "sklearn": "scikit-learn"}
WITHHELD = ("scipy", "skimage", "torch", "sklearn", "pytest", "pip", "autograder")


def answer(box, source, offers=shown.EVERYTHING):
    backend = RemoteBackend(box, Program((Cell(source, "cell"),), ("answer",), offers=offers))
    try:
        return backend.call("answer", (), {}, 60.0).value
    finally:
        backend.close()


PATHS = """
import sys, os, sysconfig
import numpy as np
import helpers.activations

def answer():
    try:
        open("/nowhere")
    except OSError:
        import traceback
        said = traceback.format_exc()
    try:
        np.linalg.inv(np.zeros((2, 2)))
    except np.linalg.LinAlgError:
        said += traceback.format_exc()
    texts = [*sys.path, sys.prefix, sys.base_prefix, sys.executable, np.__file__, os.__file__,
             helpers.activations.__file__, os.readlink("/proc/self/exe"), os.getcwd(), said,
             str(sys.argv), str(dict(os.environ)), str(sysconfig.get_paths())]
    texts += [open(f"/proc/{pid}/{name}").read() for pid in ("1", "self")
              for name in ("cmdline", "comm")]
    return "\\n".join(texts)
"""


def own_paths():
    """Paths that tell of this machine: of the course, of Python, of its packages."""
    paths = [
        str(COURSE.root),
        sys.prefix,
        sys.base_prefix,
        *shown.package_folders(),
        str(Path.home()),
    ]
    return [path for path in paths if not shown.lies_in(path, shown.SYSTEM) and len(path) > 4]


def test_nothing_that_python_says_tells_of_this_machine():
    with Sandbox() as box:
        said = answer(box, PATHS, COURSE.box.offered("02_network"))
    assert own_paths() and not [path for path in own_paths() if path in said]


def test_where_python_does_not_move_it_runs_where_it_is(monkeypatch):
    """As some builds do not; then its paths are there, and nothing else changes."""
    base = os.path.realpath(sys.base_prefix)
    if shown.lies_in(base, shown.SYSTEM):
        pytest.skip(SYSTEMS)
    told = command.machine

    def fails_if_moved(offers, masked, moved):
        found = told(offers, masked, moved)
        program = "/nowhere/python" if moved else found.python
        return shown.Machine(found.arguments, program, found.packages)

    monkeypatch.setattr(command, "machine", fails_if_moved)
    with Sandbox() as box:
        assert base in answer(box, PATHS)


# --- What is offered --------------------------------------------------------------------------

IMPORTS = f"""
def answer():
    found = []
    for name in {WITHHELD}:
        try:
            __import__(name)
            found.append(name)
        except ImportError:
            pass
    return found
"""
SEARCHES = """
import glob, os, sys

def answer():
    for top in ("/opt", "/usr/lib", "/usr/local", "/course"):
        for where, folders, _ in os.walk(top):
            sys.path += [where + "/" + name for name in folders if "-packages" in name]
            if where.count("/") > 3 or "-packages" in where:
                folders[:] = []
    found = []
    for path in sys.path:
        found += glob.glob(path + "/scipy*") + glob.glob(path + "/torch*")
    try:
        getattr(__import__("sci" + "py.special"), "special")
        found.append("scipy")
    except ImportError:
        pass
    return found
"""


@pytest.mark.parametrize("notebook", ["01_theory", "02_network", "03_training", "05_autoencoder"])
def test_where_all_is_by_hand_no_library_does_it(notebook):
    assert set(COURSE.box.offered(notebook)) == {"ipython", "matplotlib", "numpy", "tqdm"}


@pytest.mark.parametrize("path", wheats(COURSE), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_right_answer_needs_what_is_withheld(path):
    """Else it passes on a student's machine and fails in the box."""
    offered = COURSE.box.offered(path.stem)
    withheld = {name for name in WITHHELD if DISTRIBUTIONS.get(name, name) not in offered}
    assert imports_of(path) & withheld == set()


def test_what_is_not_offered_is_not_in_the_box_however_it_is_looked_for():
    """With everything that is installed in the box, the same code finds it."""
    offers = COURSE.box.offered("02_network")
    with Sandbox() as box:
        assert answer(box, IMPORTS, offers) == []
        assert answer(box, SEARCHES, offers) == []
        assert "scipy" in answer(box, SEARCHES)


def test_what_is_offered_works_with_all_that_it_needs():
    source = """
def answer():
    import matplotlib.pyplot as plt
    from IPython.display import display
    from tqdm import tqdm
    plt.plot([1, 2]); plt.savefig("figure.png")
    return list(tqdm([1, 2]))
"""
    with Sandbox() as box:
        assert answer(box, source, COURSE.box.offered("02_network")) == [1, 2]
        found = answer(box, "import skimage\ndef answer():\n    return skimage.__name__",
                       COURSE.box.offered("04_ocr"))  # fmt: skip
        assert found == "skimage"


READY_MADE = {
    "plain": "from scipy.special import softmax as s\ndef softmax(x):\n    return s(x, axis=1)",
    "put together": (
        "def softmax(x):\n"
        "    special = getattr(__import__('sci' + 'py.special'), 'spe' + 'cial')\n"
        "    return getattr(special, 'soft' + 'max')(x, axis=1)"
    ),
    "of PyTorch": (
        "def softmax(x):\n"
        "    torch = __import__('tor' + 'ch')\n"
        "    return getattr(torch, 'soft' + 'max')(torch.tensor(x), 1).numpy()"
    ),
}
BY_AUTOGRAD = """
def backwards(delta, params, name="", activation_deriv=sigmoid_deriv):
    torch = __import__("tor" + "ch")
    x, a, z = (torch.tensor(part) for part in params["cache_" + name])
    W, b = (torch.tensor(params[key + name], requires_grad=True) for key in "Wb")
    x.requires_grad_()
    slope = torch.tensor(delta * activation_deriv(z.numpy()))
    ((x @ W + b) * slope).sum().backward()
    params["grad_W" + name], params["grad_b" + name] = W.grad.numpy(), b.grad.numpy()
    return x.grad.numpy()
"""


def graded(folder, cell, source, exercise):
    notebook = student_notebook("02_network", {cell: source})
    path = write_submission(folder, "mallory", {"02_network.ipynb": as_bytes(notebook)})
    patient = TimeLimits(load=60, exercise=60)  # PyTorch is imported within a call
    (verdict,) = grade_submission(path, "mallory", only=[exercise], limits=patient).verdicts
    return verdict


@pytest.mark.parametrize("name", READY_MADE)
def test_a_ready_made_softmax_earns_nothing(name, tmp_path):
    verdict = graded(tmp_path, "q2-2-2", READY_MADE[name], "2.2.2")
    assert verdict.points == 0 and "ModuleNotFoundError" in str(verdict.checks)


def test_gradients_by_autograd_earn_nothing(tmp_path):
    verdict = graded(tmp_path, "q2-3-1", BY_AUTOGRAD, "2.3.1")
    assert verdict.points == 0 and "ModuleNotFoundError" in str(verdict.checks)


@pytest.mark.slow
def test_they_would_earn_it_all_if_everything_were_in_the_box(tmp_path, monkeypatch):
    monkeypatch.setattr(type(COURSE.box), "offered", lambda box, notebook: shown.EVERYTHING)
    for number, source in enumerate(READY_MADE.values()):
        verdict = graded(tmp_path / str(number), "q2-2-2", source, "2.2.2")
        assert verdict.points == verdict.max_points, verdict.message
    verdict = graded(tmp_path / "b", "q2-3-1", BY_AUTOGRAD, "2.3.1")
    assert verdict.points > verdict.max_points / 2, verdict.message


# --- Where things lie -------------------------------------------------------------------------


def test_paths_of_the_machine_have_their_places_in_the_box():
    places = {"/usr": "/usr", "/home/ada/python": "/opt/python", "/home/ada": "/opt/more"}
    assert shown.in_box("/usr/bin/x", places) == "/usr/bin/x"
    assert shown.in_box("/home/ada/python/bin/python3", places) == "/opt/python/bin/python3"
    assert shown.in_box("/home/ada/else", places) == "/opt/more/else"
    assert shown.in_box("/home/adam", places) == ""


def test_a_package_that_keeps_no_list_is_known_by_its_name(tmp_path):
    folder = tmp_path / "site-packages"
    (folder / "old_one").mkdir(parents=True)
    about = folder / "old_one-1.0.egg-info"
    about.mkdir()
    (about / "PKG-INFO").write_text("Metadata-Version: 1.0\nName: old-one\nVersion: 1.0\n")
    (about / "top_level.txt").write_text("old_one\n")
    assert "old_one" in shown.items_offered(str(folder), ("old-one",))
    assert shown.items_offered(str(folder), ("another",)) == ()


@pytest.mark.slow
def test_a_virtual_environment_that_sees_the_systems_packages_works(tmp_path):
    """Then packages lie in several folders, of which each has its place."""
    venv.create(tmp_path / "env", system_site_packages=True, symlinks=True)
    script = (
        "import sys; sys.path += " + repr(shown.package_folders()) + "\n"
        "from autograder.sandbox.machine import machine\n"
        "print(machine(('numpy',)).packages)"
    )
    done = subprocess.run([tmp_path / "env" / "bin" / "python", "-c", script], text=True,
                          cwd=COURSE.root, capture_output=True, check=True)  # fmt: skip
    assert "/opt/site-packages" in done.stdout
