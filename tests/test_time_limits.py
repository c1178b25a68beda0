"""The arithmetic of a submission's time, with a clock that nobody waits for."""

from dataclasses import replace

import pytest

from autograder.course.course import find_course
from autograder.course.times import FILE, Need, Times, read_times, write_times
from autograder.sandbox import time_limits
from autograder.sandbox.speed import NOISE, limits_here, slower_by
from autograder.sandbox.time_limits import TimeBudget, TimeLimits
from helpers.errors import CourseError

COURSE = find_course()
NEEDS = read_times(COURSE.root).needs
LIMITS = TimeLimits(needs=NEEDS)
RESTART = 0.5  # seconds that a box takes to start again
TAIL = 10.0  # seconds in which the judge comes to an end, and a page is written


class Clock:
    """Seconds that pass when somebody says so."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


class Game:
    """A submission against the grader: every exercise, every run of it, every call."""

    def __init__(self, limits):
        self.clock = Clock()
        self.budget = TimeBudget(limits, self.clock)
        self.calls = 0

    def play(self, load, call, calls=12):
        """Let each exercise load and answer; ``load`` and ``call`` say how long, or never."""
        for exercise in COURSE.checked:
            for _ in range(1 + len(exercise.functions)):  # as often as the reference may stand in
                self._run(exercise.id, load, call, calls)
        return self.clock.now

    def _run(self, exercise, load, call, calls):
        if self.budget.used_up or not self._load(exercise, load):
            return
        spent, broken = 0.0, 0
        for _ in range(calls):
            if self.budget.why_not(exercise, spent) or broken == 2:
                return
            granted = self.budget.grant(exercise, 10.0, spent)
            answered = call(granted) < granted
            took = min(call(granted), granted)
            self.clock.now += took + (0 if answered else RESTART)
            self.budget.spend(exercise, took, spent, answered=answered)
            spent += took
            broken += not answered
            self.calls += 1

    def _load(self, exercise, load):
        granted = self.budget.grant_load()
        took = min(load(granted), granted)
        self.clock.now += took + RESTART
        self.budget.spend_load(exercise, took, answered=took < granted)
        return took < granted


def at_once(granted):
    return 0.001


def just_in_time(granted):
    return 0.99 * granted


def never(granted):
    return 10.0**6


@pytest.mark.parametrize("load, call", [
    (at_once, just_in_time), (at_once, never), (just_in_time, just_in_time), (never, at_once),
    (just_in_time, at_once), (at_once, lambda granted: 2.4), (at_once, lambda granted: 0.9),
    (lambda granted: 2.4, lambda granted: 0.3),
])  # fmt: skip
def test_the_worst_submission_costs_two_minutes(load, call):
    seconds = Game(LIMITS).play(load, call)
    assert seconds <= 120 - TAIL + 2 * RESTART


def test_without_the_clock_it_costs_ten_minutes():
    """The defence is taken away: time is counted by calls, and those in time cost no patience."""
    unbounded = replace(LIMITS, submission=10.0**6, in_vain=10.0**6)
    assert Game(unbounded).play(just_in_time, just_in_time) > 600


def test_without_counting_answers_just_in_time_later_exercises_have_nothing_left(monkeypatch):
    """With it, most exercises of one who answers just in time are called at all."""
    counted = Game(LIMITS)
    counted.play(at_once, lambda granted: min(2.4, 0.99 * granted), calls=4)
    monkeypatch.setattr(TimeLimits, "needed", lambda *_: 10.0**6)
    naive = Game(LIMITS)
    naive.play(at_once, lambda granted: min(2.4, 0.99 * granted), calls=4)
    assert len(counted.budget.spent) > 1.5 * len(naive.budget.spent)


@pytest.mark.parametrize("times_slower", [1.0, 2.0])
def test_right_answers_have_time_on_a_slower_machine_too(times_slower):
    """The slowest right answers to all exercises, beside what the judge does itself."""
    limits = replace(LIMITS, slower=slower_by(0.01 * times_slower, 0.01))
    clock = Clock()
    budget = TimeBudget(limits, clock)
    for exercise in COURSE.checked:
        need = NEEDS[exercise.id]
        budget.spend_load(exercise.id, 0.05 * times_slower)
        clock.now += (need.slowest + 0.4) * times_slower
        spent = 0.0
        for _ in range(2):  # one call may be all of it
            took = 0.95 * need.slowest * times_slower * (0.5 if spent else 1.0) * 0.66
            assert budget.grant(exercise.id, 30.0, spent) >= took
            assert not budget.why_not(exercise.id, spent)
            budget.spend(exercise.id, took, spent)
            spent += took
        assert not budget.shortened and not budget.used_up
    assert not budget.remark()


def test_what_is_slower_without_being_found_to_be_is_allowed():
    """An exercise may take twice as long, and all of them as much longer as is taken for noise."""
    for exercise, need in NEEDS.items():
        assert LIMITS.allowed(exercise) >= 2.5 * need.slowest
        assert LIMITS.allowed_call(exercise, 60.0) >= 2 * need.slowest
    assert LIMITS.whole >= NOISE * sum(need.slowest for need in NEEDS.values())


def test_every_exercise_was_measured():
    assert list(NEEDS) == [exercise.id for exercise in COURSE.checked]
    assert read_times(COURSE.root).calibration > 0
    assert all(need.median <= need.slowest for need in NEEDS.values())


def test_who_used_the_time_up_is_said():
    clock = Clock()
    needs = {"1.1": Need(0.05, 0.05), "2.2.2": Need(0.04, 0.05), "2.4": Need(0.2, 2.4),
             "3.1": Need(9.0, 10.0)}  # fmt: skip
    budget = TimeBudget(replace(LIMITS, needs=needs), clock)
    budget.spend("1.1", 0.1)
    budget.spend("2.4", 31.0)
    budget.spend("3.1", 24.0, answered=False)
    assert budget.remark() == (
        "so much time went by without an answer that calls got less: 2.4 took 31 s, 3.1 took 24 s"
    )
    clock.now = 103.0
    said = "the time for this submission is used up: 2.4 took 31 s, 3.1 took 24 s"
    assert budget.why_not("4.2", 0.0) == said
    assert "(103 s) is used up: 2.4 took 31 s" in budget.remark()
    fresh = TimeBudget(budget.limits, Clock())
    assert fresh.why_not("2.2.2", 5.1) == (
        "the time for this exercise is used up: 5.1 s went by; right answers take less than 0.1 s"
    )


def test_one_that_hangs_leaves_the_others_what_right_answers_need():
    budget = TimeBudget(LIMITS, Clock())
    for exercise in ("1.1", "1.2", "1.3", "1.4", "1.5"):
        budget.spend(exercise, 5.0, answered=False)
    assert budget.shortened
    for exercise, need in NEEDS.items():
        left = budget.grant(exercise, 10.0)
        assert left >= min(10.0, time_limits.STILL_NEEDED * need.slowest)
        assert budget.limits.allowed(exercise, shortened=True) >= 1.25


def test_times_are_written_and_read_again(tmp_path):
    write_times(Times(0.003, {"1.1": Need(0.05, 0.2)}), tmp_path)
    write_times(Times(0.004, {"1.2": Need(1.0, 2.0)}), tmp_path)
    assert read_times(tmp_path) == Times(0.004, {"1.1": Need(0.05, 0.2), "1.2": Need(1.0, 2.0)})
    assert read_times(tmp_path / "elsewhere") == Times()


@pytest.mark.parametrize("text", ["", "calibration = 1", "[exercises]\n1 = 2", "]", "\x00"])
def test_times_that_cannot_be_read_are_one_line(tmp_path, text):
    (tmp_path / FILE).write_text(text)
    with pytest.raises(CourseError, match="cannot be used .* selftest --times") as error:
        read_times(tmp_path)
    assert "\n" not in str(error.value)


def test_a_course_of_which_nothing_is_known_has_limits(tmp_path):
    course = replace(COURSE, root=tmp_path)
    assert limits_here(course) == TimeLimits()
