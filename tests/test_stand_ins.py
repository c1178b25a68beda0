"""Functions of the course that stand in for wrong ones run where no student's code can look."""

from __future__ import annotations

import socket
import threading
import time

import numpy as np
import pytest

from autograder.judging.guards import in_this_process
from autograder.sandbox.backend import Program, RemoteBackend
from autograder.sandbox.box import Sandbox
from autograder.sandbox.time_limits import TimeBudget, TimeLimits
from autograder.student_process.link import Link
from autograder.student_process.wire import Channel, Closed, decode, encode
from helpers import activations
from helpers.checking.answers import Cell
from helpers.checking.chance import draws
from helpers.checking.failures import CheckFailure, StudentRaised
from helpers.checking.student import Student

REFERENCE = """
import random
import numpy as np
from helpers.activations import sigmoid_deriv

SECRET = 12345

def layer(x, params, name, activation=np.tanh):
    params["cache_" + name] = (x, activation(x @ params["W" + name]))
    return params["cache_" + name][1]

def halve(params, names):
    for name in names:
        params["W" + name] *= 0.5
        params["b" + name] = params["b" + name] * 0.5
        del params["old"]

def draw(n):
    return np.random.rand(n), random.random(), np.random.normal()

def look_up(params, keys, way):
    if "c" in keys:
        params["c"].append(4)
    return [params[key] for key in keys] or list(params)

def pick(params, keys):
    return np.random.rand(), params[keys[0]]

def sort(values):
    values.sort()

def twice(function, x):
    return function(function(x))

def picky(x):
    if x < 0:
        raise KeyError("negative")
    return x @ x

def endless(x):
    while True:
        x = x + 1

def greedy(n):
    return np.ones((n, n)).sum()
"""
REPLACED = (
    "layer",
    "halve",
    "draw",
    "look_up",
    "pick",
    "sort",
    "twice",
    "picky",
    "endless",
    "greedy",
)


def program(own, *wanted):
    return Program((Cell(own, "own"),), wanted, (Cell(REFERENCE, "reference"),), REPLACED, chance=5)


@pytest.fixture(scope="module")
def box():
    with Sandbox() as box:
        yield box


def remote(box, own, *wanted, limits=None):
    return RemoteBackend(box, program(own, *wanted), TimeBudget(limits) if limits else None)


@pytest.fixture(params=["here", "in the box"])
def student(request):
    """The student whose own functions these are: in this process, and in the box."""
    opened = []

    def of(own, *wanted):
        if request.param == "here":
            return Student(in_this_process(program(own, *wanted)))
        opened.append(remote(request.getfixturevalue("box"), own, *wanted))
        return Student(opened[-1])

    yield of
    for backend in opened:
        backend.close()


def test_it_computes_and_leaves_what_it_stores(student):
    own = "def both(x, params):\n    return layer(layer(x, params, '1'), params, name='2')"
    x, w, v = np.ones((2, 3)), np.full((3, 4), 0.1), np.full((4, 2), 0.2)
    params = {"W1": w, "W2": v}
    out = student(own, "both").both(x, params)
    np.testing.assert_allclose(out, np.tanh(np.tanh(x @ w) @ v))
    np.testing.assert_array_equal(params["cache_2"][1], out)
    np.testing.assert_array_equal(params["cache_1"][0], x)


def test_what_is_changed_in_place_stays_the_same_array(student):
    own = """
def step(params):
    w, b = params["W1"], params["b1"]
    halve(params, ["1"])
    return [params["W1"] is w, params["b1"] is b, w.tolist(), b.tolist(), "old" in params]
"""
    params = {"W1": np.array([2.0]), "b1": np.array([4.0]), "old": 1}
    assert student(own, "step").step(params) == [True, False, [1.0], [4.0], False]
    assert params == {"W1": np.array([1.0]), "b1": np.array([2.0])}


def test_entries_that_were_not_sent_are_sent_when_they_are_wanted(student):
    """What the first call used is sent with the second, which wants more."""
    own = """
def f():
    params, found = {"a": 1, "b": 2, "c": [3]}, []
    for keys in (["a"], ["a", "b"], ["c"], [], ["a"]):
        found.append((look_up(params, keys, "x"), sorted(params)))
        params["a"] += 10
    return found
"""
    assert student(own, "f").f() == [
        ([1], ["a", "b", "c"]),
        ([11, 2], ["a", "b", "c"]),
        ([[3, 4]], ["a", "b", "c"]),
        (["a", "b", "c"], ["a", "b", "c"]),
        ([41], ["a", "b", "c"]),
    ]


