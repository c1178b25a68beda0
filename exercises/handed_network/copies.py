"""Who handed in whose network: noticed over a class, said to the instructor alone.

A note is evidence, and says what it rests on. Where none is, nothing is proved: who trains the
output layer anew on units of any kind needs nobody's network, and a copy whose units were made
unlike in this way is not known as one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np

from autograder.judging.verdicts import SubmissionResult
from exercises.handed_network.likeness import Likeness, compared, imprint, likeness

SAYS = "the same hidden units"
"""How every note begins. Those of an earlier comparison are taken out by it."""
SEED = 3
"""With this seed the notebook trains. Who leaves it there has the network of all who do."""
EPOCHS = 6
"""So many tell which network it will be, and take two seconds."""


def note_copies(results: Sequence[SubmissionResult]) -> list[SubmissionResult]:
    """Add a concern to each result whose network holds the same hidden units as a classmate's.

    Only networks that earned points are compared: nobody is named for what a stranger handed in
    without gain. Which of the two was first is not known, and not said.

    Parameters
    ----------
    results : sequence of SubmissionResult
        Of one class, each student once.

    Returns
    -------
    list of SubmissionResult
        In the same order; those without a copy unchanged.
    """
    notes: dict[str, list[str]] = {}
    for one, other, found in find_copies(dict(_imprints(results))):
        notes.setdefault(one, []).append(said(found, other))
        notes.setdefault(other, []).append(said(found.turned(), one))
    return [_with(result, notes.get(result.student, [])) for result in results]


def find_copies(imprints: Mapping[str, str]) -> list[tuple[str, str, Likeness]]:
    """The pairs of networks that hold the same hidden units, with the evidence.

    Parameters
    ----------
    imprints : mapping of str to str
        By student.

    Returns
    -------
    list of (str, str, Likeness)
        The most alike first. Two that both hold the units which come of the notebook's own seed
        are left out.
    """
    pairs = _alike(imprints)
    if not pairs:
        return []
    of_the_seed = _of_the_seed({name: imprints[name] for pair in pairs for name in pair[:2]})
    found = [pair for pair in pairs if not {*pair[:2]} <= of_the_seed]
    return sorted(found, key=lambda pair: -pair[2].share)


def said(found: Likeness, whose: str) -> str:
    """What the instructor reads.

    Examples
    --------
    >>> said(Likeness(60, 60, 64, 64, 504, 0.991), "ben")
    "the same hidden units as in ben's network: 60 of 64 here, 60 of 64 there put 504 new letters \
in the same order (typical correlation 0.99). Networks trained apart share an eighth at most. \
Whose they were first cannot be seen"
    """
    return (
        f"{SAYS} as in {whose}'s network: {found.here} of {found.units_here} here, "
        f"{found.there} of {found.units_there} there put {found.letters} new letters in the same "
        f"order (typical correlation {found.correlation:.2f}). Networks trained apart share an "
        "eighth at most. Whose they were first cannot be seen"
    )


def _alike(imprints: Mapping[str, str]) -> list[tuple[str, str, Likeness]]:
    if len(imprints) < 2:
        return []
    networks = dict(zip(imprints, compared(list(imprints.values())), strict=True))
    pairs = ((one, other, likeness(networks[one], networks[other]))
             for one, other in combinations(networks, 2))  # fmt: skip
    return [pair for pair in pairs if pair[2].copied]


def _of_the_seed(imprints: Mapping[str, str]) -> set[str]:
    """Those that anybody gets who runs the notebook as it was given out."""
    networks = compared([*imprints.values(), notebooks_own()])
    return {
        name
        for name, units in zip(imprints, networks, strict=False)
        if likeness(units, networks[-1]).copied
    }


@cache
def notebooks_own() -> str:
    """The imprint of what right functions have trained, after a few epochs, from `SEED`."""
    from autograder.course.reference import source_cells
    from exercises.unseen.fresh_letters import course_letters
    from helpers.checking.answers import load_answers

    cells = [*source_cells("02_network"), *source_cells("03_training")]
    functions = load_answers(cells, ("new_network", "train_network")).namespace
    letters, state = course_letters(), np.random.get_state()
    few = (letters.validation.x[:36], letters.validation.y[:36])
    try:
        np.random.seed(SEED)
        params = functions["new_network"](1024, 64, 36)
        with redirect_stdout(io.StringIO()):  # the progress bar
            functions["train_network"](
                letters.train.x, letters.train.y, *few, params, 0.006, 15, EPOCHS
            )
    finally:
        np.random.set_state(state)
    return imprint(params)


def _imprints(results: Sequence[SubmissionResult]) -> Iterator[tuple[str, str]]:
    for result in results:
        for verdict in result.verdicts:
            if verdict.imprint and verdict.points > 0:
                yield result.student, verdict.imprint


def _with(result: SubmissionResult, notes: Sequence[str]) -> SubmissionResult:
    verdicts = tuple(
        replace(v, concerns=(*(said for said in v.concerns if not said.startswith(SAYS)), *notes))
        if v.imprint
        else v
        for v in result.verdicts
    )
    return result if verdicts == result.verdicts else replace(result, verdicts=verdicts)
