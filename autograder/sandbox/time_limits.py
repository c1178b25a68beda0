"""How long the grader waits: for one call, for one exercise, for one submission.

Honest code answers within milliseconds, or trains for seconds and then answers. What right answers
need is measured by ``course selftest`` and kept with the course; a run of an exercise's checks may
take some times as long, on a slower machine longer. What it takes beyond its need is lost, and so
is every call that never comes back: when :attr:`TimeLimits.in_vain` is lost, later exercises get
less. The submission as a whole is held against the clock, whatever the time went into.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from autograder.course.times import Need

TIMES_MEDIAN, TIMES_SLOWEST = 5.0, 2.5  # of what right answers take, an exercise may take
TIMES_CALL = 2.0  # of what the slowest right answer takes, one call may take
STILL_NEEDED = 1.5  # of what the slowest right answer takes, an exercise gets in any case
NO_TIME = "the time for this submission is used up"
NAMED = 3  # exercises that took most of a submission's time


@dataclass(frozen=True)
class TimeLimits:
    """Seconds of wall time, on the machine on which ``needs`` were measured.

    Attributes
    ----------
    load : float
        To execute what an exercise's functions need of the notebook: its imports, above all, which
        take long where the disk is slow. So this does not count as the exercise's own time.
    exercise : float
        For all calls of one run of an exercise of which nobody measured what it needs.
    submission : float
        For one submission, from its first file on; what comes later fails without being called.
    in_vain : float
        Lost to calls that never came back, or came long after right answers would have, before
        later exercises get less.
    share : float
        The part of its usual time that a call, or an exercise, then gets.
    floor : float
        For all calls of one run of an exercise at least.
    needs : mapping of str to Need
        What right answers take, by exercise.
    slower : float
        How many times slower this machine is.
    """

    load: float = 10.0
    exercise: float = 30.0
    submission: float = 103.0
    in_vain: float = 20.0
    share: float = 0.25
    floor: float = 5.0
    needs: Mapping[str, Need] = field(default_factory=dict)
    slower: float = 1.0

    @property
    def whole(self) -> float:
        """Seconds for a submission on this machine."""
        return self.submission * self.slower

    def allowed(self, exercise: str, *, shortened: bool = False) -> float:
        """Seconds for all calls of one run of an exercise on this machine.

        Examples
        --------
        >>> limits = TimeLimits(needs={"1.1": Need(0.1, 0.2), "5.2": Need(8, 16)}, slower=2)
        >>> limits.allowed("1.1"), limits.allowed("5.2"), limits.allowed("new")
        (10.0, 80.0, 60.0)
        >>> limits.allowed("1.1", shortened=True), limits.allowed("5.2", shortened=True)
        (2.5, 48.0)
        """
        need = self.needs.get(exercise)
        if need is None:
            usual = self.exercise
        else:
            usual = max(self.floor, TIMES_MEDIAN * need.median, TIMES_SLOWEST * need.slowest)
        if not shortened:
            return usual * self.slower
        least = STILL_NEEDED * need.slowest if need else 0.0
        return max(self.share * usual, least) * self.slower

    def allowed_call(self, exercise: str, seconds: float, *, shortened: bool = False) -> float:
        """Seconds for one call that has this limit: others of its exercise get their share, too."""
        need = self.needs.get(exercise)
        slowest = need.slowest if need else 0.0
        if shortened:
            usual = min(seconds, max(self.share * seconds, STILL_NEEDED * slowest)) * self.slower
        else:
            usual = seconds * self.slower
        half = self.allowed(exercise, shortened=shortened) / 2
        return min(usual, max(half, TIMES_CALL * slowest * self.slower))

    def needed(self, exercise: str) -> float:
        """Seconds that a run of an exercise may take on this machine before more is lost."""
        need = self.needs.get(exercise)
        usual = 2 * need.slowest if need else self.exercise / 3
        return max(self.floor / 5, usual) * self.slower


class TimeBudget:
    """What is left of a submission's time; its exercises share one.

    Parameters
    ----------
    limits : TimeLimits, optional
    clock : callable
        Gives the time in seconds; the submission's begins now.

    Examples
    --------
    >>> budget = TimeBudget(TimeLimits(exercise=20, in_vain=10, share=0.5), clock=lambda: 0.0)
    >>> budget.grant("2.4", 6)
    6.0
    >>> budget.spend("2.4", 12, answered=False)
    >>> budget.grant("2.4", 6, so_far=12), budget.grant("2.5", 6), budget.shortened
    (0.0, 3.0, True)
    """

    def __init__(
        self, limits: TimeLimits | None = None, clock: Callable[[], float] = time.monotonic
    ):
        self.limits = limits or TimeLimits()
        self._clock = clock
        self._begun = clock()
        self._spent: dict[str, float] = {}
        self._lost = 0.0

    @property
    def used_up(self) -> bool:
        """Whether the submission's time is used up."""
        return self._left() <= 0

    @property
    def spent(self) -> dict[str, float]:
        """Seconds that went by in the box, by exercise."""
        return dict(self._spent)

    @property
    def shortened(self) -> bool:
        """Whether so much was lost that there is less time than usual."""
        return self._lost >= self.limits.in_vain * self.limits.slower

    def grant(self, exercise: str, seconds: float, so_far: float = 0.0) -> float:
        """The seconds that a call with this limit may take now.

        Parameters
        ----------
        exercise : str
        seconds : float
            What the call may take by itself.
        so_far : float
            What earlier calls of this run of the exercise took.
        """
        usual = self.limits.allowed_call(exercise, seconds, shortened=self.shortened)
        return max(0.0, min(usual, self._left_for(exercise, so_far), self._left()))

    def spend(
        self, exercise: str, seconds: float, so_far: float = 0.0, *, answered: bool = True
    ) -> None:
        """Note how long a call took, and whether an answer came of it."""
        self._spent[exercise] = self._spent.get(exercise, 0.0) + seconds
        beyond = so_far + seconds - max(so_far, self.limits.needed(exercise))
        self._lost += max(0.0, beyond) if answered else seconds

    def grant_load(self) -> float:
        """The seconds that the notebook's code may take now to be loaded."""
        share = self.limits.share if self.shortened else 1.0
        return max(0.0, min(self.limits.load * share * self.limits.slower, self._left()))

    def spend_load(self, exercise: str, seconds: float, *, answered: bool = True) -> None:
        """Note how long loading took: up to the share that it always gets, nothing is lost."""
        self._spent[exercise] = self._spent.get(exercise, 0.0) + seconds
        usual = self.limits.load * self.limits.share * self.limits.slower
        self._lost += max(0.0, seconds - usual) if answered else seconds

    def over(self) -> str:
        """Why nothing at all may be called any more, or an empty text."""
        return f"{NO_TIME}{self._mostly()}" if self.used_up else ""

    def why_not(self, exercise: str, so_far: float) -> str:
        """Why nothing more may be called in this run of an exercise, or an empty text."""
        if over := self.over():
            return over
        if self._left_for(exercise, so_far) > 0:
            return ""
        need = self.limits.needs.get(exercise)
        right = f"; right answers take {_said(need.median * self.limits.slower)}" if need else ""
        return f"the time for this exercise is used up: {_said(so_far)} went by{right}"

    def remark(self) -> str:
        """What a student and an instructor should know of where the time went, if anything."""
        if self.used_up:
            whole = _said(self.limits.whole)
            return f"the time for this submission ({whole}) is used up{self._mostly()}"
        if self.shortened:
            return f"so much time went by without an answer that calls got less{self._mostly()}"
        return ""

    def _left(self) -> float:
        return self.limits.whole - (self._clock() - self._begun)

    def _left_for(self, exercise: str, so_far: float) -> float:
        return self.limits.allowed(exercise, shortened=self.shortened) - so_far

    def _mostly(self) -> str:
        """Which exercises took most of the time, longest first."""
        over = {e: s for e, s in self._spent.items() if s > self.limits.needed(e)}
        longest = sorted(over, key=lambda exercise: -over[exercise])[:NAMED]
        named = ", ".join(f"{e} took {_said(over[e])}" for e in longest if e)
        return f": {named}" if named else ""


def _said(seconds: float) -> str:
    if seconds < 0.1:
        return "less than 0.1 s"
    return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
