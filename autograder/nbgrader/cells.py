"""What happens to the cells of a submission: nbgrader's preprocessors in our way."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader import preprocessors as stock
from nbgrader.api import Gradebook
from nbgrader.utils import compute_checksum, is_grade, is_solution

from autograder.course.course import Course
from autograder.course.download import bring_the_course
from autograder.course.rubrics import drop_instructor_material, rubrics
from autograder.judging.verdicts import ExerciseVerdict
from autograder.nbgrader.exporter import OWN, own_markdown
from autograder.nbgrader.gradebook import course_of
from autograder.nbgrader.messages import graded_outputs
from helpers.checking.cells import grade_id_of

REVIEW = "course_review"
"""The key in nbgrader's resources for the ``grade_id``s that a person must look at."""


class DropInstructorMaterial(stock.NbGraderPreprocessor):
    """Removes rubrics, and the pictures of model answers, from the students' version."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Change the notebook in place."""
        drop_instructor_material(nb)
        return nb, resources


class BringTheCourse(stock.NbGraderPreprocessor):
    """Adds the cell that fetches the course's folder, where ``course.toml`` has an address."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Change the notebook in place."""
        course = course_of(self.config)
        if resources["nbgrader"]["notebook"] in course.notebooks:
            bring_the_course(nb, course)
        return nb, resources


class GradeByJudge(stock.NbGraderPreprocessor):
    """Takes the place of ``Execute``: writes the judge's verdicts into the graded cells."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Fill in every graded cell that a machine checks, and note what a person must see."""
        marks = resources["nbgrader"]
        if not self.parent.is_ours(marks):
            return stock.Execute(parent=self.parent).preprocess(nb, resources)
        result = self.parent.result(marks)
        course = self.parent.the_course
        verdicts = {course.find(v.exercise).check_id: v for v in result.verdicts}
        all_verdicts = (*result.verdicts, *self.parent.absent(marks))
        review = resources[REVIEW] = set()
        for index, cell in enumerate(nb.cells):
            if not is_grade(cell):
                continue
            grade_id = cell.metadata.nbgrader.grade_id
            if is_solution(cell):
                if _is_answered_below(nb.cells, index):
                    review.add(grade_id)
                continue
            verdict = verdicts.get(grade_id) or _no_verdict(course, cell)
            if verdict.status == "error":
                review.add(grade_id)
            points = float(cell.metadata.nbgrader.points)
            cell.outputs = graded_outputs(course, verdict, points, all_verdicts)
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
            grade_id = grade_id_of(cell)
            if grade_id in texts:
                text = f"**How this is graded**\n\n{texts[grade_id]}"
                cells.append(own_markdown(f"rubric-{grade_id}", text))
        nb.cells = cells
        return nb, resources


def _no_verdict(course: Course, cell: NotebookNode) -> ExerciseVerdict:
    """For a graded cell that the judge knows nothing of: nobody's fault, somebody's task."""
    why = f"there are no checks for the cell {cell.metadata.nbgrader.grade_id}"
    first = course.graded[0]
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
