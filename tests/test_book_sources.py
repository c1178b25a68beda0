"""What kept outputs depend on: code, helpers, checks, data and earlier notebooks."""

import shutil

import pytest

from autograder.course.course import find_course
from book import sources

COURSE = find_course()
NAMES = list(COURSE.notebook_paths())


@pytest.fixture
def copy(tmp_path):
    for folder in ("notebooks", "helpers"):
        shutil.copytree(
            COURSE.root / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    (tmp_path / "data").mkdir()
    for name in ("course.toml", "exercises"):
        place = COURSE.root / name
        (shutil.copytree if place.is_dir() else shutil.copy)(place, tmp_path / name)
    return find_course(tmp_path)


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_prose_does_not_count_but_code_does(copy):
    before = sources.fingerprint(copy, "01_theory")
    change(copy.root / "notebooks" / "01_theory.ipynb", "Six questions", "These six questions")
    assert sources.fingerprint(copy, "01_theory") == before
    change(
        copy.root / "notebooks" / "01_theory.ipynb",
        "return -np.max(scores)",
        "return -scores.max()",
    )
    assert sources.fingerprint(copy, "01_theory") != before


def test_what_a_notebook_rests_on_counts(copy):
    def change_and_compare(path, line):
        before = {name: sources.fingerprint(copy, name) for name in NAMES}
        path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
        return {name for name in NAMES if sources.fingerprint(copy, name) != before[name]}

    assert "01_theory" in change_and_compare(
        copy.root / "helpers" / "figures" / "theory.py", "\n# new\n"
    )
    changed = change_and_compare(copy.root / "helpers" / "figures" / "training.py", "\n# new\n")
    assert "03_training" in changed and "01_theory" not in changed
    check = copy.room(copy.find("1.1")) / "public.py"
    assert change_and_compare(check, "\n# new\n") == {"01_theory"}


def test_the_functions_of_an_earlier_notebook_count():
    assert sources.notebooks_used(COURSE, "03_training") == ["02_network", "03_training"]