def test_the_same_function_with_more_or_fewer_arguments(student):
    own = """
import numpy as np

def f(x):
    params = {"W1": np.eye(2)}
    return [layer(x, params, "1"), layer(x, params, "1", abs), layer(x, params, name="1")]
"""
    x = np.array([[-1.0, 2.0]])
    found = student(own, "f").f(x)
    np.testing.assert_allclose(
        np.concatenate(found), np.concatenate([np.tanh(x), abs(x), np.tanh(x)])
    )


def test_a_call_that_is_made_again_draws_the_same(student):
    own = """
import numpy as np

def f():
    np.random.seed(8)
    params = {"a": 1, "b": 2}
    return [pick(params, ["a"]), pick(params, ["b"])]
"""
    numpys = np.random.RandomState(8)
    assert student(own, "f").f() == [(numpys.rand(), 1), (numpys.rand(), 2)]


def test_a_list_that_is_sorted_elsewhere_is_sorted_here(student):
    own = "def f(values):\n    values = list(values)\n    sort(values)\n    return values"
    assert student(own, "f").f([3, 1, 2]) == [1, 2, 3]


def test_it_may_be_given_functions_of_the_students_of_helpers_and_others_that_stand_in(student):
    own = """
from helpers.activations import relu
import numpy as np

def mine(x):
    return x + 10

def f(x):
    params = {"W1": np.eye(2)}
    ways = [mine, relu, lambda x: -x, np.abs]
    return [layer(x, params, "1", way) for way in ways] + [twice(mine, 1), twice(nested, 1)]

def nested(x):
    return twice(mine, x)

def standing(x):
    return twice(draw, 1) if x is None else twice(abs, x)
"""
    found = student(own, "f", "standing")
    x = np.array([[-1.0, 2.0]])
    *layers, number, deep = found.f(x)
    np.testing.assert_array_equal(
        np.concatenate(layers), np.concatenate([x + 10, activations.relu(x), -x, np.abs(x)])
    )
    assert (number, deep) == (21, 41)
    assert found.standing(-3) == 3


def test_draws_go_on_where_the_student_left_them(student):
    own = """
import random
import numpy as np

def seeded(again):
    np.random.seed(3)
    random.seed(4)
    found = [draw(2), draw(2)]
    return found, np.random.rand(), random.random()
"""
    mine = student(own, "seeded")
    found, after, _ = mine.seeded(1)
    numpys = np.random.RandomState(3)
    for uniform, _, normal in found:
        np.testing.assert_array_equal(uniform, numpys.rand(2))
        assert normal == numpys.normal()
    assert after == numpys.rand()


def test_what_it_raises_is_raised_here(student):
    own = """
def f(x):
    try:
        picky(-1)
    except KeyError as error:
        caught = str(error)
    return caught, picky(x)
"""
    with pytest.raises(StudentRaised) as caught:
        student(own, "f").f(3)
    assert "TypeError" in caught.value.problem or "ValueError" in caught.value.problem


def test_wrong_arguments_are_the_students_error(student):
    with pytest.raises(StudentRaised, match="TypeError.*positional argument"):
        student("def f():\n    return layer(1)", "f").f()


# --- What an attacker might try ---------------------------------------------------------------

LOOK = """
import gc, inspect, linecache, sys

def texts():
    found = [str(linecache.cache.values())]
    for thing in gc.get_objects():
        if isinstance(thing, dict):
            found += [v for v in list(thing.values()) if isinstance(v, str)]
        elif isinstance(thing, (list, tuple)):
            found += [v for v in thing if isinstance(v, str)]
    frame = sys._getframe()
    while frame:
        found += [repr(frame.f_locals), repr(frame.f_code.co_consts)]
        frame = frame.f_back
    return "".join(found)

def look(x):
    layer(x, {"W1": x}, "1")
    return "SECRET = " + str(12345) in texts()

def source():
    return inspect.getsource(layer)
"""


