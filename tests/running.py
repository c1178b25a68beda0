"""Run a notebook as a student does, from top to bottom, and read what its cells said."""

import os
import shutil
from pathlib import Path

from nbclient import NotebookClient
from nbformat import NotebookNode

from autograder.course.course import find_course


def run(notebook: NotebookNode, folder: Path, needs: tuple[str, ...] = ()) -> dict[str, str]:
    """What each code cell said, by its id; `needs` are the notebooks that must lie beside it."""
    paths = find_course().notebook_paths()
    for name in needs:
        shutil.copy(paths[name], folder)
    where = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=900, resources=where).execute(
        env={**os.environ, "STOP_AT_ERRORS": "1"}
    )
    return {
        cell.id: "".join(str(output.get("data", output.get("text"))) for output in cell.outputs)
        for cell in notebook.cells
        if cell.cell_type == "code"
    }


def check_files_of(exercise_ids) -> list[Path]:
    """The files of public and hidden checks of these exercises."""
    course = find_course()
    return [path for name in exercise_ids for path in course.check_files(course.find(name))]


def assert_checks_pass(notebook: NotebookNode, said: dict[str, str]) -> None:
    """Every check cell is there to be run, and says that all is right."""
    checks = [cell for cell in notebook.cells if cell.source.startswith("check(")]
    assert checks
    for cell in checks:
        assert "✓" in said[cell.id] and "✗" not in said[cell.id], cell.source
