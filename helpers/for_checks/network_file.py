"""The trained network of exercise 3.5: a file that is handed in, judged by how well it reads."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from helpers.checking.catalogue import Exercise
from helpers.checking.runner import CheckResult
from helpers.datasets import load
from helpers.errors import DataError
from helpers.for_checks import two_layers
from helpers.networks import load_network

HIDDEN = 64
"""The largest number of hidden units that the exercise allows."""
VALIDATION_NEEDED = 0.75
"""The share of the validation set that the network of exercise 3.1 is asked to read."""
POINTS = 6.0
HINT = "Run the cells of 3.1 that train and save; 45 epochs at 0.006 and 15 at 0.0006 are plenty."


def network_file_results(exercise: Exercise, folder: Path) -> list[CheckResult]:
    """What a student can know about their own file: whether it reads the validation set.

    Parameters
    ----------
    exercise : Exercise
        One that names a file.
    folder : Path
        Where the notebook is.

    Returns
    -------
    list of CheckResult
        One result; the status is ``missing`` where there is no file.
    """
    path = folder / exercise.file
    if not path.is_file():
        problem = f"there is no file {exercise.file} beside the notebook"
        return [file_result(exercise, "missing", problem)]
    try:
        params = load_network(path)
    except DataError as error:
        return [file_result(exercise, "fail", str(error))]
    problem = too_many_units(params, exercise.file)
    if not problem:
        validation = load("letters").validation
        share = share_right(params, validation.x, validation.y)
        if share >= VALIDATION_NEEDED:
            return [file_result(exercise, "pass")]
        problem = (
            f"the network in {exercise.file} reads {share:.1%} of the validation set; "
            f"{VALIDATION_NEEDED:.0%} are asked for"
        )
    return [file_result(exercise, "fail", problem)]


def file_result(exercise: Exercise, status: str, problem: str = "") -> CheckResult:
    """The one result that a file has."""
    return CheckResult(
        f"{exercise.id}/reads_letters", exercise.id, POINTS, status, problem=problem,
        hint="" if status == "pass" else HINT,
    )  # fmt: skip


def too_many_units(params: Mapping[str, np.ndarray], name: str) -> str:
    """What is wrong with the size of the hidden layer, or an empty text.

    Examples
    --------
    >>> too_many_units({"blayer1": np.zeros(128)}, "letters64.npz")
    'the network in letters64.npz has 128 hidden units; the exercise asks for 64'
    """
    units = params["blayer1"].size
    if 1 <= units <= HIDDEN:
        return ""
    return f"the network in {name} has {units} hidden units; the exercise asks for {HIDDEN}"


def share_right(params: Mapping[str, np.ndarray], x: np.ndarray, y: np.ndarray) -> float:
    """The share of examples that a network of sigmoid units names rightly.

    Parameters
    ----------
    params : mapping
        ``Wlayer1``, ``blayer1``, ``Woutput``, ``boutput``; the numbers may be anything.
    x : ndarray, shape (N, 1024)
    y : ndarray, shape (N, 36), one-hot

    Returns
    -------
    float
        Scores that are not finite, or all the same, name nothing.
    """
    with np.errstate(all="ignore"):  # weights may be as large as they like
        scores = two_layers.scores(x, params)
    known = np.isfinite(scores).all(axis=1) & (np.ptp(scores, axis=1) > 0)
    return float(((scores.argmax(axis=1) == y.argmax(axis=1)) & known).mean())
