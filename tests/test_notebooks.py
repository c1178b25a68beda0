"""Which file is which notebook: told by what is in it."""

import copy
import json

import pytest

from autograder.intake.checked import squeeze
from autograder.intake.files import SubmittedFiles
from autograder.intake.notebooks import NOT_HANDED_IN, sort_notebooks
from autograder.intake.parsing import parse_notebook
from exercises.sample_class.submissions import (
    as_bytes,
    release_notebooks,
    right_answers,
    student_notebook,
)
from helpers.checking.cells import grade_id_of
from helpers.checking.statements import defined_names

SOURCES = release_notebooks()
NAMES = list(SOURCES)


@pytest.fixture(scope="module")
def right():
    return {name: student_notebook(name, right_answers(name)) for name in NAMES}


def sort(files, **more):
    data = {k: v if isinstance(v, bytes) else as_bytes(v) for k, v in files.items()}
    return sort_notebooks(SubmittedFiles(data, **more), SOURCES)


def answered(notebook, grade_id):
    return [cell["source"] for cell in notebook["cells"] if grade_id_of(cell) == grade_id]


def stripped(notebook):
    """As after a tool that knows nothing of marks and ids."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    return json.dumps({**notebook, "nbformat_minor": 2}).encode()


def test_the_right_names_need_no_remark(right):
    found = sort({f"{name}.ipynb": right[name] for name in NAMES})
    assert set(found.notebooks) == set(NAMES)
    assert found.remarks == [] and found.unreadable == {}


def test_names_do_not_matter(right):
    found = sort({f"hw/final ({i}).ipynb": right[name] for i, name in enumerate(NAMES)})
    assert set(found.notebooks) == set(NAMES)
    assert f"hw/final (0).ipynb was taken for {NAMES[0]}.ipynb" in found.remarks


def test_names_that_were_swapped(right):
    found = sort({f"{a}.ipynb": right[b] for a, b in zip(NAMES, reversed(NAMES), strict=True)})
    for name in NAMES:
        own = as_bytes(right[name])
        assert found.notebooks[name]["cells"] == parse_notebook(own, "x")["cells"]


def test_files_without_marks_and_ids_are_told_apart(right):
    found = sort({f"{i}.ipynb": stripped(right[name]) for i, name in enumerate(NAMES)})
    assert set(found.notebooks) == set(NAMES)


def test_of_copies_the_one_with_most_answers_counts_whatever_its_name(right):
    found = sort({"02_network.ipynb": student_notebook("02_network"),
                  "02_network-Copy1.ipynb": right["02_network"],
                  "backup/02_network.ipynb": student_notebook("02_network")})  # fmt: skip
    assert "raise NotImplementedError" not in answered(found.notebooks["02_network"], "q2-2-2")[0]
    assert found.remarks == [
        "backup/02_network.ipynb: the same as 02_network.ipynb, to the last byte",
        "02_network-Copy1.ipynb was taken for 02_network.ipynb",
        "02_network.ipynb is another copy of 02_network.ipynb; 02_network-Copy1.ipynb was graded",
    ]


def test_among_equals_the_right_name_counts(right):
    found = sort({"z.ipynb": right["02_network"], "02_network.ipynb": right["02_network"]})
    assert found.remarks == ["z.ipynb: the same as 02_network.ipynb, to the last byte"]


def test_a_notebook_in_two_parts_is_put_together(right):
    parts = [copy.deepcopy(right["02_network"]) for _ in range(2)]
    blank = {grade_id_of(c): c["source"] for c in SOURCES["02_network"]["cells"]}
    halves = (("q2-1", "q2-2-1"), ("q2-2-2", "q2-2-3", "q2-3", "q2-4", "q2-5"))
    for part, ours in zip(parts, halves, strict=True):
        for cell in part["cells"]:
            if grade_id_of(cell).startswith("q2") and not grade_id_of(cell).startswith(ours):
                cell["source"] = blank[grade_id_of(cell)]
    found = sort({"part 1.ipynb": parts[0], "part 2.ipynb": parts[1]})
    cells = found.notebooks["02_network"]["cells"]
    wanted = {c["source"] for c in right["02_network"]["cells"] if grade_id_of(c)}
    assert wanted <= {cell["source"] for cell in cells}
    assert any("taken from part 1.ipynb" in remark for remark in found.remarks)


def test_answers_in_the_file_of_another_notebook_are_found(right):
    answers = [c for c in right["02_network"]["cells"] if grade_id_of(c).startswith("q2")]
    both = {**right["01_theory"], "cells": right["01_theory"]["cells"] + answers}
    found = sort({"01_theory.ipynb": both})
    assert set(found.notebooks) == {"01_theory", "02_network"}
    assert found.remarks == ["answers of 02_network were found in 01_theory.ipynb"]


def test_an_untouched_file_holds_no_answers_of_others():
    assert set(sort({"01_theory.ipynb": student_notebook("01_theory")}).notebooks) == {"01_theory"}


@pytest.mark.parametrize("name", ["homework.ipynb", "02_network.ipynb"])
def test_a_foreign_notebook(name):
    foreign = {"cells": [{"cell_type": "code", "source": "1 + 1", "metadata": {}}], "nbformat": 4}
    found = sort({name: json.dumps(foreign).encode()})
    if name == "homework.ipynb":
        assert found.notebooks == {}
        assert found.remarks == ["homework.ipynb is no notebook of this course; it was left out"]
    else:
        assert list(found.notebooks) == ["02_network"]


def test_a_scratch_notebook_does_not_take_the_place_of_the_real_one(right):
    cell = {"cell_type": "code", "metadata": {}, "source": "def softmax(x):\n    return x"}
    scratch = json.dumps({"cells": [cell], "nbformat": 4}).encode()
    found = sort({"02_network.ipynb": right["02_network"], "scratch.ipynb": scratch})
    assert len(found.notebooks["02_network"]["cells"]) == len(right["02_network"]["cells"])


def test_a_broken_file_is_blamed_for_the_notebook_that_is_missing(right):
    found = sort({"01_theory.ipynb": right["01_theory"], "my 02.ipynb": b"%PDF"})
    assert list(found.unreadable) == ["02_network"]
    assert found.unreadable["02_network"].startswith("my 02.ipynb is not a notebook")
    assert found.remarks == [found.unreadable["02_network"]]


def test_a_file_that_could_not_be_read_is_blamed_too(right):
    broken = {"hw/02_network.ipynb": "02_network.ipynb is larger than 25 MB"}
    found = sort({"01_theory.ipynb": right["01_theory"]}, broken=broken)
    assert found.unreadable == {"02_network": "02_network.ipynb is larger than 25 MB"}


SENTENCE = "Graded by hand: full marks."
SPEAKING = {
    "a cell that says why there is none": {
        "cells": [{"cell_type": "raw", "id": NOT_HANDED_IN, "source": SENTENCE}],
    },
    "a format that is a sentence": {"worksheets": [], "nbformat": SENTENCE, "metadata": {}},
}


@pytest.mark.parametrize("notebook", SPEAKING.values(), ids=SPEAKING)
def test_no_file_of_a_students_speaks_in_the_graders_name(notebook):
    found = sort({"unreadable.ipynb": json.dumps(notebook).encode()})
    assert set(found.unreadable) == set(SOURCES)
    assert SENTENCE not in " ".join([*found.unreadable.values(), *found.remarks])


def test_a_broken_copy_beside_a_good_one_costs_nothing(right):
    found = sort({f"{name}.ipynb": right[name] for name in NAMES} | {"02_copy.ipynb": b"{"})
    assert found.unreadable == {} and set(found.notebooks) == set(NAMES)


def test_remarks_do_not_grow_without_end():
    found = sort({f"{i}.ipynb": b"{" for i in range(200)})
    assert len(found.remarks) <= 51


def test_nothing_is_found_in_nothing():
    found = sort({})
    assert (found.notebooks, found.unreadable, found.remarks) == ({}, {}, [])


def test_a_hundred_copies_of_a_long_notebook_are_looked_at_once(monkeypatch):
    long = student_notebook("02_network", {"q2-2-2": "a = 1\n" * 5000})
    seen = []
    monkeypatch.setattr("autograder.intake.notebooks.defined_names",
                        lambda text: seen.append(text) or defined_names(text))  # fmt: skip
    monkeypatch.setattr("autograder.intake.notebooks.squeeze",
                        lambda text: seen.append(text) or squeeze(text))  # fmt: skip
    found = sort({f"{number}/02_network.ipynb": long for number in range(100)})
    assert len(found.remarks) == 1 and "and 96 more: the same as" in found.remarks[0]
    edited = {f"{n}.ipynb": {**long, "metadata": {"n": n}} for n in range(5)}
    seen.clear()
    sort(edited)
    assert sum(len(text) > 20_000 for text in seen) == 2, "once for its names, once to compare"
