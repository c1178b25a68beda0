"""From cells to functions: a right answer is found whatever stands around it."""

# ruff: noqa: E501  (cells of students are quoted on one line)

import dis
import subprocess
import sys

import pytest

from helpers.checking.answers import load_answers
from helpers.checking.catalogue import catalogue
from helpers.checking.statements import Cell, defined_names, is_stub, read_statements

SETUP = Cell("import numpy as np\nfrom helpers import check", "setup-02")
RIGHT = (
    "def softmax(x):\n    e = np.exp(x - x.max(axis=1, keepdims=True))\n"
    "    return e / e.sum(axis=1, keepdims=True)\n"
)
CHECK = Cell('check("2.2.2")', "q2-2-2-check")


def load(*cells, wanted=("softmax",), check=True, **more):
    """Cells around: set-up, then these, the check cell where one is None, or after the first."""
    given = [SETUP]
    for cell in cells:
        given.append(CHECK if cell is None else Cell(cell, f"cell-{len(given)}"))
    if check and None not in cells:
        given.insert(2, CHECK)
    return load_answers(given, wanted, checked_at=catalogue().checked_at(), **more)


def rows(answers, name="softmax"):
    """What the function makes of two equal scores; None where it cannot be called."""
    import numpy as np

    function = answers.namespace.get(name)
    return function(np.zeros((1, 2))).tolist() if callable(function) else None


def finds(*cells, **more):
    return rows(load(*cells, **more)) == [[0.5, 0.5]]


# --- What stands in the same cell -----------------------------------------------------------


