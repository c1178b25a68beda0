"""What a student sees of a check, in words; and no traces of it left."""

# ruff: noqa: E501  (messages are quoted on one line)

import importlib.util
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import textwrap
import warnings
from pathlib import Path

import numpy as np
import pytest

import helpers
from autograder.course.course import find_course
from helpers.checking import display, expect, terminal
from helpers.checking.catalogue import FILE, PUBLIC, catalogue
from helpers.checking.failures import CheckFailure, NotWritten, StudentRaised
from helpers.checking.notebook import check, earlier_faults, public_results
from helpers.checking.plain import MAX_DEPTH, Opaque, plain, same
from helpers.checking.runner import run_checks
from helpers.checking.show import show, show_call
from helpers.checking.student import Call, LocalBackend, Student, describe
from helpers.errors import CheckDefinitionError, ExerciseError, NotebookError

ROOT = Path(helpers.__file__).resolve().parents[1]
RIGHT = """
import numpy as np
def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
"""


def namespace(source):
    found = {}
    exec(textwrap.dedent(source), found)
    return found


def student(**functions):
    return Student(LocalBackend(functions))


def message(call, *args, **kwargs):
    with pytest.raises(CheckFailure) as failure:
        call(*args, **kwargs)
    return failure.value.problem


# --- Comparisons say what came back, in words -----------------------------------------------


class Odd:
    def __eq__(self, other):
        return True

    def __repr__(self):
        raise ValueError


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "the result is None: is a `return` missing?"),
        ([[1.0]], "the result is a list, not a NumPy array of numbers"),
        (1.0, "the result is a float, not a NumPy array of numbers"),
        (3, "the result is an int, not a NumPy array of numbers"),
        (Opaque("Odd"), "the result is an Odd, not a NumPy array of numbers"),
        (
            Opaque("Tensor"),
            "the result is a Tensor, not a NumPy array of numbers: x.detach().numpy() makes an array of it",
        ),
        (
            np.ones((2, 3)).view(np.matrix),
            "the result is a matrix, not a NumPy array of numbers: `*` is another product for it, and np.asarray(x) makes an array of it",
        ),
        (
            np.ma.array(np.ones((1, 3)), mask=True),
            "the result is a MaskedArray, not a NumPy array of numbers: it hides entries, and x.filled(0) makes an ordinary array of it",
        ),
        (np.array([1 + 1j]), "the result is an ndarray of dtype complex128, not a NumPy array of numbers"),
        (np.array(["a"]), "the result is an ndarray of dtype str32, not a NumPy array of numbers"),
        (np.array([None]), "the result is an ndarray of dtype object, not a NumPy array of numbers"),
        (np.zeros((3, 1)), "the result has shape (3, 1), not (1, any)"),
        (np.zeros(3), "the result has shape (3,), not (1, any)"),
        (np.array([[1.0, np.nan]]), "the result has 1 NaN of 2 entries"),
        (np.array([[np.inf, np.nan, -np.inf]]), "the result has 1 NaN and 2 infinite of 3 entries"),
    ],
)  # fmt: skip
def test_array_says_what_is_not_an_array(value, said):
    assert (
        message(expect.array, value if isinstance(value, Opaque) else plain(value), (1, -1)) == said
    )


@pytest.mark.parametrize("value", [
    np.ones((2, 3), dtype=kind) for kind in ("?", "i1", "u8", "f2", "f4", ">f8", "longdouble")
] + [np.asfortranarray(np.ones((2, 3))), np.ones((2, 6))[:, ::2],
     np.ones((2, 3)).view(np.recarray)])  # fmt: skip
def test_array_takes_any_array_of_numbers(value):
    numbers = expect.array(plain(value), (2, 3))
    assert numbers.dtype == np.float64 and (numbers == 1).all() and type(numbers) is np.ndarray


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "the loss is None: is a `return` missing?"),
        (np.zeros(3), "the loss is an array of shape (3,), not one number"),
        ("0.5", "the loss is a str, not a number"),
        ([0.5], "the loss is a list, not a number"),
        ((0.5, 1), "the loss is a tuple, not a number"),
        (Opaque("generator"), "the loss is a generator, not a number"),
        (float("nan"), "the loss is nan"),
        (np.array([np.inf]), "the loss is inf"),
    ],
)
def test_number_says_what_is_not_a_number(value, said):
    assert message(expect.number, value, "the loss") == said


