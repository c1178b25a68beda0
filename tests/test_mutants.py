"""The mutation tester makes real changes, tells noticed from unnoticed, and explains survivors."""

import ast
import dataclasses
from functools import cache

import pytest

from benchmarks import mutants
from benchmarks.mutants import equivalents, exercises, mutants_of, survives
from helpers.checking.catalogue import catalogue

EXERCISES = exercises()


@cache
def all_mutants(exercise_id):
    return list(mutants_of(catalogue().find(exercise_id)))


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
def test_every_function_has_mutants(exercise):
    made = all_mutants(exercise.id)
    assert {m.function for m in made} == set(exercise.functions)
    assert len({(m.function, m.source) for m in made}) == len(made)
    for mutant in made:
        assert ast.parse(mutant.source).body[0].name == mutant.function
        assert "->" in mutant.change


def test_a_mutant_is_noticed_and_an_unchanged_answer_is_not():
    (wrong_axis,) = (
        m for m in all_mutants("2.2.2") if "axis=0" in m.source and "np.max(x, axis=1" in m.source
    )
    assert not survives(wrong_axis)
    same = (
        "def softmax(x):\n    e = np.exp(x - x.max(1)[:, None])\n    return e / e.sum(1)[:, None]"
    )
    assert survives(dataclasses.replace(wrong_axis, source=same))


def test_a_mutant_that_hangs_is_stopped(monkeypatch):
    mutant = all_mutants("2.2.2")[0]
    endless = dataclasses.replace(mutant, source="def softmax(x):\n    while True:\n        pass")
    monkeypatch.setattr(mutants, "SECONDS", 1)
    assert not survives(endless)


def test_exercises_are_named_by_number_or_by_notebook():
    assert [e.id for e in exercises(["5.3.2", "4.3"])] == ["4.3", "5.3.2"]
    assert [e.id for e in exercises(["03_training"])] == ["3.1", "3.2", "3.3", "3.4"]  # 3.5: a file


def test_explanations_belong_to_mutants():
    """And every one says why nobody could call the change wrong."""
    made = {(m.function, m.change) for e in EXERCISES for m in all_mutants(e.id)}
    known = equivalents()
    assert set(known) <= made
    assert all(len(reason) > 20 for reason in known.values())
