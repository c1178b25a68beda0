"""Where the course is: the checkout that this package is part of, and its notebooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from helpers.errors import CourseError, NotebookError


@dataclass(frozen=True)
class Course:
    """The folders of a checkout.

    Attributes
    ----------
    root : Path
        The checkout: what holds ``notebooks``, ``helpers``, ``data`` and ``autograder``.
    """

    root: Path

    @property
    def notebooks(self) -> Path:
        """The instructor's notebooks, solutions and rubrics included."""
        return self.root / "notebooks"

    @property
    def helpers(self) -> Path:
        """What the notebooks import, public checks included."""
        return self.root / "helpers"

    @property
    def data(self) -> Path:
        """The embedded data sets."""
        return self.root / "data"

    @property
    def hidden_checks(self) -> Path:
        """The checks that never leave the instructor's side."""
        return self.root / "autograder" / "checks"

    def notebook_paths(self) -> dict[str, Path]:
        """The source notebooks by name, such as ``"02_network"``, in the order of the course."""
        return {path.stem: path for path in sorted(self.notebooks.glob("[0-9][0-9]_*.ipynb"))}

    def read_notebook(self, name: str) -> NotebookNode:
        """Read one source notebook.

        Raises
        ------
        NotebookError
            There is none of that name, or it is damaged.
        """
        path = self.notebook_paths().get(name)
        if path is None:
            known = ", ".join(self.notebook_paths())
            raise NotebookError(f"the course has no notebook {name!r}; it has {known}")
        return read_notebook(path)

    def read_notebooks(self) -> dict[str, NotebookNode]:
        """Read every source notebook, in the order of the course."""
        return {name: read_notebook(path) for name, path in self.notebook_paths().items()}


def find_course(root: Path | None = None) -> Course:
    """Find the checkout that this package was imported from.

    Parameters
    ----------
    root : Path, optional
        Look here instead.

    Raises
    ------
    CourseError
        The notebooks are not there: the package was installed without its checkout.
    """
    course = Course(Path(root) if root else Path(__file__).resolve().parents[1])
    if not course.notebook_paths():
        raise CourseError(
            f"no source notebooks are in {course.notebooks}: the grader works from a checkout of "
            "the course; install it with `pip install --editable` in one"
        )
    return course


def notebook_title(notebook: Mapping[str, Any]) -> str:
    """The title of a notebook: its first heading of the first level, with its number.

    Parameters
    ----------
    notebook : mapping
        As nbformat reads it, or as it lies in the file.

    Returns
    -------
    str
        Empty where there is no such heading.

    Examples
    --------
    >>> cells = [{"cell_type": "markdown", "source": ["Before\\n", "# 1 *First* steps \\n"]}]
    >>> notebook_title({"cells": cells})
    '1 *First* steps'
    """
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            for line in "".join(cell["source"]).splitlines():
                if line.startswith("# "):
                    return line[2:].strip()
    return ""


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook that ought to be in order.

    Raises
    ------
    NotebookError
        It cannot be read, or is no notebook of format 4.
    """
    try:
        notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
        nbformat.validate(notebook)
    except OSError as error:
        raise NotebookError(f"the notebook {path} cannot be read ({error.strerror})") from error
    except Exception as error:  # nbformat raises what its JSON and schema libraries raise
        reason = str(error).strip().splitlines()[0][:200]
        raise NotebookError(
            f"{path} is no notebook ({reason}); restore it from the course's repository"
        ) from error
    if notebook.nbformat != 4:
        raise NotebookError(
            f"the notebook {path} is of format {notebook.nbformat}; it must be of format 4: "
            "open and save it in JupyterLab"
        )
    return notebook
