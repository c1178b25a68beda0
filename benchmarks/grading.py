"""The same 20 submissions, graded by stock nbgrader and by this grader, in one run.

For stock nbgrader the same checks stand in ordinary test cells: the graded cell of each
exercise holds the functions of its public and hidden checks and calls them on the
notebook's own functions, and a check that fails raises. nbgrader executes the notebook in a
kernel and reads the grade off the cell's output. Both graders work on one submission at a
time, on files that lie ready; setting up the course directory is not counted. Only notebooks
without long training take part: executing the others whole would take nbgrader minutes each.
"""

from __future__ import annotations

import copy
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
from rich.console import Console
from rich.table import Table

from autograder.course.course import find_course
from autograder.course.rubrics import is_rubric
from exercises.sample_class.submissions import (
    Files,
    complete,
    half_done,
    mistaken,
    write_submission,
)
from helpers.checking.catalogue import FILE, Exercise, catalogue
from helpers.checking.cells import grade_id_of

ASSIGNMENT = "neural-networks"
NOTEBOOKS = ("01_theory", "02_network")
MISTAKES = (
    mistaken(n02=("2_2_2_one_maximum",)),
    mistaken(n02=("2_1_2_normal", "2_3_1_averaged")),
    mistaken(n02=("2_4_last_batch_filled_up",)),
)
CONFIG = f"""
c = get_config()
c.CourseDirectory.course_id = "bench"
c.CourseDirectory.root = {{root!r}}
c.ExecutePreprocessor.timeout = 120
c.NbGrader.logfile = ""
ASSIGNMENT = {ASSIGNMENT!r}
"""


def submissions() -> dict[str, Files]:
    """Twenty: ten complete, six with mistakes, four half done; none that hangs."""
    kinds: list[Callable[[], Files]] = [complete] * 10 + [*MISTAKES] * 2 + [half_done] * 4
    return {f"student-{index:02}": _chosen(make()) for index, make in enumerate(kinds)}


def _chosen(files: Files) -> Files:
    return {name: data for name, data in files.items() if Path(name).stem in NOTEBOOKS}


def main() -> None:
    """Print wall and processor time of both, and the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        files = submissions()
        stock = _stock(Path(folder) / "stock", files)
        ours = _ours(Path(folder) / "ours", files)
    table = Table("20 submissions, one at a time", "wall (s)", "CPU (s)")
    table.add_row("stock nbgrader autograde", *(f"{value:.1f}" for value in stock))
    table.add_row("course grade --workers 1", *(f"{value:.1f}" for value in ours))
    table.add_row("ratio", *(f"{a / b:.1f}" for a, b in zip(stock, ours, strict=True)))
    Console().print(table)


def _ours(folder: Path, files: dict[str, Files]) -> tuple[float, float]:
    for student, notebooks in files.items():
        write_submission(folder / "class", student, notebooks)
    command = [sys.executable, "-m", "autograder.commands.main", "grade", str(folder / "class"),
               "--out", str(folder / "out"), "--workers", "1"]  # fmt: skip
    wall, cpu = _timed(command, folder)
    # Each submission is graded by a process that this one is not the parent of: it says itself
    # what it and its sandbox used.
    results = (folder / "out" / "students").glob("*.json")
    return wall, cpu + sum(json.loads(path.read_text())["cpu_seconds"] for path in results)


def _stock(folder: Path, files: dict[str, Files]) -> tuple[float, float]:
    source = folder / "source" / ASSIGNMENT
    source.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG.format(root=str(folder)), encoding="utf-8")
    for name in NOTEBOOKS:
        notebook = with_test_cells(find_course().read_notebook(name))
        nbformat.write(notebook, source / f"{name}.ipynb")
    shutil.copytree(find_course().root / "helpers", source / "helpers")
    shutil.copy(find_course().root / FILE, source)
    nbgrader = [sys.executable, "-m", "nbgrader"]
    subprocess.run(
        [*nbgrader, "generate_assignment", ASSIGNMENT],
        cwd=folder,
        env=_environment(),
        check=True,
        capture_output=True,
    )
    for student, notebooks in files.items():
        write_submission(folder / "submitted" / student, ASSIGNMENT, notebooks)
    return _timed([*nbgrader, "autograde", ASSIGNMENT], folder)


def with_test_cells(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A source notebook whose graded cells hold the checks themselves."""
    exercises = {exercise.check_id: exercise for exercise in catalogue().checked}
    notebook = copy.deepcopy(notebook)
    notebook.cells = [cell for cell in notebook.cells if not is_rubric(cell)]
    for cell in notebook.cells:
        if grade_id_of(cell) in exercises:
            cell.source = test_cell(exercises[grade_id_of(cell)])
    return notebook


def test_cell(exercise: Exercise) -> str:
    """The checks of an exercise as the source of an ordinary test cell."""
    parts = []
    for path in find_course().check_files(exercise):
        parts.append(
            path.read_text(encoding="utf-8").replace("from __future__ import annotations", "")
        )
    return "\n".join([
        "_before = set(globals())",
        *parts,
        "from helpers.checking.student import LocalBackend, Student",
        "_tests = [v for k, v in list(globals().items()) if k.startswith('test_')",
        "          and k not in _before]",
        "for _test in _tests:",
        "    _arguments = {'student': Student(LocalBackend(globals())),",
        "                  'rng': np.random.default_rng()}",
        "    _names = _test.__code__.co_varnames[: _test.__code__.co_argcount]",
        "    _test(**{name: _arguments[name] for name in _names})",
        "for _name in [k for k in globals() if k.startswith('test_')]:",
        "    del globals()[_name]",
    ])  # fmt: skip


test_cell.__test__ = False  # not a test of ours, whatever its name


def _environment() -> dict[str, str]:
    """The present environment, with the course to import and nbgrader's own commands to call."""
    commands = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return {**os.environ, "PYTHONPATH": str(find_course().root), "PATH": commands}


def _timed(command: list[str], folder: Path) -> tuple[float, float]:
    """Wall and processor seconds of a command and all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=_environment(), capture_output=True, text=True)
    wall = time.perf_counter() - started
    if done.returncode and "autograde" not in command:
        raise RuntimeError(done.stderr[-2000:])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu


if __name__ == "__main__":
    main()
