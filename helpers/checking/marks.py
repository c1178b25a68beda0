"""The marks that checks carry; thin names for ``pytest.mark``.

A check is an ordinary pytest function that takes a ``student`` (and, if it draws inputs,
an ``rng``)::

    pytestmark = exercise("2.2.2")

    @points(1)
    @hint("Each row is one example: which axis does the sum run over?")
    def test_rows_sum_to_one(student, rng):
        ...
"""

from __future__ import annotations

import pytest


def exercise(exercise_id: str) -> pytest.MarkDecorator:
    """Say which exercise a check belongs to, for example ``"2.2.2"``."""
    return pytest.mark.exercise(exercise_id)


def points(value: float) -> pytest.MarkDecorator:
    """Say how many points a check is worth: more than zero, in steps of a quarter."""
    return pytest.mark.points(value)


def demand(*letters: str) -> pytest.MarkDecorator:
    """Say which demands of the task a check sees to.

    The text of the exercise lists them, as lines that begin with ``- **(a)**``.
    """
    return pytest.mark.demand(*letters)


def hint(text: str) -> pytest.MarkDecorator:
    """Give the sentence that a student reads below the message when the check fails."""
    return pytest.mark.hint(text)


def after(*checks: str) -> pytest.MarkDecorator:
    """Let a check wait for earlier ones of its exercise: it runs where one of these passes.

    For checks that an answer which does nothing would pass, such as *leaves its arguments
    alone*: they count only once a function does some of its work. Checks are named without
    their ``test_``.
    """
    return pytest.mark.after(*checks)


def limit(seconds: float) -> pytest.MarkDecorator:
    """Allow each call of a student's function this many seconds of wall time (10 by default)."""
    return pytest.mark.limit(seconds)
