"""A notebook goes on where an answer is not written yet, or stops with an error."""

from __future__ import annotations

import subprocess
import sys

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from helpers.checking.stuck import STOP, go_on_where_stuck
from helpers.errors import StandInError
from helpers.networks import load_network, save_network
from helpers.stand_ins import found_letters, trained_letters

UNWRITTEN = "def train_network(*everything):\n    raise NotImplementedError()"
TRAIN = "params = {}\nfirst_weights = 0\nhistory = train_network(params)"
RIGHT = "def train_network(params):\n    params['of'] = 'mine'\n    return [1]"


@pytest.fixture
def shell(monkeypatch):
    """IPython as in a notebook whose first cell imports ``check``."""
    for name in STOP:
        monkeypatch.delenv(name, raising=False)
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    assert run(shell, "from helpers import check") == (True, "")
    yield shell
    InteractiveShell.clear_instance()


def run(shell, cell):
    """Whether Jupyter would go on after the cell, and what it printed."""
    with capture_output() as said:
        result = shell.run_cell(cell)
    return result.success, said.stdout


def test_an_unwritten_answer_is_one_line_that_names_the_exercise(shell):
    run(shell, UNWRITTEN)
    assert run(shell, "train_network(1)") == (
        True, "This cell waits for exercise 3.1: `train_network` is not written yet.\n"
    )  # fmt: skip


def test_what_a_stopped_cell_would_have_made_is_said_to_be_missing(shell):
    run(shell, UNWRITTEN)
    run(shell, "def weights(): return 1\nlosses = train_network(1)\ndef more(): return 2")
    for name in ("losses", "more"):
        assert run(shell, f"print({name})") == (
            True,
            f"This cell waits for exercise 3.1: `{name}` comes out of it, in a cell above.\n",
        )
    assert run(shell, "weights()")[0], "what the cell had made before is there"


def test_the_courses_own_network_stands_in_until_the_students_is_there(shell):
    run(shell, UNWRITTEN)
    assert run(shell, TRAIN) == (True, (
        "This cell waits for exercise 3.1: `train_network` is not written yet.\n"
        "Until then `params` and `first_weights` are the course's own.\n"
    ))  # fmt: skip
    assert shell.user_ns["params"].keys() == load_network().keys()
    run(shell, RIGHT)
    assert run(shell, TRAIN) == (True, "")
    assert shell.user_ns["params"] == {"of": "mine"}


def test_a_cell_that_makes_something_else_by_the_same_name_is_lent_nothing(shell):
    run(shell, UNWRITTEN)
    run(shell, "params = train_network()")
    assert "params" not in shell.user_ns


def test_a_failing_answer_shows_its_own_lines_and_the_notebook_goes_on(shell):
    run(
        shell,
        "def train_network(rate):\n    return forward(rate)\ndef forward(x):\n    return x @ 2",
    )
    went_on, said = run(shell, TRAIN.replace("(params)", "(3)"))
    assert went_on
    assert said.startswith("This cell waits for exercise 3.1: `train_network` stops with an error.")
    assert "return x @ 2" in said and "TypeError" in said and "site-packages" not in said
    assert "Until then `params` and `first_weights` are the course's own." in said


def test_a_cell_that_was_not_run_is_named_by_what_it_defines(shell):
    assert run(shell, "softmax(3)") == (
        True,
        "This cell waits for exercise 2.2.2: the cell that defines `softmax` has not been run.\n",
    )


def test_other_functions_of_the_same_name_are_not_blamed(shell):
    """A library has its own `forward`, and a model of the student's is a class with one."""
    run(shell, "class Net:\n    def forward(self, x):\n        return x @ 2")
    went_on, said = run(shell, "Net().forward(1)")
    assert not went_on and "TypeError" in said and "waits" not in said


@pytest.mark.parametrize("cell", ["1 / 0", "unheard_of", "import nowhere", "def broken(:"])
def test_other_errors_are_shown_as_ever(shell, cell):
    went_on, said = run(shell, cell)
    assert not went_on and "Error" in said and "waits" not in said


def test_names_that_arrived_meanwhile_are_not_waited_for(shell):
    run(shell, UNWRITTEN)
    run(shell, "losses = train_network(1)")
    run(shell, "losses = [2]")
    assert run(shell, "print(losses)") == (True, "[2]\n")
    run(shell, "del losses")
    assert run(shell, "print(losses)")[1].startswith("This cell waits for exercise 3.1")


def test_twice_is_once(shell):
    before = len(shell.events.callbacks["post_run_cell"])
    go_on_where_stuck()
    assert len(shell.events.callbacks["post_run_cell"]) == before


@pytest.mark.parametrize("name", STOP)
def test_where_nobody_reads_errors_are_errors(monkeypatch, name):
    monkeypatch.setenv(name, "1")
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    run(shell, "from helpers import check")
    run(shell, UNWRITTEN)
    went_on, said = run(shell, "train_network(1)")
    assert not went_on and "NotImplementedError" in said
    InteractiveShell.clear_instance()


def test_without_ipython_nothing_happens():
    code = "import sys; from helpers import check; assert 'IPython' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_network_that_is_lent_is_not_handed_in(tmp_path):
    with pytest.raises(StandInError, match="letters64.npz is not written: .* the course's own"):
        save_network(trained_letters({})["params"], tmp_path / "letters64.npz")
    assert list(tmp_path.iterdir()) == []


def test_a_page_is_lent_where_there_is_one():
    from helpers.datasets.pages import load_page

    assert found_letters({}) == {}
    sample = load_page("03_rules")
    lent = found_letters({"sample": sample, "image": sample.photograph()})
    y1, x1, y2, x2 = lent["boxes"][0]
    letter = lent["bw"][y1:y2, x1:x2]
    assert 0.02 < (letter == 0).mean() < 0.7 and set(letter.ravel()) == {0.0, 1.0}
