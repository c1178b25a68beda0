"""Who handed in whose network: noticed over a class, said to the instructor alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from autograder.judging.verdicts import SubmissionResult

THE_COURSES_OWN = "the course"


def note_copies(results: Sequence[SubmissionResult]) -> list[SubmissionResult]:
    """Add a concern to each result whose network is a copy of another's, or of the course's.

    Parameters
    ----------
    results : sequence of SubmissionResult
        Of one class, each student once.

    Returns
    -------
    list of SubmissionResult
        In the same order; those without a copy unchanged.
    """
    imprints = dict(_imprints(results))
    if not imprints:
        return list(results)
    from exercises.handed_network.network import find_copies, imprint  # loads the letters
    from helpers.networks import load_network

    notes: dict[str, list[str]] = {}
    for one, other, share in find_copies({**imprints, THE_COURSES_OWN: imprint(load_network())}):
        for student, whose in ((one, other), (other, one)):
            said = f"{share:.0%} of the hidden units of this network are those of {whose}'s"
            notes.setdefault(student, []).append(said)
    return [_with(result, notes.get(result.student, [])) for result in results]


def _imprints(results: Sequence[SubmissionResult]) -> Iterator[tuple[str, str]]:
    for result in results:
        for verdict in result.verdicts:
            if verdict.imprint:
                yield result.student, verdict.imprint


def _with(result: SubmissionResult, notes: Sequence[str]) -> SubmissionResult:
    if not notes:
        return result
    verdicts = tuple(
        replace(v, concerns=tuple(dict.fromkeys((*v.concerns, *notes)))) if v.imprint else v
        for v in result.verdicts
    )
    return replace(result, verdicts=verdicts)
