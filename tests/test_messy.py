"""Notebooks as real programs leave them: the answers are found, and the remarks say no more.

The files are the students' notebooks in ``files/messy/given``, cut down to a few cells, as they
come back; ``expected.toml`` says of each what it is, what is found in it, and what is remarked.
"""

import ast
import json
import tomllib
from pathlib import Path

import numpy as np
import pytest

from autograder.intake.answers import code_cells, take_apart
from autograder.intake.files import collect
from autograder.intake.joining import WRITTEN_STUB
from autograder.intake.notebooks import sort_notebooks
from helpers.checking.cells import is_answer
from helpers.checking.statements import parse_cell

HERE = Path(__file__).parent / "files" / "messy"
EXPECTED = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))
GIVEN = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((HERE / "given").iterdir())
}


BLANK = ("", WRITTEN_STUB)
SCORES = np.array([[0.0, 1.0, 2.0], [800.0, 0.0, 0.0]])
SOFTMAX = np.array([[0.0900306, 0.2447285, 0.6652410], [1.0, 0.0, 0.0]])


def read(path, name, folder):
    """What is found in a file that was handed in under a name: answers, reasons, remarks."""
    (folder / name).write_bytes(path.read_bytes())
    found = sort_notebooks(collect(folder), GIVEN)
    answers, remarks = {}, list(found.remarks)
    for name, notebook in found.notebooks.items():
        laid = take_apart(notebook, GIVEN[name])
        answers |= written(laid.answers, GIVEN[name])
        answers |= functions(code_cells(laid, GIVEN[name]), GIVEN[name])
        remarks += [f"{name}: {remark}" for remark in laid.remarks]
    return answers, found.unreadable, remarks


def asked_for(given, kind):
    return [c for c in given["cells"] if is_answer(c) and (c["cell_type"] == "code") == kind]


def written(answers, given):
    """The answers in prose, by their ``grade_id``."""
    ids = [cell["metadata"]["nbgrader"]["grade_id"] for cell in asked_for(given, False)]
    return {key: answers[key] for key in ids if answers.get(key, "").strip() not in BLANK}


def functions(cells, given):
    """The functions that were written, by name, ready to be called."""
    given_texts = ["".join(cell["source"]) for cell in asked_for(given, True)]
    stubs = {ast.unparse(node): node.name for text in given_texts for node in definitions(text)}
    namespace = {"np": np}
    for node in (node for cell in cells for node in definitions(cell.source)):
        if ast.unparse(node) not in stubs:
            exec(ast.unparse(node), namespace)
    return {name: namespace[name] for name in stubs.values() if name in namespace}


def definitions(source):
    return [node for node in parse_cell(source)[0] if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize("file", EXPECTED)
def test_answers_are_found_and_what_was_odd_is_said(file, tmp_path):
    wanted = EXPECTED[file]
    answers, unreadable, remarks = read(
        HERE / f"{file}.ipynb", wanted.get("name", "02_network.ipynb"), tmp_path
    )
    assert sorted(answers) == sorted(wanted["answers"])
    assert unreadable == wanted.get("unreadable", {})
    assert remarks == wanted["remarks"]
    for answer, words in wanted.get("holds", {}).items():
        assert words in answers[answer]
    if "softmax" in answers:
        np.testing.assert_allclose(answers["softmax"](SCORES), SOFTMAX, atol=1e-6)


def test_every_file_is_in_the_table_and_says_what_it_is():
    files = list(HERE.glob("*.ipynb"))
    assert sorted(EXPECTED) == sorted(file.stem for file in files) and len(files) >= 20
    assert all(len(entry["is"]) > 20 for entry in EXPECTED.values())
    assert sum(file.stat().st_size for file in files) < 400_000


@pytest.mark.parametrize("name", GIVEN)
def test_what_was_given_out_holds_no_answer_and_is_complete(name, tmp_path):
    file = HERE / "given" / f"{name}.ipynb"
    assert read(file, file.name, tmp_path) == ({}, {}, [])
