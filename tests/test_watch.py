"""What was used is told the instructor: as the box saw it, not as it reads."""

import sys

import numpy as np
import pytest

from autograder.course.course import find_course
from autograder.grading.submission import grade_submission
from autograder.judging.concerns import suspicions
from autograder.report.pages import feedback_html
from autograder.sandbox.backend import Program, RemoteBackend
from autograder.student_process.watch import used, watch
from exercises.sample_class.submissions import as_bytes, student_notebook, write_submission

COURSE = find_course()
RIDGE = """
import numpy as np

def new_network(*sizes):
    return {}

def evaluate(*args):
    return 0.0, 0.0

def train_network(*args, **kwargs):
    features = np.tanh(np.random.default_rng(1).normal(size=(40, 8)))
    solve = getattr(getattr(np, "lin" + "alg"), "sol" + "ve")
    return solve(features.T @ features + np.eye(8), features.T @ np.ones(40))
"""


def graded(folder, source, exercise):
    notebook = student_notebook("03_training", {f"q{exercise.replace('.', '-')}": source})
    path = write_submission(folder, "mallory", {"03_training.ipynb": as_bytes(notebook)})
    return grade_submission(path, "mallory", only=[exercise])


@pytest.mark.slow
def test_fixed_features_and_ridge_regression_are_seen_at_work(tmp_path):
    """Names are put together while it runs: who reads the code finds nothing in it."""
    assert suspicions(RIDGE, COURSE.by_hand) == ()
    result = graded(tmp_path, RIDGE, "3.1")
    verdict = result.verdicts[-1]
    assert verdict.concerns == ("numpy.linalg.solve was used while the answer ran",)
    assert "was used while" not in feedback_html(result, COURSE)


def test_who_only_could_have_used_it_is_not_named(tmp_path):
    uses = "import numpy as np\n\ndef weight_images(W):\n    return getattr(np.linalg, 'in' + 'v')"
    for number, (called, seen) in enumerate((("(np.eye(2))", 1), ("", 0))):
        result = graded(tmp_path / str(number), uses + called, "3.3")
        assert len(result.verdicts[-1].concerns) == seen


def test_a_module_is_noted_when_it_comes_and_not_where_it_was_there(monkeypatch):
    monkeypatch.delitem(sys.modules, "this", raising=False)
    watch(["this", "json", "no_such_module"])
    assert used() == []
    monkeypatch.setitem(sys.modules, "this", np)
    assert used() == ["this"]


def test_what_is_watched_works_as_before(monkeypatch):
    monkeypatch.setattr(np.linalg, "inv", np.linalg.inv)
    watch(["numpy.linalg.inv"])
    assert np.allclose(np.linalg.inv(2 * np.eye(2)), np.eye(2) / 2)
    assert used() == ["numpy.linalg.inv"] and np.linalg.inv.__name__ == "inv"


@pytest.mark.parametrize("said", ["everything", ["torch", "4711", [], np.ones(2)], None])
def test_a_student_cannot_put_words_among_what_was_used(said):
    """The note comes from the process with their code: what is not watched for is not said."""
    backend = RemoteBackend(None, Program((), (), watched=("torch", "numpy.linalg.inv")))
    backend._note_used({"used": said})
    assert backend.used <= {"torch", "numpy.linalg.inv"}
