"""Values and calls as short text, for messages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from helpers.checking.student import Call

MAX_ENTRIES = 40  # a person can work these out again
FEW_ENTRIES = 12  # of each argument of a call
MAX_TEXT = 400


def show(value: Any, entries: int = MAX_ENTRIES) -> str:
    """A value in at most a few lines; an array of more entries as its shape and range.

    Examples
    --------
    >>> show(np.zeros((100, 36)))
    'array of shape (100, 36), from 0 to 0'
    >>> show(np.array([0.5, 1.0]))
    '[0.5, 1.]'
    >>> show((1, "a"))
    "(1, 'a')"
    """
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, np.ndarray):
        return _show_array(value, entries)
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, dict):
        inside = ", ".join(f"{k!r}: {show(v, entries)}" for k, v in list(value.items())[:8])
        return _cut("{" + inside + (", ..." if len(value) > 8 else "") + "}")
    if isinstance(value, (list, tuple)):
        inside = ", ".join(show(item, entries) for item in value[:6])
        inside += ", ..." if len(value) > 6 else ""
        return _cut(f"[{inside}]" if isinstance(value, list) else f"({inside})")
    if callable(value) and hasattr(value, "__name__"):
        return value.__name__
    return _cut(repr(value))


def _show_array(value: np.ndarray, entries: int) -> str:
    if value.size and value.size <= entries and value.dtype.kind in "biuf":
        text = np.array2string(value, precision=4, separator=", ", suppress_small=False)
        text = re.sub(r" +(?=[],])", "", text)  # NumPy pads numbers to one width
        return text.replace("\n", "\n ")
    if not value.size:
        return f"empty array of shape {value.shape}"
    if value.dtype.kind in "iuf":
        low, high = np.min(value), np.max(value)
        return f"array of shape {value.shape}, from {low:.4g} to {high:.4g}"
    return f"array of shape {value.shape} of {value.dtype}"


def show_call(call: Call) -> str:
    """A call as code: ``most_frequent('a b', n=1)``.

    One argument is shown entry by entry; of several, large ones are not.
    """
    entries = FEW_ENTRIES if len(call.args) + len(call.kwargs) > 1 else MAX_ENTRIES
    parts = [show(value, entries) for value in call.args]
    parts += [f"{key}={show(value, entries)}" for key, value in call.kwargs.items()]
    return f"{call.function}({', '.join(parts)})"


def _cut(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 3] + "..."


def in_a_row(items: Sequence[str]) -> str:
    """Names as a sentence lists them.

    Examples
    --------
    >>> in_a_row(["2.1"]), in_a_row(["2.1", "2.2"]), in_a_row(["2.1", "2.2", "2.3"])
    ('2.1', '2.1 and 2.2', '2.1, 2.2 and 2.3')
    """
    return " and ".join(part for part in (", ".join(items[:-1]), items[-1]) if part)


PLURAL = {"is": "are", "has": "have", "holds": "hold"}
SINGULAR_S = frozenset({"axis", "basis", "bias", "analysis"})
ENDS_SUBJECT = re.compile(
    r" (?:of|in|at|for|after|with|that|from|beside|over|by|where|when)\b|[,:(]"
)


def subject(what: str, verb: str) -> str:
    """What a sentence is about, and its verb: ``is``, ``has`` or ``holds``, in the right number.

    Examples
    --------
    >>> subject("the loss of ten images", "is"), subject("the images of the test", "is")
    ('the loss of ten images is', 'the images of the test are')
    >>> subject("in evaluation mode, the scores", "has")
    'in evaluation mode, the scores have'
    >>> subject("what the model gives", "is"), subject("the bias", "has")
    ('what the model gives is', 'the bias has')
    """
    clauses = what.strip(" ,").split(", ")
    about = clauses[-1] if re.match(r"(?:in|for|after|with|of|where) ", what) else clauses[0]
    noun = ENDS_SUBJECT.split(about)[0].rpartition(" ")[2]
    named = about.startswith(("the ", "its ")) and noun not in SINGULAR_S
    many = named and noun.endswith("s") and not noun.endswith("ss")
    return f"{what} {PLURAL[verb] if many else verb}"