@pytest.mark.parametrize(
    "value", [0.5, np.float32(0.5), np.array(0.5), np.array([[0.5]]), np.float16(0.5)]
)
def test_number_takes_any_single_number(value):
    assert expect.number(plain(value)) == 0.5


def test_close_names_the_worst_entry_and_the_mistake():
    with pytest.raises(CheckFailure) as failure:
        expect.close(np.array([[1.0, 2.0], [3.0, 9.0]]), [[1.0, 2.5], [3.0, 4.0]],
                     mistakes={"never": np.zeros((3, 3)), "squared": [[1.0, 2.0], [3.0, 9.0]]})  # fmt: skip
    said = failure.value
    assert said.problem == "the result is wrong, most of all at [1, 1]: 9, not 4"
    assert said.got == "[[1., 2.],\n  [3., 9.]]"
    assert said.expected == "[[1., 2.5],\n  [3., 4.]]"
    assert said.diagnosis == "squared"


def test_close_takes_single_precision_for_right():
    """Terms of the largest entry's size cancel: the rest is off by more than a millionth of it."""
    right = np.array([3.0, 1e-4])
    expect.close((right + [0, 2e-7]).astype(np.float32), right)
    with pytest.raises(CheckFailure):
        expect.close(right + [0, 2e-7], right, of_largest=0)
    with pytest.raises(CheckFailure):
        expect.close(right + [0, 1e-4], right)


def test_two_numbers_that_differ_are_never_printed_alike():
    with pytest.raises(CheckFailure, match="0.51457812, not 0.51457834|0.5145781, not 0.5145783"):
        expect.close(0.51457812, 0.51457834, of_largest=0, rtol=1e-9)


def test_close_knows_shapes_that_would_broadcast():
    assert (
        message(expect.close, np.ones((3, 1)), np.ones(3))
        == "the result has shape (3, 1), not (3,)"
    )
    assert (
        message(expect.close, np.ones(3), 1.0)
        == "the result is an array of shape (3,), not one number"
    )
    assert message(expect.close, 2.0, 1.0) == "the result is 2, not 1"
    expect.close(np.ones(1), 1.0)


def test_close_names_a_mistake_of_another_shape_or_without_numbers():
    for value in (np.ones((2, 1)), np.array([np.nan])):
        with pytest.raises(CheckFailure) as failure:
            expect.close(value, [1.0, 1.0], mistakes={"as I thought": np.copy(value)})
        assert failure.value.diagnosis == "as I thought"


@pytest.mark.parametrize(
    ("value", "expected", "right"),
    [
        ((2, 3), (2, 3), True),
        ([2, 3], (2, 3), False),
        ((2, 3.0), (2, 3), False),
        (True, 1, False),
        ((np.zeros(3), 1), (2, 3), False),
        (np.zeros(3), (0, 0, 0), False),
        ("a", "a", True),
        (None, "a", False),
        (Opaque("Odd"), "a", False),
        ({"a": 1}, {"a": 1}, True),
        (float("nan"), float("nan"), True),
    ],
)
def test_equal_is_a_verdict_for_whatever_comes_back(value, expected, right):
    if right:
        expect.equal(value, expected)
    else:
        message(expect.equal, value, expected)


def test_keys_and_sequences_in_words():
    expect.keys({"W1": 1, "b1": 2, "more": 3}, ["W1", "b1"])
    with pytest.raises(CheckFailure) as failure:
        expect.keys({"w1": 1}, ["W1", "b1"])
    assert failure.value.problem == "`params` has no entry 'W1', 'b1'"
    assert failure.value.got == "the keys ['w1']"
    assert message(expect.keys, None, ["W"]) == "`params` is None: is a `return` missing?"
    assert message(expect.keys, [1], ["W"]) == "`params` is a list, not a dict"
    assert expect.sequence((1, 2), 2) == [1, 2]
    assert message(expect.sequence, [1], 2) == "the result has 1 entries, not 2"
    assert message(expect.sequence, np.ones(2)) == "the result is an ndarray, not a list or tuple"


