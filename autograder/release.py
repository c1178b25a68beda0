"""The student's folder: notebooks without solutions, helpers, data, and how to begin."""

from __future__ import annotations

import copy
import shutil
import tomllib
from pathlib import Path
from string import Template

import nbformat
from nbformat import NotebookNode

from autograder.course import Course, find_course, notebook_title
from autograder.directories import copy_files, new_directory
from autograder.rubrics import drop_instructor_material
from helpers.datasets import letters
from helpers.datasets.sources import SOURCES
from helpers.errors import CourseError

README = Path(__file__).with_name("release_readme.md")
LICENCES = ("LICENSE", "LICENSE-CC-BY-4.0")
DATA_SUFFIXES = frozenset({".csv", ".jpg", ".json", ".md", ".npz", ".png", ".toml", ".txt"})


def release(directory: Path, course: Course | None = None) -> list[Path]:
    """Write the student's folder.

    Parameters
    ----------
    directory : Path
        Must not exist yet, or be empty. The folder can be moved anywhere afterwards.
    course : Course, optional
        The checkout; by default the one that this package is part of.

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
    with new_directory(directory) as folder:
        for name, notebook in course.read_notebooks().items():
            write_notebook(student_notebook(notebook), folder / f"{name}.ipynb")
        _refuse_incomplete(course)
        copy_files(course.helpers, folder / "helpers")
        others = frozenset(SOURCES)  # other people's data are not ours to hand on
        copy_files(course.data, folder / "data", suffixes=DATA_SUFFIXES, without=others)
        for name in LICENCES:
            shutil.copyfile(course.root / name, folder / name)
        _write(folder / "README.md", readme(course))
        _write(folder / "requirements.txt", requirements_txt(student_requirements(course)))
        _write(folder / "environment.yml", environment_yml(student_requirements(course)))
        return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def _refuse_incomplete(course: Course) -> None:
    needed = [course.data / letters.FILE, course.helpers / "exercises.toml"]
    for path in [*needed, *(course.root / name for name in LICENCES)]:
        if not path.is_file():
            raise CourseError(
                f"{path} is missing, so the students' folder would be incomplete; restore it "
                f"with `git checkout -- {path.relative_to(course.root)}` in {course.root}"
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


def student_requirements(course: Course) -> list[str]:
    """What students install, pinned: the part of the course's dependencies named for them.

    Raises
    ------
    CourseError
        ``pyproject.toml`` names a package for students that is no dependency.
    """
    project = tomllib.loads((course.root / "pyproject.toml").read_text(encoding="utf-8"))
    pinned = {pin.partition("==")[0]: pin for pin in project["project"]["dependencies"]}
    wanted = project["tool"]["course"]["student"]
    missing = [name for name in wanted if name not in pinned]
    if missing:
        raise CourseError(
            f"pyproject.toml lists {', '.join(missing)} under [tool.course] student, but not "
            "under dependencies; add it there with its version"
        )
    return [pinned[name] for name in wanted]


def requirements_txt(pins: list[str]) -> str:
    """The pins as pip reads them."""
    return "\n".join(pins) + "\n"


def environment_yml(pins: list[str]) -> str:
    """The pins as conda reads them: Python by conda, the packages by pip."""
    return "\n".join(
        [
            "name: neural-networks",
            "channels:",
            "  - conda-forge",
            "dependencies:",
            "  - python=3.11",
            "  - pip",
            "  - pip:",
            *(f"      - {pin}" for pin in pins),
            "",
        ]
    )


def readme(course: Course) -> str:
    """The student's README, with the notebooks that there are."""
    rows = [
        f"| `{name}.ipynb` | {notebook_title(notebook)} |"
        for name, notebook in course.read_notebooks().items()
    ]
    text = README.read_text(encoding="utf-8")
    return Template(text).substitute(notebooks="\n".join(rows))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