@pytest.mark.parametrize(
    "cell",
    [
        "%%time\n" + RIGHT,
        "\n\n%%time\n" + RIGHT,
        "%%capture captured\n" + RIGHT,
        "%matplotlib inline\n%load_ext autoreload\n" + RIGHT,
        "!pip install numpy\n" + RIGHT + "\nfiles = !ls\n",
        RIGHT + "\nsoftmax?\nsoftmax??\n?softmax\n",
        RIGHT + "\n%timeit softmax(np.zeros((2, 2)))\n",
        "%time EPS = 0.0\n" + RIGHT.replace("e.sum(axis=1, keepdims=True)", "(e.sum(axis=1, keepdims=True) + EPS)"),
        "    " + RIGHT.replace("\n", "\n    ").rstrip(),  # a cell that is indented as a whole
        RIGHT.replace("\n", "\r\n"),
        RIGHT.replace("    ", "\t"),
        RIGHT.replace("\ndef", "\n\x0cdef") + "\x0c\n",
        "\ufeff" + RIGHT,
        "# -*- coding: latin-1 -*-\n" + RIGHT,
        RIGHT + "\nhalf a sentence that is no Python\n",
        "x = = 3\n" + RIGHT,
        RIGHT + "\ndef later(x):\n    return ((x\n",
        RIGHT + "\nreturn softmax\n",
        RIGHT + "\nbreak\n",
        RIGHT + "\nawait something()\n",
        RIGHT + "\n1 / 0\n",
        RIGHT + "\ninput('next?')\nexit()\nraise SystemExit\n",
        RIGHT + "\nprint(softmax(np.zeros((1, 2))))\nimport matplotlib.pyplot as plt\nplt.show()\n",
        "from __future__ import annotations\n" + RIGHT.replace("x)", "x: Whatever) -> Nothing", 1),
        RIGHT.replace("def softmax(x)", "def softmax(x: np.ndarray | None = None) -> 'np.ndarray'"),
        RIGHT + "\npattern = '\\s'\nassert (1, 'always true')\n",
        "text = '''\ndef softmax(x):\n    raise NotImplementedError\n'''\n" + RIGHT,
        RIGHT + "\n    raise NotImplementedError()\n",  # the line of the stub was left standing
    ],
)  # fmt: skip
def test_a_right_answer_is_found_among_other_things_in_its_cell(cell):
    assert finds(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "if True:\n    " + RIGHT.replace("\n", "\n    "),
        "try:\n    import torch_of_another_planet\nexcept ImportError:\n    " + RIGHT.replace("\n", "\n    "),
        'if __name__ == "__main__":\n    ' + RIGHT.replace("\n", "\n    "),
        "with np.errstate(all='ignore'):\n    " + RIGHT.replace("\n", "\n    "),
        "e = lambda x: np.exp(x - x.max(1, keepdims=True))\nsoftmax = lambda x: e(x) / e(x).sum(1, keepdims=True)",
        "from functools import partial\ndef general(x, axis):\n    e = np.exp(x - x.max(axis, keepdims=True))\n"
        "    return e / e.sum(axis, keepdims=True)\nsoftmax = partial(general, axis=1)",
        "import functools\ndef loud(f):\n    @functools.wraps(f)\n    def inner(*a):\n        return f(*a)\n    return inner\n@loud\n" + RIGHT,
        "class Softmax:\n    AXIS = 1\n    def __call__(self, x):\n        e = np.exp(x)\n"
        "        return e / e.sum(self.AXIS, keepdims=True)\nsoftmax = Softmax()",
        "class Maths:\n    @staticmethod\n    def s(x):\n        return np.exp(x) / np.exp(x).sum(1, keepdims=True)\nsoftmax = Maths.s",
        "from numpy import *\ndef softmax(x):\n    return exp(x) / sum(exp(x), axis=1, keepdims=True)",
        "from numpy import sum\ndef softmax(x):\n    return np.exp(x) / sum(np.exp(x), axis=1, keepdims=True)",
        "from scipy.special import softmax as s\nsoftmax = lambda x: s(x, axis=1)",
        "def softmax(x):\n    rows = [[float(np.exp(v)) for v in row] for row in x]\n"
        "    return np.array([[v / sum(row) for v in row] for row in rows])",
        "AXIS: int = 1\n(KEEP := True)\ndef softmax(x):\n    e = np.exp(x)\n    return e / e.sum(AXIS, keepdims=KEEP)",
        "AXIS = 0\nAXIS += 1\ndef softmax(x):\n    e = np.exp(x)\n    return e / e.sum(AXIS, keepdims=True)",
        "AXES = []\nfor i in range(2):\n    AXES.append(i)\ndef softmax(x):\n    e = np.exp(x)\n    return e / e.sum(AXES[1], keepdims=True)",
        "OPTIONS = {}\nOPTIONS['axis'] = 1\nOPTIONS.update(keepdims=True)\ndef softmax(x):\n    e = np.exp(x)\n    return e / e.sum(**OPTIONS)",
        "table = {}\nfor k in ('axis',):\n    table[k] = 1\ndef softmax(x):\n    e = np.exp(x)\n    return e / e.sum(table['axis'], keepdims=True)",
        "def configure():\n    global AXIS\n    AXIS = 1\nconfigure()\ndef softmax(x):\n    e = np.exp(x)\n    return e / e.sum(AXIS, keepdims=True)",
        "def outer():\n    configure()\ndef configure():\n    global AXIS\n    AXIS = 1\nouter()\ndef softmax(x):\n"
        "    e = np.exp(x)\n    return e / e.sum(AXIS, keepdims=True)",
        "calls = 0\ndef softmax(x):\n    global calls\n    calls += 1\n    return np.exp(x) / np.exp(x).sum(1, keepdims=True)",
        "sizes = [n := 1 for _ in range(1)]\ndef softmax(x):\n    e = np.exp(x)\n    return e / e.sum(n, keepdims=True)",
        "class Config:\n    KEY = 'axis'\n    VALUE = {KEY: 1}\ndef softmax(x):\n    e = np.exp(x)\n    return e / e.sum(**Config.VALUE, keepdims=True)",
        "import asyncio\nasync def find():\n    return 1\nAXIS = await find()\ndef softmax(x):\n    e = np.exp(x)\n    return e / e.sum(AXIS, keepdims=True)",
        "get_ipython().run_line_magic('matplotlib', 'inline')\ndef softmax(x):\n    display(x)\n    e = np.exp(x)\n    return e / e.sum(1, keepdims=True)",
        "def sum(x):\n    return x.sum(axis=1, keepdims=True)\ndef softmax(x):\n    return np.exp(x) / sum(np.exp(x))",
        "first, *rest = [1, 2, 3]\ndef softmax(x):\n    e = np.exp(x)\n    return e / e.sum(first, keepdims=True)",
        "from dataclasses import dataclass\n@dataclass\nclass Axis:\n    n: int = 1\nAXIS = Axis()\ndef softmax(x):\n"
        "    e = np.exp(x)\n    return e / e.sum(AXIS.n, keepdims=True)",
    ],
)  # fmt: skip
def test_a_right_answer_is_found_in_every_style(cell):
    assert finds(cell)


