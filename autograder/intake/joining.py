"""Several cells of one answer as one text: halves of it, or copies."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Sequence

from autograder.intake.checked import squeeze
from helpers.checking.statements import is_stub

WRITTEN_STUB = "YOUR ANSWER HERE"
MAX_JOINED = 2**20  # characters


def join_code(sources: Sequence[str]) -> str:
    r"""Join the cells that bear one ``grade_id``: the halves of a split cell, or copies.

    Halves of a function parse only together; of copies each parses alone, and the last one
    that is no longer the stub counts, as it would when the notebook is run.

    Examples
    --------
    >>> join_code(["def f(x):", "    return x"])
    'def f(x):\n    return x'
    """
    if len(sources) == 1 or sum(map(len, sources)) > MAX_JOINED:
        return sources[-1]
    written = [source for source in sources if not is_stub(source)] or list(sources)
    joined = "\n".join(written)
    if parses(joined):
        return joined
    return "\n".join(source for source in written if parses(source)) or joined


def join_text(sources: Sequence[str], stub: str) -> str:
    """Join the cells of one written answer; copies of the stub among them are dropped."""
    written = [s for s in sources if squeeze(s) not in ("", WRITTEN_STUB, squeeze(stub))]
    return "\n\n".join(dict.fromkeys(written)) if written else sources[0]


def parses(source: str) -> bool:
    """Whether this is Python, IPython's additions not counted in."""
    if len(source) > MAX_JOINED:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
