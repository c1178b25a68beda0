"""The weights that a student's training leaves in ``params``, compared with those it should leave.

They are all there and of the right shapes; they equal others, or a known mistake is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from helpers.checking import expect
from helpers.checking.failures import CheckFailure
from helpers.for_checks import steps
from helpers.for_checks.two_layers import NAMES, Params


def arrays(params: Any, like: Params, said: str = "after training") -> Params:
    """All four arrays as numbers, each of the shape that it has in another network.

    Raises
    ------
    CheckFailure
        One is not there, has another shape, or is no array of finite numbers.

    Examples
    --------
    >>> list(arrays({n: np.ones(2) for n in NAMES}, {n: np.zeros(2) for n in NAMES}))
    ['Wlayer1', 'blayer1', 'Woutput', 'boutput']
    """
    expect.keys(params, NAMES, "`params` after training")
    return {n: expect.array(params[n], like[n].shape, f"params['{n}'] {said}") for n in NAMES}


def unmoved(params: Any, start: Params) -> bool:
    """Whether all four arrays are there and have the numbers that they had.

    Examples
    --------
    >>> start = {name: np.ones(2) for name in NAMES}
    >>> unmoved(start, start), unmoved({**start, "boutput": np.ones((1, 2))}, start)
    (True, False)
    """
    return all(
        np.shape(params.get(name)) == start[name].shape and np.allclose(params[name], start[name])
        for name in NAMES
    )


def same(
    params: Any, right: Params, said: str, mistakes: Mapping[str, Params] | None = None
) -> None:
    """Compare array by array; of the first that is wrong it is said which mistake explains it.

    Raises
    ------
    CheckFailure
        One is not there, has another shape, or is wrong.
    """
    expect.keys(params, NAMES, "`params` after training")
    for name in NAMES:
        named = {
            sentence: wrong[name]
            for sentence, wrong in (mistakes or {}).items()
            if not np.allclose(wrong[name], right[name], rtol=1e-6, atol=1e-9)
        }
        expect.close(params[name], right[name], what=f"params['{name}'] {said}", mistakes=named)


def same_in_all(
    params: Any, right: Params, said: str, mistakes: Mapping[str, Params] | None = None
) -> None:
    """Compare all four arrays; a mistake is named where it explains all of them.

    Single precision is enough.

    Raises
    ------
    CheckFailure
        One is not there, has another shape, or is wrong.
    """
    arrays(params, right, said)
    named = expect.diagnose(
        steps.flat(params),
        {sentence: steps.flat(wrong) for sentence, wrong in (mistakes or {}).items()},
        rtol=1e-5,
        atol=1e-6,
    )
    for name in NAMES:
        try:
            expect.close(
                params[name], right[name], rtol=1e-3, atol=1e-5, what=f"params['{name}'] {said}"
            )
        except CheckFailure as failure:
            failure.diagnosis = named
            raise