def test_the_right_part_of_a_broken_cell_keeps_its_line_numbers():
    answers = load("x = = 3\n\n\ndef softmax(x):\n    raise ValueError('here')\n")
    try:
        answers.namespace["softmax"](1)
    except ValueError as error:
        frame = error.__traceback__.tb_next
        assert frame.tb_lineno == 5


# --- What stands in other cells -------------------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [
        ["exps = lambda x: np.exp(x)", "def softmax(x):\n    return exps(x) / exps(x).sum(1, keepdims=True)"],
        ["def softmax(x):\n    return exps(x) / exps(x).sum(AXIS, keepdims=True)", "AXIS = 1\ndef exps(x):\n    return np.exp(x)"],
        [RIGHT, "x = = 3"],
        ["import nothing_of_this_name", RIGHT, "raise KeyError", "while True: pass"],
        [RIGHT, "while True:\n    probs = softmax(np.zeros((1, 2)))"],
        [RIGHT, None, "def softmax(x):\n    return x  # an experiment"],
        [RIGHT, None, "softmax = None"],
        [RIGHT, None, "from scipy.special import *"],
        [RIGHT, None, "np = None"],
        [RIGHT, "del softmax", None],
        ["AXIS = 1", RIGHT.replace("axis=1", "axis=AXIS"), None, "AXIS = 0"],
        [RIGHT.replace("e.sum(", "sum_of(e, ") + "def sum_of(*a, **k):\n    return np.sum(*a, **k)", None, "sum = 0\nfor i in range(3):\n    sum += i"],
        ["sum = 0\nfor i in range(3): sum += i", "def softmax(x):\n    return np.exp(x) / np.array([[sum(r)] for r in np.exp(x)])", None],
        ["def softmax(x):\n    raise NotImplementedError()", RIGHT, None],
        [RIGHT, "def softmax(x):\n    '''Softmax.'''\n    raise NotImplementedError", None],
        ["def softmax(x):\n    raise NotImplementedError()", None, RIGHT],
        [None, RIGHT],
        ["def softmax(x):\n    return x", RIGHT, None],
        ["", "   \n", "# only a comment", RIGHT],
        [RIGHT] * 3,
        [RIGHT, "%%writefile wrong.py\ndef softmax(x):\n    return x", None],
        [RIGHT, "%%html\n<b>softmax</b>", "%%bash\nsoftmax=1", None],
    ],
)  # fmt: skip
def test_a_right_answer_is_found_whatever_other_cells_hold(cells):
    assert finds(*cells, check=False)


def test_what_counts_is_what_the_check_would_see():
    wrong = "def softmax(x):\n    return x"
    assert not finds(wrong, None, RIGHT), "the check below the answer saw the wrong one"
    assert not finds(RIGHT, wrong, None)
    assert finds(RIGHT, None, wrong)


def test_nothing_runs_that_is_not_needed(tmp_path):
    mark = tmp_path / "was here"
    touch = f"open({str(mark)!r}, 'w')"
    load(
        touch,
        RIGHT,
        f"probs = softmax({touch})",
        f"other = {touch}",
        f"def f():\n    return {touch}",
    )
    assert not mark.exists()
    load(f"AXIS = 1 if {touch} else 1\n" + RIGHT.replace("axis=1", "axis=AXIS"))
    assert mark.exists()


