"""Reading submissions for nbgrader: the student's answers laid into the course's notebook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from traitlets import Bool, Dict, Unicode

from autograder.course.course import Course, find_course, read_notebook
from autograder.course.download import bring_the_course
from autograder.course.release import release_notebooks, student_notebook
from autograder.grading.class_run import Settings, grade_apart
from autograder.grading.submission import new_seed
from autograder.intake.answers import fill_in_answers
from autograder.intake.files import collect
from autograder.intake.notebooks import FoundNotebooks, sort_notebooks
from autograder.intake.submissions import Submission
from autograder.judging.verdicts import ExerciseVerdict, SubmissionResult
from helpers.errors import SubmissionError

OWN = "own-"
"""Ids of cells that are not the course's begin so."""


class SubmissionExporter(NotebookExporter):
    """Reads what a student handed in, whatever it is, as a notebook of the course.

    One exporter serves one run of ``nbgrader autograde``. It keeps what all notebooks of one
    submission share: the files found, and the verdicts of the judge.
    """

    sandbox = Bool(True, help="Whether students' code runs in the sandbox.").tag(config=True)
    course = Unicode("", help="The folder of the course.").tag(config=True)
    seed = Unicode("", help="Draw all inputs from this seed (hexadecimal).").tag(config=True)
    _found = Dict()
    _results = Dict()
    _sources = Dict()
    _as_released = Dict()

    def from_filename(self, filename: str, resources: dict | None = None, **kwargs: Any) -> tuple:
        """Read a notebook for nbgrader.

        The first of nbgrader's two passes reads the submission: there the answers are laid
        into the course's notebook. The second pass reads what the first one wrote.
        """
        marks = (resources or {}).get("nbgrader", {})
        if not self.parent._sanitizing or not self.is_ours(marks):
            return super().from_filename(filename, resources=resources, **kwargs)
        resources["metadata"] = {"name": marks["notebook"], "path": str(Path(filename).parent)}
        notebook = self._with_answers(marks, Path(filename).parent)
        return self.from_notebook_node(notebook, resources=resources, **kwargs)

    def is_ours(self, marks: dict) -> bool:
        """Whether a notebook is one of the course's: others are left to stock nbgrader."""
        return marks.get("notebook") in set(self.the_course.notebooks) & set(self.sources(marks))

    @property
    def the_course(self) -> Course:
        """The course that is graded."""
        return find_course(Path(self.course) if self.course else None)

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
            here = [name for name in self.sources(marks) if name in self.the_course.notebooks]
            # Not in this process: the answers decide how much memory and time judging takes.
            self._results[key] = grade_apart(
                Submission(marks["student"], Path(folder), self._earlier(marks["student"], here)),
                Settings(
                    out=Path(folder), seed=seed, sandbox=self.sandbox, course=self.the_course,
                    only=tuple(e.id for e in self.the_course.graded if e.notebook in here),
                ),
            )  # fmt: skip
        return self._results[key]

    def absent(self, marks: dict) -> tuple[ExerciseVerdict, ...]:
        """What there is to say of exercises of other sheets that were not handed in."""
        here = [name for name in self.sources(marks) if name in self.the_course.notebooks]
        folder = self.parent.coursedir.format_path(
            self.parent.coursedir.submitted_directory, marks["student"], marks["assignment"]
        )
        there = {path.stem for path in self._earlier(marks["student"], here)}
        there |= {*here, *self._files(marks, Path(folder)).notebooks}
        return tuple(
            ExerciseVerdict(e.id, e.title, e.notebook, 0.0, 0.0, "missing", "not handed in")
            for e in self.the_course.graded
            if e.notebook not in there
        )

    def _earlier(self, student: str, here: Sequence[str]) -> tuple[Path, ...]:
        """Notebooks of other sheets on which these build, with the student's answers, if graded.

        What nbgrader graded holds the answers of one copy, in its place: that one counts.
        """
        course, directory = self.the_course, self.parent.coursedir
        asked = [exercise for exercise in course.exercises if exercise.notebook in here]
        needed = {exercise.notebook for exercise in course.built_on(asked)} - set(here)
        folders = {
            name: directory.format_path(directory.autograded_directory, student, sheet.name)
            for sheet in course.sheets
            for name in sheet.notebooks
        }
        paths = (Path(folders[name], f"{name}.ipynb") for name in sorted(needed & set(folders)))
        return tuple(path for path in paths if path.is_file())

    def _with_answers(self, marks: dict, folder: Path) -> NotebookNode:
        source = self._released(marks)[marks["notebook"]]
        found = self._files(marks, folder)
        remarks = list(found.remarks)
        if marks["notebook"] in found.notebooks:
            filled_in, mended = fill_in_answers(found.notebooks[marks["notebook"]], source)
            remarks += mended
        else:
            filled_in = source
            remarks.append(f"{marks['notebook']}.ipynb was not handed in, or cannot be read")
        notebook = nbformat.from_dict(filled_in)
        for cell in notebook.cells:
            if cell.cell_type == "raw":  # nbconvert would put a raw cell's HTML on the page
                cell.cell_type = "markdown"
        if remarks:
            text = "**Found and mended**\n\n" + "\n".join(f"- {line}" for line in remarks)
            notebook.cells.insert(0, own_markdown("remarks", text))
        return notebook

    def _released(self, marks: dict) -> dict[str, NotebookNode]:
        """The notebooks of the course as students get them: this sheet's as they are here."""
        assignment = marks["assignment"]
        if assignment not in self._as_released:
            here = {name: student_notebook(nb) for name, nb in self.sources(marks).items()}
            for notebook in here.values():
                bring_the_course(notebook, self.the_course)
            self._as_released[assignment] = {**release_notebooks(self.the_course), **here}
        return self._as_released[assignment]

    def _files(self, marks: dict, folder: Path) -> FoundNotebooks:
        key = (marks["assignment"], marks["student"])
        if key not in self._found:
            try:
                self._found[key] = sort_notebooks(collect(folder), self._released(marks))
            except SubmissionError as error:
                self._found[key] = FoundNotebooks({}, {}, [str(error)])
        return self._found[key]


def own_markdown(name: str, text: str) -> NotebookNode:
    """A Markdown cell that the grader adds; its id tells it from the student's."""
    cell = nbformat.v4.new_markdown_cell(text)
    cell.id = f"{OWN}{name}"[:64]
    return cell
