"""What a run of grading leaves for people: a page a student, tables, and the class report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course.course import Course
from autograder.intake.roster import Person
from autograder.judging.verdicts import SubmissionResult
from autograder.marks.late import Extensions, duration, lateness
from autograder.marks.people import keep_extensions, keep_people, people_in
from autograder.report.class_report import write_report
from autograder.report.pages import write_feedback
from autograder.report.rendering import share
from autograder.report.tables import write_grades_csv, write_totals_csv


@dataclass(frozen=True)
class Pages:
    """The `autograder.grading.class_run.Publisher` that writes HTML and CSV."""

    course: Course
    people: tuple[Person, ...] = ()
    extensions: Extensions | None = None

    def student_page(self, result: SubmissionResult, path: Path) -> None:
        """Write the page that a student gets."""
        late = late_lines(self.course, result, self.extensions)
        write_feedback(result, path, self.course, late)

    def class_tables(
        self, results: Sequence[SubmissionResult], out: Path, pages: Mapping[str, str]
    ) -> None:
        """Write ``grades.csv``, ``totals.csv`` and ``report.html``, with links to the pages.

        Who is in the class is kept for later runs, and who handed in nothing is named.
        """
        if self.people:
            keep_people(out, self.people)
        if self.extensions is not None:
            keep_extensions(out, self.extensions)
        there = {result.person for result in results}
        people = self.people or people_in([out])
        absent = [person for person in people if person.key not in there]
        write_grades_csv(results, out / "grades.csv", absent)
        write_totals_csv(results, out / "totals.csv", absent)
        write_report(
            results, out / "report.html", feedback_links=pages, course=self.course, absent=absent,
            late={r.student: late_lines(self.course, r, self.extensions) for r in results},
        )  # fmt: skip


def late_lines(
    course: Course, result: SubmissionResult, extensions: Extensions | None = None
) -> list[str]:
    """What came late, in a sentence for each sheet."""
    return [
        f"{sheet.title or sheet.name} came {duration(late_by)} after it was due: "
        f"{share(kept, 1)} of its points count."
        for sheet, late_by, kept in lateness(course, result, extensions)
    ]
