"""The Markdown of nbgrader's pages, formgrader and feedback, with nothing hidden in it.

Stock nbgrader renders a student's Markdown with its HTML as it is: a script in an answer
would run in the grader's browser, with the grader's rights. Here every Markdown cell goes
through the renderer of our own reports: no scripts, nothing fetched, formulas as MathML.
"""

from __future__ import annotations

from typing import Any

from jinja2 import pass_context

from autograder.report.budget import PageBudget
from autograder.report.markdown import to_html
from helpers.checking.cells import is_answer

BUDGET = "course_budget"


@pass_context
def markdown2html(context: Any, source: str) -> str:
    """Render one cell or comment; takes the place of nbconvert's filter of this name.

    Parameters
    ----------
    context : jinja2.runtime.Context
        Holds the cell, and the resources of the page.
    source : str
        Markdown.
    """
    cell = context.get("cell") or {}
    resources = context.get("resources")
    budget = PageBudget()
    if resources is not None and _is_students(cell):
        budget = resources.setdefault(BUDGET, budget)  # one for all that the student wrote
    return to_html(source or "", cell.get("attachments", {}), budget)


def _is_students(cell: Any) -> bool:
    return is_answer(cell) or cell.get("id", "").startswith("own-")
