"""One contract for every place in which a student's functions live."""

import numpy as np
import pytest

from autograder.judging.guards import in_this_process
from autograder.sandbox.backend import Program, RemoteBackend
from autograder.sandbox.box import Sandbox
from helpers import activations
from helpers.checking import plain
from helpers.checking.answers import Cell
from helpers.checking.failures import NotWritten, StudentRaised
from helpers.checking.plain import Opaque
from helpers.checking.student import Student

ANSWERS = """
import numpy as np


def double(x):
    return 2 * x


def fill(params, value):
    params["new"] = value
    params["old"] += 1


def spoil(x):
    x[0] = 7
    return x


def apply(function, x):
    return function(x)


def stub(x):
    raise NotImplementedError()


def fails(x):
    return x["missing"]


def odd():
    return object()


broken = undefined_name


def needs_broken():
    return broken
"""
WANTED = ("double", "fill", "spoil", "apply", "stub", "fails", "odd", "broken", "needs_broken")
PROGRAM = Program((Cell(ANSWERS, "cell"),), WANTED)


@pytest.fixture(params=["this process", "sandboxed", "unsandboxed"])
def backend(request):
    if request.param == "this process":
        yield in_this_process(PROGRAM)
        return
    with Sandbox(confined=request.param == "sandboxed") as box:
        remote = RemoteBackend(box, PROGRAM)
        yield remote
        remote.close()


def test_it_says_what_is_defined(backend):
    assert backend.defines("double") and backend.defines("stub")
    assert not backend.defines("triple")


def test_a_call_gives_the_value_and_the_arguments_after_it(backend):
    x = np.arange(3.0)
    outcome = backend.call("double", (x,), {}, 10.0)
    np.testing.assert_array_equal(outcome.value, [0.0, 2.0, 4.0])
    np.testing.assert_array_equal(outcome.args[0], x)
    assert outcome.kwargs == {}
    assert backend.call("double", (), {"x": 21}, 10.0).value == 42


def test_arguments_are_handed_over_as_copies(backend):
    x = np.zeros(2)
    outcome = backend.call("spoil", (x,), {}, 10.0)
    assert x[0] == 0 and outcome.args[0][0] == 7


def test_a_check_sees_a_dict_changed_and_other_arguments_noted(backend):
    student = Student(backend)
    params = {"old": 1}
    student.fill(params, 5)
    assert params == {"old": 2, "new": 5}
    student.spoil(np.zeros(2))
    assert student.last_call.changed_arguments == ["argument 1"]


def test_functions_are_passed_by_name(backend):
    student = Student(backend)
    assert student.apply(student.double, 4) == 8
    np.testing.assert_array_equal(student.apply(activations.relu, np.array([-1.0, 2.0])), [0, 2])


@pytest.mark.parametrize("function", [
    abs, np.tanh, lambda x: x, plain._key,
], ids=["builtin", "NumPy's", "the check's own", "a private one"])  # fmt: skip
def test_no_other_function_is_passed_on(backend, function):
    student = Student(backend)
    with pytest.raises(ValueError, match="a public one of helpers"):
        student.apply(function, 0.0)
    with pytest.raises(ValueError, match="a public one of helpers"):
        student.via(function)
    assert student.double(2) == 4


def test_a_probe_of_the_course_is_called_where_the_answers_are(backend):
    assert Student(backend).via(activations.relu)(-1.5) == 0.0


def test_what_is_no_plain_data_is_opaque(backend):
    assert isinstance(backend.call("odd", (), {}, 10.0).value, Opaque)


@pytest.mark.parametrize(("name", "said"), [
    ("stub", "`stub` is not written yet"), ("triple", "there is no function `triple`"),
])  # fmt: skip
def test_what_is_not_written_is_not_written(backend, name, said):
    with pytest.raises(NotWritten, match=said):
        backend.call(name, (1,), {}, 10.0)


@pytest.mark.parametrize(("name", "args", "said"), [
    ("fails", ({},), "KeyError"), ("double", (), "TypeError"),
    ("broken", (), "`broken` could not be defined"),
    ("needs_broken", (), "NameError"),
])  # fmt: skip
def test_what_raises_is_the_students(backend, name, args, said):
    with pytest.raises(StudentRaised, match=said):
        backend.call(name, args, {}, 10.0)


def test_it_can_be_closed_twice(backend):
    backend.call("double", (1,), {}, 10.0)
    backend.close()
    backend.close()
