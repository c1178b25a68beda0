"""Doing nothing earns nothing: answers that look at nothing are played against every exercise.

Each stands for all functions of an exercise at once. Where one of them is the right answer, the
check that it passes is named below, with the reason.
"""

import numpy as np
import pytest

from autograder.course.course import find_course
from autograder.course.extensions import use_course
from helpers.checking import libraries
from helpers.checking.packages import missing
from helpers.checking.runner import run_checks
from helpers.checking.student import LocalBackend, Student
from tests.left_out import PYTORCH

COURSE = find_course()
DEAR = (  # where the judge has much to do even so: two of the answers must be enough
    "2.4", "3.1", "3.4", "4.2", "4.4", "5.1.1", "6.1.1", "6.1.2", "6.1.3", "6.2",
)  # fmt: skip


def array_in(args):
    return next((value for value in args if isinstance(value, np.ndarray)), np.zeros(1))


def zeros(*args, **more):
    return np.zeros_like(array_in(args), dtype=float)


def uniform(*args, **more):
    x = array_in(args)
    return np.full(x.shape, 1 / max(1, x.shape[-1] if x.ndim else 1))


def the_first_argument(*args, **more):
    return args[0] if args else None


def the_last_argument(*args, **more):
    return args[-1] if args else 1.0


def a_dict_of_zeros(*args, **more):
    params = next((value for value in args if isinstance(value, dict)), {})
    return {key: np.zeros_like(v) for key, v in params.items() if isinstance(v, np.ndarray)}


TRIVIAL = (zeros, uniform, the_first_argument, the_last_argument, a_dict_of_zeros)
RIGHT = {
    "1.2/softmax_sum": "the probabilities sum to 1: the answer asked for is a number",
    "1.5/dJ_db": "dJ/db is delta, which is the last argument",
}


def passed(exercise, function):
    """The checks that an exercise passes where each of its functions is this one."""
    student = Student(LocalBackend(dict.fromkeys(exercise.functions, function)))
    results = run_checks(COURSE.check_files(exercise), lambda _: student, seed=3)
    assert not [result for result in results if result.status == "error"]
    return {result.check for result in results if result.status == "pass"}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "exercise",
    [pytest.param(e, id=e.id, marks=[pytest.mark.slow] * (e.id in DEAR)) for e in COURSE.checked],
)
def test_a_trivial_answer_earns_nothing(exercise):
    if missing(exercise.packages):
        pytest.skip(PYTORCH)
    use_course(COURSE)
    libraries.use(library.module for library in COURSE.libraries.values())
    for function in (zeros, the_last_argument) if exercise.id in DEAR else TRIVIAL:
        assert passed(exercise, function) <= set(RIGHT), function.__name__


def test_the_right_answers_among_them_are_there():
    """So that the list of exceptions holds none that nothing passes."""
    found = set()
    for exercise in (COURSE.find("1.2"), COURSE.find("1.5")):
        found |= passed(exercise, the_last_argument)
    assert found == set(RIGHT)
