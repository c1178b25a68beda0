"""Outputs for the book without running a notebook: what its cells might print and draw."""

import base64
import io
import json

from PIL import Image

from autograder.course.rubrics import is_solution_figure
from book import execution, sources

HIDDEN = "this is what a solution printed"
CHECKED = "<b>Everything is right: 3 of 3 checks pass</b>"


def keep_outputs(course, folder):
    """Write outputs of every notebook to where the book looks for them."""
    folder.mkdir(parents=True)
    for name in course.notebook_paths():
        notebook = course.read_notebook(name)
        cells = {
            cell.id: outputs(cell, after)
            for cell, after in zip(notebook.cells, [*notebook.cells[1:], None], strict=True)
            if cell.cell_type == "code"
        }
        kept = f"{name}-{sources.fingerprint(course, name, execution.SETTING)}.json"
        (folder / kept).write_text(json.dumps({"cells": cells, "seconds": 0.1}), encoding="utf-8")


def outputs(cell, after):
    """What one code cell gives: a solution prints, a check says its result, a figure is drawn."""
    marks = cell.metadata.get("nbgrader", {})
    if marks.get("solution") or is_solution_figure(cell):
        printed = [{"output_type": "stream", "name": "stdout", "text": f"{HIDDEN}\n"}]
        return printed + ([drawn()] if after and after.source.startswith("**Figure") else [])
    if marks.get("grade"):
        return [{"output_type": "display_data", "data": {"text/html": CHECKED}, "metadata": {}}]
    if after is not None and after.cell_type == "markdown" and after.source.startswith("**Figure"):
        return [drawn()]
    return [{"output_type": "stream", "name": "stdout", "text": ["given code ", "prints\n"]}]


def drawn():
    """A picture in both formats."""
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(out, "PNG")
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><rect width="90"/></svg>'
    )
    data = {"image/svg+xml": svg, "image/png": base64.b64encode(out.getvalue()).decode()}
    return {"output_type": "display_data", "data": data, "metadata": {}}
