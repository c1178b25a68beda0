"""What a student is told is held to account: every sentence is reached, and names one mistake only.

A hint or the name of a mistake that no chaff brings up may be untrue, and nobody would notice.
"""

import re
from itertools import combinations

import numpy as np
import pytest

from autograder.course.course import find_course
from autograder.course.reference import source_cells
from autograder.judging.chaffs import all_chaffs
from autograder.judging.guards import judge_cells
from helpers.checking import expect
from helpers.checking.packages import missing
from helpers.checking.runner import list_checks
from tests.test_guards import verdicts_on

COURSE = find_course()
HERE = [e for e in COURSE.checked if not missing(e.packages)]
NUMBER = re.compile(r"-?\d+(\.\d+)?")
ONE_SEED = 7
SEEDS = 5


def general(sentence):
    """A sentence without its numbers, which other inputs change."""
    return NUMBER.sub("#", sentence)


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


def judged(exercise, seed):
    return judge_cells(exercise.notebook, source_cells(exercise.notebook), seed, None, [exercise])


def chaffs_of(exercise):
    return [chaff for chaff in all_chaffs() if chaff.exercise == exercise.id]


@pytest.mark.slow
@pytest.mark.parametrize("exercise", HERE, ids=lambda e: e.id)
def test_every_sentence_is_reached_by_a_chaff(exercise, offered):
    judged(exercise, ONE_SEED)
    sentences = {general(s) for _, mistakes in offered for s in mistakes}
    said, hints = set(), set()
    for chaff in chaffs_of(exercise):
        for verdict in verdicts_on(chaff):
            for check in verdict.checks:
                said |= set(map(general, check.diagnosis.split(", or ")))
                said.add(general(check.diagnosis))
                hints.add(check.hint)
    assert sorted(sentences - said) == [], "no chaff brings these mistakes' names up"
    known = {marks.hint for marks in list_checks(COURSE.check_files(exercise))}
    assert sorted(known - hints) == [], "no chaff brings these hints up"


@pytest.mark.slow
@pytest.mark.parametrize("exercise", HERE, ids=lambda e: e.id)
def test_mistakes_differ_from_each_other_and_from_the_truth(exercise, offered):
    """Otherwise the wrong one may be named."""
    for seed in range(SEEDS):
        judged(exercise, seed)
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
    unnamed = [one.check for one in marks if not one.demands]
    assert unnamed == [], "these checks see to nothing that the text demands"
    checked = {letter for one in marks for letter in one.demands}
    listed = re.findall(r"^- \*\*\((\w)\)\*\* ", question(exercise), re.MULTILINE)
    assert len(listed) == len(set(listed)) and sorted(listed) == sorted(checked)


@pytest.mark.parametrize("exercise", COURSE.checked, ids=lambda e: e.id)
def test_the_points_stand_beside_the_task(exercise):
    total = sum(marks.points for marks in list_checks(COURSE.check_files(exercise)))
    assert re.search(rf"\({total:g} points?\)", question(exercise))


def question(exercise):
    """The text of an exercise: all prose between its heading and its answer."""
    text = []
    for cell in COURSE.read_notebook(exercise.notebook)["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if grade_id == exercise.grade_id:
            return "\n".join(text)
        if cell["cell_type"] == "markdown":
            begins = re.search(rf"^#+ Exercise {re.escape(exercise.id)}\b", cell["source"], re.M)
            text = [cell["source"]] if begins else [*text, cell["source"]]
    raise AssertionError(f"no answer cell for {exercise.id}")
