"""Notebooks run for the book, and their outputs kept for as long as they hold."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course.course import Course
from book import execution, sources
from helpers.errors import CourseError


@pytest.fixture
def small(tmp_path):
    """A course of one small notebook."""
    course = Course(tmp_path / "course", "small", "Small", ("01_small",), ())
    for folder in ("notebooks", "helpers", "data"):
        (course.root / folder).mkdir(parents=True)
    write(course, "print('first')", "import matplotlib.pyplot as plt\n_ = plt.plot([1, 2])")
    return course


def write(course, *code):
    cells = [new_markdown_cell("# 1 Small", id="title")]
    cells += [new_code_cell(source, id=f"cell-{k}") for k, source in enumerate(code)]
    nbformat.write(new_notebook(cells=cells), course.root / "notebooks" / "01_small.ipynb")


def run(course, folder):
    said = []
    found = execution.execute_all(course, ["01_small"], folder, 1, said.append)
    return found["01_small"], said


@pytest.mark.slow
def test_a_notebook_is_run_once_and_again_when_its_code_has_changed(small, tmp_path):
    outputs, said = run(small, tmp_path / "kept")
    assert [output["text"] for output in outputs.cells["cell-0"]] == ["first\n"]
    pictures = [set(output.get("data", {})) for output in outputs.cells["cell-1"]]
    assert any({"image/svg+xml", "image/png"} <= kinds for kinds in pictures)
    assert outputs.missing == "" and len(said) == 2
    again, said = run(small, tmp_path / "kept")
    assert (again.cells, said) == (outputs.cells, [])
    write(small, "print('second')")
    changed, said = run(small, tmp_path / "kept")
    assert changed.cells["cell-0"][0]["text"] == "second\n" and said
    assert len(list((tmp_path / "kept").iterdir())) == 1  # what holds no longer is not kept


def test_kept_outputs_are_used(small, tmp_path):
    name = f"01_small-{sources.fingerprint(small, '01_small', execution.SETTING)}.json"
    kept = {"cells": {"cell-0": []}, "seconds": 3}
    (tmp_path / name).write_text(json.dumps(kept), encoding="utf-8")
    outputs, said = run(small, tmp_path)
    assert (outputs.cells, outputs.seconds, said) == ({"cell-0": []}, 3, [])


def test_a_notebook_whose_package_is_missing_has_no_outputs(small, tmp_path, monkeypatch):
    monkeypatch.setattr(execution, "OPTIONAL", ("no_such_package",))
    write(small, "import no_such_package.inner")
    outputs, said = run(small, tmp_path)
    assert outputs.cells == {} and "no_such_package" in outputs.missing
    assert said == ["01_small: not executed, no_such_package is not installed"]


@pytest.mark.slow
def test_a_notebook_that_does_not_run_is_named_and_nothing_is_kept(small, tmp_path):
    write(small, "nowhere()")
    with pytest.raises(CourseError, match="01_small.*nowhere"):
        run(small, tmp_path / "kept")
    assert list((tmp_path / "kept").iterdir()) == []


@pytest.mark.slow
def test_a_cell_that_never_ends_is_stopped(small, monkeypatch):
    monkeypatch.setattr(execution, "CELL_SECONDS", 1)
    write(small, "while True: pass")
    with pytest.raises(CourseError, match="01_small does not run"):
        execution.execute(small, "01_small")
