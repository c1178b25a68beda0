"""The student's folder: notebooks without solutions, helpers, data, and how to begin."""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from string import Template

import nbformat
from nbformat import NotebookNode

from autograder.course.course import Course, find_course, notebook_title
from autograder.course.doctor import refuse_broken
from autograder.course.rubrics import drop_instructor_material
from autograder.course.writing import copy_files, new_directory
from helpers.checking.catalogue import FILE, PUBLIC
from helpers.errors import CourseError

DATA_SUFFIXES = frozenset({".csv", ".jpg", ".json", ".md", ".npz", ".png", ".toml", ".txt"})


def release(directory: Path, course: Course | None = None) -> list[Path]:
    """Write the student's folder.

    Parameters
    ----------
    directory : Path
        Must not exist yet, or be empty. The folder can be moved anywhere afterwards.
    course : Course, optional
        By default that of :func:`autograder.course.course.find_course`.

    Returns
    -------
    list of Path
        Every file written, relative to ``directory``.

    Raises
    ------
    CourseDirectoryError
        The directory holds something already, or it cannot be made.
    CourseError
        The checkout is not complete.
    """
    course = course or find_course()
    notebooks = course.read_notebooks()
    _refuse_incomplete(course)
    refuse_broken(course)
    with new_directory(directory) as folder:
        for name, notebook in notebooks.items():
            write_notebook(student_notebook(notebook), folder / f"{name}.ipynb")
        _copy_checks(course, folder)
        for name, path in course.helper_items().items():
            copy_files(path, folder / "helpers" / name)
        for name in course.students.data:
            copy_files(course.root / "data" / name, folder / "data" / name, suffixes=DATA_SUFFIXES)
        for name in course.students.files:
            shutil.copyfile(course.root / name, folder / name)
        _write(folder / FILE, for_students((course.root / FILE).read_text(encoding="utf-8")))
        _write(folder / "README.md", readme(course))
        _write(folder / "requirements.txt", requirements_txt(course.students.packages))
        _write(folder / "environment.yml", environment_yml(course))
        return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def _copy_checks(course: Course, folder: Path) -> None:
    """The public checks of each exercise, by their exact name: what else lies there stays."""
    for exercise in course.exercises:
        for path in course.checks(exercise, PUBLIC):
            target = folder / "exercises" / path.parent.name / PUBLIC
            target.parent.mkdir(parents=True)
            shutil.copyfile(path, target)


def for_students(text: str) -> str:
    r"""The text of a ``course.toml`` without what concerns the grader alone.

    Comments and empty lines belong to what stands below them.

    Examples
    --------
    >>> for_students('name = "n"\n# ours\n[engine]\nx = 1\n[engine.box]\ny = 2\n[[exercise]]\n')
    'name = "n"\n[[exercise]]\n'
    """
    kept, above, ours = [], [], False
    for line in text.splitlines(keepends=True):
        if re.match(r"\s*\[", line):
            ours = bool(re.match(r"\s*\[engine\b", line))
        above.append(line)
        if not re.match(r"\s*(#|$)", line):
            kept += [] if ours else above
            above = []
    return "".join(kept)


def _refuse_incomplete(course: Course) -> None:
    own = course.students
    needed = [*(f"data/{name}" for name in own.data), *own.files, *own.required, own.readme]
    for path in [course.root / name for name in needed]:
        if not path.exists() or (path.is_dir() and not any(path.iterdir())):
            raise CourseError(
                f"{path} is missing, so the students' folder would be incomplete; restore it "
                f"with `git checkout -- {path.relative_to(course.root)}` in {course.root}, or take "
                f"it out of {FILE}"
            )


def student_notebook(notebook: NotebookNode) -> NotebookNode:
    """A source notebook as students get it; the source is left as it is.

    nbgrader's own preprocessors do the work, in the order in which
    ``nbgrader generate_assignment`` runs them, without a gradebook.
    """
    from nbgrader import preprocessors as steps  # slow to import, and only needed here

    notebook = copy.deepcopy(notebook)
    drop_instructor_material(notebook)
    resources: dict = {}
    for step in (
        steps.LockCells,
        steps.ClearSolutions,
        steps.ClearOutput,
        steps.ClearHiddenTests,
        steps.ClearMarkScheme,
        steps.ComputeChecksums,
        steps.CheckCellMetadata,
    ):
        notebook, resources = step().preprocess(notebook, resources)
    return notebook


def write_notebook(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook as text with plain line ends, the same bytes on every system."""
    _write(path, nbformat.writes(notebook) + "\n")


def release_notebooks(course: Course) -> dict[str, NotebookNode]:
    """The course's notebooks as students get them, by name: no solution is in them."""
    return dict(_release_notebooks(course.root))


@cache
def _release_notebooks(root: Path) -> dict[str, NotebookNode]:
    course = find_course(root)
    return {name: student_notebook(nb) for name, nb in course.read_notebooks().items()}


def requirements_txt(pins: Sequence[str]) -> str:
    """The pins as pip reads them."""
    return "\n".join(pins) + "\n"


def environment_yml(course: Course) -> str:
    """The pins as conda reads them: Python by conda, the packages by pip."""
    return "\n".join(
        [
            f"name: {course.name}",
            "channels:",
            "  - conda-forge",
            "dependencies:",
            f"  - python={course.students.python}",
            "  - pip",
            "  - pip:",
            *(f"      - {pin}" for pin in course.students.packages),
            "",
        ]
    )


def readme(course: Course) -> str:
    """The student's README, with the notebooks that there are."""
    rows = [
        f"| `{name}.ipynb` | {notebook_title(notebook)} |"
        for name, notebook in course.read_notebooks().items()
    ]
    text = (course.root / course.students.readme).read_text(encoding="utf-8")
    return Template(text).substitute(notebooks="\n".join(rows))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