def test_nothing_of_it_lies_in_the_students_process(box):
    backend = remote(box, LOOK, "look", "source")
    student = Student(backend)
    assert student.look(np.eye(2)) is False
    assert "SECRET" not in student.source() and "activation(x @" not in student.source()
    backend.close()


def test_the_look_would_find_it(box):
    """Where the source lies in the student's process, as it once did, the same look finds it."""
    backend = RemoteBackend(box, Program((Cell(REFERENCE + LOOK, "own"),), ("look",)))
    assert Student(backend).look(np.eye(2)) is True
    backend.close()


class Named:
    """A function as a forged message names it."""

    def __init__(self, home, name):
        self.said = {"home": home, "name": name}


@pytest.fixture
def far_end():
    """What a process in which `layer` and `draw` stand in answers to a message."""
    ours, theirs = map(Channel, socket.socketpair())
    namespace = {}
    exec(REFERENCE, namespace)
    served = {name: namespace[name] for name in ("layer", "draw")}
    link = Link(theirs, ["helpers.activations"])
    thread = threading.Thread(target=lambda: (link.serve(served), theirs.close()), daemon=True)
    thread.start()

    def said(message):
        ours.send(encode(message, lambda named: named.said))
        return decode(*ours.receive(time.monotonic() + 10))

    yield said
    ours.close()
    thread.join(10)


def question(call, *args, drawn=None, **more):
    absent = [[] for value in args if isinstance(value, dict)]
    return {"call": call, "args": args, "kwargs": {}, "absent": absent, "draws": drawn, **more}


def standing_at(place, size=624):
    """A place of NumPy's generator."""
    return draws()[0], ("MT19937", np.arange(size, dtype=np.uint32), place, 0, 0.0)


def test_an_honest_question_is_answered(far_end):
    x, params = np.ones((1, 2)), {"W1": np.eye(2)}
    sigmoid = Named("helpers.activations", "sigmoid_deriv")
    assert far_end(question("layer", x, params, "1", sigmoid))["value"].tolist() == [[0, 0]]


@pytest.mark.parametrize("message", [
    question("train"), question("0"), question("__import__", "os"), question(""), question("np"),
    question("layer", load=[("import os", "c")]), {"do": "load", "cells": [], "wanted": []},
    question(3), {"call": "draw"}, {"value": 1}, question("layer", 1, {}, "1", absent=[]),
    question("draw", 3, drawn=3), question("draw", 3, drawn=standing_at(625)),
    question("draw", 3, drawn=standing_at(-1)), question("draw", 3, drawn=standing_at(5, 10)),
])  # fmt: skip
def test_a_forged_question_gets_an_error(far_end, message):
    assert list(far_end(message)) == ["raised"]
    honest = question("draw", 3, drawn=standing_at(3))
    assert far_end(honest)["value"][0].shape == (3,)


@pytest.mark.parametrize("named", [
    Named("os", "system"), Named("helpers.images", "shrink"), Named("served", "__builtins__"),
    Named("served", "np"), Named("helpers.activations", "__loader__"), Named("lent", "../1"),
])  # fmt: skip
def test_a_forged_function_ends_the_talk(far_end, named):
    with pytest.raises(Closed):
        far_end(question("layer", np.eye(2), {"W1": np.eye(2)}, "1", named))


@pytest.mark.parametrize("ask", [
    "layer(1, {}, 'x')", "layer(*[None] * 3)", "halve({'W1': 3, 'b1': 'x'}, ['1'])",
    "layer(lambda: 1, 2, 3)", "twice(f, 1)", "greedy(10**6)", "draw(-1)",
])  # fmt: skip
def test_nonsense_breaks_nothing(box, ask):
    backend = remote(
        box, f"def f(*x):\n    return {ask}\ndef g():\n    return twice(abs, -2)", "f", "g"
    )
    student = Student(backend)
    with pytest.raises(CheckFailure):
        student.f()
    assert student.g() == 2
    backend.close()


def test_time_that_it_takes_is_bounded(box):
    limits = TimeLimits(load=20, exercise=1.0, submission=100)
    own = "def f():\n    return endless(1)\ndef g():\n    return twice(abs, -2)"
    backend = remote(box, own, "f", "g", limits=limits)
    student = Student(backend)
    with pytest.raises(CheckFailure):  # and comes back at all
        student.f()
    backend.close()
