"""The format of a chaff: a sentence, a change that is found exactly once, the checks that fail."""

import ast

import pytest

from autograder.course.course import find_course
from autograder.course.reference import solution
from autograder.judging.chaffs import (
    Chaff,
    all_chaffs,
    chaff_files,
    find_chaff,
    read_chaffs,
    wrong_answer,
)
from helpers.errors import CheckDefinitionError, ExerciseError

COURSE = find_course()
RIGHT = solution("2.2.2", COURSE)
SUM = "return exponentials / np.sum(exponentials, axis=1, keepdims=True)"


def softmax(change="", **more):
    return Chaff("2_2_2_mine", "It is wrong.", change, **{"fails": ["2.2.2/known_values"], **more})


def written(tmp_path, *chaffs, folder="2_2_2_softmax"):
    path = tmp_path / folder / "chaffs.py"
    path.parent.mkdir()
    listed = ",\n    ".join(chaffs)
    text = f"from autograder.judging.chaffs import Chaff\n\nCHAFFS = [\n    {listed}\n]\n"
    path.write_text(text, encoding="utf-8")
    return path


# --- The chaffs of this course --------------------------------------------------------------


@pytest.mark.parametrize("path", chaff_files(), ids=lambda path: path.parent.name)
def test_every_change_is_found_once_and_leaves_code(path):
    """The functions asked for are still there, and it is not the right answer."""
    for chaff in read_chaffs(path):
        wrong = ast.parse(wrong_answer(chaff))
        assert ast.dump(wrong) != ast.dump(ast.parse(solution(chaff.exercise, COURSE))), chaff.name
        names = {node.name for node in ast.walk(wrong) if isinstance(node, ast.FunctionDef)}
        bound = {node.id for node in ast.walk(wrong) if isinstance(node, ast.Name)}
        assert set(COURSE.find(chaff.exercise).functions) <= names | bound, chaff.name


def test_none_is_lost_and_few_are_whole_functions():
    chaffs = all_chaffs()
    assert len(chaffs) == len({chaff.name for chaff in chaffs}) >= 628
    assert sum(bool(chaff.whole) for chaff in chaffs) < len(chaffs) / 20


def test_a_chaff_is_found_by_its_name():
    chaff = find_chaff("2_2_2_one_maximum")
    assert chaff.exercise == "2.2.2" and chaff.fails == {"2.2.2/rows_of_different_size"}
    with pytest.raises(CheckDefinitionError, match=r"no chaff '2_2_2_two_maxima'"):
        find_chaff("2_2_2_two_maxima")


@pytest.mark.parametrize("name", ["2_2_2_one_maximum", "check-2.2.2"])
def test_an_exercise_selects_its_tests_in_either_spelling(request, name):
    assert request.node.extra_keyword_matches == {"2.2.2", "2_2_2"}


# --- A change -------------------------------------------------------------------------------


def test_a_line_is_replaced_with_the_indentation_of_the_old_one():
    changed = wrong_answer(softmax(f"- {SUM}\n+ if True:\n+     return x"))
    assert changed == RIGHT.replace(SUM, "if True:\n        return x").rstrip("\n") + "\n"


def test_lines_that_stay_say_where_others_come():
    change = f"""
        + x = x + 1
          {SUM}
        """
    assert f"    x = x + 1\n    {SUM}" in wrong_answer(softmax(change))


def test_several_places_are_changed_and_neither_disturbs_the_other():
    first = "exponentials = np.exp(x - np.max(x, axis=1, keepdims=True))"
    swapped = wrong_answer(softmax(f"- {first}\n+ {SUM}\n\n- {SUM}\n+ {first}"))
    assert swapped.index(SUM) < swapped.index(first)


@pytest.mark.parametrize("gone", ["- return exponentials", f"- {SUM}\n- {SUM}", f"- {SUM}  # why"])
def test_text_that_is_not_there_is_refused(gone):
    with pytest.raises(CheckDefinitionError, match="2_2_2_mine changes text .* 0 times in the sol"):
        wrong_answer(softmax(f"{gone}\n+ return x"))


