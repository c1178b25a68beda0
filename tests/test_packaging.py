"""The package as a whole: versions that agree, files that belong, notebooks in good order."""

import ast
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import nbformat
import pytest
import yaml

from autograder.course.course import find_course
from helpers.checking.catalogue import catalogue
from tests.imports import imports_of
from tests.left_out import GIT

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN = PROJECT["project"]["dependencies"]
DEV = PROJECT["project"]["optional-dependencies"]["dev"]
# Imported by name, and promised by another package as a part of itself.
PART_OF = {
    "cycler": "matplotlib",
    "docutils": "sphinx",
    "markupsafe": "jinja2",
    "requests": "pooch",
}
INSTALLED = ("autograder", "book", "equations", "exercises", "helpers")
# What says what is missing where the package is not there.
OPTIONAL = {"torch", "atheris"}  # each has an extra of its own
COURSE = find_course()
STUDENT = COURSE.students.packages
NOTEBOOKS = COURSE.read_notebooks()


def name_of(pin):
    return re.split(r"[=;<>~! ]", pin)[0].lower().replace("_", "-")


def tracked_files():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip(GIT)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


# --- Versions -------------------------------------------------------------------------------


def test_conda_and_pip_users_get_the_same_versions():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python, pip, packages = environment["dependencies"]
    assert pip == "pip"
    assert python.removeprefix("python=") == PROJECT["project"]["requires-python"][2:]
    assert packages["pip"] == [*RUN, *DEV, "--editable ."]


def test_every_direct_dependency_is_pinned_exactly():
    for pin in [*RUN, *DEV]:
        assert re.fullmatch(r"[\w.-]+==[\w.]+(; [^;]+)?", pin), pin
    assert sorted(map(name_of, RUN)) == list(map(name_of, RUN))


def test_constraints_agree_and_are_names_and_versions_only():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", pin) for pin in pins)
    versions = {name_of(pin): pin.partition("==")[2] for pin in pins}
    for pin in [*RUN, *DEV]:
        assert versions[name_of(pin)] == pin.partition(";")[0].partition("==")[2], pin


def test_students_get_the_versions_that_the_course_is_tested_with():
    assert len(STUDENT) == len(set(STUDENT)) > 5
    assert set(STUDENT) <= set(RUN)


def third_party(folder):
    """Packages outside the standard library that the code of a folder imports."""
    own = {
        "helpers", "autograder", "exercises", "equations", "book", "data", "benchmarks", "tests"
    }  # fmt: skip
    found = set()
    for path in (ROOT / folder).rglob("*.py"):
        found |= imports_of(path)
    return found - own - set(sys.stdlib_module_names)


@pytest.mark.parametrize(
    ("folder", "allowed"),
    [("helpers", STUDENT), ("autograder", RUN), ("data", RUN + DEV), ("benchmarks", RUN + DEV),
     ("tests", RUN + DEV), ("exercises", RUN)],
)  # fmt: skip
def test_what_is_imported_is_a_declared_dependency(folder, allowed):
    homes = importlib.metadata.packages_distributions()
    allowed = {name_of(pin) for pin in allowed}
    for package in third_party(folder) - OPTIONAL:
        distributions = {name_of(d) for d in homes.get(PART_OF.get(package, package), [])}
        assert distributions & allowed, f"{folder} imports {package}, which is not declared"


def test_helpers_know_nothing_of_the_grader():
    for path in (ROOT / "helpers").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"^\s*(from|import) (autograder|exercises)\b", text, re.M), path


# --- Files ----------------------------------------------------------------------------------

FORBIDDEN = {
    "a path of one machine": r"(?<![\w.])/(work|farm|root)/",
    "a package host": "|".join([r"pypi\.o" + "rg", "python" + "hosted", "registry.np" + "mjs"]),
    "an unfinished mark": r"\b(FIX" + r"ME|XX" + r"X|HA" + r"CK)\b",
}
TEXT = {".py", ".md", ".toml", ".yml", ".yaml", ".ipynb", ".txt", ".cfg", ".j2", ".css", ""}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds_what_never_goes_in(what):
    for path in tracked_files():
        if path.suffix in TEXT and path != Path(__file__):
            found = re.search(FORBIDDEN[what], path.read_text(encoding="utf-8", errors="replace"))
            assert not found, f"{path.relative_to(ROOT)} holds {what}: {found.group(0)!r}"


def test_the_checkout_stays_small():
    sizes = {path: path.stat().st_size for path in tracked_files()}
    assert max(sizes.values()) < 12e6
    assert sum(sizes.values()) < 40e6


