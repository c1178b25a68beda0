"""How alike networks are that were trained apart, and those that are copies.

``python -m benchmarks.likeness [networks]``.  The thresholds of
:mod:`exercises.handed_network.likeness` stand on these figures.
"""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stdout
from itertools import combinations

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.training import just_enough, whole_training
from exercises.handed_network.likeness import (
    CLOSE,
    COPIED,
    HALVES,
    TWIN,
    Likeness,
    compared,
    imprint,
    likeness,
)
from exercises.sample_class.submissions import trained_network
from helpers.networks import load_network, read_network

NETWORKS = 24
STOPPED = 6


def of_all_pairs(networks: list) -> list[Likeness]:
    """What every two of these networks have in common."""
    units = compared([imprint(params) for params in networks])
    return [likeness(one, other) for one, other in combinations(units, 2)]


def first_trainings(number: int) -> list[Likeness]:
    """Pairs of the course's own network and of short trainings from different first weights."""
    return of_all_pairs([read_network(trained_network(seed)) for seed in range(number)]
                        + [load_network()])  # fmt: skip


def row(name: str, pairs: list[Likeness]) -> list[str]:
    """The mean, the most, and the share, of units found; how many correlate closely."""
    here = [pair.here for pair in pairs]
    share = max(min(pair.share, pair.turned().share) for pair in pairs)
    return [name, str(len(pairs)), f"{np.mean(here):.1f}", str(max(here)), f"{share:.0%}",
            str(max(pair.closely for pair in pairs))]  # fmt: skip


def main(arguments: list[str] | None = None) -> None:
    """Train, compare, print one table."""
    number = int((arguments or [NETWORKS])[0])
    with redirect_stdout(io.StringIO()):  # no bars between the tables
        whole = [whole_training(seed) for seed in range(number)]
        stopped = [just_enough(seed) for seed in range(STOPPED)]
        first_epochs = first_trainings(STOPPED)
    console = Console(highlight=False)
    table = Table("trained apart", "pairs", "units in common", "most", "share", "closely, most")
    table.add_row(*row("whole trainings", of_all_pairs([*whole, load_network()])))
    table.add_row(*row("stopped at 75 %", of_all_pairs([*stopped, load_network()])))
    table.add_row(*row("15 epochs", first_epochs))
    console.print(table)
    console.print(
        f"of 64 units; in common above a correlation of {TWIN} (two for one: {HALVES}); "
        f"a copy from {COPIED:.0%} on, and of the course's own from {CLOSE} closely on"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
