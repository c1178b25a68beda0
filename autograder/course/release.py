"""The student's folder: notebooks without solutions, helpers, data, and how to begin."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Template

import nbformat
from nbformat import NotebookNode

from autograder.course.course import Course, find_course, notebook_title
from autograder.course.doctor import refuse_broken
from autograder.course.download import bring_the_course
from autograder.course.kit import copy_kit
from autograder.course.rubrics import drop_instructor_material
from autograder.course.writing import new_directory
from helpers.checking.catalogue import FILE
from helpers.errors import CourseError


def release(
    directory: Path, course: Course | None = None, only: Sequence[str] | None = None
) -> list[Path]:
    """Write the student's folder.

    Parameters
    ----------
    directory : Path
        Must not exist yet, or be empty. The folder can be moved anywhere afterwards.
    course : Course, optional
        By default that of :func:`autograder.course.course.find_course`.
    only : sequence of str, optional
        The notebooks that are released; all by default.

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
    refuse_unfit(course)
    with new_directory(directory) as folder:
        fill_release(folder, course, only)
        return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def refuse_unfit(course: Course) -> None:
    """Raise a `CourseError` where what would be handed out is not complete, or does not fit."""
    course.read_notebooks()
    _refuse_incomplete(course)
    refuse_broken(course)


def fill_release(folder: Path, course: Course, only: Sequence[str] | None = None) -> None:
    """Write what students get into a folder that is there and empty."""
    notebooks = {name: course.read_notebook(name) for name in only or course.notebooks}
    for name, notebook in notebooks.items():
        released = student_notebook(notebook)
        bring_the_course(released, course)
        write_notebook(released, folder / f"{name}.ipynb")
    copy_kit(course, folder)
    for name in course.students.files:
        shutil.copyfile(course.root / name, folder / name)
    _write(folder / "README.md", readme(course, notebooks))
    _write(folder / "requirements.txt", requirements_txt(course.students.packages))
    _write(folder / "environment.yml", environment_yml(course))


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
    notebooks = {name: student_notebook(nb) for name, nb in course.read_notebooks().items()}
    for notebook in notebooks.values():
        bring_the_course(notebook, course)
    return notebooks


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


def readme(course: Course, notebooks: Mapping[str, NotebookNode] | None = None) -> str:
    """The student's README, with the notebooks that there are; by default all."""
    rows = [
        f"| `{name}.ipynb` | {notebook_title(notebook)} |"
        for name, notebook in (notebooks or course.read_notebooks()).items()
    ]
    text = (course.root / course.students.readme).read_text(encoding="utf-8")
    return Template(text).substitute(notebooks="\n".join(rows))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
