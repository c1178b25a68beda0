"""nbgrader with our verdicts: what `nbgrader_config.py` of a course directory switches on.

nbgrader keeps release, gradebook, manual grading, late policy, feedback and export. Three
things are taken from it, because there they can be fooled or break:

- *Reading.* A student's answers are laid into the course's notebook, so that a deleted,
  copied or edited cell, a renamed or a damaged file costs nothing and stops nothing.
- *Running.* No kernel is started. The judge grades the whole submission in the sandbox, and
  its verdicts are written into the graded cells as the two outputs that stock nbgrader reads
  as partial credit and shows as a message.
- *Doubt.* What no machine can decide is left for a person: it is flagged, not scored zero.

Notebooks that are not of this course pass through as in stock nbgrader.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbformat import NotebookNode
from nbgrader import preprocessors as stock
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateAssignment
from nbgrader.server_extensions.formgrader import handlers
from nbgrader.utils import compute_checksum, is_grade, is_solution
from traitlets import Bool, Dict, Unicode

from autograder.course.course import read_notebook
from autograder.course.release import student_notebook
from autograder.course.rubrics import drop_instructor_material, rubrics
from autograder.grading.class_run import Settings, Submission, grade_apart
from autograder.grading.submission import new_seed
from autograder.intake.answers import lay_notebook
from autograder.intake.files import collect
from autograder.intake.notebooks import Sorted, sort_notebooks
from autograder.judging.verdicts import ExerciseVerdict, SubmissionResult
from autograder.nbgrader.pages import markdown2html
from autograder.report.pages import replaced_notes, without_values
from helpers.checking.catalogue import all_exercises, checked_exercises, find_exercise
from helpers.checking.display import as_html, as_text
from helpers.checking.runner import CheckResult
from helpers.errors import SubmissionError

REVIEW = "course_review"  # key in nbgrader's resources: grade_ids that a person must look at
OWN = "own-"  # ids of cells that are not the course's begin so
TEMPLATES = Path(__file__).with_name("nbgrader_templates")


def configure(config: Any) -> None:
    """Switch everything in this module on; called in ``nbgrader_config.py``.

    Parameters
    ----------
    config : traitlets.config.Config
        What ``get_config()`` returns there.
    """
    # Graders share the machine with nbgrader; NumPy must not take all processors for each.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    config.GenerateAssignment.preprocessors = [
        DropInstructorMaterial,
        *GenerateAssignment.preprocessors.default(),
    ]
    config.Autograde.exporter_class = SubmissionExporter
    config.Autograde.pre_convert_hook = prepare_submission
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


def prepare_submission(assignment: str, student: str, notebooks: list[str]) -> None:
    """Before a submission is read: take out what could be harmful, name what is missing.

    nbgrader copies a student's other files into the folder from which feedback is handed
    out, and follows links on the way: a link to a file of the instructor's would be handed
    out as well. Notebooks that are missing under their names are put on nbgrader's list, so
    that a renamed file is found and a missing one has its row in the gradebook.

    Parameters
    ----------
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
    names = dict.fromkeys(f"{exercise.notebook}.ipynb" for exercise in all_exercises())
    notebooks += [str(folder / name) for name in names if name not in known]


class DropInstructorMaterial(stock.NbGraderPreprocessor):
    """Removes rubrics, and the pictures of model answers, from the students' version."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Change the notebook in place."""
        drop_instructor_material(nb)
        return nb, resources


