"""What the autoencoder of notebook 5 reaches, and how trainings of it spread.

``python -m benchmarks.autoencoder [runs]``.  The first table trains with the settings of exercise
5.2 and gives the mean PSNR over the validation set beside what two write-ups report for theirs.
On the second one stands the threshold of the check ``5.2/learns_new_letters``
(:mod:`exercises.unseen.short_training`).
"""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stdout

import numpy as np
from rich.console import Console
from rich.table import Table

from autograder.course.reference import source_cells
from autograder.judging.chaffs import find_chaff, wrong_answer
from benchmarks.epoch import answers
from exercises.unseen import short_training as short
from exercises.unseen.invented import invented
from helpers.checking.answers import Cell, load_answers
from helpers.datasets import load

RUNS = 10
SHORT_RUNS = 60
GIVEN = {"learning_rate": 0.00003, "batch_size": 36, "epochs": 100}
REPORTED = "15.8, 12.1"
WRONG = (
    "5_2_untrained_copy", "5_2_step_averaged", "5_2_one_batch_an_epoch", "5_2_no_momentum",
    "5_2_moved_before_all_gradients_are_there",
)  # fmt: skip
NOTEBOOKS = ("02_network", "05_autoencoder")


def given_settings(seed: int, ink: bool = False, **changes: object) -> float:
    """Mean PSNR over the validation set after a training as the notebook makes it.

    Parameters
    ----------
    seed : int
        Of the first weights and the order of the images.
    ink : bool
        Whether ink is 1 and paper 0.
    **changes
        Of the settings or the activation.
    """
    own, data = answers(*NOTEBOOKS), load("letters")
    x, x_valid = (1 - part.x if ink else part.x for part in (data.train, data.validation))
    np.random.seed(seed)
    params = own["initialize_autoencoder"](1024, 32)
    with redirect_stdout(io.StringIO()):  # no bars between the tables
        own["train_autoencoder"](x, x_valid, params, **{**GIVEN, **changes})
    activation = {"activation": changes["activation"]} if "activation" in changes else {}
    rebuilt = own["forward_autoencoder"](x_valid, params, **activation)
    return float(own["mean_psnr"](x_valid, rebuilt))


def mean_image() -> float:
    """Mean PSNR over the validation set of the mean training image."""
    data = load("letters")
    same = np.broadcast_to(data.train.x.mean(axis=0), data.validation.x.shape)
    return float(answers(*NOTEBOOKS)["mean_psnr"](data.validation.x, same))


def linear_map() -> float:
    """Mean PSNR over the validation set of the best 32 directions, clipped to 0..1."""
    data = load("letters")
    mean = data.train.x.mean(axis=0)
    centred = data.train.x - mean
    best = np.linalg.eigh(centred.T @ centred)[1][:, -32:]
    rebuilt = np.clip((data.validation.x - mean) @ best @ best.T + mean, 0, 1)
    return float(answers(*NOTEBOOKS)["mean_psnr"](data.validation.x, rebuilt))


def short_training(own: dict, seed: int) -> float:
    """What the check looks at: the mean PSNR on new letters after a short training."""
    rng = np.random.default_rng(seed)
    np.random.seed(seed)
    alphabet, x, x_valid = short.letters_to_train_on(rng)
    params = short.first_weights(rng)
    with redirect_stdout(io.StringIO()):
        own["train_autoencoder"](x, x_valid, params, *short.SETTINGS)
    return short.fresh_psnr(params, rng, alphabet)


def trained_beforehand(own: dict, alphabets: int = 400, epochs: int = 25) -> dict:
    """What somebody might store: a network trained at length on many other alphabets."""
    rng = np.random.default_rng(1)
    np.random.seed(1)
    x = np.concatenate([1 - invented(rng).write(1, rng, short.WILD)[0] for _ in range(alphabets)])
    params = short.first_weights(rng)
    with redirect_stdout(io.StringIO()):
        own["train_autoencoder"](x, x[:12], params, 0.00003, 20, epochs)
    return params


def stored(params: dict, seed: int) -> float:
    """What stored weights reach on the letters of a run."""
    rng = np.random.default_rng(seed)
    alphabet, *_ = short.letters_to_train_on(rng)
    return short.fresh_psnr(params, rng, alphabet)


def wrong_answers(name: str) -> dict:
    """The reference with one chaff's functions in place of the right ones."""
    cells = [cell for notebook in NOTEBOOKS for cell in source_cells(notebook)]
    cells.append(Cell(wrong_answer(find_chaff(name)), name))
    return load_answers(cells, ["train_autoencoder"]).namespace


def row(name: str, values: list[float], beside: str = "") -> list[str]:
    """Mean, standard deviation, extremes, in dB."""
    spread = f"{np.std(values, ddof=1):.2f}" if len(values) > 1 else ""
    return [name, str(len(values)), f"{np.mean(values):.2f}", spread,
            f"{min(values):.2f}", f"{max(values):.2f}", beside]  # fmt: skip


def main(arguments: list[str] | None = None) -> None:
    """Train, measure, print two tables."""
    runs = int((arguments or [RUNS])[0])
    console = Console(highlight=False)
    own = answers(*NOTEBOOKS)
    head = ("runs", "mean (dB)", "std", "least", "most")
    table = Table("PSNR on validation", *head, "reported elsewhere")
    table.add_row(*row("given settings", [given_settings(s) for s in range(runs)], REPORTED))
    few = range(max(1, runs // 3))
    table.add_row(*row("ink is 1", [given_settings(s, ink=True) for s in few]))
    table.add_row(*row("without momentum", [given_settings(s, momentum=0) for s in few]))
    table.add_row(*row("without, rate times ten", [
        given_settings(s, momentum=0, learning_rate=0.0003) for s in few]))  # fmt: skip
    sigmoids = {"activation": own["sigmoid"], "activation_deriv": own["sigmoid_deriv"]}
    table.add_row(*row("sigmoid for ReLU", [given_settings(s, **sigmoids) for s in few]))
    table.add_row(*row("the mean image", [mean_image()]))
    table.add_row(*row("best linear map", [linear_map()]))
    console.print(table)
    table = Table("short training", *head, "threshold")
    table.add_row(
        *row("right", [short_training(own, s) for s in range(SHORT_RUNS)], f"{short.ENOUGH}")
    )
    for name in WRONG:
        wrong = wrong_answers(name)
        table.add_row(*row(name, [short_training(wrong, s) for s in range(6)]))
    beforehand = trained_beforehand(own)
    table.add_row(*row("stored weights", [stored(beforehand, s) for s in range(SHORT_RUNS)]))
    console.print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
