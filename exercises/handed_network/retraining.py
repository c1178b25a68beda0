"""Whether a student's own functions learn as well as the network that was handed in.

They are given an alphabet that was invented for this run: what weights may have been stored with
them is worth nothing there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from exercises.unseen.invented import invented
from helpers.checking.failures import CheckFailure
from helpers.checking.plain import NUMERIC_KINDS
from helpers.checking.student import Student
from helpers.for_checks.network_file import HIDDEN, share_right
from helpers.networks import PARAMETERS

SECONDS = 400.0
"""For each of two trainings."""
EACH = 300
"""So many of each character are trained on, as many as there are of each letter."""
WATCHED = 10
READ = 60
WILD = 1.4
"""So freely is the alphabet written that it is about as hard to read as the letters.

Ten trainings with the reference read 88.1 % of such alphabets on average, with a standard deviation
of 1.2 and at least 85.7; of the validation set ten read 86.2. `python -m benchmarks.training`
prints both.
"""
WORSE = 0.04
"""By so much may the network trained anew read worse: first weights and batches are others."""


@dataclass(frozen=True)
class Retraining:
    """What became of training a network anew with the student's own functions.

    ``accuracy`` is that on the invented alphabet; ``reproduced`` says whether the network handed
    in can have come from these functions.
    """

    reproduced: bool
    message: str
    accuracy: float = 0.0


def retrain(student: Student, handed_in: float, seed: int, epochs: tuple = (45, 15)) -> Retraining:
    """Train with the student's ``new_network`` and ``train_network``, with the full settings.

    Parameters
    ----------
    student : Student
        With the functions of exercise 3.1, in the sandbox.
    handed_in : float
        The share of the validation set that the network handed in reads.
    seed : int
        The alphabet, and all that is written in it, is drawn from it.
    epochs : tuple of two int
        With the learning rate 0.006, and then with a tenth of it, in batches of 15.
    """
    rng = np.random.default_rng([seed, 33])
    alphabet = invented(rng)
    train, watched, read = (alphabet.write(each, rng, WILD) for each in (EACH, WATCHED, READ))
    student.time_limit = SECONDS
    try:
        params = student.new_network(1024, HIDDEN, 36)
        for rate, number in zip((0.006, 0.0006), epochs, strict=True):
            params = _parameters(params)
            student.train_network(*train, *watched, params, rate, 15, number)
        params = _parameters(params)
    except CheckFailure as failure:
        return Retraining(False, f"could not be trained anew: {failure.problem}")
    share = share_right(params, *read)
    said = (
        f"trained anew, on an alphabet invented for this run and about as hard, it reads "
        f"{share:.1%}; handed in: {handed_in:.1%} of the validation set"
    )
    return Retraining(share >= handed_in - WORSE, said, share)


def _parameters(params: object) -> dict[str, np.ndarray]:
    """The four arrays of a network that came out of the sandbox."""
    shapes = ((1024, HIDDEN), (HIDDEN,), (HIDDEN, 36), (36,))
    found = params if isinstance(params, dict) else {}
    for name, shape in zip(PARAMETERS, shapes, strict=True):
        value = found.get(name)
        if not isinstance(value, np.ndarray) or value.shape != shape:
            raise CheckFailure(f"there is no '{name}' of shape {shape} in the network")
        if value.dtype.kind not in NUMERIC_KINDS or not np.isfinite(value).all():
            raise CheckFailure(f"'{name}' is not all finite numbers")
    return {name: found[name] for name in PARAMETERS}