def test_values_are_shown_short_and_safe():
    assert show(np.zeros((100, 36))) == "array of shape (100, 36), from 0 to 0"
    shown = show(np.linspace(0, 1, 40).reshape(8, 5))  # enough to work it out again by hand
    assert len(re.findall(r"\d\.\d*", shown)) == 40 and len(shown.splitlines()) == 8
    assert show(np.zeros((0, 3))) == "empty array of shape (0, 3)"
    assert show(np.array([True] * 99)) == "array of shape (99,) of bool"
    assert show("\x1b[31m") == "'\\x1b[31m'"
    assert len(show("x" * 10_000)) == 400 and len(show([["x" * 99] * 99] * 99)) <= 400
    assert show(Opaque("Odd")) == "<Odd>"
    assert (
        show({"W": np.zeros((9, 9)), "b": None})
        == "{'W': array of shape (9, 9), from 0 to 0, 'b': None}"
    )
    call = Call("train", (np.zeros(2), student().softmax), {"lr": 0.1})
    assert show_call(call) == "train([0., 0.], softmax, lr=0.1)"


# --- Plain data -----------------------------------------------------------------------------


def test_nothing_that_lies_gets_through():
    class Liar(np.ndarray):
        def __eq__(self, other):
            return True

        def __array_ufunc__(self, *args, **kwargs):
            return True

    class Dict(dict):
        def items(self):
            return [("fake", 1)]

    lie = plain(np.zeros(3).view(Liar))
    assert type(lie) is np.ndarray and not (lie == 1).any()
    assert plain(Dict(a=1)) == {"a": 1}
    assert plain(Odd()) == Opaque("Odd")
    assert plain({1: 2}) == {"<int>": 2}
    assert plain(10**30) == Opaque("int of more than 64 bits")
    assert plain(range(3)) == Opaque("range")
    assert plain(np.datetime64("2020-01-01")) == Opaque("datetime64")
    assert plain(3j) == Opaque("complex")


def test_structures_without_end_are_cut():
    endless = []
    endless.append(endless)
    depth, value = 0, plain(endless)
    while isinstance(value, list):
        depth, value = depth + 1, value[0]
    assert depth == MAX_DEPTH and value == Opaque("structure nested too deeply")


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        (np.zeros(3), np.zeros(3), True),
        (np.zeros(3), np.zeros(3, "f4"), False),
        (np.array([np.nan]), np.array([np.nan]), True),
        (np.zeros(3), [0.0, 0.0, 0.0], False),
        ({"a": np.zeros(2)}, {"a": np.zeros(2)}, True),
        ({"a": 1}, {"b": 1}, False),
        (1, True, False),
        ((1, 2), (1, 2, 3), False),
    ],
)
def test_same_means_identical(a, b, alike):
    assert same(a, b) is alike


# --- The student, as checks see one ---------------------------------------------------------


def test_arguments_travel_as_copies_and_changes_are_noted():
    def careless(x, params, more=None):
        x -= 1
        params["new"] = x
        more.append(1)
        return x

    ours, params, more = np.ones(2), {}, []
    someone = student(f=careless)
    someone.f(ours, params, more=more)
    assert ours.tolist() == [1, 1] and more == [] and params["new"].tolist() == [0, 0]
    assert someone.last_call.changed_arguments == ["argument 1", "argument `more`"]
    with pytest.raises(CheckFailure, match="`f` changed its argument 1 in place"):
        expect.arguments_unchanged(someone)
    someone.forget()
    expect.arguments_unchanged(someone)


def test_functions_are_passed_by_name():
    someone = student(apply=lambda f, x: f(x), double=lambda x: 2 * x)
    assert someone.apply(someone.double, 21) == 42
    with pytest.raises(NotWritten, match="there is no function `triple`"):
        someone.apply(someone.triple, 1)


def raised(source, name="f", *args):
    found = namespace(source)
    with pytest.raises(CheckFailure) as failure:
        getattr(student(**{k: v for k, v in found.items() if callable(v)}), name)(*args)
    return failure.value


