"""Submissions that want to cost time or memory: whole ones, as files by name."""

from __future__ import annotations

import json
from typing import Any

from autograder.course.course import find_course
from exercises.sample_class.submissions import Files, as_bytes, release_notebooks, student_notebook
from helpers.checking.cells import grade_id_of

JUST_IN_TIME = "def {name}(*args, **kwargs):\n    import time\n    time.sleep({seconds})\n"
WAITS_FOR = "{name}_ready = __import__('time').sleep({seconds})\n\n\ndef {name}(*args, **kwargs):\n"
WHEN_LOADED = WAITS_FOR + "    return {name}_ready\n"


def answers(template: str, seconds: float) -> dict[str, str]:
    """An answer to every exercise, its functions made from a template."""
    return {
        exercise.grade_id: "\n\n".join(
            template.format(name=name, seconds=seconds) for name in exercise.functions
        )
        for exercise in find_course().checked
    }


def just_in_time(seconds: float, *, old: bool = False) -> Files:
    """Every function waits so long and then answers nothing; four notebooks where it is old."""
    sources = answers(JUST_IN_TIME, seconds)
    names = list(release_notebooks())[: 4 if old else None]
    make = old_notebook if old else student_notebook
    return {f"{name}.ipynb": as_bytes(make(name, sources)) for name in names}


def sleeping(seconds: float) -> Files:
    """What every function draws on waits so long when it is loaded."""
    sources = answers(WHEN_LOADED, seconds)
    first = {e.grade_id: e.functions[0] for e in find_course().checked}
    sources = {key: WHEN_LOADED.format(name=first[key], seconds=seconds) for key in sources}
    return {
        f"{name}.ipynb": as_bytes(student_notebook(name, sources)) for name in release_notebooks()
    }


def old_notebook(name: str, sources: dict[str, str], more: int = 0) -> dict[str, Any]:
    """A notebook of format 3 with the answers, and so many more cells."""
    given = release_notebooks()[name]["cells"]
    texts = [sources[grade_id_of(cell)] for cell in given if grade_id_of(cell) in sources]
    return format_3([*texts, *["x = 1\n" * 50] * more])


def format_3(texts: list[str]) -> dict[str, Any]:
    """A notebook of format 3 with these cells of code."""
    cells = [
        {"cell_type": "code", "input": text, "outputs": [], "language": "python", "metadata": {}}
        for text in texts
    ]
    return {
        "worksheets": [{"cells": cells, "metadata": {}}], "metadata": {"name": ""},
        "nbformat": 3, "nbformat_minor": 0,
    }  # fmt: skip


def old_and_large() -> Files:
    """Four notebooks of format 3 with 20 MB of code each: 0.15 MB as a zip."""
    names = list(release_notebooks())[:4]
    return {f"{name}.ipynb": as_bytes(format_3(["x = 1\n" * 150_000] * 20)) for name in names}


def code_cells(*sources: str, name: str = "02_network") -> Files:
    """A notebook with these cells behind its own, whose answers are deleted."""
    notebook = student_notebook(name, own=sources)
    notebook["cells"] = [
        cell for cell in notebook["cells"]
        if not grade_id_of(cell).startswith("q") or cell["cell_type"] != "code"
    ]  # fmt: skip
    return {f"{name}.ipynb": as_bytes(notebook)}


def letters() -> Files:
    """Twenty cells of 500,000 letters each."""
    return code_cells(*(f"x{number}" + "a" * 500_000 for number in range(20)))


def magics() -> Files:
    """Cells that only IPython can read, as it reads them anew for each of their magics."""
    lines = "".join(f"a, b{number} = !ls {number}\n" for number in range(450))
    return code_cells(*(f"c = {number}\n{lines}" + "y = 1\n" * 10_000
                        for number in range(2)))  # fmt: skip


def prose(megabytes: int = 80) -> Files:
    """Written answers of so many million letters in all, in four notebooks."""
    files = {}
    for name in list(release_notebooks())[:4]:
        keys = [
            grade_id_of(cell) for cell in release_notebooks()[name]["cells"]
            if cell["cell_type"] == "markdown" and grade_id_of(cell).startswith("q")
        ]  # fmt: skip
        each = megabytes * 10**6 // 4 // len(keys)
        text = {key: f"{key} " + "word " * (each // 5) for key in keys}
        files[f"{name}.ipynb"] = json.dumps(student_notebook(name, text)).encode()
    return files
