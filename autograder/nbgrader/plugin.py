"""nbgrader with our verdicts: what `nbgrader_config.py` of a course directory switches on.

nbgrader keeps release, gradebook, manual grading, feedback and export. Some things are taken
from it, because there they can be fooled or break:

- *Reading.* A student's answers are laid into the course's notebook, so that a deleted,
  copied or edited cell, a renamed or a damaged file costs nothing and stops nothing.
- *Running.* No kernel is started. The judge grades the whole submission in the sandbox, and
  its verdicts are written into the graded cells as the two outputs that stock nbgrader reads
  as partial credit and shows as a message.
- *Times.* A ``timestamp.txt`` that is no date stops no run. What late work loses is a share of
  all its points, also of those that a person gives later.
- *Releasing.* A release that cannot be made anew stays as it is.
- *Copies.* What everybody has, such as the data, is not copied into each student's folder.
- *Doubt.* What no machine can decide is left for a person: it is flagged, not scored zero.

Notebooks that are not of this course pass through as in stock nbgrader.
"""

from __future__ import annotations

import os
import shutil
from functools import partial
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import ClearMetadataPreprocessor, CSSHTMLHeaderPreprocessor
from nbgrader import preprocessors as stock
from nbgrader.converters import GenerateAssignment
from nbgrader.server_extensions.formgrader import handlers

from autograder.course.course import Course, find_course
from autograder.nbgrader.cells import (
    BringTheCourse,
    DropInstructorMaterial,
    FlagForReview,
    GradeByJudge,
    ShowRubrics,
)
from autograder.nbgrader.exchange import use_exchange
from autograder.nbgrader.exporter import SubmissionExporter
from autograder.nbgrader.late import ExportWithLatePenalties, RenewLatePenalties, SheetLatePolicy
from autograder.nbgrader.pages import markdown2html
from autograder.nbgrader.releasing import guard_releases
from autograder.nbgrader.shared_files import files_for_all, leave_out_shared
from autograder.nbgrader.timestamps import mend_timestamps

TEMPLATES = Path(__file__).with_name("templates")


def configure(config: Any, course: str = "", root: str = "") -> None:
    """Switch all this on; called in ``nbgrader_config.py``.

    Parameters
    ----------
    config : traitlets.config.Config
        What ``get_config()`` returns there.
    course : str
        The folder of the course; by default that of
        :func:`autograder.course.course.find_course`.
    root : str
        The course directory.
    """
    # Graders share the machine with nbgrader; NumPy must not take all processors for each.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    config.GenerateAssignment.preprocessors = [
        DropInstructorMaterial,
        *GenerateAssignment.preprocessors.default(),
        BringTheCourse,
    ]
    mend_timestamps()
    guard_releases()
    use_exchange(config)
    config.SubmissionExporter.course = course
    config.AssignLatePenalties.plugin_class = SheetLatePolicy
    config.ExportApp.plugin_class = ExportWithLatePenalties
    config.Autograde.exporter_class = SubmissionExporter
    config.Autograde.pre_convert_hook = partial(prepare_submission, _course(course))
    if root:
        config.Autograde.exclude_overwriting = files_for_all(_course(course), Path(root))
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
    config.GenerateFeedback.preprocessors = [
        RenewLatePenalties,
        stock.GetGrades,
        CSSHTMLHeaderPreprocessor,
    ]
    config.HTMLExporter.filters = {"markdown2html": markdown2html}
    config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES), handlers.template_path]


def _course(folder: str) -> Course:
    return find_course(Path(folder) if folder else None)


def prepare_submission(course: Course, assignment: str, student: str, notebooks: list[str]) -> None:
    """Before a submission is read: take out what could be harmful, name what is missing.

    nbgrader copies a student's other files into the folder from which feedback is handed
    out, and follows links on the way: a link to a file of the instructor's would be handed
    out as well. So links go, and so do files that are the course's own to the last byte.
    Notebooks of the sheet that are missing under their names are put on nbgrader's list, so
    that a renamed file is found and a missing one has its row in the gradebook. Feedback on
    what was graded before goes: nbgrader would keep it beside the new grades.

    Parameters
    ----------
    course : Course
    assignment, student : str
        As nbgrader passes them, which may be patterns; not needed.
    notebooks : list of str
        The files that nbgrader found for one student; the list is changed.
    """
    folder = Path(notebooks[0]).parent
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            path.unlink()
    root, student, name = folder.parents[2], folder.parent.name, folder.name
    known = {Path(notebook).name for notebook in notebooks}
    sheets = (sheet.notebooks for sheet in course.sheets if sheet.name == name)
    names = (f"{notebook}.ipynb" for notebook in next(sheets, course.notebooks))
    notebooks += [str(folder / name) for name in names if name not in known]
    shutil.rmtree(root / "feedback" / student / name, ignore_errors=True)
    leave_out_shared(folder, root / "source" / name)