def test_every_file_of_the_packages_is_installed_with_them():
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["*"]
    for path in tracked_files():
        folder = path.relative_to(ROOT).parts[0]
        if folder in INSTALLED and path.suffix != ".py" and "template" not in path.parts:
            assert any(path.match(pattern) for pattern in patterns), path


def test_every_module_says_what_it_is():
    for path in tracked_files():
        if path.suffix == ".py" and path.stat().st_size and "template" not in path.parts:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            assert ast.get_docstring(tree), path


# --- Commands -------------------------------------------------------------------------------


def make(*arguments):
    alone = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", *arguments], cwd=ROOT, env=alone, capture_output=True, text=True)


def test_make_lists_its_targets():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.M).group(1).split()
    listed = [line.split()[1] for line in make().stdout.splitlines()]
    assert listed == targets == [line.split()[1] for line in make("help").stdout.splitlines()]
    assert {"demo", "test", "bench", "lint", "release", "data"} <= set(targets)


def test_every_target_makes_the_environment_that_it_needs():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target, needs in re.findall(r"^([a-z]+):(.*?)##", makefile, re.M):
        assert needs.split() == ([] if target in ("help", "clean") else ["$(READY)"]), target


def test_without_a_python_make_says_what_to_install(tmp_path):
    copy = tmp_path / "Makefile"
    copy.write_text((ROOT / "Makefile").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "constraints.txt").touch()
    done = subprocess.run(["make", "-C", tmp_path, "PYTHON=", "test"],
                          capture_output=True, text=True)  # fmt: skip
    assert done.returncode and "no Python 3.11 or newer was found" in done.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("torch", ["true", "false"])
def test_continuous_integration_goes_on_to_the_tests_without_pytorch(torch, tmp_path):
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
    script = shutil.copy(ROOT / ".ci" / "run", tmp_path)
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("git", "chromium", "chromedriver", "npm", "apt-get", "python3"):
        (tools / name).write_text("#!/bin/sh\n", encoding="utf-8")
    (tools / "make").write_text(f"#!/bin/sh\necho make $1\ntest $1 = test || {torch}\n", "utf-8")
    for tool in tools.iterdir():
        tool.chmod(0o755)
    env = {"PATH": f"{tools}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", script], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-2:] == ["make torch", "make test"]
    assert ("could not install PyTorch" in done.stderr) == (torch == "false")


def test_the_command_is_there():
    module, _, function = PROJECT["project"]["scripts"]["course"].partition(":")
    command = getattr(__import__(module, fromlist=[function]), function)
    listed = command.list_commands(click.Context(command))
    assert set(listed) >= {"release", "check", "grade", "init"}
    assert all(command.get_command(click.Context(command), name) for name in listed)


# --- Source notebooks -----------------------------------------------------------------------


def marks(cell):
    return cell.metadata.get("nbgrader", {})


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebooks_hold_no_outputs_and_stable_ids(name):
    notebook = NOTEBOOKS[name]
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None, cell.id
            assert not set(cell.metadata) - {"nbgrader", "tags"}, cell.id
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", cell.id), cell.id
        assert cell.source.strip(), cell.id
    ids = [cell.id for cell in notebook.cells]
    assert len(ids) == len(set(ids))


def test_notebooks_and_the_catalogue_name_the_same_cells():
    for name, notebook in NOTEBOOKS.items():
        cells = {marks(cell)["grade_id"]: cell for cell in notebook.cells if marks(cell)}
        assert len(cells) == sum(bool(marks(cell)) for cell in notebook.cells)
        mine = [exercise for exercise in catalogue().exercises if exercise.notebook == name]
        written = {grade_id for exercise in mine for grade_id in exercise.written}
        checked = {e.check_id for e in mine if e.functions or e.file}
        graded = {grade_id for grade_id, cell in cells.items() if marks(cell)["grade"]}
        assert graded == written | checked
        for exercise in mine:
            if exercise.check_id in checked:
                assert cells[exercise.check_id].source == f'check("{exercise.id}")'
            for function in exercise.functions:
                assert f"def {function}(" in cells[exercise.grade_id].source


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebooks_have_a_rubric_below_every_written_answer(name):
    cells = NOTEBOOKS[name].cells
    for cell, below in zip(cells, [*cells[1:], None], strict=True):
        if cell.cell_type == "markdown" and marks(cell).get("grade"):
            assert below is not None and "rubric" in below.metadata.get("tags", []), cell.id
            worth = [float(points) for points in re.findall(
                r"^\s*[-*] \*\*([\d.]+) points?\*\*", below.source, re.M)]  # fmt: skip
            assert sum(worth) == marks(cell)["points"], cell.id
