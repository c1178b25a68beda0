"""``python -m helpers read IMAGE ...``: a photograph read by the functions in notebook 4."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from helpers.checking.answers import load_answers
from helpers.checking.earlier import find_notebook
from helpers.checking.failures import CheckFailure
from helpers.checking.student import call_function
from helpers.checking.terminal import read_cells
from helpers.errors import CourseError, NotebookError
from helpers.images import load_photograph
from helpers.networks import load_network

NOTEBOOK = "04_ocr"
READER = "read_in_context"
OWN_NETWORK = "letters64.npz"


def read_photographs(
    images: Sequence[str | Path], network: str | Path | None = None, folder: Path | None = None
) -> Iterator[str]:
    """Read photographed pages with what stands in the notebook's file.

    Parameters
    ----------
    images : sequence of str or Path
        Image files.
    network : str, Path or None
        An .npz file with a network of notebook 3; by default ``letters64.npz`` beside the
        notebook if it is there, else the course's own.
    folder : Path, optional
        Where the notebook is; by default here, or in the course's folder.

    Yields
    ------
    str
        The text of each page, its lines parted by ``"\\n"``.

    Raises
    ------
    NotebookError
        The notebook is not there, or its functions do not read.
    DataError
        An image or the network cannot be read.
    """
    path = find_notebook(NOTEBOOK, folder)
    read = _reader(path)
    own = path.parent / OWN_NETWORK
    params = load_network(network or (own if own.is_file() else None))
    for image in images:
        photograph = load_photograph(image)
        try:
            yield str(read((photograph, params), {}))
        except CheckFailure as failure:
            raise NotebookError(
                f"{path.name} cannot read yet: {failure.problem}; run its checks, mend it, save"
            ) from None


def _reader(path: Path) -> Callable[[tuple, dict[str, Any]], Any]:
    answers = load_answers(read_cells(path), [READER])
    function = answers.namespace.get(READER)
    if not callable(function):
        why = next(iter(answers.problems.values()), "the cell is gone").splitlines()[-1]
        raise NotebookError(
            f"{path.name} has no function {READER} ({why}); take it from the course"
        )
    return partial(call_function, function, READER, problems=answers.problems)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line; a `CourseError` is one line and exit status 2."""
    parser = argparse.ArgumentParser(
        prog="python -m helpers read", description="Read photographed pages with your notebook 4."
    )
    parser.add_argument("images", nargs="+", metavar="IMAGE")
    parser.add_argument("--network", metavar="FILE", help="a network of notebook 3 (.npz)")
    options = parser.parse_args(arguments)
    try:
        for text in read_photographs(options.images, options.network):
            print(text)
    except CourseError as error:
        print(f"read: {error}", file=sys.stderr)
        return 2
    return 0