@pytest.mark.parametrize(
    ("source", "kind", "said"),
    [
        ("def g(): pass", NotWritten, "there is no function `f`"),
        ("def f(): raise NotImplementedError()", NotWritten, "`f` is not written yet"),
        ("def f(): raise NotImplementedError", NotWritten, "`f` is not written yet"),
        ("def f(): return [][0]", StudentRaised, "`f()` raised IndexError: list index out of range"),
        ("def f(x, y=2): pass", StudentRaised, "`f(x, y=2)` raised TypeError: f() missing 1 required"),
        ("def f(): return f()", StudentRaised, "`f()` raised RecursionError"),
        ("def f(): raise SystemExit('bye')", StudentRaised, "`f()` raised SystemExit: bye"),
        ("def f(): exit()", StudentRaised, "`f()` raised SystemExit"),
        ("import pytest\ndef f(): pytest.skip('no')", StudentRaised, "`f()` raised Skipped"),
        ("import pytest\ndef f(): pytest.exit('no')", StudentRaised, "`f()` raised Exit"),
        ("def f(): raise GeneratorExit", StudentRaised, "`f()` raised GeneratorExit"),
        ("class E(Exception):\n    def __str__(self): raise E\ndef f(): raise E", StudentRaised, "`f()` raised E"),
        ("def f(): raise KeyError('x' * 999)", StudentRaised, "`f()` raised KeyError: 'xxx"),
    ],
)  # fmt: skip
def test_whatever_a_function_raises_is_said_in_words(source, kind, said):
    failure = raised(source)
    assert type(failure) is kind and failure.problem.startswith(said)
    assert len(failure.problem) < 600


def test_an_unwritten_function_that_is_called_is_named(tmp_path):
    path = tmp_path / "answers.py"
    path.write_text(
        "def softmax(x):\n    raise NotImplementedError()\n\ndef train(x):\n    return softmax(x)\n"
    )
    found = {}
    exec(compile(path.read_text(), str(path), "exec"), found)
    with pytest.raises(NotWritten, match="^`train` calls `softmax`, which is not written yet$"):
        student(**found).train(1)


def test_a_keyboard_interrupt_is_the_persons_own():
    def f():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        student(f=f).f()


def test_a_name_that_could_not_be_defined_is_explained():
    def f():
        return tqdm(3)  # noqa: F821

    why = "the cell top+1 raised ModuleNotFoundError: No module named 'tqdm'"
    with pytest.raises(StudentRaised) as failure:
        Student(LocalBackend({"f": f}, {"tqdm": why})).f()
    assert failure.value.traceback.endswith(why)
    with pytest.raises(StudentRaised) as failure:
        Student(LocalBackend({}, {"f": why})).f()
    assert failure.value.traceback == why


def test_an_exception_describes_itself_within_limits():
    assert describe(ValueError()) == "ValueError"
    assert len(describe(ValueError("x" * 9999))) == 300


# --- Running checks -------------------------------------------------------------------------

HEAD = """
import numpy as np
from helpers.checking import exercise, expect, hint, points, limit
pytestmark = exercise("2.2.2")
"""
CHECK = """
@points(1)
@hint("Look again.")
def test_{name}(student, rng):
    {body}
"""


def write_checks(folder, head=HEAD, **bodies):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "test_2_2_2_made_up.py"
    path.write_text(head + "".join(CHECK.format(name=n, body=b) for n, b in bodies.items()))
    return [path]


def run(files, seed=None, **functions):
    return run_checks(files, lambda _: student(**functions), seed=seed)


def test_every_check_gets_a_result_and_one_that_breaks_is_nobodys_fault(tmp_path):
    files = write_checks(
        tmp_path, fine="student.f(1)", wrong="expect.close(student.f(1), 2.0)",
        broken="student.f(1); 1 / 0", bare="assert student.f(1) == 2", gone="student.g(1)",
    )  # fmt: skip
    results = {r.check: r for r in run(files, f=lambda x: x)}
    assert {name: r.status for name, r in results.items()} == {
        "2.2.2/fine": "pass", "2.2.2/wrong": "fail", "2.2.2/broken": "error",
        "2.2.2/bare": "error", "2.2.2/gone": "missing",
    }  # fmt: skip
    wrong = results["2.2.2/wrong"]
    assert (wrong.problem, wrong.called, wrong.got) == ("the result is 1, not 2", "f(1)", "1")
    assert (wrong.expected, wrong.hint, wrong.public) == ("2", "Look again.", False)
    assert "ZeroDivisionError" in results["2.2.2/broken"].problem