def test_text_that_is_there_twice_is_refused():
    chaff = Chaff("5_1_2_mine", "It is wrong.", "- for name in names:\n+ for name in []:",
                  fails=["5.1.2/a_fading_sum"])  # fmt: skip
    with pytest.raises(CheckDefinitionError, match=r"5_1_2_mine.*2 times.*for name in names:"):
        wrong_answer(chaff)


def test_two_changes_of_one_line_are_refused():
    with pytest.raises(CheckDefinitionError, match="2_2_2_mine changes a line twice"):
        wrong_answer(softmax(f"- {SUM}\n+ return x\n\n  {SUM}\n+ return 2 * x"))


@pytest.mark.parametrize(
    "change", ["return x", f"-{SUM}", "+ return x", f"  {SUM}", f"- {SUM}\n+ return x\n\n+ x"]
)
def test_a_change_that_cannot_be_read_is_refused(change):
    with pytest.raises(CheckDefinitionError, match="2_2_2_mine: each line of a change begins"):
        wrong_answer(softmax(change))


def test_a_wheat_is_changed_where_it_is_the_base():
    changed = wrong_answer(softmax("- largest = max(x[n])\n+ largest = 0", base="plain_loops"))
    assert "largest = 0" in changed and "largest = max" not in changed


def test_a_base_that_is_not_there_is_refused():
    with pytest.raises(CheckDefinitionError, match=r"2_2_2_mine.*'baroque'.*plain_loops, terse"):
        wrong_answer(softmax(f"- {SUM}\n+ return x", base="baroque"))


def test_whole_functions_come_after_the_right_ones():
    whole = """
        def softmax(x):
            return x
    """
    assert wrong_answer(softmax(whole=whole)).endswith("\n\n\ndef softmax(x):\n    return x\n")
    assert wrong_answer(softmax(whole=whole)).startswith(RIGHT.rstrip())


# --- A file ---------------------------------------------------------------------------------


def test_a_file_leaves_the_id_of_its_exercise_out(tmp_path):
    path = written(tmp_path, 'Chaff("a", "Wrong.", "- x", ["known_values", "2.2.2/large_scores"])')
    (chaff,) = read_chaffs(path)
    assert chaff.name == "2_2_2_a" and chaff.says == ""
    assert chaff.fails == {"2.2.2/known_values", "2.2.2/large_scores"}


REFUSED = {
    'Chaff("a", "", "- x", fails=["known_values"])': "a needs a sentence",
    'Chaff("a", "Wrong.", "- x")': "a needs a sentence.*and `fails`, a list",
    'Chaff("a", "Wrong.", "- x", fails="known_values")': "and `fails`, a list",
    'Chaff("a", "Wrong.", fails=["known_values"])': "a needs either a `change`",
    'Chaff("a", "Wrong.", "- x", fails=["b"], whole="x = 1")': "a needs either a `change`",
    'Chaff("a", "Wrong.", fails=["b"], whole="x = 1", base="terse")': "a needs either a `change`",
    'Chaff("a", "Wrong.", "- x", fails=["2.4/one_step"])': "a of exercise 2.2.2 fails 2.4/one_step",
    'Chaff("a", "Wrong.", "- x", ["b"]), Chaff("a", "Worse.", "- y", ["c"])': "are called 2_2_2_a",
    "": "has no list CHAFFS",
}


@pytest.mark.parametrize(("chaffs", "message"), REFUSED.items())
def test_what_is_written_wrongly_is_refused_by_name(tmp_path, chaffs, message):
    with pytest.raises(CheckDefinitionError, match=message):
        read_chaffs(written(tmp_path, chaffs))


@pytest.mark.parametrize("folder", ["softmax", "2_2_2"])
def test_a_folder_of_no_exercise_is_refused(tmp_path, folder):
    path = written(tmp_path, 'Chaff("a", "Wrong.", "- x", ["b"])', folder=folder)
    with pytest.raises(ExerciseError, match="there is no exercise"):
        read_chaffs(path)
