"""A course on the instructor's side: its catalogue, notebooks, and additions to the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.course.sheets import Sheet, read_sheets
from helpers.checking.catalogue import (
    BESIDE,
    FILE,
    HIDDEN,
    PUBLIC,
    Catalogue,
    Exercise,
    read_catalogue,
    read_table,
)
from helpers.checking.cells import text_of
from helpers.errors import CourseError, NotebookError

KIT = ("__init__.py", "__main__.py", "errors.py", "checking")
"""What every course's students have in ``helpers``: checking, whatever the subject."""


@dataclass(frozen=True)
class Students:
    """What the students' folder holds beside notebooks, public checks and helpers.

    Attributes
    ----------
    readme : str
        The file of its README, a template in which ``$notebooks`` stands for the table of them.
    python : str
        The version of Python in ``environment.yml``.
    packages : tuple of str
        What students install, such as ``"numpy==2.4.6"``.
    data : tuple of str
        Folders in ``data``.
    files : tuple of str
        Files at the root, such as licences.
    required : tuple of str
        Files without which the folder would be incomplete, such as those of data.
    download : str
        The address of a ZIP file of that folder, from which notebooks fetch it where it is missing,
        as in Colab; by default they do not.
    """

    readme: str = "notebooks/readme_for_students.md"
    python: str = "3.11"
    packages: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    download: str = ""


@dataclass(frozen=True)
class Box:
    """What the box in which students' code runs holds of the course.

    Attributes
    ----------
    modules : tuple of str
        Modules of `helpers` that are imported before any student's code, to save time.
    data : tuple of str
        Folders in ``data`` that can be seen in there.
    probes : tuple of str
        Modules whose functions a check may call in there, to look at an answer where it is.
    packages : tuple of str
        The packages that are there, by the names under which they are installed, with what these
        need; all that are installed where none is named.
    more : mapping of str to list of str
        Packages that are there for the answers of single notebooks, too.
    """

    modules: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    more: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def offered(self, notebook: str) -> tuple[str, ...] | None:
        """The packages that are there for the answers of a notebook; ``None`` means all.

        Examples
        --------
        >>> Box(packages=("numpy",), more={"04_ocr": ["scipy"]}).offered("04_ocr")
        ('numpy', 'scipy')
        """
        return (*self.packages, *self.more.get(notebook, ())) if self.packages else None


@dataclass(frozen=True)
class ByHand:
    """What is worth a second look in answers that are to be written by hand.

    Attributes
    ----------
    notebooks : tuple of str
        The notebooks in which this holds.
    packages : tuple of str
        Packages that do the work.
    functions : tuple of str
        Names of ready-made functions.
    watched : tuple of str
        Functions, with their modules, and modules of which it is noted that they are used while an
        answer runs.
    """

    notebooks: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    watched: tuple[str, ...] = ()

    def watched_in(self, notebook: str) -> tuple[str, ...]:
        """What is watched while answers of a notebook run."""
        return self.watched if notebook in self.notebooks else ()


