"""What grading shows: feedback for each student, a report for the instructor, grades as files.

Nearly all text in it was written by students, some of them with intent. The pages run no
script, fetch nothing, and show every such text as text: see ``rendering`` (escaping), ``text``
(characters), ``markdown`` and ``maths`` (prose and formulas), ``pictures``, ``budget``
(how much of it), ``shown`` (what a student may see of a check). It may import
`autograder.grading` and what lies below that.
"""

from autograder.report.class_report import write_report
from autograder.report.pages import write_feedback
from autograder.report.publish import Pages
from autograder.report.tables import write_grades_csv, write_totals_csv
from autograder.report.terminal import class_table

__all__ = [
    "Pages", "class_table", "write_feedback", "write_grades_csv", "write_report",
    "write_totals_csv",
]  # fmt: skip
