"""The house: rooms that import one way, and an engine that knows no subject."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from autograder.course.course import KIT

ROOT = Path(__file__).resolve().parents[1]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
LONGEST = 400  # lines of a module
SUBJECT = re.compile(
    r"neural|softmax|sigmoid|\btorch|pytorch|backprop|autoencoder|convolution|\brelu\b|nist36"
    r"|letters64", re.IGNORECASE
)  # fmt: skip


def production():
    """Every module that is no test and no known mistake or right answer in somebody's hand."""
    for folder in ("autograder", "helpers", "exercises", "book", "equations"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if not {"wheats", "chaffs.py", "template"} & set(path.parts):
                yield path


def test_imports_run_one_way():
    """`make lint` shows the same."""
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_the_contracts_name_every_helper_that_is_not_for_checking():
    """A helper that is new belongs to this course, and neither engine nor kit may know it."""
    there = {
        f"helpers.{path.stem}"
        for path in (ROOT / "helpers").iterdir()
        if path.name not in KIT and (path.suffix == ".py" or (path / "__init__.py").is_file())
    }
    about_subject = [c for c in CONTRACTS["contracts"] if "helpers.datasets" in
                     c.get("forbidden_modules", ())]  # fmt: skip
    assert len(about_subject) == 2
    for contract in about_subject:
        named = {name for name in contract["forbidden_modules"] if name.startswith("helpers.")}
        assert named == there, contract["name"]


def test_the_engine_has_few_rooms_and_each_says_what_it_is():
    rooms = [path for path in (ROOT / "autograder").iterdir() if path.name != "__pycache__"]
    assert len(rooms) <= 14
    for room in rooms:
        if room.is_dir():
            text = (room / "__init__.py").read_text("utf-8")
            assert "may import" in text, room


def test_no_module_is_long():
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in production()}
    assert {path: count for path, count in lines.items() if count > LONGEST} == {}


def test_nobody_edits_where_modules_are_found():
    """But the first process in the box, which is started as a folder."""
    editing = [
        path
        for path in production()
        if re.search(r"sys\.path(\[|\.(insert|append|extend))", path.read_text("utf-8"))
    ]
    assert editing == [ROOT / "autograder" / "student_process" / "__main__.py"]


def test_production_imports_no_tests():
    pattern = re.compile(r"^\s*(from|import) tests\b", re.MULTILINE)
    assert [path for path in production() if pattern.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("place", ["helpers/checking", "helpers/__main__.py", "autograder/course"])
def test_what_every_course_gets_says_nothing_of_this_subject(place):
    paths = [ROOT / place] if place.endswith(".py") else sorted((ROOT / place).rglob("*.py"))
    found = {
        path.relative_to(ROOT).as_posix(): SUBJECT.findall(path.read_text("utf-8"))
        for path in paths
        if SUBJECT.search(path.read_text("utf-8"))
    }
    assert found == {}


def test_it_is_said_where_every_module_is_tested():
    """By a file of its own name, or by those that the table in CONTRIBUTING names."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Where is it tested")[2]
    rows = [line.split("|")[1:3] for line in text.partition("\n## ")[0].splitlines()
            if line.startswith("| `")]  # fmt: skip
    said = {place: re.findall(r"`(\w+)`", tests)
            for places, tests in rows for place in re.findall(r"`([^`]+)`", places)}  # fmt: skip
    rooms_of_exercises = {"public.py", "hidden.py", "chaffs.py", "__init__.py"}
    modules = [path for path in production() if path.name not in rooms_of_exercises]
    lacking = [
        str(path.relative_to(ROOT))
        for path in modules
        if not (ROOT / "tests" / f"test_{path.stem}.py").is_file()
        and not {str(path.relative_to(ROOT)), str(path.parent.relative_to(ROOT))} & set(said)
    ]
    assert lacking == []
    assert [place for place in said if not (ROOT / place).exists()] == []
    named = {name for names in said.values() for name in names}
    assert [name for name in named if not (ROOT / "tests" / f"{name}.py").is_file()] == []
