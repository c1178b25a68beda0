"""Rubrics: how a person grades the written answers.

A rubric is a Markdown cell with the tag ``rubric`` right below the answer that it is about.
Students never see one before their work is graded. Nor do they see cells with the tag
``solution``: figures, with their captions, that belong to a model answer.
"""

from __future__ import annotations

from nbformat import NotebookNode

from helpers.checking.cells import grade_id_of, is_answer

TAG = "rubric"
SOLUTION_TAG = "solution"


def is_rubric(cell: NotebookNode) -> bool:
    """Whether a cell is a rubric."""
    return TAG in cell.get("metadata", {}).get("tags", [])


def is_solution_figure(cell: NotebookNode) -> bool:
    """Whether a cell belongs to a model answer without being one."""
    return SOLUTION_TAG in cell.get("metadata", {}).get("tags", [])


def rubrics(notebook: NotebookNode) -> dict[str, str]:
    """The text of every rubric by the ``grade_id`` of the answer above it."""
    found: dict[str, str] = {}
    answer = ""
    for cell in notebook.cells:
        if is_rubric(cell):
            found[answer] = cell.source
        else:
            answer = grade_id_of(cell)
    found.pop("", None)
    return found


def drop_instructor_material(notebook: NotebookNode) -> None:
    """Remove, in place, what nbgrader's own preprocessors leave behind.

    These are the rubrics, the figures of model answers, and pictures attached to these.
    """
    notebook.cells = [
        cell for cell in notebook.cells if not (is_rubric(cell) or is_solution_figure(cell))
    ]
    for cell in notebook.cells:
        if is_answer(cell):
            cell.pop("attachments", None)
