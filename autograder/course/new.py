"""``course new``: a small working course, to begin one's own from."""

from __future__ import annotations

import json
import re
from importlib.metadata import version
from pathlib import Path
from string import Template

from autograder.course.writing import copy_files, new_directory

TEMPLATE = Path(__file__).with_name("template")
PACKAGES = ("ipykernel", "ipython", "jupyterlab", "numpy", "pytest")
"""What checking needs on a student's machine, whatever the subject."""
FILLED_IN = ("course.toml", "README.md")


def new_course(directory: Path, title: str = "") -> Path:
    """Write a small course: one notebook, three exercises, checks, known mistakes.

    Parameters
    ----------
    directory : Path
        Must not exist yet, or be empty.
    title : str
        What the course is called; by default made of the folder's name.

    Returns
    -------
    Path
        The directory.

    Raises
    ------
    CourseDirectoryError
        The directory holds something already, or it cannot be made.
    """
    directory = Path(directory).expanduser().absolute()
    name = re.sub(r"\W+", "-", directory.name.lower()).strip("-_") or "course"
    title = title or name.replace("-", " ").replace("_", " ").capitalize()
    packages = "\n".join(f'    "{package}=={version(package)}",' for package in PACKAGES)
    with new_directory(directory) as folder:
        copy_files(TEMPLATE, folder)
        for file in FILLED_IN:
            text = (TEMPLATE / file).read_text(encoding="utf-8")
            quoted = json.dumps(title, ensure_ascii=False) if file.endswith(".toml") else title
            filled = Template(text).substitute(name=name, title=quoted, packages=packages)
            (folder / file).write_text(filled, encoding="utf-8", newline="\n")
        readme = folder / "notebooks" / "readme_for_students.md"
        text = readme.read_text(encoding="utf-8").replace("$title", title)
        readme.write_text(text, encoding="utf-8", newline="\n")
    return directory
