"""Several processes share the tests: a file stays together, quick files come first."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILE = """
import os, pytest

def note(what):
    with open("notes.txt", "a", encoding="utf-8") as notes:
        notes.write(f"{__name__} {what} {os.environ.get('PYTEST_XDIST_WORKER', 'alone')}\\n")

@pytest.fixture(scope="module")
def costly():
    note("made")

@pytest.mark.parametrize("number", range(4))
def test_quick(costly, number):
    note("quick")

@pytest.mark.slow
def test_slow(costly):
    note("slow")
"""


def pytest_run(folder, *arguments):
    """Run pytest in a folder of its own, with the plugins of these tests."""
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = slow\n", encoding="utf-8")
    alone = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.spread", "-p", "tests.left_out",
         "-p", "no:anyio", "-p", "no:hypothesispytest", *arguments],
        cwd=folder, env={**alone, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True,
    )  # fmt: skip


@pytest.fixture
def notes(tmp_path):
    """A function that runs two small files and gives what their tests noted."""
    for name in ("test_one.py", "test_two.py"):
        (tmp_path / name).write_text(FILE, encoding="utf-8")

    def run(*arguments):
        done = pytest_run(tmp_path, *arguments)
        assert "10 passed" in done.stdout, done.stdout + done.stderr
        return [line.split() for line in (tmp_path / "notes.txt").read_text("utf-8").splitlines()]

    return run


def test_what_a_file_shares_is_made_once_for_its_quick_tests(notes):
    found = notes("--numprocesses=2")
    assert len({worker for _, _, worker in found}) == 2
    for file in ("test_one", "test_two"):
        assert len({worker for name, what, worker in found if (name, what) == (file, "quick")}) == 1
        # Once for the quick tests, and once more where the slow one comes later.
        assert sum((name, what) == (file, "made") for name, what, _ in found) <= 2


def test_slow_tests_come_after_all_quick_ones(notes):
    kinds = [what for _, what, _ in notes() if what != "made"]
    assert kinds == ["quick"] * 8 + ["slow"] * 2
