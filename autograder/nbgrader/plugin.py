"""nbgrader with our verdicts: what `nbgrader_config.py` of a course directory switches on.

nbgrader keeps release, gradebook, manual grading, late policy, feedback and export. Four
things are taken from it, because there they can be fooled or break:

- *Reading.* A student's answers are laid into the course's notebook, so that a deleted,
  copied or edited cell, a renamed or a damaged file costs nothing and stops nothing.
- *Running.* No kernel is started. The judge grades the whole submission in the sandbox, and
  its verdicts are written into the graded cells as the two outputs that stock nbgrader reads
  as partial credit and shows as a message.
- *Times.* A ``timestamp.txt`` that is no date stops no run.
- *Doubt.* What no machine can decide is left for a person: it is flagged, not scored zero.

Notebooks that are not of this course pass through as in stock nbgrader.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbgrader import preprocessors as stock
from nbgrader.converters import GenerateAssignment
from nbgrader.server_extensions.formgrader import handlers

from autograder.course.course import Course, find_course
from autograder.nbgrader.cells import (
    DropInstructorMaterial,
    FlagForReview,
    GradeByJudge,
    ShowRubrics,
)
from autograder.nbgrader.exporter import SubmissionExporter
from autograder.nbgrader.pages import markdown2html
from autograder.nbgrader.timestamps import mend_timestamps

TEMPLATES = Path(__file__).with_name("templates")


def configure(config: Any, course: str = "") -> None:
    """Switch all this on; called in ``nbgrader_config.py``.

    Parameters
    ----------
    config : traitlets.config.Config
        What ``get_config()`` returns there.
    course : str
        The folder of the course; by default that of
        :func:`autograder.course.course.find_course`.
    """
    # Graders share the machine with nbgrader; NumPy must not take all processors for each.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    config.GenerateAssignment.preprocessors = [
        DropInstructorMaterial,
        *GenerateAssignment.preprocessors.default(),
    ]
    mend_timestamps()
    config.SubmissionExporter.course = course
    config.Autograde.exporter_class = SubmissionExporter
    config.Autograde.pre_convert_hook = partial(prepare_submission, _course(course))
    config.Autograde.autograde_preprocessors = [
        GradeByJudge,
        stock.IgnorePattern,
        ClearMetadataPreprocessor,
        stock.LimitOutput,
        stock.SaveAutoGrades,
        FlagForReview,
        stock.AssignLatePenalties,
        ShowRubrics,
        stock.CheckCellMetadata,
    ]
    config.HTMLExporter.filters = {"markdown2html": markdown2html}
    config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES), handlers.template_path]


def _course(folder: str) -> Course:
    return find_course(Path(folder) if folder else None)


def prepare_submission(course: Course, assignment: str, student: str, notebooks: list[str]) -> None:
    """Before a submission is read: take out what could be harmful, name what is missing.

    nbgrader copies a student's other files into the folder from which feedback is handed
    out, and follows links on the way: a link to a file of the instructor's would be handed
    out as well. Notebooks that are missing under their names are put on nbgrader's list, so
    that a renamed file is found and a missing one has its row in the gradebook.

    Parameters
    ----------
    course : Course
    assignment, student : str
        As nbgrader passes them; not needed.
    notebooks : list of str
        The files that nbgrader found for one student; the list is changed.
    """
    folder = Path(notebooks[0]).parent
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            path.unlink()
    known = {Path(notebook).name for notebook in notebooks}
    names = (f"{name}.ipynb" for name in course.notebooks)
    notebooks += [str(folder / name) for name in names if name not in known]
