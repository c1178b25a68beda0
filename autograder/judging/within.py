"""A mistake in one function of an exercise costs its own checks and nothing else.

Where a later function of the same exercise calls a wrong earlier one, its checks are made again
with the reference in the place of the earlier one. It counts only for checks that never call that
one themselves, and only earlier functions stand in: they are the smaller ones, and never do the
work of the later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from helpers.checking.runner import CheckResult

Rerun = Callable[[tuple[str, ...]], Sequence[CheckResult]]


def follow_through(
    functions: Sequence[str], results: Sequence[CheckResult], rerun: Rerun
) -> list[CheckResult]:
    """The results, with what passes once wrong earlier functions are stood in for.

    Parameters
    ----------
    functions : sequence of str
        Those of the exercise, in its order.
    results : sequence of CheckResult
        All checks of the exercise, with the student's own functions.
    rerun : callable
        Makes all checks again, with the reference in the place of the functions that it gets.

    Examples
    --------
    >>> alone = [CheckResult("5.2/rate", "5.2", 1.0, "fail", functions=("rate",)),
    ...          CheckResult("5.2/train", "5.2", 3.0, "fail", functions=("train",))]
    >>> again = [replace(check, status="pass") for check in alone]
    >>> [(c.status, c.stood_in) for c in follow_through(["rate", "train"], alone, lambda _: again)]
    [('fail', ()), ('pass', ('rate',))]
    """
    faulty = faulty_functions(functions, results)
    found = {check.check: check for check in results}
    sizes = {len(_before(check, functions, faulty)) for check in results if check.status != "pass"}
    if any(not check.functions for check in results):  # one that waits may call any of them
        sizes |= {*range(len(faulty) + 1)}
    for size in sorted(sizes - {0}):
        stood_in = faulty[:size]
        for check in rerun(stood_in):
            alone = found[check.check]
            fits = _before(check, functions, faulty) == stood_in
            if fits and check.status == "pass" and alone.status in ("fail", "missing", "waits"):
                found[check.check] = replace(check, stood_in=stood_in)
    return list(found.values())


def faulty_functions(functions: Sequence[str], results: Sequence[CheckResult]) -> tuple[str, ...]:
    """The functions that fail a check which is about nothing else, in the exercise's order."""
    wrong = {
        check.functions[0]
        for check in results
        if check.status in ("fail", "missing") and len(check.functions) == 1
    }
    return tuple(name for name in functions if name in wrong)


def _before(check: CheckResult, functions: Sequence[str], faulty: Sequence[str]) -> tuple[str, ...]:
    """The faulty functions that come before all that the check calls itself."""
    called = [place for place, name in enumerate(functions) if name in check.functions]
    return tuple(name for name in faulty if called and functions.index(name) < min(called))
