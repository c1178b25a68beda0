"""What rests on the word of the process with the student's code can be forged, and gains little.

A verdict rests on values that nobody has who did not do the work. What that process says of itself
is a hint: whether an argument was changed in place, in which mode a model was.
"""

import ast

import numpy as np
import pytest

from autograder.course.course import find_course
from autograder.grading.submission import grade_submission
from exercises.sample_class.submissions import as_bytes, student_notebook, write_submission
from helpers.checking.runner import run_checks
from helpers.checking.student import LocalBackend, Student
from tests.left_out import with_pytorch

COURSE = find_course()
IN_PLACE = """
import numpy as np

def softmax(x):
    x -= x.max(axis=1, keepdims=True)
    np.exp(x, out=x)
    return x / x.sum(axis=1, keepdims=True)
"""
FORGED = """
import sys
import numpy as np

session = next(m for name, m in sys.modules.items() if name.endswith("student_process.session"))
before, plain = {}, session.plain
session.plain = lambda value: plain(before.get(id(value), value))

def softmax(x):
    before[id(x)] = x.copy()
    x -= x.max(axis=1, keepdims=True)
    np.exp(x, out=x)
    return x / x.sum(axis=1, keepdims=True)
"""
HONEST = FORGED.replace("session.plain = lambda", "unused = lambda").replace(
    "    before[id(x)] = x.copy()", "    x = x.copy()"
)


def graded(folder, source):
    notebook = student_notebook("02_network", {"q2-2-2": source})
    path = write_submission(folder, "mallory", {"02_network.ipynb": as_bytes(notebook)})
    return grade_submission(path, "mallory", only=["2.2.2"]).verdicts[0].points


def test_who_hides_a_change_in_place_gains_what_a_copy_gains(tmp_path):
    """No process can be made to tell on itself: it keeps a copy, and sends that back."""
    points = [graded(tmp_path / str(n), s) for n, s in enumerate((IN_PLACE, FORGED, HONEST))]
    assert points == [4.5, 5.0, 5.0]


def test_a_check_that_rests_on_a_hint_is_worth_half_a_point_at_most():
    found = 0
    for exercise in COURSE.checked:
        for path in COURSE.check_files(exercise):
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if "expect.arguments_unchanged(" in ast.unparse(node):
                    marks = {d.func.id: d.args for d in node.decorator_list if d.args}
                    assert marks["points"][0].value <= 0.5, node.name
                    found += 1
    assert found >= 20


def forged_measure(model, x, labels):
    """Measures in training mode and puts another record in place of the true one."""
    import torch
    from torch.nn import functional

    mode = model.training
    model.train()
    with torch.no_grad():
        scores = model(x)
    model.train(mode)
    model.saw[:] = [(False, False)]
    right = (scores.argmax(dim=1) == labels).float().mean().item()
    return functional.cross_entropy(scores, labels).item(), right


def forged_predictions(model, x):
    import torch

    mode = model.training
    model.train()
    with torch.no_grad():
        answers = model(x).argmax(dim=1)
    model.train(mode)
    model.saw[:] = [(False, False)]
    return answers


def forged_epoch(model, optimiser, batches):
    """Leaves the model in the mode in which it came."""
    model.saw[:] = [(True, True)] * len(batches)
    return 1.0, 1.0


@with_pytorch
@pytest.mark.parametrize(
    ("exercise", "function", "forged", "check"),
    [
        ("6.1.1", "measure", forged_measure, "measures_in_evaluation_mode"),
        ("6.1.2", "predict_classes", forged_predictions, "prediction_is_in_evaluation_mode"),
        ("6.1.1", "train_epoch", forged_epoch, "epoch_is_in_training_mode"),
    ],
)
def test_a_forged_record_of_modes_gains_nothing(exercise, function, forged, check, tmp_path):
    """Taken alone, the record says what the check wants to hear."""
    exercise = COURSE.find(exercise)
    student = Student(LocalBackend({function: forged}))
    path = exercise_file_with(COURSE.check_files(exercise)[0], check, tmp_path)
    (result,) = run_checks([path], lambda _: student, seed=5)
    assert result.status == "fail" and result.check.endswith(check), result.problem
    assert student.calls and all(np.all(call.answered) for call in student.calls)


def exercise_file_with(path, check, folder):
    """The checks of a file but for this one left out, and what it waits for."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tree.body = [
        node
        for node in tree.body
        if not (isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))
        or node.name == f"test_{check}"
    ]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            node.decorator_list = [
                d for d in node.decorator_list if getattr(d.func, "id", "") != "after"
            ]
    target = folder / "public.py"
    target.write_text(ast.unparse(tree), encoding="utf-8")
    return target