class SubmissionExporter(NotebookExporter):
    """Reads what a student handed in, whatever it is, as a notebook of the course.

    One exporter serves one run of ``nbgrader autograde``. It keeps what all notebooks of one
    submission share: the files found, and the verdicts of the judge.
    """

    sandbox = Bool(True, help="Whether students' code runs in the sandbox.").tag(config=True)
    seed = Unicode("", help="Draw all inputs from this seed (hexadecimal).").tag(config=True)
    _found = Dict()
    _results = Dict()
    _sources = Dict()

    def from_filename(self, filename: str, resources: dict | None = None, **kwargs: Any) -> tuple:
        """Read a notebook for nbgrader.

        The first of nbgrader's two passes reads the submission: there the answers are laid
        into the course's notebook. The second pass reads what the first one wrote.
        """
        marks = (resources or {}).get("nbgrader", {})
        if not self.parent._sanitizing or not self.is_ours(marks):
            return super().from_filename(filename, resources=resources, **kwargs)
        resources["metadata"] = {"name": marks["notebook"], "path": str(Path(filename).parent)}
        notebook = self._laid(marks, Path(filename).parent)
        return self.from_notebook_node(notebook, resources=resources, **kwargs)

    def is_ours(self, marks: dict) -> bool:
        """Whether a notebook is one of the course's: others are left to stock nbgrader."""
        names = {exercise.notebook for exercise in all_exercises()}
        return marks.get("notebook") in names & set(self.sources(marks))

    def sources(self, marks: dict) -> dict[str, NotebookNode]:
        """The instructor's notebooks in the course directory, by name."""
        assignment = marks["assignment"]
        if assignment not in self._sources:
            course = self.parent.coursedir
            folder = Path(course.format_path(course.source_directory, ".", assignment))
            self._sources[assignment] = {
                path.stem: read_notebook(path) for path in sorted(folder.glob("*.ipynb"))
            }
        return self._sources[assignment]

    def result(self, marks: dict) -> SubmissionResult:
        """The judge's verdicts on a whole submission, once a run."""
        key = (marks["assignment"], marks["student"])
        if key not in self._results:
            course = self.parent.coursedir
            folder = course.format_path(
                course.submitted_directory, marks["student"], marks["assignment"]
            )
            seed = int(self.seed, 16) if self.seed else new_seed()
            # Not in this process: the answers decide how much memory and time judging takes.
            self._results[key] = grade_apart(
                Submission(marks["student"], Path(folder)),
                Settings(out=Path(folder), seed=seed, sandbox=self.sandbox),
            )
        return self._results[key]

    def _laid(self, marks: dict, folder: Path) -> NotebookNode:
        source = student_notebook(self.sources(marks)[marks["notebook"]])
        found = self._files(marks, folder)
        remarks = list(found.remarks)
        if marks["notebook"] in found.notebooks:
            laid, mended = lay_notebook(found.notebooks[marks["notebook"]], source)
            remarks += mended
        else:
            laid = source
            remarks.append(f"{marks['notebook']}.ipynb was not handed in, or cannot be read")
        notebook = nbformat.from_dict(laid)
        for cell in notebook.cells:
            if cell.cell_type == "raw":  # nbconvert would put a raw cell's HTML on the page
                cell.cell_type = "markdown"
        if remarks:
            text = "**Found and mended**\n\n" + "\n".join(f"- {line}" for line in remarks)
            notebook.cells.insert(0, _own_markdown("remarks", text))
        return notebook

    def _files(self, marks: dict, folder: Path) -> Sorted:
        key = (marks["assignment"], marks["student"])
        if key not in self._found:
            sources = {n: student_notebook(nb) for n, nb in self.sources(marks).items()}
            try:
                self._found[key] = sort_notebooks(collect(folder), sources)
            except SubmissionError as error:
                self._found[key] = Sorted({}, {}, [str(error)])
        return self._found[key]


class GradeByJudge(stock.NbGraderPreprocessor):
    """Takes the place of ``Execute``: writes the judge's verdicts into the graded cells."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Fill in every graded cell that a machine checks, and note what a person must see."""
        marks = resources["nbgrader"]
        if not self.parent.is_ours(marks):
            return stock.Execute(parent=self.parent).preprocess(nb, resources)
        result = self.parent.result(marks)
        verdicts = {find_exercise(v.exercise).check_id: v for v in result.verdicts}
        review = resources[REVIEW] = set()
        for index, cell in enumerate(nb.cells):
            if not is_grade(cell):
                continue
            grade_id = cell.metadata.nbgrader.grade_id
            if is_solution(cell):
                if _is_answered_below(nb.cells, index):
                    review.add(grade_id)
                continue
            verdict = verdicts.get(grade_id) or _no_verdict(cell)
            if verdict.status == "error":
                review.add(grade_id)
            points = float(cell.metadata.nbgrader.points)
            cell.outputs = graded_outputs(verdict, points, result.verdicts)
            cell.execution_count = 1
        self.log.info("Graded %s with seed %s", marks["student"], result.seed)
        return nb, resources


