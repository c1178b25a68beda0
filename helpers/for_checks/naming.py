"""Naming a mistake where one value alone does not tell: many arrays at once, or a plain fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from helpers.checking import expect
from helpers.checking.failures import CheckFailure
from helpers.checking.plain import NUMERIC_KINDS
from helpers.checking.show import show

Arrays = Mapping[str, np.ndarray]


def rule_out(wrong: bool, name: str, problem: str, got: Any = None) -> None:
    """Fail where a known mistake is seen, by its name.

    Examples
    --------
    >>> rule_out(True, "the loop ends too early", "the list has 1 entry, not 5")
    Traceback (most recent call last):
    ...
    helpers.checking.failures.CheckFailure: the list has 1 entry, not 5
    """
    if wrong:
        raise CheckFailure(problem, got="" if got is None else show(got), diagnosis=name)


def close_all(
    found: Mapping[str, Any],
    right: Arrays,
    what: str,
    *,
    together: Mapping[str, Arrays] | None = None,
    each: Mapping[str, Arrays] | None = None,
    rtol: float = 1e-3,
    atol: float = 1e-5,
) -> None:
    """Ask that every array of ``right`` is found, as :func:`helpers.checking.expect.close` does.

    Parameters
    ----------
    what : str
        The name of a value in messages, in which ``{}`` stands for its key.
    together : mapping of str to mapping
        ``{sentence: arrays}``. A mistake that shows in all arrays together: several mistakes may
        give the same numbers in one of them.
    each : mapping of str to mapping
        A mistake that may be made in one of the arrays only.
    """
    named = expect.diagnose(
        _joined(found, right), {s: _joined(wrong, right) for s, wrong in (together or {}).items()},
        rtol, atol,
    )  # fmt: skip
    failures = []
    for name, value in right.items():
        mistakes = {s: wrong[name] for s, wrong in (each or {}).items()}
        try:
            expect.close(found[name], value, what=what.format(name), rtol=rtol, atol=atol,
                         mistakes=mistakes)  # fmt: skip
        except CheckFailure as failure:
            failures.append(failure)
    if failures:
        failure = next((f for f in failures if f.diagnosis), failures[0])
        failure.diagnosis = named or failure.diagnosis
        raise failure


def _joined(found: Mapping[str, Any], right: Arrays) -> np.ndarray | None:
    """All numbers in one row; nothing where they are not those of arrays of these shapes."""
    values = [found[name] for name in right]
    if not all(
        isinstance(value, np.ndarray)
        and value.dtype.kind in NUMERIC_KINDS
        and value.shape == right[name].shape
        for value, name in zip(values, right, strict=True)
    ):
        return None
    return np.concatenate([value.ravel() for value in values])