@pytest.mark.parametrize(
    ("head", "body", "said"),
    [
        (HEAD + "1 / 0\n", "pass", "cannot be read"),
        (HEAD + "import nothing_of_this_name\n", "pass", "cannot be read"),
        (HEAD + "def (:\n", "pass", "cannot be read"),
        (HEAD.replace("pytestmark", "unmarked"), "pass", "has no mark `exercise`"),
        (HEAD + "def test_x(student):\n    pass\n", "pass", "has no mark `points`"),
    ],
)
def test_a_file_of_checks_that_is_wrong_is_named_and_none_of_it_runs(tmp_path, head, body, said):
    files = write_checks(tmp_path, head=head, one=body)
    with pytest.raises(CheckDefinitionError, match=said) as error:
        run(files)
    assert "test_2_2_2_made_up.py" in str(error.value)


@pytest.mark.parametrize("text", ["", "x = 1\n", HEAD])
def test_a_file_without_a_check_is_never_a_pass(tmp_path, text):
    path = tmp_path / "test_2_2_2_empty.py"
    path.write_text(text)
    with pytest.raises(CheckDefinitionError, match="prove nothing"):
        run([path])


def test_checks_that_did_not_run_are_never_a_pass(tmp_path):
    files = write_checks(
        tmp_path, one="pass", two="import pytest; pytest.exit('enough')", three="pass"
    )
    with pytest.raises((CheckDefinitionError, KeyboardInterrupt)):
        run(files)


def test_no_files_no_results():
    assert run([]) == []


def test_the_same_seed_draws_the_same_inputs(tmp_path):
    files = write_checks(tmp_path, one="student.f(rng.normal())", two="student.f(rng.normal())")

    def drawn(seed):
        seen = []
        assert [r.status for r in run(files, seed=seed, f=seen.append)] == ["pass", "pass"]
        return seen

    assert drawn(7) == drawn(7)
    assert len({*drawn(7), *drawn(8), *drawn(None), *drawn(None), *drawn(2**127)}) == 10


def test_interrupting_a_check_interrupts(tmp_path):
    def f(x):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(write_checks(tmp_path, one="student.f(1)"), f=f)


def test_the_environment_is_left_as_it_was(tmp_path, monkeypatch, capfd):
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    before = (dict(os.environ), os.getcwd(), list(sys.path), list(sys.meta_path), list(warnings.filters),
              sys.stdout, sys.stderr, sys.excepthook, sys.getrecursionlimit())  # fmt: skip
    run(write_checks(tmp_path, one="student.f(1)"), f=lambda x: print("said"))
    after = (dict(os.environ), os.getcwd(), list(sys.path), list(sys.meta_path), list(warnings.filters),
             sys.stdout, sys.stderr, sys.excepthook, sys.getrecursionlimit())  # fmt: skip
    assert before == after
    assert capfd.readouterr() == ("said\n", "")


# --- check() --------------------------------------------------------------------------------


def test_check_says_what_is_right(capsys):
    found = namespace(RIGHT)
    check("2.2.2", found)
    lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"2\.2\.2 Softmax: (\d+) of \1 checks pass", lines[0])
    assert all(line.startswith("  ✓ ") for line in lines[1:]) and len(lines) > 3


SNAPSHOT = """\
2.2.2 Softmax: 0 of 1 checks pass
  ✗ known values
      the result is wrong, most of all at [1]: 5, not 3
      called    f(2)
      came back [1., 5.]
      expected  [1., 3.]
      looks like one too many
      hint: Look again."""


def failed_result(tmp_path):
    body = "expect.close(student.f(2), [1., 3.], mistakes={'one too many': [1., 5.]})"
    return run(write_checks(tmp_path, known_values=body), f=lambda x: np.array([1.0, 5.0]))


def test_how_a_failed_check_reads(tmp_path):
    results = failed_result(tmp_path)
    assert display.as_text(catalogue().find("2.2.2"), results) == SNAPSHOT
    coloured = display.as_text(catalogue().find("2.2.2"), results, colour=True)
    assert re.sub(r"\x1b\[\d+m", "", coloured) == SNAPSHOT and coloured != SNAPSHOT


