"""``make bench``: run every measurement, or those that are named (``ARGS="checks grading"``)."""

from __future__ import annotations

import importlib
import platform
import sys

from rich.console import Console

MEASUREMENTS = {
    "checks": "How fast a check answers in a notebook",
    "cost": "What grading one submission costs",
    "worst": "What submissions cost that are made to cost much: time, and memory of the grader",
    "grading": "The same class with stock nbgrader and with this grader",
    "mutants": "How many small changes to the right answers the checks notice",
    "mistakes": "What students are told who make mistakes that the checks were not made for",
    "chance": "How often a right answer is refused by chance",
    "fuzz": "How many inputs made up by a fuzzer the wire and the intake stand",
    "letters": "What networks reach on the letters, on unseen fonts and on photographs",
    "epoch": "One epoch of exercise 3.1 by hand and in PyTorch",
    "training": "How trainings of notebook 3 spread, and the thresholds that stand on it",
    "autoencoder": "What the autoencoder reaches beside what is reported, and how it spreads",
    "reading": "How well pages are read, beside what is known from elsewhere; and how fast",
    "convolution": "The convolutional network: reading, training, colour pictures, notebook 6",
}


def main(names: list[str]) -> int:
    """Run the measurements; an unknown name is an error."""
    console = Console(highlight=False)
    unknown = [name for name in names if name not in MEASUREMENTS]
    if unknown:
        console.print(f"bench: no measurement {unknown[0]!r}; there are {', '.join(MEASUREMENTS)}")
        return 2
    console.print(
        f"Python {platform.python_version()} on {platform.machine()}, "
        f"{platform.system()} {platform.release().split('-')[0]}"
    )
    for name in names or MEASUREMENTS:
        console.rule(f"{name}: {MEASUREMENTS[name]}")
        importlib.import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