class FlagForReview(stock.NbGraderPreprocessor):
    """Leaves to a person what the machine cannot decide, where stock nbgrader scores it."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Take back the scores of the cells that were noted, and ask for a manual grade."""
        marks = resources["nbgrader"]
        with Gradebook(marks["db_url"]) as gradebook:
            for grade_id in sorted(resources.get(REVIEW, ())):
                grade = gradebook.find_grade(
                    grade_id, marks["notebook"], marks["assignment"], marks["student"]
                )
                grade.auto_score = None
                grade.needs_manual_grade = True
            gradebook.db.commit()
        return nb, resources


class ShowRubrics(stock.NbGraderPreprocessor):
    """Puts the rubrics back below the written answers, for the grader and in the feedback."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Insert one Markdown cell below each answer that has a rubric."""
        marks = resources["nbgrader"]
        if not self.parent.is_ours(marks):
            return nb, resources
        texts = rubrics(self.parent.sources(marks)[marks["notebook"]])
        cells = []
        for cell in nb.cells:
            cells.append(cell)
            grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
            if grade_id in texts:
                text = f"**How this is graded**\n\n{texts[grade_id]}"
                cells.append(_own_markdown(f"rubric-{grade_id}", text))
        nb.cells = cells
        return nb, resources


def graded_outputs(
    verdict: ExerciseVerdict, points: float, verdicts: Sequence[ExerciseVerdict] = ()
) -> list[NotebookNode]:
    """The two outputs of a graded cell: the message, and the score on its own.

    Stock nbgrader takes an ``execute_result`` that is a number for the score, and shows
    every output. Without one it would give full marks.

    Parameters
    ----------
    verdict : ExerciseVerdict
        What the judge says.
    points : float
        What the cell is worth in this course directory; the verdict is scaled to it.
    verdicts : sequence of ExerciseVerdict, optional
        Those on all exercises of the submission.
    """
    html, text = message(verdict, verdicts)
    share = verdict.points / verdict.max_points if verdict.max_points else 0.0
    score = min(points, max(0.0, round(share * points, 6)))
    return [
        nbformat.v4.new_output("display_data", {"text/html": html, "text/plain": text}),
        nbformat.v4.new_output("execute_result", {"text/plain": repr(score)}, execution_count=1),
    ]


def message(verdict: ExerciseVerdict, verdicts: Sequence[ExerciseVerdict] = ()) -> tuple[str, str]:
    """What the student and the grader read below a check cell, as HTML and as text."""
    exercise = find_exercise(verdict.exercise)
    results = [_without_values(result) for result in verdict.checks]
    if not results:
        results = [CheckResult(f"{exercise.id}/graded", exercise.id, 0.0, "error",
                               problem=verdict.message)]  # fmt: skip
    note = " ".join(replaced_notes(verdict, verdicts)).replace("`", "")
    html = as_html(exercise, results) + (f"<div>{note}</div>" if note else "")
    text = "\n".join(filter(None, [as_text(exercise, results), note]))
    return html, text


def _without_values(result: CheckResult) -> CheckResult:
    """A result as students may see it: hidden checks show no values, broken ones no traceback."""
    if result.status == "error":
        return replace(result, problem="This check could not be run; your instructor looks at it.",
                       diagnosis="", called="", got="", expected="", traceback="")  # fmt: skip
    if result.public:
        return result
    problem = without_values(result.problem)
    return replace(result, problem=problem, diagnosis="", called="", got="", expected="")


def _no_verdict(cell: NotebookNode) -> ExerciseVerdict:
    """For a graded cell that the judge knows nothing of: nobody's fault, somebody's task."""
    why = f"there are no checks for the cell {cell.metadata.nbgrader.grade_id}"
    first = checked_exercises()[0]
    return ExerciseVerdict(first.id, first.title, first.notebook, 0.0, 1.0, "error", why)


def _is_answered_below(cells: list[NotebookNode], index: int) -> bool:
    """Whether an answer was left blank and cells of the student's own with text follow it.

    Stock nbgrader gives a blank answer zero and shows it to nobody.
    """
    cell = cells[index]
    if cell.metadata.nbgrader.get("checksum") != compute_checksum(cell):
        return False
    for below in cells[index + 1 :]:
        if not below.get("id", "").startswith(OWN):
            return False
        if below.cell_type == "markdown" and below.source.strip():
            return True
    return False


def _own_markdown(name: str, text: str) -> NotebookNode:
    cell = nbformat.v4.new_markdown_cell(text)
    cell.id = f"{OWN}{name}"[:64]
    return cell
