"""A hundred submissions that something happened to: each gets what is fair, and none in silence."""

from collections import Counter

import pytest

from autograder.course.course import find_course
from autograder.grading.submission import (
    doubt_prose,
    flagged,
    for_the_judge,
    written_answers,
)
from autograder.intake.answers import take_apart
from autograder.intake.files import collect
from autograder.intake.notebooks import sort_notebooks
from autograder.judging.guards import in_this_process
from autograder.judging.judge import judge
from exercises.sample_class.submissions import release_notebooks, write_submission
from tests.mangled import ALL, NAME, NONE, TABLE, Mangled

SOURCES = release_notebooks()
EXERCISE, QUESTION = "2.2.2", "q2-1-1"


KNOWN = {}


def judged(ready):
    """The judge's verdict; the same for the same code, which many rows end up with."""
    key = repr(sorted(ready.items()))
    if key not in KNOWN:
        KNOWN[key] = judge(find_course(), ready, in_this_process, seed=1, only=[EXERCISE])
    return KNOWN[key]


def graded(files, folder):
    """The verdict on one exercise, what was written, all that is said, and who is sent there."""
    handed = collect(write_submission(folder, "ada", files))
    found = sort_notebooks(handed, SOURCES)
    parts = {name: take_apart(found.notebooks[name], SOURCES[name]) for name in found.notebooks}
    ready = for_the_judge(handed, found, parts, SOURCES)
    verdicts = judged(ready)
    written = written_answers(find_course(), parts, SOURCES, ["2.1.1"], found)
    doubt_prose(found, handed, parts, written)
    (verdict,) = flagged(verdicts, found)
    prose = parts[NAME].answers.get(QUESTION) if NAME in parts else None
    instead = "" if found.notebooks or found.unreadable else handed.instead
    own = [remark for laid in parts.values() for remark in laid.remarks]
    checks = [f"{check.problem} {check.traceback}" for check in verdict.checks]
    said = [*found.remarks, *own, *verdict.concerns, verdict.message, *checks, instead]
    return verdict, prose, "\n".join(said), bool(instead or verdict.concerns)


def rows(slow):
    return [pytest.param(row, id=f"{row.kind}-{row.name}") for row in TABLE if row.slow == slow]


def assert_is_fair(row: Mangled, folder):
    verdict, prose, said, sent_there = graded(row.make(), folder)
    for words in row.says:
        assert words in said
    if row.points == ALL:
        assert verdict.status == "pass", verdict.message
    elif row.points == NONE:
        assert verdict.points < verdict.max_points and verdict.status != "error"
    else:
        assert verdict.status == "error"
    assert (sent_there or verdict.status == "error") == row.look, verdict.concerns
    blank = prose is None or prose.strip() in ("", "YOUR ANSWER HERE")
    assert blank if not row.prose else row.prose in prose


@pytest.mark.parametrize("row", rows(slow=False))
def test_a_mangled_submission_gets_what_is_fair(row, tmp_path):
    assert_is_fair(row, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("row", rows(slow=True))
def test_a_large_one_does_too(row, tmp_path):
    assert_is_fair(row, tmp_path)


NAIVE = {
    "a_marked_copy_below_the_check_is_an_experiment": (
        "autograder.intake.checked.Places.experiments", lambda self: set()
    ),
    "a_right_marked_copy_at_the_end_after_a_wrong_one": (
        "autograder.intake.checked.Places.experiments", lambda self: set()
    ),
    "a_right_unmarked_copy_at_the_end_with_its_check": (
        "autograder.intake.checked.Places.moved_up", lambda self, at, here: False
    ),
    "version_ten_comes_after_two": (
        "autograder.intake.notebooks.in_order",
        lambda copies: sorted(copies, key=lambda copy: copy.path, reverse=True),
    ),
    "an_older_one_in_a_folder": (
        "autograder.intake.notebooks.in_order",
        lambda copies: sorted(copies, key=lambda copy: copy.path, reverse=True),
    ),
    "nothing_tells_which_is_newer": (
        "autograder.intake.notebooks.doubt", lambda best, other: ""
    ),
    "the_answer_in_a_file_beside_the_notebook": (
        "autograder.judging.judge.reconsidered", lambda verdict, exercise, notebook: verdict
    ),
    "quotes_in_the_braces_of_an_f_string": (
        "helpers.checking.newer.newer_python", lambda source: ""
    ),
    "cut_off_before_the_answer": (
        "autograder.intake.legible._cell_by_cell", lambda text: None
    ),
    "a_matrix_comes_back": ("helpers.checking.plain.OTHER_ARRAYS", ()),
    "a_cell_above_asks_for_something_to_be_typed": (
        "helpers.checking.answers._no_keyboard", lambda *args: "1"
    ),
    "the_line_of_the_stub_was_left_above_the_code": (
        "helpers.checking.student.left_above_code", lambda error: ""
    ),
    "prose_in_a_new_cell_below_the_stub": (
        "autograder.intake.answers.find_prose", lambda laid, keys: None
    ),
    "the_set_up_was_deleted_and_a_cell_at_the_top_needs_it": (
        "autograder.intake.answers.with_set_up", lambda keys, present, group: group
    ),
}  # fmt: skip
"""What becomes unfair where one rule is taken out, and what is put in its place."""


@pytest.mark.parametrize("name", NAIVE)
def test_without_its_rule_it_is_not_fair(name, tmp_path, monkeypatch):
    target, instead = NAIVE[name]
    monkeypatch.setattr(target, instead)
    monkeypatch.setattr("tests.test_mangled.KNOWN", {})
    (row,) = [row for row in TABLE if row.name == name]
    with pytest.raises(AssertionError):
        assert_is_fair(row, tmp_path)


def test_there_are_a_hundred_and_each_kind_has_some():
    kinds = Counter(row.kind for row in TABLE)
    assert len(TABLE) >= 100 and min(kinds.values()) >= 3
    assert len({row.name for row in TABLE}) == len(TABLE)
