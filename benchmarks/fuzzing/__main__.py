"""Fuzz one target: ``python -m benchmarks.fuzzing TARGET FOLDER [OPTION OF LIBFUZZER ...]``."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["autograder", "helpers", "json", "zipfile", "tarfile"]):
    from benchmarks.fuzzing.targets import TARGETS


def main(name: str, folder: str, *options: str) -> None:
    """Put the first inputs into the folder and go on from them."""
    target, inputs = TARGETS[name]
    for number, data in enumerate(inputs):
        (Path(folder) / f"first{number}").write_bytes(data)
    atheris.Setup([sys.argv[0], folder, *options], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