def test_html_says_the_same_and_runs_nothing(tmp_path):
    results = run(write_checks(tmp_path, one="expect.equal(student.f(1), 'a')"),
                  f=lambda x: "<script>alert(1)</script>")  # fmt: skip
    page = display.as_html(catalogue().find("2.2.2"), results, [catalogue().find("2.2.1")])
    assert "<script" not in page and "&lt;script&gt;" in page
    assert "Look again." in page and "Start with 2.2.1 (sigmoid, forward)" in page


def test_a_terminal_that_knows_no_check_marks_gets_words(monkeypatch, capsys):
    import io

    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    display.print_text("  ✓ one\n  ✗ two é")
    sys.stdout.flush()
    assert raw.getvalue() == b"  ok one\n  x two ?\n"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "there is no function `softmax`"),
        ("softmax = 5", "there is no function `softmax`"),
        ("def softmax(x):\n    raise NotImplementedError()", "`softmax` is not written yet"),
        ("def softmax(x): return softmax(x)", "RecursionError"),
        ("def softmax(x): pass", "is None: is a `return` missing?"),
        ("def softmax(x): return 'done'", "is a str, not a NumPy array of numbers"),
        ("def softmax(): return 1", "takes 0 positional arguments"),
        ("def softmax(x): print('hello'); return x", "hello"),
        ("def softmax(x): 1 / 0", "ZeroDivisionError: division by zero"),
        ("async def softmax(x): return x", "coroutine"),
        ("class softmax:\n    def __init__(self, x): pass", "softmax, not a NumPy array"),
        ("def softmax(x): yield x", "is a generator, not a NumPy array"),
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_check_says_in_words_what_is_wrong(source, said, capsys):
    check("2.2.2", namespace(source))
    out = capsys.readouterr().out
    assert said in out and "0 of" in out and "AssertionError" not in out and "/helpers/" not in out


def test_a_check_leaves_nothing_behind_for_the_next(capsys):
    found = namespace("def softmax(x): return x")
    check("2.2.2", found)
    assert "✗" in capsys.readouterr().out
    found.update(namespace(RIGHT))
    check("2.2.2", found)
    assert "✗" not in capsys.readouterr().out


def test_the_callers_own_functions_are_meant(capsys):
    found = namespace(RIGHT + "\nfrom helpers import check\ndef inside():\n    check('2.2.2')\n")
    found["inside"]()
    assert "✗" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("exercise_id", "said"),
    [
        ("9.9", "there is no exercise '9.9'; the exercises are 1.1, "),
        ("2.1.1", "it is a written answer"),
    ],
)
def test_check_of_what_cannot_be_checked_says_so(exercise_id, said):
    with pytest.raises(ExerciseError, match=re.escape(said)):
        check(exercise_id, {})


@pytest.mark.parametrize("written", [2.4, "2.4", " 2.4 ", "q2-4", "q2.4"])
def test_numbers_of_exercises_are_read_in_any_spelling(written):
    assert catalogue().find(written).id == "2.4"


def test_earlier_faults_are_named_where_something_fails(capsys):
    found = namespace("def softmax(x): return x\ndef forward(*a, **k): pass\ndef sigmoid(x): return x\n"
                      "def train(*a, **k): pass\ndef get_random_batches(*a): pass")  # fmt: skip
    check("2.4", found)
    out = capsys.readouterr().out
    assert out.splitlines()[1].strip().startswith("Start with 2.2.1 (sigmoid, forward), then 2.2.2")
    check("2.2.2", found)
    assert "Start with" not in capsys.readouterr().out


def test_earlier_faults_are_not_asked_for_where_all_is_right():
    course = catalogue()
    someone = student(softmax=namespace(RIGHT)["softmax"])
    results = public_results(course, course.find("2.2.2"), someone)
    assert earlier_faults(course, course.find("2.4"), results, {}) == []


def test_every_checked_exercise_has_public_checks():
    assert all(catalogue().checks(exercise, PUBLIC) for exercise in catalogue().checked)


