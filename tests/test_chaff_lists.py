"""``course chaffs``: the lists ``fails`` are written anew, and nothing else in the files."""

import re
import shutil

import pytest
from click.testing import CliRunner

from autograder.commands.main import main
from autograder.course.course import find_course
from autograder.judging import chaff_lists
from autograder.judging.chaff_lists import with_lists
from autograder.judging.chaffs import all_chaffs, chaff_files
from helpers.errors import CheckDefinitionError, ExerciseError

NUMBER = sum(chaff.exercise == "1.4" for chaff in all_chaffs())


@pytest.fixture
def slopes(tmp_path, monkeypatch):
    """A copy of the chaffs of 1.4, which alone are judged."""
    (ours,) = [path for path in chaff_files() if path.parent.name.startswith("1_4_")]
    copy = tmp_path / ours.parent.name / ours.name
    copy.parent.mkdir()
    shutil.copy(ours, copy)
    monkeypatch.setattr(chaff_lists, "chaff_files", lambda course: [copy])
    return copy


def chaffs(*arguments):
    return CliRunner().invoke(main, ["chaffs", *arguments])


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


# --- The command ----------------------------------------------------------------------------


def test_lists_that_are_right_are_left_alone(slopes):
    before = slopes.read_bytes()
    result = chaffs("1.4")
    assert (result.exit_code, result.output) == (0, f"{NUMBER} chaffs were judged\n")
    assert slopes.read_bytes() == before


def test_wrong_lists_are_mended_and_nothing_else(slopes):
    before = slopes.read_bytes()
    change(slopes, 'fails=["values_unchanged"]', 'fails=["slope_from_value"]')
    change(slopes, 'fails=["slope_of_any_shape"]', 'fails=["slope_of_any_shape", "no_such_check"]')
    result = chaffs()
    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "1_4_one_at_a_time: - 1.4/no_such_check",
        "1_4_slope_in_place: + 1.4/values_unchanged, - 1.4/slope_from_value",
        f"{NUMBER} chaffs were judged",
    ]
    assert slopes.read_bytes() == before


def test_a_chaff_that_passes_everything_is_named_and_left_alone(slopes):
    change(slopes, "+ return -s * (1 - s)", "+ return (1 - s) * s")
    before = slopes.read_bytes()
    result = chaffs("1.4")
    assert result.exit_code == 1
    assert "1_4_negative_slope passes every check" in result.output
    assert slopes.read_bytes() == before


def test_a_chaff_that_costs_points_elsewhere_is_named(slopes, monkeypatch):
    both = frozenset({"1.4/slope_from_value", "1.4/slope_of_any_shape", "1.6/tanh_slope"})
    monkeypatch.setattr(chaff_lists, "failed_checks", lambda verdicts: both)
    result = chaffs("1.4")
    assert result.exit_code == 1
    assert "1_4_plus_sign fails checks of another exercise: 1.6/tanh_slope" in result.output
    assert "tanh_slope" not in slopes.read_text(encoding="utf-8")


def test_other_exercises_are_not_judged(slopes):
    assert chaffs("1.5").output == "0 chaffs were judged\n"
    with pytest.raises(ExerciseError, match="no exercise '9.9'"):
        chaff_lists.update_lists(find_course(), ["9.9"], print)


def test_an_exercise_whose_package_is_missing_is_left_out(slopes, monkeypatch):
    monkeypatch.setattr(chaff_lists, "missing", lambda packages: ["torch"])
    result = chaffs("1.4")
    assert result.exit_code == 0
    assert result.output == "1.4 is left out: torch is not installed\n0 chaffs were judged\n"


# --- The text -------------------------------------------------------------------------------

MODULE = '''\
"""Größe: letters that take two bytes count as one."""
CHAFFS = [
    Chaff("first", "Ä.", """
        - a = ["first"]
        + a = 1
        """, fails=["a", "2.2.2/b",  # a remark
                    "c"], says="é"),
    Chaff(fails=["d"], name="second", mistake="fails=[]"),
]
'''


def test_only_the_lists_are_written():
    mended = with_lists(MODULE, {"first": ["b", "a"], "second": ["f", "e", "d"]})
    assert mended == MODULE.replace(
        '["a", "2.2.2/b",  # a remark\n                    "c"]', '["a", "2.2.2/b"]'
    ).replace('["d"]', '["d", "e", "f"]')


def test_a_long_list_goes_on_below_its_first_entry_within_100_columns():
    checks = [f"check_of_number_{number}" for number in range(9)]
    lines = with_lists(MODULE, {"first": checks}).splitlines()
    assert max(map(len, lines)) <= 100
    (start,) = [n for n, line in enumerate(lines) if '""", fails=["check_of_number_0"' in line]
    assert re.fullmatch(r' {20}"check_of_number_\d",.*', lines[start + 1])
    assert lines[start + 2].endswith('"check_of_number_8"], says="é"),')


@pytest.mark.parametrize("module", ['Chaff("other", fails=["a"])', 'Chaff("mine", fails=LIST)', ""])
def test_a_list_that_is_not_written_out_is_refused(module):
    with pytest.raises(CheckDefinitionError, match="the chaff mine must stand in its module as"):
        with_lists(module, {"mine": ["a"]})
