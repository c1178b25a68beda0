"""A run ends with what was left out, why, and the command that brings it."""

import ast
from pathlib import Path

import pytest

from tests import left_out
from tests.test_spread import pytest_run

HERE = Path(__file__).parent
REASONS = {name: value for name, value in vars(left_out).items() if name.isupper()
           and isinstance(value, str)}  # fmt: skip
SKIPPING = """
import pytest
from tests.left_out import BROWSER, PYTORCH

@pytest.mark.parametrize("number", range(3))
@pytest.mark.skipif(True, reason=PYTORCH)
def test_of_networks(number): pass

@pytest.fixture
def browser(): pytest.skip(BROWSER)

def test_in_a_browser(browser): pass

def test_of_a_part():
    pytest.skip(PYTORCH)

def test_that_runs(): pass
"""


@pytest.mark.parametrize("processes", ["0", "2"])
def test_what_was_skipped_is_listed_by_reason(processes, tmp_path):
    (tmp_path / "test_them.py").write_text(SKIPPING, encoding="utf-8")
    done = pytest_run(tmp_path, "--quiet", f"--numprocesses={processes}")
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if "left out: 5 tests" in line)
    assert lines[at + 1 : at + 3] == [
        f"4 tests (test_them.py): {left_out.PYTORCH}",
        f"1 test (test_them.py): {left_out.BROWSER}",
    ]


def test_where_nothing_is_skipped_nothing_is_listed(tmp_path):
    (tmp_path / "test_them.py").write_text("def test_that_runs(): pass", encoding="utf-8")
    (tmp_path / "conftest.py").write_text("from tests import left_out\nleft_out.NEED_PYTORCH = []")
    done = pytest_run(tmp_path, "--quiet")
    assert "1 passed" in done.stdout and "left out" not in done.stdout


def test_modules_without_pytorch_are_listed_and_not_imported(tmp_path, monkeypatch):
    monkeypatch.setattr(left_out, "missing", list)
    assert left_out.not_collected() == left_out.NEED_PYTORCH
    assert all((HERE.parent / module).is_file() for module in left_out.NEED_PYTORCH)
    (line, _) = left_out.listed(left_out.Counter(), left_out.not_collected())
    assert line == f"the examples in {left_out.NEED_PYTORCH[0]}: {left_out.PYTORCH}"


@pytest.mark.parametrize("name", REASONS)
def test_a_reason_says_what_is_missing_and_what_brings_it(name):
    what, _, command = REASONS[name].partition(": ")
    assert what and command


def skips(tree):
    """The reasons that a file gives for skipping a test, as written in its code."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = ast.unparse(call.func)
        assert name != "pytest.importorskip"
        if name == "pytest.skip":
            yield ast.unparse(call.args[0])
        elif name in ("pytest.mark.skip", "pytest.mark.skipif"):
            yield from (ast.unparse(k.value) for k in call.keywords if k.arg == "reason")


def test_every_skip_names_one_of_the_reasons():
    given = {
        reason
        for path in HERE.rglob("*.py")
        for reason in skips(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert given == set(REASONS)
