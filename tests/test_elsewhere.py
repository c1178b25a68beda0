"""What passes here and would not be graded is said here: code in files beside the notebook."""

import importlib
import sys

import nbformat
import numpy as np
import pytest

from helpers.activations import sigmoid_deriv
from helpers.checking import terminal
from helpers.checking.catalogue import catalogue
from helpers.checking.elsewhere import comes_with, note_on, used_of_others
from helpers.checking.notebook import check

TOOLS = """
import numpy as np

def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
"""
NOTE = (
    "Graded is the notebook alone, without tools_of_mine.py: move what you use of it into a cell."
)


@pytest.fixture
def tools(tmp_path, monkeypatch):
    """A module of the student's own, beside the notebook."""
    (tmp_path / "tools_of_mine.py").write_text(TOOLS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield importlib.import_module("tools_of_mine")
    del sys.modules["tools_of_mine"]


def defined(source, **names):
    exec(compile(source, "<ipython-input-1>", "exec"), names)
    return names


USES = {
    "the function itself": ("pass", lambda tools: {"softmax": tools.softmax}),
    "a function that calls it": (
        "def softmax(x): return mine(x)", lambda tools: {"mine": tools.softmax}),
    "its module": ("def softmax(x): return tools.softmax(x)", lambda tools: {"tools": tools}),
    "at one remove": (
        "def inner(x): return tools.softmax(x)\ndef softmax(x): return inner(x)",
        lambda tools: {"tools": tools}),
    "in a function inside": (
        "def softmax(x):\n    def inner(): return tools.softmax(x)\n    return inner()",
        lambda tools: {"tools": tools}),
}  # fmt: skip


@pytest.mark.parametrize("how", USES)
def test_a_file_is_found_however_it_is_used(tools, how, capsys):
    source, names = USES[how]
    found = defined(source, **names(tools))
    assert used_of_others(["softmax"], found)[0] == ["tools_of_mine.py"]
    check("2.2.2", found)
    said = capsys.readouterr().out
    assert "✗" not in said
    assert said.splitlines()[-1] == NOTE


def test_what_the_course_and_libraries_bring_is_nobodys_file(capsys):
    found = defined(
        "def softmax(x):\n    e = np.exp(x - x.max(axis=1, keepdims=True))\n"
        "    return e / e.sum(axis=1, keepdims=True) + 0 * sigmoid_deriv(x)",
        np=np, sigmoid_deriv=sigmoid_deriv,
    )  # fmt: skip
    check("2.2.2", found)
    assert "Graded is" not in capsys.readouterr().out


def test_the_terminal_says_it_as_well(tools, tmp_path, capsys):
    cells = [nbformat.v4.new_code_cell("from tools_of_mine import softmax")]
    cells[0].metadata["nbgrader"] = {"grade_id": "q2-2-2", "solution": True}
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "02_network.ipynb")
    assert terminal.check_notebooks(["2.2.2"], tmp_path) == 0
    assert NOTE in capsys.readouterr().out


def test_a_library_that_the_course_does_not_have_is_named(capsys):
    """It is installed here, and not where the answer is graded."""
    import click

    found = defined("def softmax(x):\n    return click.unstyle(np.array(x))", np=np, click=click)
    packages = ["numpy", "pytest"]
    assert note_on(["softmax"], found, packages) == (
        "Where this is graded, there is no click: the course does not need it."
    )
    assert note_on(["softmax"], found, [*packages, "click"]) == ""


def test_libraries_that_come_with_the_courses_are_there():
    packages = catalogue().packages
    assert {"numpy", "scikit-image", "torch"} <= set(packages)
    for module in ("numpy", "scipy", "skimage", "PIL", "matplotlib", "IPython", "networkx"):
        assert comes_with(module, packages), module
    assert not comes_with("selenium", packages)