# --- Where students work --------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The helpers in a student's folder that makes things hard."""
    place = tmp_path_factory.mktemp("students") / "Neural Networks [2024] é::ä"
    for name in ("helpers", "exercises"):
        shutil.copytree(ROOT / name, place / name,
                        ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))  # fmt: skip
    shutil.copy(ROOT / FILE, place)
    for name in ("conftest.py", "sitecustomize_.py", "test_mine.py", "numpy_.py"):
        (place / name).write_text("raise RuntimeError('this file must not be read')\n")
    (place / "helpers" / "conftest.py").write_text("raise RuntimeError('nor this')\n")
    (place / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")
    (place / "pyproject.toml").write_text("[tool.pytest.ini_options]\naddopts = '--nonsense'\n")
    return place


def python(folder, code, *more, cwd=None):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    env = {**clean, "PYTHONPATH": str(folder).replace("::", "::"), "PYTHONDONTWRITEBYTECODE": "1",
           "PYTHONIOENCODING": "utf-8"}  # fmt: skip
    script = f"import sys; sys.path.insert(0, {str(folder)!r})\n" + textwrap.dedent(code)
    return subprocess.run([sys.executable, *more, "-c", script], cwd=cwd or folder, env=env,
                          capture_output=True, text=True, encoding="utf-8", timeout=120)  # fmt: skip


SCRIPT = (
    RIGHT + "from helpers import check\nimport helpers\ncheck('2.2.2')\nprint(helpers.__file__)\n"
)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_it_works_in_a_folder_with_any_name_and_other_files(folder, tmp_path, elsewhere):
    done = python(folder, SCRIPT, cwd=tmp_path if elsewhere else None)
    assert done.stderr == ""
    assert "✗" not in done.stdout and done.stdout.count("✓") > 3
    assert str(folder) in done.stdout


def test_it_works_in_a_folder_that_cannot_be_written(folder):
    before = sorted(folder.rglob("*"))
    for path in [folder, *before]:
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    try:
        done = python(folder, SCRIPT)
    finally:
        for path in [folder, *before]:
            path.chmod(path.stat().st_mode | stat.S_IWUSR)
    assert done.stderr == "" and "✗" not in done.stdout and "✓" in done.stdout
    assert sorted(folder.rglob("*")) == before, "something was written"


def test_it_works_in_plain_ipython(folder):
    code = f"from IPython import start_ipython\nstart_ipython(['--no-banner', '--colors=NoColor', '-c', {SCRIPT!r}])"
    done = python(folder, code)
    assert "✓ known values" in done.stdout and "✗" not in done.stdout


def test_importing_data_does_not_wait_for_pytest(folder):
    done = python(
        folder, "import helpers.datasets, helpers.activations; print('pytest' in sys.modules)"
    )
    assert done.stdout == "False\n"


def test_warnings_as_errors_change_nothing(folder):
    done = python(folder, SCRIPT, "-W", "error")
    assert "✗" not in done.stdout and "✓" in done.stdout, done.stderr


# --- In a terminal --------------------------------------------------------------------------


def write_notebook(path, *sources, grade_ids=()):
    cells = [{"cell_type": "code", "source": s, "metadata": {}} for s in sources]
    for cell, grade_id in zip(cells, grade_ids, strict=False):
        cell["metadata"] = {"nbgrader": {"grade_id": grade_id}}
    path.write_text(json.dumps({"cells": cells, "nbformat": 4}), encoding="utf-8")
    return str(path)


def test_a_notebook_is_checked_in_the_terminal(tmp_path, capsys):
    path = write_notebook(tmp_path / "02_network.ipynb", "%matplotlib inline", RIGHT, "1 / 0")
    assert terminal.main([path]) == 1
    out = capsys.readouterr().out
    assert out.startswith("02_network.ipynb\n2.1.2 ") and "there is no function `sigmoid`" in out
    assert "✓ known values" in out


def test_exercises_folders_and_notebooks_can_be_named(tmp_path, capsys, monkeypatch):
    write_notebook(tmp_path / "02_network.ipynb", RIGHT)
    assert terminal.check_notebooks(["2.2.2"], tmp_path) == 0
    assert terminal.check_notebooks([str(tmp_path)]) == 1
    other = write_notebook(tmp_path / "mine.ipynb", RIGHT, grade_ids=["q2-2-2"])
    assert terminal.check_notebooks([other]) == 0
    (tmp_path / "deeper").mkdir()
    (tmp_path / "02_network.ipynb").rename(tmp_path / "deeper" / "02_network.ipynb")
    (tmp_path / "deeper").rename(tmp_path / "notebooks")
    monkeypatch.chdir(tmp_path)
    assert terminal.main(["2.2.2"]) == 0
    capsys.readouterr()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["missing.ipynb"],
            "missing.ipynb cannot be read (No such file or directory); check the name",
        ),
        (["9.9"], "9.9 is no notebook and no folder, and there is no exercise '9.9'"),
        (["2.1.1"], "exercise 2.1.1 has no checks: it is a written answer"),
        (["notes.txt"], "notes.txt is no notebook; name an .ipynb file, or an exercise"),
        (["empty.ipynb"], "empty.ipynb is not a notebook; save it again from Jupyter"),
        (["deep.ipynb"], "deep.ipynb is not a notebook"),
        (["odd.ipynb"], "odd.ipynb is not a notebook"),
        (["foreign.ipynb"], "foreign.ipynb is no notebook of this course; its name must begin"),
        ([], "there is no notebook of the course in "),
        (["02_good.ipynb", "missing.ipynb"], "missing.ipynb cannot be read"),
    ],
)
def test_what_cannot_be_checked_is_one_line_and_nothing_is_checked(
    arguments, said, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    for name, text in {"notes.txt": "", "empty.ipynb": "", "deep.ipynb": "[" * 100_000,
                       "odd.ipynb": '{"cells": [{"cell_type": "code", "source": 5, "metadata": {}}]}'}.items():  # fmt: skip
        Path(name).write_text(text)
    write_notebook(Path("foreign.ipynb"), "x = 1")
    write_notebook(Path("02_good.ipynb"), RIGHT)
    assert terminal.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    assert err.startswith(f"check: {said}")


def test_what_an_exercise_builds_on_comes_with_all_that_it_builds_on(tmp_path, capsys):
    """3.5 needs 3.1, and 3.1 calls functions of notebook 2."""
    for path in find_course().notebook_paths().values():
        shutil.copy(path, tmp_path)
    terminal.check_notebooks(["3.5"], tmp_path)
    said = capsys.readouterr().out
    assert "letters64.npz" in said and "not right yet" not in said


@pytest.mark.parametrize("metadata", [[], None, {"nbgrader": []}, {"nbgrader": {"grade_id": 5}}])
def test_a_mark_of_another_form_is_no_mark(tmp_path, metadata):
    """Some programs write an empty list for an empty object."""
    path = tmp_path / "02_network.ipynb"
    cell = {"cell_type": "code", "source": RIGHT, "metadata": metadata}
    path.write_text(json.dumps({"cells": [cell]}))
    (read,) = terminal.read_cells(path)
    assert (read.source, read.name) == (RIGHT, "number 1")


def test_a_byte_order_mark_is_read_over(tmp_path):
    path = tmp_path / "02_network.ipynb"
    write_notebook(path, RIGHT)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert terminal.read_cells(path)[0].source == RIGHT


@pytest.mark.parametrize("tree", [[], 5, None, {"cells": 5}, {"cells": [5]}, {"cells": [{}]},
                                  {"cells": [{"cell_type": "code", "source": 5}]}])  # fmt: skip
def test_trees_that_are_no_notebook(tmp_path, tree):
    path = tmp_path / "x.ipynb"
    path.write_text(json.dumps(tree))
    with pytest.raises(NotebookError, match="is not a notebook"):
        terminal.read_cells(path)


def test_python_m_helpers_is_there_for_students(folder):
    write_notebook(folder / "02_network.ipynb", RIGHT)
    done = python(folder, "import runpy; sys.argv[1:] = ['2.2.2']; runpy.run_module('helpers', run_name='__main__')")  # fmt: skip
    (folder / "02_network.ipynb").unlink()
    assert done.returncode == 0 and "✓ known values" in done.stdout


def test_the_public_face_of_the_package():
    assert importlib.util.find_spec("helpers.checking") and helpers.check is check
    with pytest.raises(AttributeError, match="no attribute 'chekc'"):
        _ = helpers.chekc
