"""Late work in nbgrader: what a sheet's policy takes, of all points that there are by now.

Stock nbgrader fixes the penalty when the code is graded. Points that a person gives afterwards
then count in full: "zero" was no zero. Here the penalty is a share of the points, and it is
reckoned anew before feedback is made and before grades are exported.
"""

from __future__ import annotations

from datetime import timedelta

from nbgrader.api import Gradebook, SubmittedAssignment
from nbgrader.plugins import CsvExportPlugin, LateSubmissionPlugin
from nbgrader.preprocessors import AssignLatePenalties
from traitlets import List

from autograder.course.course import Course
from autograder.course.sheets import LatePolicy
from autograder.nbgrader.gradebook import course_of


class SheetLatePolicy(LateSubmissionPlugin):
    """Takes what ``course.toml`` says of the sheet: ``late``, with ``per_day``, grace, days.

    Where it says nothing, ``penalty_method`` of ``nbgrader_config.py`` holds.
    """

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """The points that a notebook loses; ``None`` for none. nbgrader calls it."""
        course = course_of(self.config)
        policy = policy_of(course, self.parent.assignment_id, self.penalty_method)
        return penalty(policy, score, total_seconds_late) or None


class RenewLatePenalties(AssignLatePenalties):
    """Reckons the penalty anew before a page of feedback is made: points for prose came since."""

    display_data_priority = List(help="nbconvert sets it for all steps.").tag(config=True)


def policy_of(course: Course, assignment: str, penalty_method: str = "none") -> LatePolicy:
    """The late policy of an assignment: the sheet's own, else the one of nbgrader's settings."""
    usual = LatePolicy(per_day=1.0) if penalty_method == "zero" else LatePolicy()
    late = (sheet.late for sheet in course.sheets if sheet.name == assignment)
    policy = next(late, usual)
    return usual if policy == LatePolicy() else policy


def penalty(policy: LatePolicy, score: float, seconds: float) -> float:
    """The points that work loses that came so many seconds late.

    Examples
    --------
    >>> penalty(LatePolicy(per_day=0.25), 8, 3600), penalty(LatePolicy(per_day=1), 8, 1)
    (2.0, 8.0)
    """
    return round(score * (1 - policy.kept(timedelta(seconds=seconds))), 10)


def renew_penalties(
    gradebook: Gradebook, course: Course, penalty_method: str = "none"
) -> list[SubmittedAssignment]:
    """Reckon every penalty anew from the points that there are now.

    Returns
    -------
    list of SubmittedAssignment
        The submissions whose penalty changed.
    """
    changed = []
    for assignment in gradebook.assignments:
        policy = policy_of(course, assignment.name, penalty_method)
        for submission in assignment.submissions:
            late = submission.total_seconds_late
            before = [notebook.late_submission_penalty or 0 for notebook in submission.notebooks]
            for notebook in submission.notebooks:
                lost = penalty(policy, notebook.score, late) if late else 0
                notebook.late_submission_penalty = lost or None
            after = [notebook.late_submission_penalty or 0 for notebook in submission.notebooks]
            if before != after:
                changed.append(submission)
    gradebook.db.commit()
    return changed


class ExportWithLatePenalties(CsvExportPlugin):
    """``nbgrader export``, with the penalties of now."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the table. nbgrader calls it."""
        method = LateSubmissionPlugin(parent=self).penalty_method
        renew_penalties(gradebook, course_of(self.config), method)
        super().export(gradebook)