def test_calls_of_methods_of_modules_are_no_changes(tmp_path):
    mark = tmp_path / "was here"
    load(RIGHT, f"np.append([1], open({str(mark)!r}, 'w'))", check=False)
    assert not mark.exists()


def test_two_loads_share_nothing():
    assert finds(RIGHT)
    answers = load("def softmax(x):\n    return LEFT_OVER", check=False)
    with pytest.raises(NameError):
        answers.namespace["softmax"](1)


# --- What is said when there is no answer ---------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (
            "def softmax(x):\n    return (x",
            "the cell cell-1 is not valid Python, line 2: return (x",
        ),
        ("softmax = 1 / 0", "the cell cell-1 raised ZeroDivisionError"),
        ("from nowhere import softmax", "No module named 'nowhere'"),
        ("def softmax(x)\n    return x", "expected ':'"),
        ("def softmax(x):\nreturn x", "expected an indented block"),
        ("def softmax(x):\n\treturn x\n        return x", "inconsistent use of tabs"),
        ("softmax = input()", "the cell cell-1 raised"),
        ("import sys\nsoftmax = sys.exit('bye')", "SystemExit: bye"),
        ("def softmax(x):\n    return x\0", "the cell cell-1"),
        ("softmax = " + "(" * 500 + ")" * 500, "the cell cell-1"),
        ("softmax = " + "-" * 50_000 + "1", "the cell cell-1"),
        ("softmax = " + "+".join(["1"] * 50_000), "the cell cell-1"),
    ],
)
def test_why_a_function_is_not_there_is_said(cell, text):
    answers = load(cell)
    assert not callable(answers.namespace.get("softmax"))
    assert text in answers.problems["softmax"]
    assert all(isinstance(problem, str) for problem in answers.problems.values())


def test_a_cell_that_is_no_string_of_python_at_all_costs_only_itself():
    assert finds(RIGHT, "\x00\x01\x02", "\ud7ff" * 100, "}" * 1000, "'''", "\\")


def test_a_huge_broken_cell_does_not_hold_up_the_rest():
    assert finds(RIGHT, "x = (\n" * 30_000)


# --- Reference solutions that stand in ------------------------------------------------------

STANDING = {"softmax": lambda x: x * 0 + 0.5}


@pytest.mark.parametrize(
    "own",
    [
        "def softmax(x):\n    return x",
        "softmax, other = None, 1",
        "def softmax(x):\n    return x\ndef _exps(x):\n    return x\nSCALE = 0\nnp = None",
        "from helpers.activations import *\nnp = 5",
        "1 / 0",
    ],
)
def test_what_stands_in_cannot_be_got_at(own):
    train = "def train(x):\n    return softmax(x)"
    answers = load(own, train, wanted=["train"], standing=STANDING)
    assert rows(answers, "train") == [[0.5, 0.5]]


# --- Statements -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "binds", "uses"),
    [
        ("x = y", {"x"}, {"y"}),
        ("x += 1", {"x"}, {"x"}),
        ("import a.b", {"a"}, set()),
        ("import a.b as c", {"c"}, set()),
        ("from a import *", {"*"}, set()),
        ("for i in z: w = i", {"i", "w"}, {"z", "i"}),
        ("[a for a in b if c]", set(), {"b", "c"}),
        ("v = [k := a for a in b]", {"v", "k"}, {"b"}),
        ("v = [[k := a for a in b] for b in c]", {"v", "k"}, {"c"}),
        ("def f(a, b=c):\n    d = e\n    return d", {"f"}, {"c", "e"}),
        ("def f():\n    def g():\n        return h\n    return g", {"f"}, {"h"}),
        ("def f():\n    global k\n    k = 1", {"f"}, set()),
        ("class A(B):\n    c = d\n    def m(self):\n        return e", {"A"}, {"B", "d", "e"}),
        ("class A:\n    c = 1\n    v = [c for _ in d]", {"A"}, {"d"}),
        ("with a as b: pass", {"b"}, {"a"}),
        ("try:\n    import q\nexcept E as r:\n    pass", {"q", "r"}, {"E"}),
        ("@a\ndef f(): pass", {"f"}, {"a"}),
        ("x: int = 1", {"x"}, set()),
        ("f = lambda a: a + b", {"f"}, {"b"}),
        ("del x", set(), set()),
        ("match a:\n    case [b, *c]: d = b", {"b", "c", "d"}, {"a", "b"}),
        ("async def f():\n    async for a in b: pass", {"f"}, {"b"}),
    ],
)
def test_names_that_a_statement_binds_and_uses(source, binds, uses):
    (statement,) = read_statements([Cell(source, "c")], {})
    ours = {name for name in statement.binds if not name.startswith("__")}
    looked_up = {name for name in statement.uses if not name.startswith("__")}
    assert ours == binds
    assert looked_up - {"c"} >= uses - {"c"} and looked_up <= uses | {"c", "int"}


