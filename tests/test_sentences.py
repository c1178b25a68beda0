"""What a student is told is held to account: every sentence is reached, and names one mistake only.

A hint or the name of a mistake that no chaff brings up may be untrue, and nobody would notice.
"""

import re
from functools import cache
from itertools import combinations

import numpy as np
import pytest

from autograder.course.course import find_course
from autograder.course.reference import source_cells
from autograder.judging.chaffs import all_chaffs
from autograder.judging.guards import NUMBER, judge_cells, judge_reference
from helpers.checking import expect
from helpers.checking.packages import missing
from helpers.checking.runner import list_checks

COURSE = find_course()
HERE = [e for e in COURSE.checked if not missing(e.packages)]
ONE_SEED = 7
SEEDS = 5


def general(sentence):
    """A sentence without its numbers, which other inputs change."""
    return NUMBER.sub("#", " ".join(sentence.split()))


@pytest.fixture
def offered(monkeypatch):
    """The tables of mistakes that are held against a value, while right answers are judged."""
    tables = []
    diagnose = expect.diagnose

    def noting(value, mistakes, *tolerances):
        tables.append((value, dict(mistakes or {})))
        return diagnose(value, mistakes, *tolerances)

    monkeypatch.setattr(expect, "diagnose", noting)
    return tables


@cache
def right_verdicts(notebook):
    return {verdict.exercise: verdict for verdict in judge_reference(notebook, ONE_SEED)}


def judge_alone(exercise, seed, offered):
    """Judge the right answer of one exercise; of the tables, those of other exercises go."""
    tables = list(offered)
    known = right_verdicts(exercise.notebook)
    offered[:] = tables
    judge_cells(exercise.notebook, source_cells(exercise.notebook), seed, None, [exercise], known)


@pytest.mark.parametrize("exercise", HERE, ids=lambda e: e.id)
def test_every_name_of_a_mistake_is_what_some_chaff_is_told(exercise, offered):
    """`says` of the chaffs is held to what is shown by test_guards.py."""
    judge_alone(exercise, ONE_SEED, offered)
    sentences = {general(sentence) for _, mistakes in offered for sentence in mistakes}
    said = {general(chaff.says) for chaff in all_chaffs() if chaff.exercise == exercise.id}
    said |= {part for sentence in said for part in sentence.split(", or ")}
    assert sorted(sentences - said) == []


@pytest.mark.parametrize("exercise", HERE, ids=lambda e: e.id)
def test_mistakes_differ_from_each_other_and_from_the_truth(exercise, offered):
    """Otherwise the wrong one may be named."""
    for seed in range(SEEDS):
        judge_alone(exercise, seed, offered)
    same = set()
    for value, mistakes in offered:
        for sentence, wrong in mistakes.items():
            if alike(value, wrong):
                same.add((general(sentence), "the truth"))
        for (one, a), (other, b) in combinations(mistakes.items(), 2):
            if alike(a, b):
                same.add((general(one), general(other)))
    assert sorted(same) == []


def alike(a, b):
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-6, atol=1e-9, equal_nan=True)


@pytest.mark.parametrize("exercise", COURSE.checked, ids=lambda e: e.id)
def test_what_the_text_demands_is_checked_and_nothing_else(exercise):
    """The text lists its demands, a line beginning with ``- **(a)**`` for each."""
    marks = list_checks(COURSE.check_files(exercise))
    checked = {letter for one in marks for letter in one.demands}
    listed = re.findall(r"^- \*\*\((\w)\)\*\* ", question(exercise), re.MULTILINE)
    assert len(listed) == len(set(listed)) and sorted(listed) == sorted(checked)
    if listed:
        unnamed = [one.check for one in marks if not one.demands]
        assert unnamed == [], "these checks see to nothing that the text demands"


@pytest.mark.parametrize("exercise", COURSE.checked, ids=lambda e: e.id)
def test_the_points_beside_a_task_are_those_of_its_checks(exercise):
    total = sum(marks.points for marks in list_checks(COURSE.check_files(exercise)))
    said = re.findall(r"Your task \(([\d.]+) points?\)", question(exercise))
    assert said in ([], [f"{total:g}"])


def question(exercise):
    """The text of an exercise: all prose between its heading and its answer."""
    text = []
    for cell in COURSE.read_notebook(exercise.notebook)["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id == exercise.grade_id:
            return "\n".join(text)
        if cell["cell_type"] == "markdown":
            begins = re.search(
                rf"^#+ (?:Exercise )?{re.escape(exercise.id)}\b", cell["source"], re.M
            )
            text = [cell["source"]] if begins else [*text, cell["source"]]
    raise AssertionError(f"no answer cell for {exercise.id}")
