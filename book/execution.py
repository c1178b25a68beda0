"""Execute notebooks once, and keep their outputs for as long as nothing they rest on changes."""

from __future__ import annotations

import ast
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import nbformat

from autograder.course.course import Course
from book.sources import code_of, fingerprint
from helpers.errors import CourseError

# Both formats of each figure: the book takes the one that suits it.
SETTING = """
%config InlineBackend.figure_formats = ['svg', 'png2x']
import matplotlib as _mpl
_mpl.rcParams['svg.hashsalt'] = 'book'
import os as _os
_os.environ['COLUMNS'] = '88'
"""
CELL_SECONDS = 1500
OPTIONAL = ("torch",)
"""Packages without which the rest of the book can still be made."""


@dataclass(frozen=True)
class Outputs:
    """What the code cells of a notebook gave.

    Attributes
    ----------
    cells : mapping of str to list of dict
        The outputs of each code cell, as nbformat writes them, by the id of the cell.
    seconds : float
        How long the notebook ran.
    missing : str
        Why there are no outputs; empty where there are.
    """

    cells: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    seconds: float = 0.0
    missing: str = ""


def execute_all(
    course: Course,
    names: Sequence[str],
    cache: Path,
    workers: int = 2,
    say: Callable[[str], None] = print,
) -> dict[str, Outputs]:
    """The outputs of notebooks: kept ones where they still hold, else by running them.

    Parameters
    ----------
    course : Course
    names : sequence of str
        Of the notebooks.
    cache : Path
        The folder of kept outputs; made if it is not there.
    workers : int
        How many notebooks run at a time.
    say : callable
        Is told what is going on, a line at a time.

    Raises
    ------
    CourseError
        A cell of a notebook raises.
    """
    cache.mkdir(parents=True, exist_ok=True)

    # Before any thread starts: in Python 3.11, two that parse code at a time can fail.
    ready = {name: _prepare(course, name, cache) for name in names}

    def outputs(name: str) -> Outputs:
        return _outputs(course, name, *ready[name], say)

    last_first = list(reversed(names))  # later notebooks train longer: none is left over at the end
    with ThreadPoolExecutor(max(1, workers)) as pool:
        found = dict(zip(last_first, pool.map(outputs, last_first), strict=True))
    return {name: found[name] for name in names}


def _prepare(course: Course, name: str, cache: Path) -> tuple[list[str], Path]:
    """The packages that a notebook lacks, and the file in which its outputs are kept."""
    lacking = [package for package in needed(course, name) if find_spec(package) is None]
    return lacking, cache / f"{name}-{fingerprint(course, name, SETTING)}.json"


def _outputs(
    course: Course, name: str, lacking: list[str], kept: Path, say: Callable[[str], None]
) -> Outputs:
    if lacking:
        say(f"{name}: not executed, {lacking[0]} is not installed")
        return Outputs(missing=f"the package {lacking[0]} was not installed")
    if kept.is_file():
        return Outputs(**json.loads(kept.read_text(encoding="utf-8")))
    say(f"{name}: executing")
    started = time.monotonic()
    cells = execute(course, name)
    outputs = Outputs(cells, round(time.monotonic() - started, 1))
    for old in kept.parent.glob(f"{name}-*.json"):
        old.unlink()
    unfinished = kept.with_suffix(f".{os.getpid()}")
    unfinished.write_text(json.dumps({"cells": cells, "seconds": outputs.seconds}), "utf-8")
    unfinished.replace(kept)
    say(f"{name}: executed in {outputs.seconds:.0f} s")
    return outputs


def needed(course: Course, name: str) -> list[str]:
    """The packages of `OPTIONAL` that a notebook imports."""
    found = set()
    for cell in code_of(course, name):
        for node in ast.walk(ast.parse(cell)):
            if isinstance(node, ast.Import):
                found.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return [package for package in OPTIONAL if package in found]


def execute(course: Course, name: str) -> dict[str, list[dict[str, Any]]]:
    """Run a source notebook from top to bottom in a folder of its own, beside all the others.

    Returns
    -------
    dict
        The outputs of each code cell by its id.

    Raises
    ------
    CourseError
        A cell raises, or runs for too long.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError

    notebook = course.read_notebook(name)
    notebook.cells.insert(0, nbformat.v4.new_code_cell(SETTING.strip(), id="book-setting"))
    environment = {**os.environ, "PYTHONPATH": str(course.root), "OMP_NUM_THREADS": "1",
                   "OPENBLAS_NUM_THREADS": "1", "STOP_AT_ERRORS": "1"}  # fmt: skip
    environment.pop("MPLBACKEND", None)  # the kernel's own draws into the notebook
    with tempfile.TemporaryDirectory(prefix="book-") as folder:
        for path in course.notebook_paths().values():
            shutil.copy(path, folder)
        client = NotebookClient(
            notebook, timeout=CELL_SECONDS, kernel_name="python3", store_widget_state=False,
            extra_arguments=["--log-level=40"],  # its remarks on ports are no concern of ours
            resources={"metadata": {"path": folder}},
        )  # fmt: skip
        try:
            client.execute(env=environment)
        except (CellExecutionError, CellTimeoutError) as error:
            last = [line for line in str(error).splitlines() if line.strip()][-1]
            raise CourseError(
                f"notebook {name} does not run from top to bottom ({last}); run it in "
                "JupyterLab, mend the cell, and build the book again"
            ) from error
    return {
        cell.id: [_plain(output) for output in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.id != "book-setting"
    }


def _plain(output: Any) -> dict[str, Any]:
    kept = json.loads(json.dumps(output))
    kept.pop("execution_count", None)
    return kept