@dataclass(frozen=True)
class Course(Catalogue):
    """A course on the instructor's side: also what students do not get.

    Attributes
    ----------
    students : Students
    box : Box
    by_hand : ByHand
    commands : str
        A module with further commands of ``course``, or an empty text.
    class_notes : str
        What looks at the results of a whole class (``module:function``), or an empty text.
    file_judges : mapping of str to str
        Who judges a file that is handed in, ``module:function`` by the exercise's id.
    sheets : tuple of Sheet
        What is handed in together; one of all notebooks where ``course.toml`` names none.
    """

    students: Students = field(default_factory=Students)
    box: Box = field(default_factory=Box)
    by_hand: ByHand = field(default_factory=ByHand)
    commands: str = ""
    class_notes: str = ""
    file_judges: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[Sheet, ...] = ()

    def sheet(self, name: str) -> Sheet:
        """The sheet of a name.

        Raises
        ------
        CourseError
            There is none.
        """
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        known = ", ".join(sheet.name for sheet in self.sheets)
        raise CourseError(f"the course has no sheet {name!r}; it has {known}")

    def notebook_paths(self) -> dict[str, Path]:
        """The source notebooks by name, such as ``"02_network"``, in the order of the course."""
        return {name: self.root / "notebooks" / f"{name}.ipynb" for name in self.notebooks}

    def read_notebook(self, name: str) -> NotebookNode:
        """Read one source notebook.

        Raises
        ------
        NotebookError
            There is none of that name, or it is damaged.
        """
        path = self.notebook_paths().get(name)
        if path is None:
            known = ", ".join(self.notebooks)
            raise NotebookError(f"the course has no notebook {name!r}; it has {known}")
        return read_notebook(path)

    def read_notebooks(self) -> dict[str, NotebookNode]:
        """Read every source notebook, in the order of the course."""
        return {name: read_notebook(path) for name, path in self.notebook_paths().items()}

    def helper_items(self) -> dict[str, Path]:
        """What the folder ``helpers`` of students holds, by name: the kit, and the course's own."""
        own = self.root / "helpers"
        kit = {name: BESIDE / "helpers" / name for name in KIT}
        found = sorted(own.iterdir()) if own.is_dir() else []
        return kit | {p.name: p for p in found if not p.name.startswith((".", "__pycache__"))}

    def check_files(self, exercise: Exercise) -> list[Path]:
        """The files of public and hidden checks of an exercise."""
        return self.checks(exercise, PUBLIC, HIDDEN)


def find_course(root: Path | None = None) -> Course:
    """Find a course.

    Parameters
    ----------
    root : Path, optional
        The folder of the course. By default the one in or around the current folder, else the
        one that the grader was installed from.

    Raises
    ------
    CourseError
        There is none, or its ``course.toml`` cannot be used.
    """
    here = Path.cwd()
    around = (
        f for f in (here, *here.parents) if (f / FILE).is_file() and (f / "notebooks").is_dir()
    )
    return read_course(Path(root).resolve() if root else next(around, BESIDE))


@cache
def read_course(root: Path) -> Course:
    """Read the course in a folder; see :func:`find_course`."""
    catalogue = read_catalogue(root)
    engine = read_table(root).get("engine", {})
    box = engine.get("box", {})
    students = read_table(root).get("students", {})
    ours = {entry.name: getattr(catalogue, entry.name) for entry in fields(Catalogue)}
    return Course(
        **ours,
        students=_filled(Students, students, root),
        box=_filled(Box, box, root),
        by_hand=_filled(ByHand, engine.get("by_hand", {}), root),
        commands=engine.get("commands", ""),
        class_notes=engine.get("class_notes", ""),
        file_judges=engine.get("file_judges", {}),
        sheets=read_sheets(read_table(root), catalogue.name, catalogue.notebooks),
    )


def _filled(kind: Callable, table: Mapping[str, Any], root: Path) -> Any:
    """A dataclass from a table of ``course.toml``."""
    known = {entry.name for entry in fields(kind)}
    for_catalogue = {"commands", "file_checks", "stand_ins"}
    for key in table.keys() - known - for_catalogue:
        allowed = ", ".join(sorted(known | for_catalogue))
        raise CourseError(f"{root / FILE} says {key!r} where only these are allowed: {allowed}")
    kept = {key: tuple(v) if isinstance(v, list) else v for key, v in table.items() if key in known}
    return kind(**kept)


def notebook_title(notebook: Mapping[str, Any]) -> str:
    """The first heading of a notebook, such as ``"2 A fully connected network"``, or nothing.

    Examples
    --------
    >>> notebook_title({"cells": [{"cell_type": "markdown", "source": "# 2 Networks\\nText."}]})
    '2 Networks'
    """
    lines = (
        line
        for cell in notebook["cells"]
        if cell["cell_type"] == "markdown"
        for line in text_of(cell).splitlines()
    )
    heading = next((line for line in lines if line.startswith("# ")), "")
    return heading.lstrip("# ").strip()


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