def test_only_functions_that_do_nothing_are_stubs():
    for body in (
        "raise NotImplementedError",
        "'''Doc.'''\n    # YOUR CODE HERE\n    raise NotImplementedError()",
    ):
        assert is_stub(f"import os\ndef f(x):\n    {body}\n")
    for body in ("return 1", "pass", "if x: raise NotImplementedError()", "x = 1\n    raise NotImplementedError",
                 "return x\n    raise NotImplementedError()"):  # fmt: skip
        assert not is_stub(f"def f(x):\n    {body}\n")
    assert not is_stub("def f(x:")


def test_names_of_definitions_are_seen_in_what_is_no_python():
    text = "def f(x:\nasync def g():\n  def inner(): pass\nclass K(\nh = 3\nz: int = 4\nq == 5\nif a: b = 1"
    assert defined_names(text) >= {"f", "g", "K", "h", "z"}
    assert not defined_names(text) & {"inner", "q", "b", "x"}


def test_every_operation_that_looks_up_a_global_name_is_known():
    """The names of operations differ between versions of Python; a new one must not slip by."""
    lookups = {
        name
        for name in dis.opname
        if name.startswith("LOAD_") and ("NAME" in name or "GLOBAL" in name)
    }
    assert lookups <= {"LOAD_NAME", "LOAD_GLOBAL", "LOAD_FROM_DICT_OR_GLOBALS"}
    stores = {
        name
        for name in dis.opname
        if name.startswith("STORE_") and ("NAME" in name or "GLOBAL" in name)
    }
    assert stores == {"STORE_NAME", "STORE_GLOBAL"}


def test_the_module_needs_neither_pytest_nor_ipython():
    """The process that runs a student's code pays for every import."""
    code = ("import sys; from helpers.checking.answers import load_answers, Cell;"
            "load_answers([Cell('def f(x): return x', 'a')], ['f']);"
            "print({'pytest', 'IPython', 'matplotlib'} & set(sys.modules))")  # fmt: skip
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
        == "set()\n"
    )


def test_common_magics_are_read_without_importing_ipython():
    """It takes as long as all the rest, and a set-up cell often holds one."""
    cells = [
        "%matplotlib inline\nimport numpy as np\n!pip install x\nfiles = !ls",
        "%%time\n" + RIGHT,
        "softmax?",
    ]
    code = (f"import sys; from helpers.checking.answers import load_answers, Cell\n"
            f"found = load_answers([Cell(c, 'c') for c in {cells!r}], ['softmax'])\n"
            f"print('softmax' in found.namespace, found.problems, 'IPython' in sys.modules)")  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "True {} False\n", done.stderr


@pytest.mark.parametrize(
    "line", ["%matplotlib inline", "!ls", "?softmax", "files = !ls", "%time y = 1", "softmax?"]
)
def test_what_looks_like_a_magic_and_is_none_is_left_alone(line):
    cell = line + "\n" + RIGHT + "\n_ = (7\n  % 2)\n_ = '''\n%s\n! and so on?\n''' % 1\n"
    assert finds(cell)
