"""The checks tell right from wrong: wheats pass, chaffs fail exactly what they name."""

from functools import cache

import pytest

from autograder.course.course import find_course
from autograder.course.reference import source_cells
from autograder.judging.chaffs import all_chaffs, wrong_answer
from autograder.judging.guards import (
    all_wheats,
    failed_checks,
    judge_cells,
    judge_chaff,
    judge_reference,
    judge_wheat,
    said_first,
    seed_of,
)
from autograder.judging.judge import sandboxed
from autograder.sandbox.box import Sandbox
from helpers.checking.answers import Cell
from helpers.checking.catalogue import PUBLIC, catalogue
from helpers.checking.display import as_text
from helpers.checking.packages import missing
from helpers.checking.runner import run_checks
from helpers.checking.student import LocalBackend, Student
from tests.left_out import with_pytorch

NOTEBOOKS = list(find_course().notebook_paths())
LACKING = {e.notebook: e.packages for e in catalogue().checked if missing(e.packages)}
"""Notebooks that need a package which is not installed here."""
STYLES = ("plain_loops", "terse", "textbook")


def where_it_runs(values, notebook_of=str):
    """Parameters for a test, skipped where a notebook's packages are missing."""
    return [
        pytest.param(
            value,
            marks=[with_pytorch for name in [notebook_of(value)] if name in LACKING],
        )
        for value in values
    ]


CHAFFS = where_it_runs(all_chaffs(), lambda chaff: catalogue().find(chaff.exercise).notebook)
WHEATS = where_it_runs(all_wheats(), lambda path: path.stem)


@pytest.mark.parametrize("notebook", where_it_runs(NOTEBOOKS))
def test_the_reference_passes_everything(notebook):
    verdicts = judge_reference(notebook, seed_of(notebook))
    assert not failed_checks(verdicts)
    assert all(verdict.status == "pass" and verdict.checks for verdict in verdicts)


