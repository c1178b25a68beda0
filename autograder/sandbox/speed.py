"""How fast this machine is, beside the one on which it was measured what right answers take."""

from __future__ import annotations

import time

import numpy as np

from autograder.course.course import Course
from autograder.course.times import read_times
from autograder.sandbox.time_limits import TimeLimits

TRIES = 16
APART = 0.02  # seconds between them: whatever else runs here takes turns
NOISE = 1.35  # of two runs on the same machine
SLOWEST = 2.5  # beyond that it is busy rather than slow, and nobody waits for ever


def limits_here(course: Course) -> TimeLimits:
    """The time that a submission to this course has on this machine.

    Raises
    ------
    CourseError
        What was measured cannot be read.
    """
    times = read_times(course.root)
    slower = slower_by(calibrate(), times.calibration) if times.calibration else 1.0
    return TimeLimits(needs=times.needs, slower=slower)


def slower_by(now: float, then: float) -> float:
    """How many times slower a machine is, from what the same task took here and there.

    A faster machine gives nobody less time: the slack that it brings harms nobody.

    Examples
    --------
    >>> slower_by(0.010, 0.010), slower_by(0.022, 0.020), slower_by(0.040, 0.020)
    (1.0, 1.0, 2.0)
    """
    ratio = now / then
    return 1.0 if ratio < NOISE else min(ratio, SLOWEST)


def calibrate() -> float:
    """Seconds that this machine takes for a small task: the least of several tries."""
    taken = []
    for _ in range(TRIES):
        taken.append(_task())
        time.sleep(APART)
    return min(taken)


def _task() -> float:
    """Loops in Python and operations on small arrays, as in students' functions."""
    values = np.linspace(0.0, 1.0, 64 * 32).reshape(64, 32)
    started = time.perf_counter()
    total = 0.0
    for index in range(20_000):
        total += index * 0.5
    for _ in range(100):
        scores = values.T @ values
        total += float(np.exp(scores - scores.max()).sum())
    return time.perf_counter() - started
