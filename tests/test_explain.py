"""What an exception means is said in words: shapes, what fits, what a name is called now."""

import warnings

import numpy as np
import pytest

from helpers.checking.answers import Cell, load_answers
from helpers.checking.catalogue import catalogue
from helpers.checking.display import as_text
from helpers.checking.explain import FORMER_NAMES, explain
from helpers.checking.failures import StudentRaised
from helpers.checking.runner import CheckResult
from helpers.checking.student import LocalBackend, Student, call_function

A, B, C, ROW = np.zeros((5, 3)), np.zeros((5, 2)), np.zeros((2, 3)), np.zeros(5)
CASES = {
    "keepdims forgotten": (
        "x - np.max(x, axis=1)", {"x": A},
        "`x` has shape (5, 3), `np.max(x, axis=1)` (5,). A column of shape (5, 1) would fit: "
        "keepdims=True keeps that axis."),
    "a transpose missing on the right": (
        "x @ w", {"x": A, "w": C},
        "`x` has shape (5, 3), `w` (2, 3). `x @ w.T` fits and has shape (5, 2)."),
    "a transpose missing on the left": (
        "x @ d", {"x": A, "d": B},
        "`x` has shape (5, 3), `d` (5, 2). `x.T @ d` fits and has shape (3, 2)."),
    "a transpose too many": (
        "x.T @ w.T", {"x": A, "w": C}, "`x.T` has shape (3, 5), `w.T` (3, 2). "),
    "np.dot": (
        "np.dot(x, d)", {"x": A, "d": B},
        "`x` has shape (5, 3), `d` (5, 2). `x.T @ d` fits and has shape (3, 2)."),
    "the method dot": (
        "x.dot(d)", {"x": A, "d": B},
        "`x` has shape (5, 3), `d` (5, 2). `x.T @ d` fits and has shape (3, 2)."),
    "an entry by a sum of texts": (
        "x @ params['W' + name]", {"x": A, "params": {"Wlayer1": C}, "name": "layer1"},
        "`x` has shape (5, 3), `params['W' + name]` (2, 3). `x @ params['W' + name].T` fits and "
        "has shape (5, 2)."),
    "an entry by an f-string": (
        "x @ params[f'W{name}']", {"x": A, "params": {"Wlayer1": C}, "name": "layer1"},
        "`x` has shape (5, 3), `params[f'W{name}']` (2, 3). `x @ params[f'W{name}'].T` fits and "
        "has shape (5, 2)."),
    "an entry of params": (
        "x @ params['W']", {"x": A, "params": {"W": C}},
        "`x` has shape (5, 3), `params['W']` (2, 3). `x @ params['W'].T` fits and has shape "
        "(5, 2)."),
    "a product with what a call gives": (
        "x @ np.abs(x)", {"x": A},
        "In a product the columns on the left, here 3, must be as many as the rows on the right, "
        "here 5. Is a transpose missing, or should `*` multiply entry by entry?"),
    "* for @": (
        "x * w", {"x": A, "w": np.zeros((3, 2))},
        "`x` has shape (5, 3), `w` (3, 2). `*` works entry by entry; did you mean the matrix "
        "product, `@`?"),
    "transposed": (
        "x + w", {"x": A, "w": np.zeros((3, 5))},
        "`x` has shape (5, 3), `w` (3, 5). One is the other transposed: is a `.T` missing, or one "
        "too many?"),
    "a vector times a matrix": (
        "x @ v", {"x": A, "v": ROW},
        "`x` has shape (5, 3), `v` (5,). In a product the last axis on the left must be as long "
        "as the first on the right."),
    "a name of NumPy 1": (
        "np.in1d([1], [2])", {}, "`np.in1d` is gone since NumPy 2; write `np.isin` in its place."),
    "a type of NumPy 1": (
        "np.float(1)", {}, "`np.float` is gone since NumPy 2; write `float` in its place."),
    "a slip in a name of NumPy's": (
        "np.argmaxx(x)", {"x": A}, "There is no `np.argmaxx`; did you mean `np.argmax`?"),
    "a slip in one's own": (
        "probabilites", {"probabilities": A},
        "There is no `probabilites`; did you mean `probabilities`?"),
    "a name of nowhere": ("zzz", {}, "Nothing is called `zzz` here: is it misspelt, or does it "
                          "come from a cell that has not run?"),
    "a package that is not there": (
        "__import__('keras')", {},
        "The package `keras` is not there for these answers; they have to do without it."),
    "nothing returned": (
        "(lambda: None)()[0]", {},
        "Something here is None: a function that ends without `return` gives None."),
    "a key that is not there": (
        "params['W1']", {"params": {"Wlayer1": A}},
        "`params` has no entry 'W1'; it has 'Wlayer1'."),
}  # fmt: skip


def raised(source, **names):
    """The failure of a student's function that evaluates an expression."""
    cell = Cell(f"import numpy as np\ndef f({', '.join(names)}):\n    return {source}", "q")
    namespace = load_answers([cell], ["f"]).namespace
    with pytest.raises(StudentRaised) as failure:
        Student(LocalBackend(namespace)).f(*names.values())
    return failure.value


@pytest.mark.parametrize("what", CASES)
def test_it_is_said_in_words(what):
    source, names, said = CASES[what]
    explanation = raised(source, **names).explanation
    assert explanation == said or (said.endswith(" ") and explanation.startswith(said))


def test_a_change_in_place_is_explained():
    cell = Cell("def f(x, y):\n    x += y\n    return x", "q")
    with pytest.raises(StudentRaised) as failure:
        Student(LocalBackend(load_answers([cell], ["f"]).namespace)).f(ROW, np.zeros((3, 5)))
    said = "What is changed in place has shape (5,), the result (3, 5)."
    assert failure.value.explanation == said


@pytest.mark.parametrize("error", [
    ValueError("could not be broadcast"), KeyError(), KeyError(3), AttributeError(), NameError(),
    ModuleNotFoundError(), TypeError("NoneType"), RuntimeError("x"), ValueError("not aligned: ()"),
], ids=repr)  # fmt: skip
def test_an_error_from_nowhere_raises_nothing(error):
    assert isinstance(explain(error), str)


def test_no_code_of_the_students_is_run_again():
    calls = []

    def g():
        calls.append(1)
        return A

    function = load_answers([Cell("def f(g, x):\n    return g() - x", "q")], ["f"]).namespace["f"]
    with pytest.raises(StudentRaised) as failure:
        call_function(function, "f", (g, ROW), {})
    assert calls == [1] and "(5, 1) would fit" in failure.value.explanation


def test_names_that_are_gone_are_gone_and_what_replaces_them_is_there():
    for gone, now in FORMER_NAMES.items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            assert not hasattr(np, gone), gone
        assert eval(now, {"np": np}) is not None


def test_the_explanation_stands_in_the_place_of_the_hint():
    result = CheckResult("2.2.2/a", "2.2.2", 1.0, "fail", problem="`f(x)` raised ValueError",
                         traceback="line 3", hint="keepdims=True keeps that axis.")  # fmt: skip
    assert "hint: keepdims=True" in as_text(catalogue().find("2.2.2"), [result])
