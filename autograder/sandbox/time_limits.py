"""How long the grader waits: for one call, for one exercise, for one submission.

Honest code answers within milliseconds, or trains for seconds and then answers. Code that
never answers costs its whole limit every time, and in a submission where nothing answers
that adds up. So the time lost to such calls is counted over the submission: when
:attr:`TimeLimits.in_vain` is used up, every later call gets a share of its usual time.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TimeLimits:
    """Seconds of wall time.

    Attributes
    ----------
    load : float
        To execute what an exercise's functions need of the notebook.
    exercise : float
        For all calls of one exercise.
    submission : float
        For all calls of one submission; what comes later fails without being called.
    in_vain : float
        Lost to calls that never came back, before later ones get less.
    share : float
        The part of its usual time that a call then gets.
    """

    load: float = 10.0
    exercise: float = 60.0
    submission: float = 300.0
    in_vain: float = 30.0
    share: float = 0.25


class TimeBudget:
    """What is left of a submission's time; its exercises share one.

    Examples
    --------
    >>> budget = TimeBudget(TimeLimits(submission=100, in_vain=10, share=0.5))
    >>> budget.grant(6)
    6
    >>> budget.spend(12, in_vain=True)
    >>> budget.grant(6), budget.shortened, budget.used_up
    (3.0, True, False)
    """

    def __init__(self, limits: TimeLimits | None = None):
        self.limits = limits or TimeLimits()
        self._left = self.limits.submission
        self._lost = 0.0

    @property
    def used_up(self) -> bool:
        """Whether the submission's time is used up."""
        return self._left <= 0

    @property
    def shortened(self) -> bool:
        """Whether so much was lost that calls get less time than usual."""
        return self._lost >= self.limits.in_vain

    def grant(self, seconds: float) -> float:
        """The seconds that a call with this limit may take now."""
        return min(seconds * self.limits.share if self.shortened else seconds, max(self._left, 0.0))

    def spend(self, seconds: float, *, in_vain: bool) -> None:
        """Note how long a call took, and whether an answer came of it."""
        self._left -= seconds
        self._lost += seconds * in_vain
