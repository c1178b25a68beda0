"""``python -m helpers read``: a page read by the functions in a student's own notebook."""

import json
import shutil
import subprocess
import sys

import numpy as np
import pytest

from autograder.course.course import find_course
from autograder.course.release import student_notebook
from helpers.datasets.pages import load_page
from helpers.errors import DataError, NotebookError
from helpers.networks import load_network, save_network
from helpers.own_reader import main, read_photographs
from helpers.spelling import characters_wrong

COURSE = find_course()
PAGE = COURSE.root / "data" / "pages" / "03_rules.jpg"


@pytest.fixture
def own(tmp_path):
    """A folder with notebook 4 as it is when all is written."""
    shutil.copy(COURSE.notebook_paths()["04_ocr"], tmp_path)
    return tmp_path


def text_of(folder, **options):
    (text,) = read_photographs([PAGE], folder=folder, **options)
    return text


def test_a_page_is_read(own):
    assert characters_wrong(text_of(own), load_page("03_rules").text) < 0.1


def test_the_functions_are_those_in_the_notebook(own):
    path = own / "04_ocr.ipynb"
    tree = json.loads(path.read_text())
    (cell,) = [c for c in tree["cells"] if c["id"] == "q4-4"]
    cell["source"] = ["".join(cell["source"]) + "\n\ndef group_into_lines(boxes):\n    return []\n"]
    path.write_text(json.dumps(tree))
    assert text_of(own) == ""


def test_the_network_beside_the_notebook_is_taken(own):
    params = {name: np.zeros_like(values) for name, values in load_network().items()}
    params["boutput"][1] = 1000.0
    save_network(params, own / "letters64.npz")
    assert set("".join(text_of(own).split())) == {"B"}
    params["boutput"][1] = -1000.0
    save_network(params, own / "other.npz")
    assert "B" not in text_of(own, network=own / "other.npz")


def test_what_is_not_written_yet_is_said(own):
    released = student_notebook(COURSE.read_notebook("04_ocr"))
    (own / "04_ocr.ipynb").write_text(json.dumps(released))
    with pytest.raises(NotebookError, match="cannot read yet: .*not written"):
        text_of(own)


def test_a_notebook_without_the_given_functions_is_told(own):
    (own / "04_ocr.ipynb").write_text(json.dumps({"cells": []}))
    with pytest.raises(NotebookError, match="no function read_in_context"):
        text_of(own)


def test_a_file_that_is_no_network_is_refused(own):
    (own / "letters64.npz").write_bytes(b"PK")
    with pytest.raises(DataError, match="letters64"):
        text_of(own)


def test_an_error_is_one_line(own, capsys, monkeypatch):
    monkeypatch.chdir(own)
    assert main(["nothing.jpg"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.slow
def test_it_is_a_command(own):
    command = [sys.executable, "-m", "helpers", "read", str(PAGE)]
    done = subprocess.run(
        command, cwd=own, env={"PYTHONPATH": str(COURSE.root)}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert "SHOES OFF" in done.stdout