@pytest.mark.parametrize("wheat", WHEATS, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_wheat_passes_everything(wheat):
    verdicts = judge_wheat(wheat, seed_of(f"{wheat.parent.name}/{wheat.stem}"))
    assert not failed_checks(verdicts)
    assert all(verdict.checks for verdict in verdicts)


SINGLE = """
import numpy as np

double_{name} = {name}


def {name}(*args, **kwargs):
    value = double_{name}(*args, **kwargs)
    return tuple(map(np.float32, value)) if isinstance(value, tuple) else np.float32(value)
"""


@pytest.mark.parametrize(
    ("exercise", "names"),
    [
        ("1.3", ["collapse"]),
        ("1.5", ["dJ_dW", "dJ_dx"]),
        ("2.2.1", ["forward"]),
        ("2.2.3", ["compute_loss_and_acc"]),
        ("2.3.1", ["backwards"]),
    ],
)
def test_answers_in_single_precision_are_right(exercise, names):
    """The notebook on training asks for it; small entries of a large array are less exact."""
    found = catalogue().find(exercise)
    cells = [*source_cells(found.notebook)]
    place = [cell.name for cell in cells].index(found.grade_id) + 1
    cells[place:place] = [Cell(SINGLE.format(name=name), f"single {name}") for name in names]
    for seed in range(20):
        assert not failed_checks(judge_cells(found.notebook, cells, seed, exercises=[found]))


def test_every_notebook_has_wheats_of_three_styles():
    found = {(path.parent.name, path.stem) for path in all_wheats()}
    assert found >= {(style, notebook) for style in STYLES for notebook in NOTEBOOKS}


@cache
def verdicts_on(chaff):
    """Judged once for all the tests that look at it."""
    return judge_chaff(chaff, seed_of(chaff.name))


@pytest.mark.parametrize("chaff", CHAFFS, ids=lambda chaff: chaff.name)
def test_a_chaff_fails_exactly_what_it_names(chaff):
    verdicts = verdicts_on(chaff)
    assert failed_checks(verdicts) == chaff.fails
    assert not [c for v in verdicts for c in v.checks if c.status == "error"]


@pytest.mark.parametrize("chaff", CHAFFS, ids=lambda chaff: chaff.name)
def test_a_student_is_told_what_the_chaff_says(chaff):
    """`course chaffs` writes the sentence; a person has read it, and found that it is true."""
    assert said_first(verdicts_on(chaff), chaff.exercise) == chaff.says


@pytest.mark.parametrize("chaff", CHAFFS, ids=lambda chaff: chaff.name)
def test_the_message_of_a_failed_check_teaches(chaff):
    """What was called, what is wrong, a hint; and for public checks what came back."""
    for verdict in verdicts_on(chaff):
        for check in verdict.checks:
            if check.status == "fail":
                assert len(check.problem) > 10 and check.problem != "AssertionError"
                assert check.hint or check.traceback
                if check.public:
                    assert check.called
                    assert check.got or check.traceback


# --- A student's machine says the same -------------------------------------------------------

ONE_IN = 6
"""So many chaffs have one that is looked at every time; `make whole` looks at all."""
SOME_CHAFFS = [
    pytest.param(*p.values, marks=[*p.marks, *[pytest.mark.whole] * (number % ONE_IN > 0)])
    for number, p in enumerate(CHAFFS)
]


@cache
def variables_of(notebook):
    """The variables of a notebook whose set-up and right answers were run, as Jupyter runs them.

    Cells of earlier notebooks come first: their functions are taken over by `use_answers`.
    """
    names = list(find_course().notebook_paths())
    namespace = {"__name__": "__main__"}
    for name in names[: names.index(notebook) + 1]:
        for cell in source_cells(name):
            source = "\n".join(
                line for line in cell.source.splitlines() if not line.startswith("use_answers(")
            )
            exec(compile(source, f"<ipython-input-{cell.name}>", "exec"), namespace)
    return namespace


def said_there(exercise, source, seed):
    """The public checks of an exercise after a cell was run: name and status of each."""
    namespace = dict(variables_of(exercise.notebook))
    exec(compile(source, "<ipython-input-1>", "exec"), namespace)
    student = Student(LocalBackend(namespace))
    results = run_checks(find_course().checks(exercise, PUBLIC), lambda _: student, seed=seed)
    return {check.check: check.status for check in results}


@pytest.mark.parametrize("chaff", SOME_CHAFFS, ids=lambda chaff: chaff.name)
def test_a_students_machine_finds_the_same_mistakes(chaff):
    """There, all cells have run, and `check` looks at what they left; here, what is needed runs."""
    exercise = catalogue().find(chaff.exercise)
    (verdict,) = [v for v in verdicts_on(chaff) if v.exercise == chaff.exercise]
    here = {check.check: check.status for check in verdict.checks if check.public}
    source = wrong_answer(chaff, find_course())
    assert said_there(exercise, source, seed_of(chaff.name)) == here


@pytest.mark.parametrize("wheat", WHEATS, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_students_machine_finds_right_answers_right(wheat):
    for exercise in find_course().in_notebook(wheat.stem):
        if exercise.functions:
            said = said_there(exercise, wheat.read_text(encoding="utf-8"), seed_of(wheat.stem))
            assert set(said.values()) == {"pass"}, said


def test_every_check_is_failed_by_some_chaff():
    """A check that no wrong answer fails may be one that cannot fail."""
    checks = {
        check.check
        for notebook in NOTEBOOKS
        if notebook not in LACKING
        for verdict in judge_reference(notebook, 1)
        for check in verdict.checks
    }
    assert checks - {name for chaff in all_chaffs() for name in chaff.fails} == set()


@pytest.mark.slow
@pytest.mark.parametrize("notebook", where_it_runs(NOTEBOOKS))
def test_the_sandbox_comes_to_the_same_verdicts(notebook):
    """The same seed gives the same verdicts, check by check, in either kind of process."""
    chaffs = [
        chaff for chaff in all_chaffs() if catalogue().find(chaff.exercise).notebook == notebook
    ]
    with Sandbox() as sandbox:
        for chaff in chaffs[:: max(4, len(chaffs) // 6)]:
            here = verdicts_on(chaff)
            there = judge_chaff(chaff, seed_of(chaff.name), sandboxed(sandbox))
            assert failed_checks(here) == failed_checks(there), chaff.name
            assert [v.points for v in here] == [v.points for v in there], chaff.name


# What someone might return who wants points without work.
LAZY = {
    "nothing": "return None",
    "zero": "return 0.0",
    "one": "return 1.0",
    "zeros": "import numpy as np; return np.zeros_like(args[0]) if args else None",
    "its first argument": "return args[0] if args else None",
    "an empty list": "return []",
    "an empty text": "return ''",
    "a pair of zeros": "return (0.0, 0.0)",
}
# Where it happens to be the answer: the entries of a softmax sum to one.
RIGHT_AFTER_ALL = {"one": ["1.2/softmax_sum"]}


@pytest.mark.parametrize("notebook", where_it_runs(NOTEBOOKS))
@pytest.mark.parametrize("lazy", LAZY)
def test_doing_nothing_earns_nothing(notebook, lazy):
    for verdict in judge_cells(notebook, lazy_cells(notebook, LAZY[lazy]), 1):
        passed = [c.check for c in verdict.checks if c.status == "pass"]
        assert passed == [c for c in RIGHT_AFTER_ALL.get(lazy, []) if c in passed]
        assert [c.problem for c in verdict.checks if c.status == "error"] == []


def lazy_cells(notebook, body):
    return [
        Cell(f"def {name}(*args, **kwargs):\n    {body}", exercise.grade_id)
        for exercise in catalogue().checked
        if exercise.notebook == notebook
        for name in exercise.functions
    ]


SCREEN = 25  # lines of a terminal


@pytest.mark.parametrize("chaff", CHAFFS, ids=lambda chaff: chaff.name)
def test_what_is_said_fits_one_screen(chaff):
    exercise = catalogue().find(chaff.exercise)
    (verdict,) = [v for v in verdicts_on(chaff) if v.exercise == chaff.exercise]
    shown = as_text(exercise, [check for check in verdict.checks if check.public])
    assert len(shown.splitlines()) <= SCREEN, shown
    assert " at 0x" not in shown
