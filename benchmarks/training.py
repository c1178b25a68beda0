"""How the trainings of notebook 3 spread over first weights and orders of the examples.

``python -m benchmarks.training [runs]``.  The thresholds of the grader stand on these figures:
those of the short training of the check ``3.1/learns_new_letters``, and those of the network
that a student hands in (:mod:`exercises.handed_network.network`).
"""

from __future__ import annotations

import sys

import numpy as np
from rich.console import Console
from rich.table import Table

from autograder.course.reference import source_cells
from autograder.judging.chaffs import find_chaff, wrong_answer
from benchmarks.epoch import answers
from exercises.handed_network import retraining
from exercises.handed_network.network import FULL_MARKS, examination
from exercises.unseen.invented import invented
from helpers.checking.answers import Cell, load_answers
from helpers.checking.student import LocalBackend, Student
from helpers.datasets import load
from helpers.for_checks.network_file import share_right

RUNS = 10
SHORT_RUNS = 40
WRONG = ("3_1_step_averaged", "3_1_all_in_one_batch", "3_1_copy_is_trained")


def whole_training(seed: int) -> dict[str, np.ndarray]:
    """The network of notebook 3, trained as the notebook trains it."""
    own, data = answers("02_network", "03_training"), load("letters")
    np.random.seed(seed)
    sets = (data.train.x, data.train.y, data.validation.x, data.validation.y)
    params = own["new_network"](1024, 64, 36)
    own["train_network"](*sets, params, 0.006, 15, 45)
    own["train_network"](*sets, params, 0.0006, 15, 15)
    return params


def just_enough(seed: int) -> dict[str, np.ndarray]:
    """A network whose training was stopped as soon as it read 75 % of the validation set."""
    own, data = answers("02_network", "03_training"), load("letters")
    np.random.seed(seed)
    sets = (data.train.x, data.train.y, data.validation.x, data.validation.y)
    params = own["new_network"](1024, 64, 36)
    while own["train_network"](*sets, params, 0.0006, 15, 1)["valid_acc"][-1] < 0.75:
        pass
    return params


def short_training(own: dict, seed: int) -> float:
    """What the check looks at: the share of new letters read after a short training."""
    rng = np.random.default_rng(seed)
    np.random.seed(seed)
    alphabet = invented(rng)
    train, valid, fresh = (alphabet.write(each, rng) for each in (20, 1, 20))
    params = answers("02_network", "03_training")["new_network"](1024, 40, 36)
    own["train_network"](*train, *valid, params, 0.01, 15, 15)
    return share_right(params, *fresh)


def training_anew(seed: int) -> float:
    """The share that is read after the training that ``--retrain`` asks for."""
    backend = LocalBackend(answers("02_network", "03_training"))
    np.random.seed(seed)
    return retraining.retrain(Student(backend), 0.0, seed).accuracy


def wrong_answers(name: str) -> dict:
    """The reference with one chaff's functions in place of the right ones."""
    cells = [*source_cells("02_network"), *source_cells("03_training")]
    cells.append(Cell(wrong_answer(find_chaff(name)), name))
    return load_answers(cells, ["train_network"]).namespace


def row(name: str, values: list[float], wanted: str = "") -> list[str]:
    """Mean, standard deviation, extremes, in percent."""
    return [name, str(len(values)), *(f"{100 * v:.1f}" for v in (
        np.mean(values), np.std(values, ddof=1), min(values), max(values))), wanted]  # fmt: skip


def main(arguments: list[str] | None = None) -> None:
    """Train, measure, print four tables."""
    runs = int((arguments or [RUNS])[0])
    console = Console(highlight=False)
    head = ("runs", "mean (%)", "std", "least", "most", "threshold (%)")
    table = Table("short training", *head)
    right = answers("02_network", "03_training")
    table.add_row(*row("right", [short_training(right, s) for s in range(SHORT_RUNS)], "70"))
    for name in WRONG:
        own = wrong_answers(name)
        table.add_row(*row(name, [short_training(own, s) for s in range(5)]))
    console.print(table)
    networks = [whole_training(seed) for seed in range(runs)]
    stopped = [just_enough(seed) for seed in range(runs)]
    for title, trained in (("whole training, read", networks), ("stopped at 75 %", stopped)):
        table = Table(title, *head)
        for kind, full in FULL_MARKS.items():
            shares = [share_right(p, *examination(seed)[kind]) for seed, p in enumerate(trained)]
            table.add_row(*row(kind, shares, f"{100 * full:.0f}"))
        console.print(table)
    table = Table("trained anew, on invented alphabets", *head)
    table.add_row(*row("right", [training_anew(seed) for seed in range(runs)]))
    console.print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
