"""A later notebook takes the functions of an earlier one over, as they stand in its file."""

import json

import numpy as np
import pytest

from autograder.course.course import find_course
from helpers.checking.catalogue import catalogue
from helpers.checking.earlier import find_notebook, use_answers
from helpers.checking.terminal import check_notebooks, earlier_cells
from helpers.errors import NotebookError
from helpers.networks import load_network, save_network

FUNCTIONS = {
    name for e in catalogue().exercises if e.notebook == "02_network" for name in e.functions
}


@pytest.fixture
def notebook():
    return json.loads(find_course().notebook_paths()["02_network"].read_text(encoding="utf-8"))


def write(folder, notebook, replaced=None, name="02_network"):
    for cell in notebook["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id in (replaced or {}):
            cell["source"] = replaced[grade_id]
    (folder / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def test_all_functions_come_over_and_are_called_right(tmp_path, notebook, capsys):
    write(tmp_path, notebook)
    namespace = {}
    use_answers("02_network", namespace, tmp_path)
    assert set(namespace) == FUNCTIONS
    assert capsys.readouterr().out == (
        f"{len(FUNCTIONS)} functions taken from 02_network.ipynb. All their checks pass.\n"
    )
    params = {}
    namespace["initialize_weights"](3, 2, params, "layer1")
    assert namespace["forward"](np.ones((4, 3)), params, "layer1").shape == (4, 2)


def test_nothing_else_of_the_notebook_is_run(tmp_path, notebook):
    notebook["cells"].append({"cell_type": "code", "id": "x", "metadata": {}, "outputs": [],
                              "execution_count": None, "source": "raise SystemExit"})  # fmt: skip
    write(tmp_path, notebook)
    use_answers(["02_network"], {}, tmp_path)


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        ("def softmax(x):\n    return x\n", "2.2.2"),
        ("def softmax(x):\n    raise NotImplementedError()\n", "2.2.2"),
        ("def softmax(x:\n", "2.2.2"),
    ],
)
def test_what_is_not_right_is_named_in_one_line(tmp_path, notebook, capsys, answer, named):
    write(tmp_path, notebook, {"q2-2-2": answer})
    use_answers("02_network", {}, tmp_path)
    said = capsys.readouterr().out
    assert f"Not right yet: {named}" in said and said.count("\n") == 1


def test_two_notebooks_can_be_taken_over_at_once(tmp_path, notebook, capsys):
    write(tmp_path, notebook)
    third = find_course().notebook_paths()["03_training"].read_text(encoding="utf-8")
    (tmp_path / "03_training.ipynb").write_text(third, encoding="utf-8")
    namespace = {}
    use_answers(["02_network", "03_training"], namespace, tmp_path)
    assert "All their checks pass" in capsys.readouterr().out
    params = namespace["new_network"](5, 4, 3)
    assert namespace["predict"](np.ones((2, 5)), params).shape == (2,)


def test_a_missing_notebook_is_a_clear_error(tmp_path, monkeypatch):
    with pytest.raises(NotebookError, match="no 02_network.ipynb in .*one folder"):
        use_answers("02_network", {}, tmp_path)
    with pytest.raises(NotebookError, match="no notebook '02_networks'; it has 01_theory"):
        use_answers("02_networks", {}, tmp_path)
    monkeypatch.chdir(tmp_path)
    assert find_notebook("02_network").is_file()  # the course's own folder is looked at last


def test_a_damaged_notebook_is_a_clear_error(tmp_path):
    (tmp_path / "02_network.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(NotebookError, match="is not a notebook"):
        use_answers("02_network", {}, tmp_path)


def test_the_terminal_brings_the_earlier_notebooks_along(tmp_path, notebook, capsys):
    write(tmp_path, notebook)
    third = find_course().notebook_paths()["03_training"].read_text(encoding="utf-8")
    (tmp_path / "03_training.ipynb").write_text(third, encoding="utf-8")
    save_network(load_network(), tmp_path / "letters64.npz")
    assert check_notebooks([str(tmp_path / "03_training.ipynb")]) == 0
    exercise = catalogue().find("3.4")
    assert len(earlier_cells(catalogue(), exercise, tmp_path)) > 10
    (tmp_path / "02_network.ipynb").write_text("{", encoding="utf-8")
    assert earlier_cells(catalogue(), exercise, tmp_path) == []
    assert check_notebooks([str(tmp_path / "03_training.ipynb")]) == 1
    assert "forward" in capsys.readouterr().out


@pytest.fixture
def sheet(tmp_path, monkeypatch):
    """The folder of a sheet without notebook 2, and other folders beside it."""
    for name in ("two", "one", "again"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "course.toml").write_bytes(
            (find_course().root / "course.toml").read_bytes()
        )
    monkeypatch.chdir(tmp_path / "two")
    return tmp_path


def test_a_notebook_of_another_sheet_is_found_in_its_folder(sheet, notebook, capsys):
    write(sheet / "one", notebook)
    use_answers("02_network", {})
    assert "All their checks pass" in capsys.readouterr().out
    exercise = catalogue().find("3.4")
    assert len(earlier_cells(catalogue(), exercise, sheet / "two")) > 10


def test_of_two_notebooks_in_other_sheets_none_is_guessed(sheet, notebook):
    for name in ("one", "again"):
        write(sheet / name, notebook)
    with pytest.raises(NotebookError, match="is in again and one; copy the one that counts"):
        use_answers("02_network", {})
    assert earlier_cells(catalogue(), catalogue().find("3.4"), sheet / "two") == []


def test_a_folder_of_another_course_does_not_count(sheet, notebook):
    write(sheet / "one", notebook)
    for text in ('name = "other"', "no toml"):
        (sheet / "one" / "course.toml").write_text(text, encoding="utf-8")
        with pytest.raises(NotebookError, match="there is no 02_network.ipynb"):
            use_answers("02_network", {})
